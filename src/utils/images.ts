import { type DType, isDType } from "../core/dtype.js";
import { ShapeError } from "../core/errors.js";
import { bool, type Fields, oneOf, resolveOptions, wrongOption } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { type NestedData, Tensor, type TensorLike, tensorFrom } from "../core/tensor.js";

/** Options of `arrayToImg`. */
export interface ArrayToImgOptions {
  /** Where the channels of x are. Default "channels_last". */
  readonly dataFormat?: "channels_last" | "channels_first";
  /** Whether to stretch the numbers so that the smallest is 0 and the largest 255. Default true. */
  readonly scale?: boolean;
}

/** Options of `imgToArray`. */
export interface ImgToArrayOptions {
  /** Where the channels of the result are. Default "channels_last". */
  readonly dataFormat?: "channels_last" | "channels_first";
  /** Dtype of the result. Default "float32". */
  readonly dtype?: DType;
}

/** Pixels as canvases have them: four bytes each. */
export interface PixelsOfCanvas {
  readonly data: Uint8Array | Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

const dataFormat = oneOf(["channels_last", "channels_first"], { default: "channels_last" });
const TO_IMAGE: Fields<ArrayToImgOptions> = { dataFormat, scale: bool(true) };
const TO_ARRAY: Fields<ImgToArrayOptions> = {
  dataFormat,
  dtype: {
    default: "float32",
    parse(value, where) {
      if (isDType(value) && value !== "string") return value;
      throw wrongOption(where, 'a dtype of numbers, e.g. "float32"', value);
    },
  },
};

/**
 * The pixels of an image: uint8 of shape (height, width, channels) with 1, 3 or 4 channels, as codecs and canvases take
 * them. (Keras gives an object of the library Pillow; numbers above 255 of a single channel, unscaled, are int32 there
 * and here.)
 * @param x numbers of shape (height, width, channels), or (channels, height, width)
 * @throws {ShapeError} for another rank or number of channels
 */
export function arrayToImg(x: NestedData | TensorLike | ArrayBufferView, options?: ArrayToImgOptions): Tensor {
  const { dataFormat: format, scale } = resolveOptions("arrayToImg", TO_IMAGE, options);
  const given = tensorFrom(x, "x of arrayToImg", "float32");
  if (given.shape.length !== 3) throw notAnImage("arrayToImg", given.shape, "3 axes: height, width and channels");
  const [height, width, channels] = (format === "channels_last" ? given.shape : roll(given.shape, 1)) as number[];
  if (![1, 3, 4].includes(channels!)) {
    throw notAnImage("arrayToImg", given.shape, `1, 3 or 4 channels, ${format}`);
  }
  const numbers = arranged(given.data as Float32Array, [height!, width!, channels!], format === "channels_first");
  const pixels = scale ? stretched(numbers) : numbers;
  const isWide = channels === 1 && pixels.some((value) => value > 255);
  const data = isWide ? Int32Array.from(pixels) : Uint8Array.from(pixels);
  return new Tensor(data, [height!, width!, channels!]);
}

/**
 * The numbers of an image, of shape (height, width, channels).
 * @param img pixels of shape (height, width) or (height, width, channels), or a canvas's `{ data, width, height }`
 * @throws {ShapeError} for another rank
 */
export function imgToArray(img: NestedData | TensorLike | PixelsOfCanvas, options?: ImgToArrayOptions): Tensor {
  const { dataFormat: format, dtype } = resolveOptions("imgToArray", TO_ARRAY, options);
  const given = tensorFrom(isCanvas(img) ? pixelsOf(img) : img, "img of imgToArray", "float64");
  if (given.shape.length !== 2 && given.shape.length !== 3) {
    throw notAnImage("imgToArray", given.shape, "2 axes, or 3 with channels at the end");
  }
  const [height, width, channels = 1] = given.shape as [number, number, number?];
  if (format === "channels_last") return given.reshape([height, width, channels]).cast(dtype);
  const numbers = new Float64Array(given.size);
  const source = given.data as Float64Array;
  for (let pixel = 0; pixel < height * width; pixel++)
    for (let c = 0; c < channels; c++) numbers[c * height * width + pixel] = source[pixel * channels + c]!;
  return new Tensor(numbers, [channels, height, width], "float64").cast(dtype);
}

const roll = <T>(list: readonly T[], by: number): T[] => [...list.slice(by), ...list.slice(0, by)];

/** With channels last. */
function arranged(data: Float32Array, [height, width, channels]: [number, number, number], first: boolean) {
  if (!first) return Float32Array.from(data);
  const out = new Float32Array(data.length);
  for (let pixel = 0; pixel < height * width; pixel++)
    for (let c = 0; c < channels; c++) out[pixel * channels + c] = data[c * height * width + pixel]!;
  return out;
}

/** In float32 at each step, as NumPy computes it. */
function stretched(numbers: Float32Array): Float32Array {
  const least = numbers.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const moved = numbers.map((value) => value - least);
  const most = moved.reduce((a, b) => Math.max(a, b), 0);
  return (most === 0 ? moved : moved.map((value) => value / most)).map((value) => value * 255);
}

function isCanvas(img: unknown): img is PixelsOfCanvas {
  return typeof img === "object" && img !== null && "data" in img && "width" in img && "height" in img;
}

const pixelsOf = ({ data, width, height }: PixelsOfCanvas): Tensor =>
  new Tensor(Uint8Array.from(data), [height, width, data.length / (width * height)]);

function notAnImage(what: string, shape: readonly number[], expected: string): ShapeError {
  return new ShapeError({
    code: "not-an-image",
    what: `${what} takes one image`,
    received: `shape ${formatShape(shape)}`,
    expected,
    fix: "Take one image of a batch: batch.at(0)",
  });
}
