import { type Fields, float, ints } from "../../core/options.js";
import { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";
import { picked } from "../../ops/image/along-side.js";
import * as ops from "../../ops/index.js";
import { ColorLayer, IMAGE, type ImageOptions, type ImageSettings, inRange } from "./base-image.js";
import { histogram } from "./histogram.js";
import { type FactorRange, valueRangeField } from "./image-fields.js";

export interface ContrastLimitedAdaptiveHistogramEqualizationSettings extends ImageSettings {
  /** The least and largest value of a pixel. Default [0, 255]. */
  readonly valueRange: FactorRange;
  /** How much more frequent than the mean a value counts at most. Default 4; 0: without limit. */
  readonly clipLimit: number;
  /** How many tiles there are, down and across. Default 8 and 8. */
  readonly tileGridSize: readonly number[];
}

export type ContrastLimitedAdaptiveHistogramEqualizationOptions =
  ImageOptions<ContrastLimitedAdaptiveHistogramEqualizationSettings>;

const BINS = 256;

/** One axis of an image as tiles: their size, and between which of them, and where, each pixel lies. */
function tiling(size: number, count: number) {
  const tile = Math.ceil(size / count);
  const places = Array.from({ length: size }, (_, i) => (i - tile / 2) / tile + 1);
  const within = (i: number): number => Math.min(Math.max(i, 0), count + 1);
  return {
    tile,
    // Tiles behind the edge are as those at the edge.
    lower: places.map((place) => within(Math.floor(place))).map((i) => Math.min(Math.max(i - 1, 0), count - 1)),
    upper: places.map((place) => within(Math.floor(place) + 1)).map((i) => Math.min(Math.max(i - 1, 0), count - 1)),
    weight: places.map((place) => place - Math.floor(place)),
    // Mirrored at the edge, as often as needed.
    source: Array.from({ length: tile * count }, (_, i) => {
      const turn = i % (2 * size);
      return turn < size ? turn : 2 * size - 1 - turn;
    }),
  };
}

/**
 * Spreads the values of each tile of each channel, in training and outside of it, and blends neighbouring tiles:
 * K. Zuiderveld, "Contrast limited adaptive histogram equalization", 1994.
 */
export class ContrastLimitedAdaptiveHistogramEqualization extends ColorLayer<ContrastLimitedAdaptiveHistogramEqualizationSettings> {
  static override readonly className: string = "ContrastLimitedAdaptiveHistogramEqualization";
  static override readonly fields: Fields<ContrastLimitedAdaptiveHistogramEqualizationSettings> = {
    ...IMAGE,
    valueRange: valueRangeField,
    clipLimit: float({ min: 0 }, { default: 4 }),
    tileGridSize: ints(2, { min: 1 }, { default: [8, 8], toConfig: (sizes) => [...sizes] }),
  };

  protected override get alwaysActive(): boolean {
    return true;
  }

  override transformImages(images: Value): Value {
    const { valueRange, clipLimit, tileGridSize, dataFormat } = this.options;
    const first = dataFormat === "channels_first" ? images : ops.transpose(images, [0, 3, 1, 2]);
    const [rows, channels, height, width] = first.shape as [number, number, number, number];
    const [gridHeight, gridWidth] = tileGridSize as [number, number];
    const [down, across] = [tiling(height, gridHeight), tiling(width, gridWidth)];
    const bytes = ops.cast(ops.clip(inRange(first, valueRange, [0, 255]), 0, 255), "int32");
    const padded = picked(picked(bytes, 2, down.source), 3, across.source);
    const split = ops.reshape(padded, [rows, channels, gridHeight, down.tile, gridWidth, across.tile]);
    const pixels = down.tile * across.tile;
    const tiles = ops.reshape(ops.transpose(split, [0, 1, 2, 4, 3, 5]), [
      rows,
      channels,
      gridHeight,
      gridWidth,
      pixels,
    ]);
    const tables = tableOf(histogram(tiles, BINS), pixels, clipLimit);
    const flat = ops.reshape(tables, [rows, channels, gridHeight * gridWidth * BINS]);
    const read = (y: readonly number[], x: readonly number[]): Value => {
      const offsets = y.flatMap((row) => x.map((column) => (row * gridWidth + column) * BINS));
      const at = ops.add(ops.reshape(bytes, [rows, channels, height * width]), constant(offsets, "int32"));
      return ops.reshape(ops.takeAlongAxis(flat, at, 2), first.shape);
    };
    const byRow = ops.reshape(constant(down.weight), [height, 1]);
    const blend = (a: Value, b: Value, weight: Value): Value =>
      ops.add(ops.multiply(a, ops.subtract(1, weight)), ops.multiply(b, weight));
    const side = (y: readonly number[]): Value =>
      blend(read(y, across.lower), read(y, across.upper), constant(across.weight));
    const blended = inRange(blend(side(down.lower), side(down.upper), byRow), [0, 255], valueRange);
    return dataFormat === "channels_first" ? blended : ops.transpose(blended, [0, 2, 3, 1]);
  }
}

function constant(numbers: readonly number[], dtype: "float32" | "int32" = "float32"): Value {
  return ops.constant(new Tensor(Float32Array.from(numbers), [numbers.length]).cast(dtype));
}

/** What each value becomes, from how often it occurs. */
function tableOf(counts: Value, pixels: number, clipLimit: number): Value {
  const limited = ((): Value => {
    if (clipLimit === 0) return counts;
    const clipped = ops.minimum(counts, (clipLimit * pixels) / BINS);
    const excess = ops.sum(ops.subtract(counts, clipped), { axes: -1, keepDims: true });
    return ops.add(clipped, ops.divide(excess, BINS));
  })();
  const running = ops.cumsum(limited, -1);
  const least = ops.min(running, { axes: -1, keepDims: true });
  const rest = ops.subtract(pixels, least);
  const table = ops.divide(ops.multiply(ops.subtract(running, least), 255), ops.where(ops.equal(rest, 0), 1, rest));
  return ops.clip(table, 0, 255);
}
