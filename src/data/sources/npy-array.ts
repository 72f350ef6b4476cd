import { byteSize, viewOf } from "../../core/dtype.js";
import { FormatError } from "../../core/errors.js";
import { halfOf } from "../../core/half.js";
import { formatShape, sizeOf } from "../../core/shape.js";
import { Tensor } from "../../core/tensor.js";
import { type NpyDType, type NpyHeader, npyType, parseHeader, type ReadBytes, swapBytes } from "../../formats/index.js";
import { wholeNumber } from "./whole-number.js";

/** Header of 64 KB at most, and what stands before it. */
const HEADER_BYTES = 12 + (1 << 16);

/** Where the bytes of a `.npy` file are. */
export interface NpyBytes {
  readonly path: string;
  /** What messages call it, e.g. `"x" of "train.npz"`. */
  readonly where: string;
  readonly size: number;
  readonly read: ReadBytes;
  /** Several parts at once. */
  readonly readAll: (parts: readonly (readonly [start: number, end: number])[]) => Promise<Uint8Array[]>;
}

/** An array on disk, of which rows are read by their number. */
export interface NpyArray {
  readonly path: string;
  readonly where: string;
  readonly rows: number;
  /** What a row is, e.g. `float32 (28, 28)`. */
  readonly kind: string;
  /** Rows `from … to - 1`: numbers, truth values or strings of an array of one axis, else Tensors. */
  readRows(from: number, to: number): Promise<unknown[]>;
  /** The rows of these numbers, in this order. */
  readRowsAt(numbers: readonly number[]): Promise<unknown[]>;
}

/** Makes rows of their bytes. @param first the number of the first, for messages */
type Decode = (bytes: Uint8Array, rows: number, first: number) => unknown[];

/**
 * Reads the header of a `.npy` file.
 * @throws {FormatError} for damaged files, and for arrays that cannot be read row by row
 */
export async function openNpyArray({ path, where, size, read, readAll }: NpyBytes): Promise<NpyArray> {
  const header = parseHeader(await read(0, Math.min(size, HEADER_BYTES)));
  const [rows, ...rowShape] = header.shape;
  if (rows === undefined) throw withoutRows(where, "a single number, of shape ()");
  const { fortranOrder, descr, dataStart } = header;
  if (fortranOrder && header.shape.filter((dim) => dim !== 1).length > 1) throw byColumns(where, header);
  const { elementBytes, dtype, decode } = rowsOf(descr, rowShape, where, path);
  const rowBytes = elementBytes * sizeOf(rowShape);
  // Any number of them would fit into a file.
  if (rowBytes === 0) throw withoutRows(where, `rows of no bytes: ${descr}, shape ${formatShape(header.shape)}`);
  if (!(dataStart + rows * rowBytes <= size)) throw tooShort(where, size - dataStart, rows * rowBytes, header.shape);
  return {
    path,
    where,
    rows,
    kind: rowShape.length === 0 ? dtype : `${dtype} ${formatShape(rowShape)}`,
    async readRows(from, to) {
      const bytes = await read(dataStart + from * rowBytes, dataStart + to * rowBytes);
      return decode(bytes, to - from, from);
    },
    async readRowsAt(numbers) {
      const places = numbers.map((row) => [dataStart + row * rowBytes, dataStart + (row + 1) * rowBytes] as const);
      const parts = await readAll(places);
      return parts.flatMap((bytes, i) => decode(bytes, 1, numbers[i]!));
    },
  };
}

function rowsOf(
  descr: string,
  shape: readonly number[],
  where: string,
  path: string,
): { readonly elementBytes: number; readonly dtype: string; readonly decode: Decode } {
  const text = /^([<>|=])([US])(\d{1,9})$/.exec(descr);
  if (text !== null) {
    const [, order, kind, units] = text;
    const elementBytes = Number(units) * (kind === "U" ? 4 : 1);
    const textOf = kind === "U" ? (bytes: Uint8Array) => wideText(bytes, order === ">") : narrowText;
    return { elementBytes, dtype: "string", decode: texts(elementBytes, shape, textOf, where, path) };
  }
  const { dtype, isSwapped } = npyType(descr);
  const elementBytes = byteSize(dtype);
  const decode = numbers(dtype, shape, where, path);
  return {
    elementBytes,
    // Halves are for storage: all float32 hold them.
    dtype: halfOf(dtype) === undefined ? dtype : "float32",
    decode(bytes, rows, first) {
      const isAligned = bytes.byteOffset % elementBytes === 0;
      const raw = isSwapped || !isAligned ? bytes.slice() : bytes;
      if (isSwapped) swapBytes(raw, elementBytes);
      return decode(raw, rows, first);
    },
  };
}

