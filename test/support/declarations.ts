import { resolve } from "node:path";
import ts from "typescript";

/** A parameter of something public that takes an object with optional members: an options object. */
export interface OptionsParameter {
  /** e.g. "Model#fit", "new layers.Dense", "ops.conv". */
  readonly path: string;
  /** Place among the parameters. */
  readonly index: number;
  /** Names of the parameters before it. */
  readonly before: readonly string[];
  /** Name of its type. */
  readonly type: string;
  readonly options: readonly PublicOption[];
}

/** An option as users' editors show it. */
export interface PublicOption {
  readonly name: string;
  readonly optional: boolean;
  readonly comment: string;
  /** The interface that declares it, e.g. "FitOptions". */
  readonly owner: string;
}

const DIST = resolve(import.meta.dirname, "../../dist/index.d.ts");

/** All of them, from the declarations that users get: one that is added later is found by itself. */
export function publicOptions(): OptionsParameter[] {
  const program = ts.createProgram([DIST], {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    skipLibCheck: true,
    strict: true,
    types: ["node"],
  });
  return new Walk(program).all();
}

class Walk {
  readonly #checker: ts.TypeChecker;
  readonly #file: ts.SourceFile;
  readonly #found = new Map<string, OptionsParameter>();

  constructor(program: ts.Program) {
    this.#checker = program.getTypeChecker();
    this.#file = program.getSourceFile(DIST)!;
  }

  all(): OptionsParameter[] {
    this.#visit(this.#checker.getSymbolAtLocation(this.#file)!, "");
    return [...this.#found.values()];
  }

  #visit(symbol: ts.Symbol, path: string): void {
    const target = symbol.flags & ts.SymbolFlags.Alias ? this.#checker.getAliasedSymbol(symbol) : symbol;
    if (target.flags & ts.SymbolFlags.Module && !(target.flags & ts.SymbolFlags.Class)) {
      for (const item of this.#checker.getExportsOfModule(target)) {
        this.#visit(item, path === "" ? item.name : `${path}.${item.name}`);
      }
      // An object of functions may have a namespace of types beside it.
      if (!(target.flags & ts.SymbolFlags.Variable)) return;
    }
    if (!(target.flags & ts.SymbolFlags.Value)) return;
    const type = this.#checker.getTypeOfSymbolAtLocation(target, this.#file);
    for (const signature of type.getCallSignatures()) this.#signature(path, signature);
    for (const signature of type.getConstructSignatures()) {
      this.#signature(`new ${path}`, signature);
      for (const member of signature.getReturnType().getProperties()) this.#member(path, member, "#");
    }
    for (const member of type.getProperties()) if (member.name !== "prototype") this.#member(path, member, ".");
  }

  /** Inherited members count once, for the class that declares them, exported or not. */
  #member(path: string, member: ts.Symbol, mark: "#" | "."): void {
    const declaration = member.declarations?.[0];
    if (declaration === undefined || declaration.getSourceFile() !== this.#file) return;
    if (ts.getCombinedModifierFlags(declaration) & (ts.ModifierFlags.Private | ts.ModifierFlags.Protected)) return;
    const owner = (declaration.parent as { name?: ts.Identifier }).name?.text ?? path;
    for (const signature of this.#checker.getTypeOfSymbolAtLocation(member, this.#file).getCallSignatures()) {
      this.#signature(`${owner}${mark}${member.name}`, signature);
    }
  }

  #signature(path: string, signature: ts.Signature): void {
    const parameters = signature.getParameters().flatMap((parameter) => this.#spread(parameter));
    parameters.forEach(({ type }, index) => {
      for (const part of type.isUnion() ? type.types : [type]) {
        if (!this.#isOptions(part)) continue;
        const name = (part.aliasSymbol ?? part.symbol)?.name ?? "";
        const before = parameters.slice(0, index).map((each) => each.name);
        this.#found.set(`${path} ${index} ${name}`, {
          path,
          index,
          before,
          type: name,
          options: this.#optionsOf(part),
        });
      }
    });
  }

  /** A parameter that is a list of parameters, `...args: [options?: Options]`, as these. */
  #spread(parameter: ts.Symbol): { readonly name: string; readonly type: ts.Type }[] {
    const type = this.#checker.getTypeOfSymbolAtLocation(parameter, parameter.valueDeclaration ?? this.#file);
    if (!this.#checker.isTupleType(type)) return [{ name: parameter.name, type }];
    const labels = (type as ts.TupleTypeReference).target.labeledElementDeclarations;
    return this.#checker.getTypeArguments(type as ts.TypeReference).map((each, i) => {
      const label = labels?.[i]?.name;
      return { name: label !== undefined && ts.isIdentifier(label) ? label.text : parameter.name, type: each };
    });
  }

  #isOptions(type: ts.Type): boolean {
    if (!(type.flags & ts.TypeFlags.Object) && !type.isIntersection()) return false;
    if (type.getCallSignatures().length > 0 || type.getConstructSignatures().length > 0) return false;
    if (this.#checker.isArrayType(type) || this.#checker.isTupleType(type)) return false;
    if ((type.symbol?.flags ?? 0) & ts.SymbolFlags.Class) return false;
    return type.getProperties().some(({ flags }) => flags & ts.SymbolFlags.Optional);
  }

  #optionsOf(type: ts.Type): PublicOption[] {
    return type.getProperties().map((property) => ({
      name: property.name,
      optional: (property.flags & ts.SymbolFlags.Optional) !== 0,
      comment: ts.displayPartsToString(property.getDocumentationComment(this.#checker)),
      owner: (property.declarations?.[0]?.parent as { name?: ts.Identifier } | undefined)?.name?.text ?? "",
    }));
  }
}
