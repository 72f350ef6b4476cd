import type { PoolAttrs } from "../../graph/primitive.js";
import type { Slot } from "../session.js";
import type { WasmCall } from "../wasm/call.js";
import type { Kernel } from "./kernel.js";
import { addressOf, floats, segmentOf } from "./kernel.js";
import { MAX_POOL_GRAD, MAX_POOL_GRAD_2 } from "./text/max-pool-grad.js";

/**
 * Gives each output's gradient to the first maximum of its window, in row-major order. The maximum is searched again
 * in x, which costs less than having ONNX Runtime write indices. Operands: x, y, dy.
 */
export const maxPoolGrad = (attrs: PoolAttrs): Kernel => kernel(attrs, false);

/** The same where x is the result of a ReLU, including its gradient: maxima that are not positive get nothing. */
export const maxPoolReluGrad = (attrs: PoolAttrs): Kernel => kernel(attrs, true);

const kernel = (attrs: PoolAttrs, positiveOnly: boolean): Kernel => ({
  call: (inputs, [output]) => callFor(attrs, inputs, output!, positiveOnly),
  compute: (inputs, [output]) => inJavaScript(attrs, inputs, output!, positiveOnly),
});

function callFor(
  { window, strides, padding }: PoolAttrs,
  inputs: readonly Slot[],
  output: Slot,
  positiveOnly: boolean,
): WasmCall | null {
  const segment = segmentOf([...inputs, output]);
  const planar = (values: readonly number[], missing: number): readonly number[] =>
    values.length === 1 ? [missing, values[0]!] : values;
  const { dims } = inputs[0]!;
  const sizes = [dims[0]! * dims[1]!, ...planar(dims.slice(2), 1), ...planar(inputs[1]!.dims.slice(2), 1)];
  if (segment === undefined || window.length > 2 || sizes.includes(0)) return null;
  const [height, width] = planar(window, 1) as [number, number];
  const [down, right] = planar(strides, 1) as [number, number];
  const [top, left] = planar(
    padding.map(([low]) => low),
    0,
  ) as [number, number];
  const isPaddedAfter = padding.some(([, high]) => high > 0);
  const outWidth = sizes[4]!;
  const isUsual =
    [height, width, down, right].every((size) => size === 2) && top + left === 0 && !isPaddedAfter && outWidth >= 4;
  const parameters = [...[...inputs, output].map(addressOf), ...sizes];
  return isUsual
    ? { text: MAX_POOL_GRAD_2, name: "maxPoolGrad2", segment, parameters: [...parameters, +positiveOnly] }
    : {
        text: MAX_POOL_GRAD,
        name: "maxPoolGrad",
        segment,
        parameters: [...parameters, height, width, down, right, top, left, +positiveOnly],
      };
}

/** The same in JavaScript: for three axes, and for tensors that lie in different memories. */
export function inJavaScript(
  { window, strides, padding }: PoolAttrs,
  inputs: readonly Slot[],
  output: Slot,
  positiveOnly: boolean,
): void {
  // Up to three spatial axes, the missing ones in front as axes of size one.
  const lead = 3 - window.length;
  const at = (values: readonly number[], axis: number, missing: number): number => values[axis - lead] ?? missing;
  const spatial = inputs[0]!.dims.slice(2);
  const outputs = inputs[1]!.dims.slice(2);
  const [xd, xh, xw] = [0, 1, 2].map((axis) => at(spatial, axis, 1)) as [number, number, number];
  const [yd, yh, yw] = [0, 1, 2].map((axis) => at(outputs, axis, 1)) as [number, number, number];
  const [wd, wh, ww] = [0, 1, 2].map((axis) => at(window, axis, 1)) as [number, number, number];
  const [sd, sh, sw] = [0, 1, 2].map((axis) => at(strides, axis, 1)) as [number, number, number];
  const before = padding.map(([low]) => low);
  const [pd, ph, pw] = [0, 1, 2].map((axis) => at(before, axis, 0)) as [number, number, number];
  const [x, y, dy] = inputs.map(floats) as [Float32Array, Float32Array, Float32Array];
  const dx = floats(output);
  dx.fill(0);
  const planes = inputs[0]!.dims[0]! * inputs[0]!.dims[1]!;
  let from = 0;
  for (let plane = 0; plane < planes; plane++) {
    const base = plane * xd * xh * xw;
    for (let d = 0; d < yd; d++) {
      const d0 = d * sd - pd;
      const dLow = Math.max(0, d0);
      const dHigh = Math.min(xd, d0 + wd);
      for (let h = 0; h < yh; h++) {
        const h0 = h * sh - ph;
        const hLow = Math.max(0, h0);
        const hHigh = Math.min(xh, h0 + wh);
        for (let w = 0; w < yw; w++, from++) {
          const w0 = w * sw - pw;
          const wLow = Math.max(0, w0);
          const wHigh = Math.min(xw, w0 + ww);
          const best = y[from]!;
          if (positiveOnly && !(best > 0)) continue;
          search: for (let i = dLow; i < dHigh; i++) {
            for (let j = hLow; j < hHigh; j++) {
              const row = base + (i * xh + j) * xw;
              for (let k = wLow; k < wHigh; k++) {
                if (x[row + k] !== best) continue;
                dx[row + k] = dx[row + k]! + dy[from]!;
                break search;
              }
            }
          }
        }
      }
    }
  }
}
