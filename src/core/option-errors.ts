import { OptionError } from "./errors.js";
import { canonical, nearest } from "./spelling.js";
import { isPlainObject, valueText } from "./value-text.js";

/** The part of an option table that messages need. */
type Table = Readonly<Record<string, { parse(value: unknown, where: string): unknown }>>;

/** The OptionError for a value that is not an options object. */
export function notOptions(owner: string, received: unknown, table: Table): OptionError {
  const keys = Object.keys(table);
  const option = keys.find((key) => !ABOUT_NAMES.includes(key) && takes(table, key, received));
  return new OptionError({
    code: "options-object",
    what: `${owner} takes its options as one object`,
    received: valueText(received),
    expected: keys.length === 0 ? "no options" : `an object with any of ${keys.join(", ")}`,
    fix:
      option === undefined
        ? "Give each option by its name, as in { option: value }"
        : `Write the name of the option too, e.g. { ${option}: ${valueText(received)} }`,
    data: { owner },
  });
}

/** Options that a bare value is unlikely to mean. */
const ABOUT_NAMES: readonly string[] = ["name", "dtype", "trainable"];

function takes(table: Table, key: string, value: unknown): boolean {
  if (value === null) return false;
  try {
    table[key]!.parse(value, "");
    return true;
  } catch {
    return false;
  }
}

/**
 * The OptionError for an option that does not exist, with the nearest right spelling.
 * @param table options by name, or their names alone
 */
export function unknownOption(owner: string, key: string, table: object | readonly string[]): OptionError {
  const known = Array.isArray(table) ? (table as readonly string[]) : Object.keys(table);
  const guess = nearest(key, known);
  const snake = guess !== undefined && key.includes("_") && canonical(key) === canonical(guess);
  return new OptionError({
    code: "unknown-option",
    what: `${owner} has no option "${key}"`,
    expected: known.length === 0 ? "no options" : `one of ${known.join(", ")}`,
    fix:
      guess === undefined
        ? "Leave it out"
        : `Did you mean "${guess}"?${snake ? " Options are spelled in camelCase" : ""}`,
    data: { owner, option: key },
  });
}

/** The OptionError for an option that has no default and was not given. */
export function missingOption(owner: string, key: string, given: Record<string, unknown>): OptionError {
  const keys = Object.keys(given);
  return new OptionError({
    code: "missing-option",
    what: `${owner} needs the option "${key}"`,
    received: keys.length === 0 ? "no options" : keys.join(", "),
    fix: `Give ${key}, which has no default`,
    data: { owner, option: key },
  });
}

/** The OptionError for a value that the option does not accept. */
export function wrongOption(where: string, expected: string, received: unknown, fix?: string): OptionError {
  return new OptionError({
    code: "wrong-option",
    what: `${where} must be ${expected}`,
    received: valueText(received),
    ...(fix === undefined ? hintOf(expected, received) : { fix }),
    data: { option: where },
  });
}

/** A number in quotes is the most common wrong value. */
function hintOf(expected: string, received: unknown): { readonly fix?: string } {
  const number = typeof received === "string" && received.trim() !== "" && Number.isFinite(Number(received));
  return number && /number|integer/u.test(expected) ? { fix: `Write it without quotes: ${received.trim()}` } : {};
}

/**
 * Refuses one object given instead of the positional arguments, as other libraries take them.
 * @param names of these arguments, in order
 * @param first the value given as the first argument
 * @throws {OptionError} that shows the right call
 */
export function checkArguments(owner: string, names: readonly string[], first: unknown): void {
  if (!isPlainObject(first) || !names.some((name) => Object.hasOwn(first, name))) return;
  const rest = Object.entries(first).filter(([key]) => !names.includes(key));
  const options =
    rest.length === 0 ? "" : `, { ${rest.map(([key, value]) => `${key}: ${valueText(value)}`).join(", ")} }`;
  const call = names.map((name) => (Object.hasOwn(first, name) ? valueText(first[name]) : name)).join(", ");
  throw new OptionError({
    code: "first-argument",
    what:
      names.length === 1
        ? `${names[0]} is the first argument of ${owner}`
        : `${names.join(", ")} are the first arguments of ${owner}`,
    received: valueText(first),
    expected: `${names.join(", ")} before the options`,
    fix: `Write new ${owner}(${call}${options})`,
    data: { owner, arguments: names },
  });
}
