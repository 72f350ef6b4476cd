import { FormatError } from "./errors.js";
import { KERAS_NAMES } from "./keras-names.js";
import { snakeCase } from "./names.js";
import { nearest } from "./spelling.js";

interface Unknown {
  /** The kind of the class, e.g. "layer". */
  readonly kind: string;
  readonly name: string;
  /** For messages: where the name occurs. */
  readonly where: string;
  /** Which object it is, e.g. ` (layer "dense")`. */
  readonly which?: string;
  readonly known: readonly string[];
}

/** How to register, for kinds where it is not `register(YourClass)`. */
const REGISTER: Readonly<Record<string, string>> = { activation: 'activations.register("NAME", yourFunction)' };
const NAMESPACES: Readonly<Record<string, string>> = { loss: "losses" };
/** Kinds needed only for training. */
const COMPILED: readonly string[] = ["loss", "metric", "optimizer", "schedule"];

/**
 * The error for an unknown name in a file. Keras's own names get another text than users' names, which have two fixes;
 * what only training needs can also be left out.
 */
export function unknownClass({ kind, name, where, which = "", known }: Unknown): FormatError {
  const bare = name.replace(/^.*>/, "");
  const optional = COMPILED.includes(kind) ? ", or load with { compile: false }" : "";
  const custom = `give it in customObjects: loadModel(path, { customObjects: { ${bare} } })`;
  const register = REGISTER[kind]?.replace("NAME", bare) ?? `${NAMESPACES[kind] ?? `${kind}s`}.register(${bare})`;
  const guess = nearest(bare, known);
  const fix = isKerasName(kind, bare)
    ? `It is Keras's own, and Pawl does not have it yet: write one and ${custom}${optional}`
    : `${guess === undefined ? "" : `Did you mean "${guess}"? `}If it is yours, register it before loading: ${register}, or ${custom}${optional}`;
  return new FormatError({
    code: "unknown-class",
    what: `${where}: unknown ${kind} ${kind === "activation" ? "" : "class "}"${name}"${which}`,
    fix,
    data: { className: bare, kind },
  });
}

/** Whether some Keras version has the name for this kind. */
export function isKerasName(kind: string, name: string): boolean {
  return (KERAS_NAMES[kind] ?? []).some((own) => own === name || snakeCase(own) === name);
}
