import { sizeOf } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import type { Slot } from "../session.js";
import { addressOf, floats, type Kernel, segmentOf } from "./kernel.js";
import { planar } from "./patches.js";
import { forwardText, inputText, kernelText } from "./text/depthwise.js";
import { BEYOND, type DepthwiseWindow, reachOf, tapsOf } from "./text/depthwise-planes.js";

/** Positions of the window up to which a loop over all of them is written out. */
const MOST_TAPS = 128;

type Pair = readonly [number, number];

/** Everything that is known before the number of rows. */
interface Geometry extends DepthwiseWindow {
  readonly channels: number;
  /** Filters of a channel. */
  readonly each: number;
  readonly size: Pair;
  readonly out: Pair;
  readonly before: Pair;
}

type Convolution = Value<"conv"> | Value<"convInput"> | Value<"convKernel">;

/**
 * The kernel of a convolution, or of one of its gradients, in which each filter sees one channel; undefined for others.
 * ONNX Runtime makes a matrix product of one row for each channel and row of the batch, and its transposed convolution
 * is slower still (MobileNetV2, 16 images of 96 x 96: these kernels take a twentieth of the time).
 */
export function depthwise(value: Convolution): Kernel | undefined {
  const geometry = geometryOf(value);
  if (geometry === null) return undefined;
  switch (value.op) {
    case "conv":
      return kernelOf("forward", forwardText(geometry), geometry, ([x, w], [y]) => [x!, w!, y!], forward);
    case "convInput":
      return kernelOf("input", inputText(geometry), geometry, ([dy, w], [dx]) => [dx!, w!, dy!], input);
    case "convKernel":
      return kernelOf("kernel", kernelText(geometry), geometry, ([x, dy], [dw]) => [x!, dw!, dy!], weights);
  }
}

function geometryOf(value: Convolution): Geometry | null {
  const { groups, strides, padding, dilations } = value.attrs;
  const [a, b] = value.inputs as readonly [Value, Value];
  const [x, w, y] = value.op === "conv" ? [a, b, value] : value.op === "convInput" ? [value, b, a] : [a, value, b];
  const [, perGroup, ...window] = w.shape;
  const isWhole = padding.every(([low]) => low >= 0) && [x, w, y].every(({ shape }) => !shape.slice(1).includes(0));
  if (groups === 1 || perGroup !== 1 || window.length > 2 || sizeOf(window) > MOST_TAPS || !isWhole) return null;
  const lows = padding.map(([low]) => low);
  return {
    channels: groups,
    each: y.shape[1]! / groups,
    size: planar(x.shape.slice(2), 1),
    out: planar(y.shape.slice(2), 1),
    window: planar(window, 1),
    strides: planar(strides, 1),
    dilations: planar(dilations, 1),
    before: planar(lows, 0),
  };
}

/** Works on x, the kernel and y, two of which are given. */
type Compute = (geometry: Geometry, rows: number, x: Float32Array, w: Float32Array, y: Float32Array) => void;

function kernelOf(
  name: string,
  text: string,
  geometry: Geometry,
  rolesOf: (inputs: readonly Slot[], outputs: readonly Slot[]) => readonly [Slot, Slot, Slot],
  compute: Compute,
): Kernel {
  const { channels, each, size, out, strides, before } = geometry;
  const [down, right] = reachOf(geometry);
  const pitch = out[1] + right;
  const part = (out[0] + down) * pitch + BEYOND;
  return {
    temporary: (strides[0] * strides[1] + 1) * part + down * pitch + right,
    call(inputs, outputs) {
      const [x, w, y] = rolesOf(inputs, outputs);
      const scratch = inputs.at(-1)!;
      const segment = segmentOf([x, w, y, scratch]);
      const rows = x.dims[0]!;
      if (segment === undefined || rows === 0) return null;
      const places = [x, w, y, scratch].map(addressOf);
      return { text, name, segment, parameters: [...places, rows, channels, each, ...size, ...out, ...before] };
    },
    compute(inputs, outputs) {
      const [x, w, y] = rolesOf(inputs, outputs);
      compute(geometry, x.dims[0]!, floats(x), floats(w), floats(y));
    },
  };
}

/** Calls with the place of each input that a tap of an output sees; -1: outside. */
function* seen({ size, out, strides, dilations, window, before }: Geometry): Generator<[output: number, at: number[]]> {
  const taps = tapsOf({ window, strides, dilations });
  for (let h = 0; h < out[0]; h++)
    for (let w = 0; w < out[1]; w++) {
      const at = taps.map(({ line, index }) => {
        const row = h * strides[0] + line * dilations[0] - before[0];
        const column = w * strides[1] + (index % window[1]) * dilations[1] - before[1];
        const isInside = row >= 0 && row < size[0] && column >= 0 && column < size[1];
        return isInside ? row * size[1] + column : -1;
      });
      yield [h * out[1] + w, at];
    }
}

const { fround } = Math;

/** For every row and filter: the offsets of its planes and of its kernel. */
function* filters({ channels, each, size, out, window }: Geometry, rows: number): Generator<[number, number, number]> {
  const [plane, outputs, taps] = [size, out, window].map(sizeOf) as [number, number, number];
  for (let n = 0; n < rows; n++)
    for (let f = 0; f < channels * each; f++)
      yield [(n * channels + Math.floor(f / each)) * plane, f * taps, (n * channels * each + f) * outputs];
}

/** The same for tensors that lie in different memories, to the same bits. */
const forward: Compute = (geometry, rows, x, w, y) => {
  const positions = [...seen(geometry)];
  for (const [inX, inW, inY] of filters(geometry, rows))
    for (const [output, at] of positions) {
      const products = at.map((place, k) => fround(w[inW + k]! * (place < 0 ? 0 : x[inX + place]!)));
      y[inY + output] = products.reduce((sum, next) => fround(sum + next));
    }
};

const input: Compute = (geometry, rows, x, w, y) => {
  x.fill(0);
  // By the taps in their order, which is that of the sums.
  const positions = [...seen(geometry)];
  for (const [inX, inW, inY] of filters(geometry, rows))
    for (let k = 0; k < sizeOf(geometry.window); k++)
      for (const [output, at] of positions) {
        const place = at[k]!;
        if (place >= 0) x[inX + place] = fround(x[inX + place]! + fround(w[inW + k]! * y[inY + output]!));
      }
};

const LANES = 4;

const weights: Compute = (geometry, rows, x, w, y) => {
  w.fill(0);
  const { out } = geometry;
  const pitch = out[1] + reachOf(geometry)[1];
  const positions = [...seen(geometry)];
  for (const [inX, inW, inY] of filters(geometry, rows))
    for (let k = 0; k < sizeOf(geometry.window); k++) {
      const sums = new Float32Array(LANES);
      for (const [output, at] of positions) {
        const lane = (Math.floor(output / out[1]) * pitch + (output % out[1])) % LANES;
        const place = at[k]!;
        if (place >= 0) sums[lane] = sums[lane]! + fround(y[inY + output]! * x[inX + place]!);
      }
      const [a, b, c, d] = sums as unknown as [number, number, number, number];
      w[inW + k] = w[inW + k]! + fround(fround(a + b) + fround(c + d));
    }
};
