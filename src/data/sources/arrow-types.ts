import type { DataType, Dictionary, FixedSizeList, List, Map_, Struct, Timestamp } from "apache-arrow";
import type { FoundColumn } from "./table-columns.js";

type Arrow = typeof import("apache-arrow");

/** What a column of an Arrow file is; null for types that cannot be read. */
export function arrowColumn({ DataType }: Arrow, name: string, type: DataType): FoundColumn | null {
  const common = { name, isSingle: false, isInt64: false };
  if (DataType.isDictionary(type)) return arrowColumn({ DataType } as Arrow, name, (type as Dictionary).dictionary);
  if (DataType.isInt(type)) return { ...common, isInt64: type.bitWidth === 64, kind: "int", said: "int" };
  if (DataType.isTime(type) || DataType.isDuration(type)) return { ...common, kind: "int", said: "int" };
  if (DataType.isFloat(type)) return { ...common, isSingle: type.precision < 2, kind: "float", said: "float" };
  if (DataType.isDecimal(type)) return { ...common, kind: "float", said: "float" };
  if (DataType.isBool(type)) return { ...common, kind: "bool", said: "bool" };
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return { ...common, kind: "string", said: "string" };
  if (DataType.isDate(type) || DataType.isTimestamp(type)) return { ...common, kind: "date", said: "date" };
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type)) {
    return { ...common, kind: "bytes", said: "bytes" };
  }
  const isList = DataType.isList(type) || DataType.isFixedSizeList(type);
  if (!isList && !DataType.isStruct(type) && !DataType.isMap(type) && !DataType.isNull(type)) return null;
  const inside = (type as List | Struct).children ?? [];
  if (inside.some((field) => arrowColumn({ DataType } as Arrow, field.name, field.type) === null)) return null;
  return { ...common, kind: "nested", said: isList ? "list" : "object" };
}

/** Makes plain values of Arrow's: numbers, texts, arrays, objects. Dates are milliseconds at the top, and Dates inside. */
export function plainOf(arrow: Arrow, type: DataType, isInside: boolean): (value: unknown) => unknown {
  const { DataType } = arrow;
  const inside = (one: DataType) => plainOf(arrow, one, true);
  if (DataType.isDictionary(type)) return plainOf(arrow, (type as Dictionary).dictionary, isInside);
  if (DataType.isDecimal(type)) return (value) => value && decimal(value as Uint32Array, type.scale);
  if (DataType.isDate(type) || DataType.isTimestamp(type)) {
    const down = DataType.isTimestamp(type) && (type as Timestamp).unit > 1 ? Math.floor : (ms: number) => ms;
    return (value) => {
      if (value === null || value === undefined) return null;
      const ms = down(Number(value));
      return isInside ? new Date(ms) : ms;
    };
  }
  if (DataType.isList(type) || DataType.isFixedSizeList(type)) {
    const each = inside((type as List | FixedSizeList).children[0]!.type);
    return (value) => value && Array.from(value as Iterable<unknown>, each);
  }
  if (DataType.isStruct(type)) {
    const fields = (type as Struct).children.map((field) => [field.name, inside(field.type)] as const);
    return (value) =>
      value && Object.fromEntries(fields.map(([name, each]) => [name, each((value as Record<string, unknown>)[name])]));
  }
  if (DataType.isMap(type)) {
    const each = inside((type as Map_).children[0]!.type.children[1]!.type);
    return (value) =>
      value &&
      Object.fromEntries(Array.from(value as Iterable<[unknown, unknown]>, ([key, item]) => [key, each(item)]));
  }
  return (value) => value;
}

/** 128 or 256 bits, the lowest first, in two's complement. */
function decimal(words: Uint32Array, scale: number): number {
  let value = 0n;
  for (let i = words.length - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[i]!);
  return Number(BigInt.asIntN(32 * words.length, value)) / 10 ** scale;
}
