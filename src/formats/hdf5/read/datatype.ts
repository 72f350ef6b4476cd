import type { DType } from "../../../core/dtype.js";
import { damaged } from "./refusals.js";
import { decodeText, type Source } from "./source.js";

/** How elements are stored. */
export type Datatype =
  | {
      readonly kind: "number";
      readonly dtype: Exclude<DType, "string">;
      readonly size: number;
      readonly swapped: boolean;
    }
  | { readonly kind: "text"; readonly size: number; readonly spacePadded: boolean }
  | { readonly kind: "vlen-text"; readonly size: 16 }
  | { readonly kind: "opaque"; readonly size: number }
  | { readonly kind: "other"; readonly size: number; readonly name: string };

const CLASSES = [
  "integers",
  "floats",
  "times",
  "strings",
  "bit fields",
  "opaque data",
  "compounds",
  "references",
  "enumerations",
  "variable-length lists",
  "arrays",
] as const;

/** Decodes the datatype message at `at`; `end` is the end of the message. */
export function readDatatype(source: Source, at: number, end: number): Datatype {
  if (at + 8 > end) throw damaged("a datatype is cut short");
  const version = source.u8(at) >> 4;
  const kind = source.u8(at) & 15;
  const bits = source.u8(at + 1);
  const size = source.u32(at + 4);
  if (size === 0) throw damaged("a datatype of no bytes");
  const other: Datatype = { kind: "other", size, name: CLASSES[kind] ?? `type class ${kind}` };
  switch (kind) {
    case 0:
      return integer(bits, size) ?? other;
    case 1:
      return at + 20 <= end ? (float(source, at, bits, size) ?? other) : other;
    case 3:
      return { kind: "text", size, spacePadded: (bits & 15) === 2 };
    case 5:
      return { kind: "opaque", size };
    case 8:
      return enumeration(source, at, end, version) ?? other;
    case 9:
      return (bits & 15) === 1 && size === 16 ? { kind: "vlen-text", size: 16 } : other;
    default:
      return other;
  }
}

function integer(bits: number, size: number): Datatype | undefined {
  if (size !== 1 && size !== 2 && size !== 4 && size !== 8) return undefined;
  const dtype = `${bits & 0x08 ? "int" : "uint"}${size * 8}` as Exclude<DType, "string">;
  return { kind: "number", dtype, size, swapped: (bits & 1) === 1 };
}

function float(source: Source, at: number, bits: number, size: number): Datatype | undefined {
  const exponent = source.u8(at + 13);
  const mantissa = source.u8(at + 15);
  const name = `${size} ${exponent} ${mantissa}`;
  const dtype = ({ "2 5 10": "float16", "2 8 7": "bfloat16", "4 8 23": "float32", "8 11 52": "float64" } as const)[
    name
  ];
  // Bit 6 of the first byte marks VAX order.
  if (dtype === undefined || bits & 0x40) return undefined;
  return { kind: "number", dtype, size, swapped: (bits & 1) === 1 };
}

/** h5py's bool; any other enumeration as its integers. */
function enumeration(source: Source, at: number, end: number, version: number): Datatype | undefined {
  const count = source.u16(at + 1);
  const base = readDatatype(source, at + 8, end);
  if (base.kind !== "number") return undefined;
  if (count !== 2 || base.size !== 1) return base;
  let next = at + 20;
  const names: string[] = [];
  for (let i = 0; i < count; i++) {
    const rest = source.bytes.subarray(next, end);
    const length = rest.indexOf(0) + 1;
    if (length === 0) throw damaged("an enumeration is cut short");
    names.push(decodeText(rest.subarray(0, length - 1)));
    next += version < 3 ? Math.ceil(length / 8) * 8 : length;
  }
  if (next + 2 > end) throw damaged("an enumeration is cut short");
  const isBool = names[0] === "FALSE" && names[1] === "TRUE" && source.u8(next) === 0 && source.u8(next + 1) === 1;
  return isBool ? { ...base, dtype: "bool" } : base;
}
