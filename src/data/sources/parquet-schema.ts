import type { SchemaElement, SchemaTree } from "hyparquet";
import type { FoundColumn } from "./table-columns.js";

const INTEGERS = new Set(["INT_8", "INT_16", "INT_32", "UINT_8", "UINT_16", "UINT_32", "TIME_MILLIS"]);
const DATES = new Set(["DATE", "TIMESTAMP_MILLIS", "TIMESTAMP_MICROS"]);
const TEXTS = new Set(["UTF8", "ENUM"]);
/** What hyparquet does not decode. */
const UNREADABLE = new Set(["BSON", "INTERVAL"]);

/** The columns of a Parquet file, those at the top; a column that cannot be read has the reason. */
export function parquetColumns(schema: SchemaTree): (FoundColumn & { readonly unreadable: string | null })[] {
  return schema.children.map((tree) => {
    const unreadable = unreadableIn(tree);
    return { ...columnOf(tree), name: tree.element.name, unreadable };
  });
}

function unreadableIn({ element, children }: SchemaTree): string | null {
  const { converted_type: type } = element;
  if (type !== undefined && UNREADABLE.has(type)) return type;
  return children.map(unreadableIn).find((found) => found !== null) ?? null;
}

function columnOf({ element, children }: SchemaTree): Omit<FoundColumn, "name"> {
  const common = { isSingle: false, isInt64: false };
  if (children.length > 0 || element.repetition_type === "REPEATED") {
    const said = element.converted_type === "MAP" || !isList(element) ? "object" : "list";
    return { ...common, kind: "nested", said };
  }
  const { type, converted_type: converted, logical_type: logical } = element;
  if (converted === "DECIMAL" || logical?.type === "DECIMAL") return { ...common, kind: "float", said: "float" };
  if (type === "INT96" || DATES.has(converted ?? "") || logical?.type === "TIMESTAMP" || logical?.type === "DATE") {
    return { ...common, kind: "date", said: "date" };
  }
  if (type === "BOOLEAN") return { ...common, kind: "bool", said: "bool" };
  if (type === "DOUBLE") return { ...common, kind: "float", said: "float" };
  if (type === "FLOAT" || logical?.type === "FLOAT16")
    return { ...common, isSingle: true, kind: "float", said: "float" };
  if (type === "INT64") return { ...common, isInt64: true, kind: "int", said: "int" };
  if (type === "INT32" || INTEGERS.has(converted ?? "")) return { ...common, kind: "int", said: "int" };
  if (TEXTS.has(converted ?? "") || isText(element)) return { ...common, kind: "string", said: "string" };
  // Other logical types (JSON, UUID, geometries) are what hyparquet makes of them.
  if (converted === "JSON" || logical !== undefined) return { ...common, kind: "nested", said: "object" };
  return { ...common, kind: "bytes", said: "bytes" };
}

const isList = ({ converted_type: type, repetition_type: repetition }: SchemaElement): boolean =>
  type === "LIST" || repetition === "REPEATED";

const isText = ({ logical_type: logical }: SchemaElement): boolean =>
  logical?.type === "STRING" || logical?.type === "ENUM" || logical?.type === "UUID";
