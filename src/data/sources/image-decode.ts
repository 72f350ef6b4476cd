import { FormatError, StateError } from "../../core/errors.js";
import { isBmp, readBmp } from "./image-bmp.js";
import { type Inflate, readSmallPng } from "./image-png.js";
import type { Pixels } from "./resize-pixels.js";

/** How many channels an image gets: 1, 3 or 4. */
export type ColorMode = "grayscale" | "rgb" | "rgba";

export const CHANNELS: Readonly<Record<ColorMode, 1 | 3 | 4>> = { grayscale: 1, rgb: 3, rgba: 4 };

/** Larger pictures are refused: their pixels alone would take gigabytes. */
const MOST_PIXELS = 2 ** 28;

type Sharp = typeof import("sharp");

/** Where a picture comes from, for messages. */
export interface ImagePlace {
  /** e.g. `"cats/1.png"`. */
  readonly where: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** Makes pixels of the bytes of a picture. */
export type DecodeImage = (bytes: Uint8Array, place: ImagePlace, mode: ColorMode) => Promise<Pixels>;

/**
 * The decoder: the package sharp, which is the user's to add; a reader of BMP, which sharp has not; and one of small PNG.
 * @throws {StateError} without it
 */
export async function imageDecoder(owner: string): Promise<DecodeImage> {
  const sharp = await load(owner);
  const { inflateSync } = await import("node:zlib");
  const inflate: Inflate = (bytes, most) => inflateSync(bytes, { maxOutputLength: most });
  return async (bytes, { where, data }, mode) => {
    try {
      const own = isBmp(bytes) ? readBmp(bytes, MOST_PIXELS) : readSmallPng(bytes, inflate);
      const pixels = own === null ? await decode(sharp, bytes, mode) : inMode(own, mode);
      const fitting = mode === "grayscale" ? grey(pixels) : pixels;
      if (fitting.channels !== CHANNELS[mode]) throw new Error(`it has ${fitting.channels} channels`);
      return fitting;
    } catch (cause) {
      const message = cause instanceof Error ? cause.message : String(cause);
      throw new FormatError({
        code: "image-damaged",
        what: `${where} is no picture that can be read`,
        received: message,
        expected: "a whole PNG, JPEG, WebP, GIF or BMP file",
        fix: "Save it again, or take it out of the data",
        data,
        cause,
      });
    }
  };
}

async function decode(sharp: Sharp["default"], bytes: Uint8Array, mode: ColorMode): Promise<Pixels> {
  // As TensorFlow: colours as they are stored, whatever the profile, and no turning by what a camera noted.
  const image = sharp(bytes, { ignoreIcc: true, limitInputPixels: MOST_PIXELS, pages: 1 });
  const shaped = (mode === "rgba" ? image.ensureAlpha() : image.removeAlpha()).toColourspace("srgb");
  const { data, info } = await shaped.raw({ depth: "uchar" }).toBuffer({ resolveWithObject: true });
  return { ...info, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
}

/** With alpha where it is wanted, else without, and in three colours; grey pictures stay so where these are wanted. */
function inMode(pixels: Pixels, mode: ColorMode): Pixels {
  const { data, height, width, channels } = pixels;
  const hasAlpha = channels % 2 === 0;
  const colours = hasAlpha ? channels - 1 : channels;
  const wanted = mode === "grayscale" && colours === 1 ? 1 : CHANNELS[mode === "rgba" ? "rgba" : "rgb"];
  if (wanted === channels) return pixels;
  const out = new Uint8Array(height * width * wanted);
  for (let i = 0, from = 0; i < out.length; i += wanted, from += channels) {
    for (let c = 0; c < wanted; c++) {
      out[i + c] = c === 3 ? (hasAlpha ? data[from + colours]! : 255) : data[from + (colours === 1 ? 0 : c)]!;
    }
  }
  return { data: out, height, width, channels: wanted };
}

/** 0.299, 0.587 and 0.114 in parts of 2^15. As TensorFlow; libvips takes others. */
const RED = 9798;
const GREEN = 19235;
const BLUE = 3735;

function grey({ data, height, width, channels }: Pixels): Pixels {
  if (channels !== 3) return { data, height, width, channels };
  const out = new Uint8Array(height * width);
  for (let i = 0, at = 0; i < out.length; i++, at += 3) {
    out[i] = (RED * data[at]! + GREEN * data[at + 1]! + BLUE * data[at + 2]!) >> 15;
  }
  return { data: out, height, width, channels: 1 };
}

async function load(owner: string): Promise<Sharp["default"]> {
  try {
    return (await import("sharp")).default;
  } catch (cause) {
    throw new StateError({
      code: "missing-package",
      what: `${owner} decodes pictures with the package sharp, which cannot be loaded`,
      received: cause instanceof Error ? cause.message : String(cause),
      expected: "sharp 0.35",
      fix: "Run npm install sharp",
      cause,
    });
  }
}
