import { FormatError } from "../../core/errors.js";

/** NumPy itself reads headers of at most 10,000 bytes. */
const LONGEST_HEADER = 1 << 16;
const MOST_DIMENSIONS = 64;

/** The header before the data of a `.npy` file. */
export interface NpyHeader {
  /** NumPy's type string, e.g. "<f4". */
  readonly descr: string;
  readonly fortranOrder: boolean;
  readonly shape: readonly number[];
  readonly dataStart: number;
}

/**
 * Reads the header: a Python dictionary of exactly three entries, parsed as text and never evaluated.
 * @throws {FormatError}
 */
export function parseHeader(bytes: Uint8Array): NpyHeader {
  const magic = String.fromCharCode(...bytes.subarray(0, 6));
  if (magic !== "\x93NUMPY" || bytes.length < 12) {
    throw new FormatError({
      code: "not-npy",
      what: "This is not a .npy file",
      expected: 'a file that begins with "\\x93NUMPY"',
    });
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[6]!;
  if (version < 1 || version > 3) throw damaged(`a header of version ${version}`);
  const start = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (length > LONGEST_HEADER) throw damaged(`a header of ${length} bytes`);
  if (start + length > bytes.length) throw damaged("a header that ends outside the file");
  const text = new TextDecoder(version === 3 ? "utf-8" : "latin1").decode(bytes.subarray(start, start + length));
  const descr = /'descr':\s*('[^']*'|\[)/.exec(text)?.[1];
  const order = /'fortran_order':\s*(True|False)/.exec(text)?.[1];
  const shape = /'shape':\s*\(([\d\sL,]*)\)/.exec(text)?.[1];
  if (descr === undefined || order === undefined || shape === undefined)
    throw damaged(JSON.stringify(text.slice(0, 120)));
  const dims = shape
    .split(",")
    .map((dim) => dim.trim().replace("L", ""))
    .filter((dim) => dim !== "")
    .map(Number);
  if (dims.length > MOST_DIMENSIONS) throw damaged(`${dims.length} dimensions`);
  if (!Number.isSafeInteger(dims.reduce((product, dim) => product * Math.max(1, dim), 8))) {
    throw damaged(`shape (${shape})`);
  }
  return {
    descr: descr === "[" ? "a structured type" : descr.slice(1, -1),
    fortranOrder: order === "True",
    shape: dims,
    dataStart: start + length,
  };
}

function damaged(received: string): FormatError {
  return new FormatError({ code: "npy-damaged", what: "The header of the .npy file is damaged", received });
}
