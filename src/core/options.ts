import { FormatError, OptionError } from "./errors.js";
import { optionToKeras } from "./names.js";
import { checkArguments, missingOption, notOptions, unknownOption, wrongOption } from "./option-errors.js";
import { PRESENT, type Reading } from "./reading.js";
import { nearest } from "./spelling.js";
import type { Json } from "./stateful.js";
import { isPlainObject, valueText } from "./value-text.js";

export { checkArguments, notOptions, unknownOption, wrongOption };

/**
 * One option of a class, declared once: its default, check, name in Keras and form on disk. Unknown-option errors,
 * getConfig and fromConfig all follow from the table.
 */
export interface Field<T> {
  /** Without a default, the option is required. */
  readonly default?: T;
  /** Keras's name when it is not the snake case of ours, e.g. "beta_1". */
  readonly keras?: string;
  /**
   * Turns a value from the user (or a file) into the option's value, or throws an OptionError. `where` is e.g.
   * `Dense.units`.
   */
  readonly parse: (value: unknown, where: string) => T;
  /** The value as written to Keras's config. Default: the value itself. */
  readonly toConfig?: (value: T) => Json;
  /** Reads the value from Keras's config. Default: `parse`. */
  readonly fromConfig?: (json: Json, where: string, reading: Reading) => T;
  /** Not written to the config (e.g. a runtime-only option). */
  readonly transient?: boolean;
  /** For an option that Keras does not have: what Keras does instead. Written only when it is not at its default. */
  readonly own?: string;
}

/** The table of all options of a class; TypeScript refuses a table in which an option is missing. */
export type Fields<O> = { readonly [K in keyof Required<O>]-?: Field<Exclude<Required<O>[K], never>> };

/** The constructor's argument: options that may be left out unless one of them is required. */
export type OptionArguments<O extends object> = Partial<O> extends O ? [options?: O] : [options: O];

/** Options with every default filled in. */
export type Resolved<O> = { readonly [K in keyof O]-?: Exclude<O[K], undefined> };

/**
 * Checks `options` against the table and fills in the defaults.
 * @throws {OptionError} for an unknown, missing or wrong option
 */
export function resolveOptions<O extends object>(
  owner: string,
  fields: Fields<O>,
  options: O | undefined,
): Resolved<O> {
  const table = fields as Record<string, Field<unknown>>;
  const given = optionsObject(owner, table, options);
  for (const key of Object.keys(given)) if (!Object.hasOwn(table, key)) throw unknownOption(owner, key, table);
  const out: Record<string, unknown> = {};
  for (const [key, field] of Object.entries(table)) {
    const value = given[key];
    if (value !== undefined) out[key] = parsed(owner, key, field, value);
    else if ("default" in field) out[key] = field.default;
    else throw missingOption(owner, key, given);
  }
  return out as Resolved<O>;
}

/** The given options: a plain object, or none. */
function optionsObject(owner: string, table: Record<string, Field<unknown>>, options: unknown) {
  if (options === undefined) return {};
  if (isPlainObject(options)) return options;
  throw notOptions(owner, options, table);
}

/** Adds to the error of a wrong value what happens when the option is left out. */
function parsed(owner: string, key: string, field: Field<unknown>, value: unknown): unknown {
  try {
    return field.parse(value, `${owner}.${key}`);
  } catch (error) {
    if (!(error instanceof OptionError) || error.parts.fix !== undefined) throw error;
    const fix = "default" in field ? `Leave ${key} out for its default, ${valueText(field.default)}` : `Change ${key}`;
    throw new OptionError({ ...error.parts, fix });
  }
}

/** The options in Keras's spelling, as they are written to files. */
export function optionsToConfig<O extends object>(fields: Fields<O>, options: Resolved<O>): Record<string, Json> {
  const config: Record<string, Json> = {};
  for (const [key, field] of Object.entries(fields as Record<string, Field<unknown>>)) {
    const value = (options as Record<string, unknown>)[key];
    if (field.transient || (field.own !== undefined && value === field.default)) continue;
    config[field.keras ?? optionToKeras(key)] = field.toConfig ? field.toConfig(value) : (value as Json);
  }
  return config;
}

/**
 * Options from a Keras config with current keys.
 * @throws {FormatError} for a key that the table does not have, unless it is null (Keras's "not given")
 */
export function optionsFromConfig<O extends object>(
  owner: string,
  fields: Fields<O>,
  config: { readonly [key: string]: Json },
  reading: Reading = PRESENT,
): O {
  const out: Record<string, unknown> = {};
  const known = new Map<string, [string, Field<unknown>]>();
  for (const [key, field] of Object.entries(fields as Record<string, Field<unknown>>)) {
    known.set(field.keras ?? optionToKeras(key), [key, field]);
  }
  for (const [name, json] of Object.entries(config)) {
    const [key, field] = known.get(name) ?? [];
    if (key !== undefined) out[key] = (field!.fromConfig ?? field!.parse)(json, `${owner}.${name}`, reading);
    else if (json !== null) unknownKey(owner, name, json, [...known.keys()], reading);
  }
  return out as O;
}

