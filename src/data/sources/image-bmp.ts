import type { Pixels } from "./resize-pixels.js";

/** The file's header and the shortest description of a picture. */
const FILE_HEADER = 14;
const SHORTEST_INFO = 40;
/** How pixels are stored: as they are, or as bits that masks pick out. All others are packed in runs. */
const PLAIN = 0;
const MASKED = [3, 6];
const MASK_BYTES = 16;
const DEPTHS = [1, 4, 8, 16, 24, 32];

export const isBmp = (bytes: Uint8Array): boolean => bytes[0] === 0x42 && bytes[1] === 0x4d;

interface Header {
  readonly width: number;
  readonly height: number;
  readonly isTopDown: boolean;
  readonly depth: number;
  /** Bits of red, green, blue and alpha, where pixels are not bytes. */
  readonly masks: readonly number[] | null;
  readonly palette: Uint8Array;
  readonly start: number;
  readonly stride: number;
}

/**
 * The pixels of a BMP file that is not packed, red, green, blue and alpha: 1, 4 and 8 bits by palette, 16, 24 and 32 bits.
 * The fourth byte of 32 bits is alpha, as TensorFlow takes it.
 * @throws {Error} for other files
 */
export function readBmp(bytes: Uint8Array, mostPixels: number): Pixels {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header = headerOf(bytes, view, mostPixels);
  const { width, height, isTopDown, stride, start } = header;
  const data = new Uint8Array(4 * width * height);
  const pixel = pixelReader(header, bytes, view);
  for (let y = 0, out = 0; y < height; y++) {
    const row = start + stride * (isTopDown ? y : height - 1 - y);
    for (let x = 0; x < width; x++, out += 4) pixel(row, x, data, out);
  }
  return { data, width, height, channels: 4 };
}

function headerOf(bytes: Uint8Array, view: DataView, mostPixels: number): Header {
  if (bytes.length < FILE_HEADER + SHORTEST_INFO) throw new Error("its header is cut short");
  const info = view.getUint32(14, true);
  const [width, signed] = [view.getInt32(18, true), view.getInt32(22, true)];
  const height = Math.abs(signed);
  const depth = view.getUint16(28, true);
  const compression = view.getUint32(30, true);
  const isMasked = MASKED.includes(compression);
  if (info < SHORTEST_INFO) throw new Error(`its header of ${info} bytes is that of OS/2`);
  if (compression !== PLAIN && !(isMasked && (depth === 16 || depth === 32))) {
    throw new Error(`it is packed by method ${compression}`);
  }
  if (!DEPTHS.includes(depth)) throw new Error(`it has ${depth} bits a pixel`);
  if (width <= 0 || height === 0 || width * height > mostPixels) throw new Error(`it has ${width} x ${height} pixels`);
  const stride = Math.floor((depth * width + 31) / 32) * 4;
  const start = view.getUint32(10, true);
  if (start + stride * height > bytes.length) throw new Error("its pixels are cut short");
  const behind = FILE_HEADER + info;
  // Short descriptions have masks behind them, long ones at the same place inside.
  const masksAt = FILE_HEADER + SHORTEST_INFO;
  if (isMasked && masksAt + MASK_BYTES > bytes.length) throw new Error("its masks are cut short");
  const hasAlpha = info > SHORTEST_INFO || compression === 6;
  const masks = isMasked
    ? [0, 4, 8, 12].map((at) => (at === 12 && !hasAlpha ? 0 : view.getUint32(masksAt + at, true)))
    : depth === 16
      ? [0x7c00, 0x03e0, 0x001f, 0]
      : null;
  return {
    width,
    height,
    isTopDown: signed < 0,
    depth,
    masks,
    palette: depth <= 8 ? bytes.subarray(behind, Math.min(start, behind + 4 * 2 ** depth)) : new Uint8Array(0),
    start,
    stride,
  };
}

type ReadPixel = (row: number, x: number, out: Uint8Array, at: number) => void;

function pixelReader({ depth, masks, palette }: Header, bytes: Uint8Array, view: DataView): ReadPixel {
  if (masks !== null) {
    const fields = masks.map(fieldOf);
    return (row, x, out, at) => {
      const bits = depth === 16 ? view.getUint16(row + 2 * x, true) : view.getUint32(row + 4 * x, true);
      for (const [i, field] of fields.entries()) out[at + i] = field === null ? (i === 3 ? 255 : 0) : field(bits);
    };
  }
  if (depth <= 8) {
    const perByte = 8 / depth;
    const most = 2 ** depth - 1;
    return (row, x, out, at) => {
      const shift = 8 - depth * ((x % perByte) + 1);
      const color = 4 * ((bytes[row + Math.floor(x / perByte)]! >> shift) & most);
      if (color + 4 > palette.length) throw new Error("a pixel has a color that is not in its palette");
      for (let i = 0; i < 3; i++) out[at + i] = palette[color + 2 - i]!;
      out[at + 3] = 255;
    };
  }
  const width = depth / 8;
  return (row, x, out, at) => {
    const from = row + width * x;
    for (let i = 0; i < 3; i++) out[at + i] = bytes[from + 2 - i]!;
    out[at + 3] = width === 4 ? bytes[from + 3]! : 255;
  };
}

/** What a mask picks out, as a byte; null: nothing. */
function fieldOf(mask: number): ((bits: number) => number) | null {
  if (mask === 0) return null;
  const shift = 31 - Math.clz32(mask & -mask);
  const most = mask >>> shift;
  return (bits) => Math.round((((bits & mask) >>> shift) * 255) / most);
}
