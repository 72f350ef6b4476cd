import { FormatError } from "../../core/errors.js";

/** Sound as numbers. */
export interface Sound {
  /** Samples one after the other, channels side by side: whole numbers scaled to [-1, 1). */
  readonly data: Float32Array;
  readonly channels: number;
  /** Samples of a second. */
  readonly rate: number;
}

const PCM = 1;
const FLOAT = 3;
/** The kind stands in the first bytes of an identifier further on. */
const EXTENSIBLE = 0xfffe;

interface Format {
  readonly kind: number;
  readonly channels: number;
  readonly rate: number;
  readonly bits: number;
}

/**
 * The sound of a WAV file: PCM of 8, 16, 24 and 32 bits, and floats of 32 and 64.
 * @throws {FormatError} for other files, and other ways of storing sound
 */
export function readWav(bytes: Uint8Array, path: string): Sound {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const name = (at: number): string => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length < 12 || name(0) !== "RIFF" || name(8) !== "WAVE") {
    throw refused(
      path,
      `a file that begins with ${JSON.stringify(name(0))}`,
      'a file that begins with "RIFF" … "WAVE"',
    );
  }
  let format: Format | null = null;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const size = view.getUint32(at + 4, true);
    const start = at + 8;
    if (name(at) === "fmt ") format = formatAt(view, start, Math.min(size, bytes.length - start), path);
    if (name(at) === "data") {
      if (format === null) throw refused(path, "sound before its description", "a chunk fmt before the chunk data");
      // Programs that write to a pipe leave the largest number, or 0, where the size belongs.
      const open = size === 0xffff_ffff;
      if (!open && start + size > bytes.length) {
        throw refused(path, `${bytes.length - start} bytes of sound`, `${size}, as the file itself says`);
      }
      return samplesOf(view, start, open ? bytes.length - start : size, format);
    }
    // Chunks begin at even places.
    at = start + size + (size % 2);
  }
  throw refused(path, "no sound", "a chunk data");
}

function formatAt(view: DataView, at: number, size: number, path: string): Format {
  if (size < 16) throw refused(path, `a description of ${size} bytes`, "at least 16");
  const written = view.getUint16(at, true);
  const kind = written === EXTENSIBLE && size >= 26 ? view.getUint16(at + 24, true) : written;
  const channels = view.getUint16(at + 2, true);
  const rate = view.getUint32(at + 4, true);
  const bits = view.getUint16(at + 14, true);
  const known = kind === PCM ? [8, 16, 24, 32] : kind === FLOAT ? [32, 64] : [];
  if (!known.includes(bits)) {
    throw refused(
      path,
      `sound of kind ${kind} with ${bits} bits`,
      "PCM of 8, 16, 24 or 32 bits, or floats of 32 or 64",
    );
  }
  if (channels === 0 || rate === 0 || view.getUint16(at + 12, true) !== (channels * bits) / 8) {
    throw refused(path, `${channels} channels, ${rate} samples a second`, "a description that fits itself");
  }
  return { kind, channels, rate, bits };
}

function samplesOf(view: DataView, start: number, size: number, { kind, channels, rate, bits }: Format): Sound {
  const width = bits / 8;
  const count = Math.floor(size / (width * channels)) * channels;
  const data = new Float32Array(count);
  for (let i = 0, at = start; i < count; i++, at += width) {
    if (kind === FLOAT) data[i] = bits === 32 ? view.getFloat32(at, true) : view.getFloat64(at, true);
    else if (bits === 8) data[i] = (view.getUint8(at) - 128) / 2 ** 7;
    else if (bits === 16) data[i] = view.getInt16(at, true) / 2 ** 15;
    else if (bits === 24) data[i] = (view.getUint16(at, true) | (view.getInt8(at + 2) << 16)) / 2 ** 23;
    else data[i] = view.getInt32(at, true) / 2 ** 31;
  }
  return { data, channels, rate };
}

function refused(path: string, received: string, expected: string): FormatError {
  return new FormatError({
    code: "wav-damaged",
    what: `"${path}" is no WAV file that can be read`,
    received,
    expected,
    fix: "Save it again as a WAV file, or take it out of the folder",
    data: { path },
  });
}
