import { FormatError } from "./errors.js";
import { KERAS_NAMES } from "./keras-names.js";
import { snakeCase } from "./names.js";
import { nearest } from "./spelling.js";

interface Unknown {
  /** What the name is one of, e.g. "layer". */
  readonly kind: string;
  readonly name: string;
  /** For messages: where the name stands. */
  readonly where: string;
  /** Which one it is, e.g. ` (layer "dense")`. */
  readonly which?: string;
  readonly known: readonly string[];
}

/** What `register` of a kind is called with a class, or with a name and a function. */
const REGISTER: Readonly<Record<string, string>> = { activation: 'activations.register("NAME", yourFunction)' };
const NAMESPACES: Readonly<Record<string, string>> = { loss: "losses" };
/** Kinds that only training needs. */
const COMPILED: readonly string[] = ["loss", "metric", "optimizer", "schedule"];

/**
 * The error for a name in a file that nobody knows. Keras's own names are told from names of users, for which there are
 * two ways to mend it; what only training needs can be left out.
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

/** Whether some Keras has the name for something of that kind. */
export function isKerasName(kind: string, name: string): boolean {
  return (KERAS_NAMES[kind] ?? []).some((own) => own === name || snakeCase(own) === name);
}
