import { joinBytes } from "../../core/join-bytes.js";
import { crc32 } from "../zip/index.js";

/** Pixels of 8 bits, row by row; 1, 3 or 4 channels. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** PNG's numbers of grey, RGB and RGBA. */
const COLORS = { 1: 0, 3: 2, 4: 6 } as const;

/** A PNG file of the pixels. */
export async function png({ width, height, channels, data }: Pixels): Promise<Uint8Array> {
  const header = new DataView(new ArrayBuffer(13));
  header.setUint32(0, width);
  header.setUint32(4, height);
  header.setUint8(8, 8);
  header.setUint8(9, COLORS[channels]);
  const row = width * channels;
  // Each row begins with the number of its filter: 0, none.
  const rows = new Uint8Array(height * (1 + row));
  for (let y = 0; y < height; y++) rows.set(data.subarray(y * row, (y + 1) * row), y * (1 + row) + 1);
  return joinBytes([
    SIGNATURE,
    await chunk("IHDR", new Uint8Array(header.buffer)),
    await chunk("IDAT", await deflated(rows)),
    await chunk("IEND", new Uint8Array(0)),
  ]);
}

async function chunk(type: string, bytes: Uint8Array): Promise<Uint8Array> {
  const named = joinBytes([new TextEncoder().encode(type), bytes]);
  const ends = new DataView(new ArrayBuffer(8));
  ends.setUint32(0, bytes.length);
  ends.setUint32(4, await crc32(named));
  return joinBytes([new Uint8Array(ends.buffer, 0, 4), named, new Uint8Array(ends.buffer, 4, 4)]);
}

async function deflated(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([bytes as Uint8Array<ArrayBuffer>]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
