import { shown } from "./shown.js";
import { nearest } from "./spelling.js";

/** The parts of every Pawl error, from which its message is built. */
export interface ErrorParts {
  /** Stable identifier, listed in docs/errors.md, e.g. "unknown-option". */
  readonly code: string;
  /** What happened and where, e.g. `Dense "dense_1" has no option "unit"`. */
  readonly what: string;
  /** What was received and what was expected. */
  readonly received?: string;
  readonly expected?: string;
  /** How to fix it. */
  readonly fix?: string;
  /** Machine-readable details. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}

/** Base of all errors that Pawl throws. */
export class PawlError extends Error {
  // Written out, for a bundler may give classes other names.
  override name = "PawlError";
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly #parts: ErrorParts;

  constructor(parts: ErrorParts) {
    super(messageOf(parts), parts.cause === undefined ? undefined : { cause: parts.cause });
    this.#parts = parts;
    this.code = parts.code;
    this.data = parts.data ?? {};
  }

  /** The parts of the message. */
  get parts(): ErrorParts {
    return this.#parts;
  }
}

/** An option, argument or name that Pawl does not know or cannot use. */
export class OptionError extends PawlError {
  override name = "OptionError";
}
/** Shapes or dtypes that do not match. */
export class ShapeError extends PawlError {
  override name = "ShapeError";
}
/** An operation that the current state does not allow (not compiled, not built, torn). */
export class StateError extends PawlError {
  override name = "StateError";
}
/** A file that is damaged, hostile, missing or of another kind. */
export class FormatError extends PawlError {
  override name = "FormatError";
}
/** The engine could not load, compile or run. */
export class EngineError extends PawlError {
  override name = "EngineError";
}

/** Most characters of the expected values in a message: they are its longest part. */
const LONGEST_LIST = 2500;

function messageOf(parts: ErrorParts): string {
  const lines = [sentence(shown(parts.what))];
  if (parts.received !== undefined) lines.push(sentence(`Received: ${shown(parts.received)}`));
  if (parts.expected !== undefined) lines.push(sentence(`Expected: ${shown(parts.expected, LONGEST_LIST)}`));
  if (parts.fix !== undefined && parts.fix !== "") lines.push(sentence(shown(parts.fix)));
  return lines.join(" ");
}

const sentence = (text: string): string => (/[.?]$/.test(text) ? text : `${text}.`);

/** An {@link OptionError} for a name that is not one of `known`, with the nearest right spelling. */
export function unknownName(what: string, received: string, known: readonly string[]): OptionError {
  const guess = nearest(received, known);
  return new OptionError({
    code: "unknown-name",
    what: `${what}: unknown name "${received}"`,
    expected: `one of ${known.map((name) => `"${name}"`).join(", ")}`,
    fix: guess === undefined ? "Use one of these names" : `Did you mean "${guess}"?`,
    data: { received, known },
  });
}