function numbers(dtype: NpyDType, shape: readonly number[], where: string, path: string): Decode {
  const width = sizeOf(shape);
  const half = halfOf(dtype);
  const bytesOfOne = byteSize(dtype);
  return (bytes, rows, first) => {
    const stored = viewOf(dtype, bytes.buffer, bytes.byteOffset, bytes.length / bytesOfOne);
    const data = half === undefined ? stored : Float32Array.from(stored as Uint16Array, half.decode);
    if (shape.length > 0) {
      const type = half === undefined ? dtype : "float32";
      if (dtype === "bool") for (let i = 0; i < data.length; i++) (data as Uint8Array)[i] = data[i] === 0 ? 0 : 1;
      // Copies: a row that is kept must not keep all that were read with it.
      const row = (i: number) => (data as Float32Array).slice(i * width, (i + 1) * width);
      return Array.from({ length: rows }, (_, i) => new Tensor(row(i), shape, type));
    }
    if (dtype === "bool") return Array.from(data as Uint8Array, (value) => value !== 0);
    if (dtype !== "int64" && dtype !== "uint64") return Array.from(data as Float32Array);
    return Array.from(data as BigInt64Array, (value, i) =>
      wholeNumber(value, `Row ${first + i} of ${where}`, { path, record: first + i }),
    );
  };
}

function texts(
  elementBytes: number,
  shape: readonly number[],
  textOf: (bytes: Uint8Array) => string | null,
  where: string,
  path: string,
): Decode {
  const width = sizeOf(shape);
  return (bytes, rows, first) => {
    const cell = (i: number): string => {
      const text = textOf(bytes.subarray(i * elementBytes, (i + 1) * elementBytes));
      if (text !== null) return text;
      const record = first + Math.floor(i / width);
      throw noText(`Row ${record} of ${where}`, { path, record });
    };
    return Array.from({ length: rows }, (_, row) => {
      if (shape.length === 0) return cell(row);
      return new Tensor(
        Array.from({ length: width }, (_, i) => cell(row * width + i)),
        shape,
        "string",
      );
    });
  };
}

/** Four bytes for each character, zeros behind the last. */
function wideText(bytes: Uint8Array, isBig: boolean): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let length = bytes.length / 4;
  while (length > 0 && view.getUint32(4 * length - 4) === 0) length--;
  let text = "";
  for (let i = 0; i < length; i++) {
    const code = view.getUint32(4 * i, !isBig);
    if (code > 0x10ffff) return null;
    text += String.fromCodePoint(code);
  }
  return text;
}

const UTF8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** Bytes, which Python takes for no text; as a rule they are. */
function narrowText(bytes: Uint8Array): string | null {
  let length = bytes.length;
  while (length > 0 && bytes[length - 1] === 0) length--;
  try {
    return UTF8.decode(bytes.subarray(0, length));
  } catch {
    return null;
  }
}

function withoutRows(where: string, received: string): FormatError {
  return new FormatError({
    code: "npy-rows",
    what: `${where} is an array without rows`,
    received,
    expected: "at least one axis, of which each row is a record",
    fix: "Save it again with an axis for the records, e.g. as np.atleast_1d(array)",
  });
}

function byColumns(where: string, { shape }: NpyHeader): FormatError {
  return new FormatError({
    code: "npy-order",
    what: `${where} is stored column by column, so that no row can be read alone`,
    received: `Fortran order, shape ${formatShape(shape)}`,
    expected: "C order",
    fix: "Save it again as np.ascontiguousarray(array)",
  });
}

function tooShort(where: string, received: number, expected: number, shape: readonly number[]): FormatError {
  return new FormatError({
    code: "npy-damaged",
    what: `${where} is cut short`,
    received: `${received} bytes of data`,
    expected: `${expected} for shape ${formatShape(shape)}`,
    fix: "Get the file again",
  });
}

function noText(where: string, data: Readonly<Record<string, unknown>>): FormatError {
  return new FormatError({
    code: "text-encoding",
    what: `${where}: this is no text`,
    received: "bytes that stand for no character",
    expected: "UTF-8, or NumPy's strings of 4 bytes a character",
    fix: "Save it as an array of strings, np.char.decode(array, 'latin1') for one",
    data,
  });
}
