import { sizeOf, stridesOf } from "../../core/shape.js";
import type { ConvAttrs, PoolAttrs } from "../primitive.js";
import type { NumberArray } from "./array.js";
import type { Rules } from "./rule.js";

/** One element of a window at one position: flat indices into operand, window and result. */
type Visit = (x: number, w: number, y: number) => void;

interface Geometry {
  readonly spatial: readonly number[];
  readonly window: readonly number[];
  readonly sizes: readonly number[];
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
  readonly dilations: readonly number[];
}

/** Visits all pairs (position of the window, offset in it) that lie inside the operand, in row-major order of both. */
function slide({ spatial, window, sizes, strides, padding, dilations }: Geometry, visit: Visit): void {
  const inputStrides = stridesOf(spatial);
  const positions = sizeOf(sizes);
  const taps = sizeOf(window);
  const [sizeSteps, windowSteps] = [stridesOf(sizes), stridesOf(window)];
  for (let y = 0; y < positions; y++) {
    for (let w = 0; w < taps; w++) {
      let x = 0;
      let inside = true;
      for (let axis = 0; axis < spatial.length; axis++) {
        const position = Math.floor(y / sizeSteps[axis]!) % sizes[axis]!;
        const tap = Math.floor(w / windowSteps[axis]!) % window[axis]!;
        const at = position * strides[axis]! - padding[axis]![0] + tap * dilations[axis]!;
        inside &&= at >= 0 && at < spatial[axis]!;
        x += at * inputStrides[axis]!;
      }
      if (inside) visit(x, w, y);
    }
  }
}

/** Visits all products x * kernel -> y of a convolution by their flat indices. */
function convolve(
  x: readonly number[],
  kernel: readonly number[],
  y: readonly number[],
  attrs: ConvAttrs,
  visit: Visit,
): void {
  const geometry = { ...attrs, spatial: x.slice(2), window: kernel.slice(2), sizes: y.slice(2) };
  const [inSize, taps, outSize] = [sizeOf(geometry.spatial), sizeOf(geometry.window), sizeOf(geometry.sizes)];
  const [inGroup, outGroup] = [kernel[1]!, kernel[0]! / attrs.groups];
  for (let n = 0; n < x[0]!; n++) {
    for (let out = 0; out < kernel[0]!; out++) {
      for (let c = 0; c < inGroup; c++) {
        const channel = n * x[1]! + Math.floor(out / outGroup) * inGroup + c;
        slide(geometry, (i, w, j) => {
          visit(channel * inSize + i, (out * inGroup + c) * taps + w, (n * kernel[0]! + out) * outSize + j);
        });
      }
    }
  }
}

/** Visits all pairs (element of x, window of y) of a pooling. */
function pool(x: readonly number[], y: readonly number[], attrs: PoolAttrs, visit: Visit): void {
  const dilations = attrs.window.map(() => 1);
  const geometry = { ...attrs, spatial: x.slice(2), sizes: y.slice(2), dilations };
  const [inSize, outSize] = [sizeOf(geometry.spatial), sizeOf(geometry.sizes)];
  for (let plane = 0; plane < x[0]! * x[1]!; plane++) {
    slide(geometry, (i, w, j) => visit(plane * inSize + i, w, plane * outSize + j));
  }
}

const add = (out: Float64Array, at: number, value: number): void => {
  out[at] = out[at]! + value;
};

export const WINDOWS: Rules<
  "conv" | "convInput" | "convKernel" | "maxPool" | "maxPoolGrad" | "sumPool" | "sumPoolGrad"
> = {
  conv(node, [x, kernel], shape) {
    const out = new Float64Array(sizeOf(shape));
    convolve(x!.shape, kernel!.shape, shape, node.attrs, (i, w, j) => add(out, j, x!.data[i]! * kernel!.data[w]!));
    return out;
  },
  convInput(node, [dy, kernel], shape) {
    const out = new Float64Array(sizeOf(shape));
    convolve(shape, kernel!.shape, dy!.shape, node.attrs, (i, w, j) => add(out, i, dy!.data[j]! * kernel!.data[w]!));
    return out;
  },
  convKernel(node, [x, dy], shape) {
    const out = new Float64Array(sizeOf(shape));
    convolve(x!.shape, shape, dy!.shape, node.attrs, (i, w, j) => add(out, w, x!.data[i]! * dy!.data[j]!));
    return out;
  },
  maxPool(node, [x], shape) {
    const out = new Float64Array(sizeOf(shape)).fill(Number.NEGATIVE_INFINITY);
    pool(x!.shape, shape, node.attrs, (i, _w, j) => {
      out[j] = Math.max(out[j]!, x!.data[i]!);
    });
    return out;
  },
  maxPoolGrad(node, [x, y, dy], shape) {
    const out = new Float64Array(sizeOf(shape));
    const found = firstMaxima(x!, y!, node.attrs);
    found.forEach((at, j) => {
      if (at >= 0) add(out, at, dy!.data[j]!);
    });
    return out;
  },
  sumPool(node, [x], shape) {
    const out = new Float64Array(sizeOf(shape));
    pool(x!.shape, shape, node.attrs, (i, _w, j) => add(out, j, x!.data[i]!));
    return out;
  },
  sumPoolGrad(node, [dy], shape) {
    const out = new Float64Array(sizeOf(shape));
    pool(shape, dy!.shape, node.attrs, (i, _w, j) => add(out, i, dy!.data[j]!));
    return out;
  },
};

/** For each window the index of its first maximum; -1 where no element equals it (NaN). */
function firstMaxima(x: NumberArray, y: NumberArray, attrs: PoolAttrs): Int32Array {
  const found = new Int32Array(y.data.length).fill(-1);
  pool(x.shape, y.shape, attrs, (i, _w, j) => {
    if (found[j] === -1 && x.data[i] === y.data[j]) found[j] = i;
  });
  return found;
}
