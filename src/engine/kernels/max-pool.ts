import type { PoolAttrs } from "../../graph/primitive.js";
import { addressOf, floats, type Kernel, segmentOf } from "./kernel.js";
import { maxPoolText } from "./text/max-pool.js";

const AXES = 3;

/** Values per spatial axis, filled up in front to three axes. */
const spatial = (values: readonly number[], missing: number): readonly [number, number, number] => {
  const [a, b, c] = [...new Array<number>(AXES - values.length).fill(missing), ...values];
  return [a!, b!, c!];
};

/**
 * The largest element of each window. Not ONNX Runtime's MaxPool, which skips NaN, takes the least finite number for
 * minus infinity and mistakes zeros around the tensor for padding, and is no faster.
 */
export const maxPool = ({ window, strides, padding }: PoolAttrs): Kernel => {
  const before = spatial(
    padding.map(([low]) => low),
    0,
  );
  const text = maxPoolText(window.at(-1)!, strides.at(-1)!);
  return {
    call([x], [y]) {
      const segment = segmentOf([x!, y!]);
      if (segment === undefined || window.length > AXES || y!.dims.includes(0)) return null;
      const [rows, channels] = x!.dims as readonly [number, number];
      const sizes = [rows * channels, ...spatial(x!.dims.slice(2), 1), ...spatial(y!.dims.slice(2), 1)];
      const steps = [...spatial(window, 1), ...spatial(strides, 1), ...before];
      return {
        text,
        name: "maxPool",
        segment,
        parameters: [addressOf(x!), addressOf(y!), ...sizes, ...steps],
      };
    },
    compute([x], [y]) {
      inJavaScript(floats(x!), x!.dims, floats(y!), y!.dims, { window, strides, padding });
    },
  };
};

/** The same for tensors that lie in different memories. */
export function inJavaScript(
  x: Float32Array,
  xDims: readonly number[],
  y: Float32Array,
  yDims: readonly number[],
  { window, strides, padding }: PoolAttrs,
): void {
  const [depth, height, width] = spatial(xDims.slice(2), 1);
  const [outDepth, outHeight, outWidth] = spatial(yDims.slice(2), 1);
  const [taps, steps] = [spatial(window, 1), spatial(strides, 1)];
  const before = spatial(
    padding.map(([low]) => low),
    0,
  );
  const rangeOf = (output: number, axis: 0 | 1 | 2, size: number): readonly [number, number] => {
    const start = output * steps[axis] - before[axis];
    return [Math.max(0, start), Math.min(size, start + taps[axis])];
  };
  const planes = xDims[0]! * xDims[1]!;
  let to = 0;
  for (let plane = 0; plane < planes; plane++) {
    for (let d = 0; d < outDepth; d++) {
      const [dLow, dHigh] = rangeOf(d, 0, depth);
      for (let h = 0; h < outHeight; h++) {
        const [hLow, hHigh] = rangeOf(h, 1, height);
        for (let w = 0; w < outWidth; w++, to++) {
          const [wLow, wHigh] = rangeOf(w, 2, width);
          let most = Number.NEGATIVE_INFINITY;
          for (let i = dLow; i < dHigh; i++)
            for (let j = hLow; j < hHigh; j++)
              for (let k = wLow; k < wHigh; k++)
                most = Math.max(most, x[((plane * depth + i) * height + j) * width + k]!);
          y[to] = most;
        }
      }
    }
  }
}
