import { OptionError } from "../../core/errors.js";
import { type Fields, ints, oneOf, resolveOptions } from "../../core/options.js";
import { Tensor } from "../../core/tensor.js";
import { valueText } from "../../core/value-text.js";
import { CHANNELS, type ColorMode, imageDecoder } from "./image-decode.js";
import { interpolationField, type PixelInterpolation, resizePixels } from "./resize-pixels.js";

/** Options of `data.decodeImage`. */
export interface DecodeImageOptions {
  /** Default "rgb": 3 channels; "grayscale": 1; "rgba": 4. */
  readonly colorMode?: ColorMode;
  /** [height, width], or one number for both. Default null: as it is. */
  readonly imageSize?: number | readonly number[] | null;
  /** How pixels between pixels are computed. Default "bilinear". */
  readonly interpolation?: PixelInterpolation;
}

const FIELDS: Fields<DecodeImageOptions> = {
  colorMode: oneOf(["grayscale", "rgb", "rgba"], { default: "rgb" }),
  imageSize: {
    default: null,
    parse: (value, where) => (value === null ? null : ints(2, { min: 1 }).parse(value, where)),
  },
  interpolation: interpolationField,
};

const OWNER = "data.decodeImage";

/**
 * The picture in the bytes of a file (PNG, JPEG, WebP, BMP, or the first of a GIF), for `map`: a Tensor of shape (height,
 * width, channels), uint8, or float32 from 0 to 255 where `imageSize` is given. Needs `npm install sharp`.
 * @throws {OptionError} for anything but bytes, and options that are none
 * @throws {StateError} without the package sharp
 * @throws {FormatError} for bytes that are no picture
 * @example
 * const digits = (await data.tfRecord("digits.tfrecord", {
 *   features: { png: { dtype: "bytes" }, label: { dtype: "int64" } },
 * })).map(async ({ png, label }) => ({ x: await data.decodeImage(png as Uint8Array, { imageSize: 28 }), y: label }));
 */
export async function decodeImage(bytes: Uint8Array, options?: DecodeImageOptions): Promise<Tensor> {
  const { colorMode, imageSize, interpolation } = resolveOptions(OWNER, FIELDS, options);
  if (!(bytes instanceof Uint8Array)) throw noBytes(bytes);
  const decode = await imageDecoder(OWNER);
  const pixels = await decode(bytes, { where: "What data.decodeImage was given", data: {} }, colorMode);
  const channels = CHANNELS[colorMode];
  if (imageSize === null) return new Tensor(pixels.data, [pixels.height, pixels.width, channels], "uint8");
  const [height, width] = imageSize as readonly [number, number];
  return new Tensor(resizePixels(pixels, height, width, interpolation), [height, width, channels]);
}

function noBytes(value: unknown): OptionError {
  return new OptionError({
    code: "not-bytes",
    what: `${OWNER} takes the bytes of a picture's file`,
    received: valueText(value),
    expected: "a Uint8Array",
    fix: "Files of a folder are read by data.imageFolder",
  });
}