/**
 * Refuses keys that nothing here reads; null is Keras's "not given".
 * @throws {FormatError}
 */
export function checkConfigKeys(
  owner: string,
  config: { readonly [key: string]: Json },
  known: readonly string[],
  reading: Reading,
): void {
  for (const [key, json] of Object.entries(config))
    if (json !== null && !known.includes(key)) unknownKey(owner, key, json, known, reading);
}

/** An unknown key may change what a layer computes, so it is never dropped silently. */
function unknownKey(owner: string, key: string, json: Json, known: readonly string[], reading: Reading): void {
  const guess = nearest(key, known);
  const error = new FormatError({
    code: "unknown-config-key",
    what: `${owner}: its config has the key "${key}", which Pawl does not know`,
    received: `${JSON.stringify(key)}: ${JSON.stringify(json).slice(0, 200)}`,
    expected: `one of ${known.join(", ")}`,
    fix: `${guess === undefined ? "" : `Did you mean "${guess}"? `}If nothing depends on it, load with { unknownKeys: "warn" }`,
    data: { owner, key },
  });
  if (reading.unknownKeys === "error") throw error;
  console.warn(`${owner}: the key ${JSON.stringify(key)} of its config, which Pawl does not know, was left out.`);
}

interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
}

function inRange(value: number, { min, max, above }: Range): boolean {
  return (
    (min === undefined || value >= min) && (max === undefined || value <= max) && (above === undefined || value > above)
  );
}

function rangeText({ min, max, above }: Range): string {
  const parts: string[] = [];
  if (min !== undefined) parts.push(`>= ${min}`);
  if (above !== undefined) parts.push(`> ${above}`);
  if (max !== undefined) parts.push(`<= ${max}`);
  return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}

type Extra<T> = Partial<Omit<Field<T>, "parse">>;

export function int(range: Range = {}, extra: Extra<number> = {}): Field<number> {
  return {
    ...extra,
    parse(value, where) {
      if (typeof value !== "number" || !Number.isInteger(value) || !inRange(value, range)) {
        throw wrongOption(where, `an integer${rangeText(range)}`, value);
      }
      return value;
    },
  };
}

export function float(range: Range = {}, extra: Extra<number> = {}): Field<number> {
  return {
    ...extra,
    parse(value, where) {
      if (typeof value !== "number" || Number.isNaN(value) || !inRange(value, range)) {
        throw wrongOption(where, `a number${rangeText(range)}`, value);
      }
      return value;
    },
  };
}

export function bool(value: boolean, extra: Extra<boolean> = {}): Field<boolean> {
  return {
    default: value,
    ...extra,
    parse(received, where) {
      if (typeof received !== "boolean") throw wrongOption(where, "true or false", received);
      return received;
    },
  };
}

export function text(extra: Extra<string> = {}): Field<string> {
  return {
    ...extra,
    parse(value, where) {
      if (typeof value !== "string") throw wrongOption(where, "a string", value);
      return value;
    },
  };
}

/** A function, or null (the default). @param expected what it is called with, for the message */
export function func<T>(expected: string): Field<T | null> {
  return {
    default: null,
    parse(value, where) {
      if (value === null || typeof value === "function") return value as T | null;
      throw wrongOption(where, expected, value);
    },
  };
}

/** One of a few strings, spelled as in Keras. */
export function oneOf<const T extends string>(choices: readonly T[], extra: Extra<T> = {}): Field<T> {
  return {
    ...extra,
    parse(value, where) {
      if (typeof value === "string" && (choices as readonly string[]).includes(value)) return value as T;
      const guess = typeof value === "string" ? nearest(value, choices) : undefined;
      throw wrongOption(
        where,
        `one of ${choices.map((choice) => `"${choice}"`).join(", ")}`,
        value,
        guess === undefined ? undefined : `Did you mean "${guess}"?`,
      );
    },
  };
}

/** The field, or null (the default). */
export function nullable<T>(field: Field<T>, extra: Extra<T | null> = {}): Field<T | null> {
  const { toConfig, fromConfig, parse } = field;
  return {
    default: null,
    ...(field.keras === undefined ? {} : { keras: field.keras }),
    ...(toConfig ? { toConfig: (value: T | null) => (value === null ? null : toConfig(value)) } : {}),
    ...(fromConfig
      ? {
          fromConfig: (json: Json, where: string, reading: Reading) =>
            json === null ? null : fromConfig(json, where, reading),
        }
      : {}),
    ...extra,
    parse: (value, where) => (value === null ? null : parse(value, where)),
  };
}

/** A list of `length` integers, or one integer for all of them. */
export function ints(
  length: number,
  range: Range = {},
  extra: Extra<readonly number[]> = {},
): Field<readonly number[]> {
  const one = int(range);
  return {
    ...extra,
    parse(value, where) {
      const list = typeof value === "number" ? new Array<unknown>(length).fill(value) : value;
      if (!Array.isArray(list) || list.length !== length) {
        throw wrongOption(where, `an integer or a list of ${length} integers${rangeText(range)}`, value);
      }
      return list.map((item) => one.parse(item, where));
    },
  };
}
