import { FormatError, OptionError } from "../../core/errors.js";
import { type Field, wrongOption } from "../../core/options.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import { checkColumns } from "./columns.js";

/** What the cells of a column are. */
export type CsvType = "int" | "float" | "bool" | "string";
export type CsvValue = number | boolean | string;

export const CSV_TYPES: readonly CsvType[] = ["int", "float", "bool", "string"];

/** A column of the file. */
export interface CsvColumn {
  readonly name: string;
  readonly type: CsvType;
  /** Whether it is in the records. */
  readonly isKept: boolean;
  /** What stands for a missing value; undefined: there may be none. */
  readonly fill: CsvValue | undefined;
}

/** Texts that stand for no value where a number or a truth value is expected, as pandas takes them. */
export const MISSING: readonly string[] = [
  "",
  "NA",
  "N/A",
  "n/a",
  "#N/A",
  "<NA>",
  "NaN",
  "nan",
  "NULL",
  "null",
  "None",
];

const TRUE = new Set(["true", "True", "TRUE"]);
const FALSE = new Set(["false", "False", "FALSE"]);

export const truthOf = (text: string): boolean | undefined =>
  TRUE.has(text) ? true : FALSE.has(text) ? false : undefined;

export const typesField: Field<Readonly<Record<string, CsvType>>> = {
  default: {},
  parse(value, where) {
    if (isPlainObject(value) && Object.values(value).every((type) => CSV_TYPES.includes(type as CsvType))) {
      return value as Record<string, CsvType>;
    }
    throw wrongOption(where, `an object of ${CSV_TYPES.map((type) => `"${type}"`).join(", ")} by column`, value);
  },
};

export const fillField: Field<Readonly<Record<string, CsvValue>>> = {
  default: {},
  parse(value, where) {
    const isValue = (one: unknown): boolean => ["number", "boolean", "string"].includes(typeof one);
    if (isPlainObject(value) && Object.values(value).every(isValue)) return value as Record<string, CsvValue>;
    throw wrongOption(where, "an object of numbers, truth values and strings by column", value);
  },
};

/** What the first records show: whole numbers, numbers, truth values or text. */
export function inferredType(cells: readonly string[], missing: ReadonlySet<string>): CsvType {
  const given = cells.filter((cell) => !missing.has(cell.trim()));
  const isComplete = given.length === cells.length;
  if (given.every((cell) => /^\s*[+-]?\d+\s*$/u.test(cell))) {
    // Numbers of 64 bits tell things apart, and would not when rounded.
    if (!given.every((cell) => Number.isSafeInteger(Number(cell)))) return "string";
    return isComplete && given.length > 0 ? "int" : "float";
  }
  if (given.every((cell) => /^\s*[+-]?(?:(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|inf(?:inity)?)\s*$/iu.test(cell))) {
    return "float";
  }
  return isComplete && given.every((cell) => truthOf(cell.trim()) !== undefined) ? "bool" : "string";
}

export interface ColumnWishes {
  readonly columns: readonly string[] | null;
  readonly types: Readonly<Record<string, CsvType>>;
  readonly fill: Readonly<Record<string, CsvValue>>;
  readonly missing: readonly string[];
}

/**
 * The columns of the files.
 * @param seen cells of the first records, by column
 * @throws {FormatError} for a column that is not there
 * @throws {OptionError} for a value to fill in of another type than its column
 */
export function csvColumns(
  path: string,
  names: readonly string[],
  seen: readonly (readonly string[])[],
  { columns, types, fill, missing }: ColumnWishes,
): CsvColumn[] {
  checkColumns(path, names, [...(columns ?? []), ...Object.keys(types), ...Object.keys(fill)]);
  const absent = new Set(missing);
  return names.map((name, i) => {
    const type = types[name] ?? inferredType(seen[i]!, absent);
    const given = fill[name];
    if (given !== undefined && !fits(given, type)) throw wrongFill(name, given, type);
    const isKept = columns === null || columns.includes(name);
    return { name, type, isKept, fill: given ?? (type === "float" ? Number.NaN : type === "string" ? "" : undefined) };
  });
}

const fits = (value: CsvValue, type: CsvType): boolean =>
  type === "int"
    ? Number.isSafeInteger(value)
    : typeof value === (type === "float" ? "number" : type === "bool" ? "boolean" : "string");

function wrongFill(name: string, value: CsvValue, type: CsvType): OptionError {
  return new OptionError({
    code: "wrong-option",
    what: `data.csv.fill.${name} must be of the type of its column`,
    received: valueText(value),
    expected: `a value of type ${type}`,
    fix: `Give such a value, or another type: types: { ${name}: … }`,
  });
}

/**
 * Names of the columns, from the first line. A column without a name gets one as pandas gives it.
 * @throws {FormatError} for two of the same name
 */
export function columnNames(path: string, header: readonly string[]): string[] {
  const names = header.map((name, i) => (name === "" ? `Unnamed: ${i}` : name));
  const double = names.find((name, i) => names.indexOf(name) !== i);
  if (double === undefined) return names;
  throw new FormatError({
    code: "csv-header",
    what: `"${path}" has two columns of the name "${double}"`,
    received: names.map((name) => `"${name}"`).join(", "),
    expected: "different names",
    fix: 'Change the first line, or give names of your own: header: ["a", "b", …] takes the first line as data',
    data: { path },
  });
}
