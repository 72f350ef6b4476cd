import type { ConvAttrs } from "../../graph/primitive.js";
import { outputSize } from "../../graph/windows.js";
import type { Slot } from "../session.js";
import { addressOf, floats, type Kernel, segmentOf } from "./kernel.js";
import { PATCHES } from "./text/patches.js";

export interface PatchAttrs extends Omit<ConvAttrs, "groups"> {
  readonly window: readonly number[];
  /** Which lines of the outputs along the first of two axes. Default: all. */
  readonly lines?: { readonly from: number; readonly count: number };
}

/** The geometry over two axes; a single axis becomes a plane of one row. */
interface Plane {
  readonly rows: number;
  readonly channels: number;
  readonly size: readonly [number, number];
  readonly out: readonly [number, number];
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly before: readonly [number, number];
}

/**
 * Writes what each position of a convolution's kernel sees of x: (N, C, ...spatial) -> (positions * C, N * outputs), rows
 * in the order of position and channel, columns in that of row and output; at most two spatial axes.
 */
export const patches = (attrs: PatchAttrs): Kernel => ({
  call([x], [output]) {
    const segment = segmentOf([x!, output!]);
    if (segment === undefined || floats(output!).length === 0) return null;
    const { rows, channels, size, out, window, strides, dilations, before } = planeOf(attrs, x!);
    const parameters = [addressOf(x!), addressOf(output!), rows, channels, ...size, ...out];
    parameters.push(...window, ...strides, ...dilations, ...before);
    return { text: PATCHES, name: "patches", segment, parameters };
  },
  compute: ([x], [output]) => inJavaScript(planeOf(attrs, x!), floats(x!), floats(output!)),
});

/** One value an axis, of one or two; a single axis becomes a plane of one row. */
export const planar = (values: readonly number[], missing: number): readonly [number, number] =>
  values.length === 1 ? [missing, values[0]!] : (values as readonly [number, number]);

function planeOf({ window, strides, padding, dilations, lines }: PatchAttrs, { dims }: Slot): Plane {
  const [rows, channels, ...spatial] = dims as readonly [number, number, ...number[]];
  const sizes = spatial.map((size, i) => outputSize(size, window[i]!, strides[i]!, padding[i]!, dilations[i]!));
  const [height, width] = planar(sizes, 1);
  const [down, right] = planar(strides, 1);
  const [top, left] = planar(
    padding.map(([low]) => low),
    0,
  );
  return {
    rows,
    channels,
    size: planar(spatial, 1),
    out: [lines?.count ?? height, width],
    window: planar(window, 1),
    strides: [down, right],
    dilations: planar(dilations, 1),
    // Lines further down: as if the input began higher up.
    before: [top - (lines?.from ?? 0) * down, left],
  };
}

/** The same for tensors that lie in different memories. */
export function inJavaScript(plane: Plane, x: Float32Array, target: Float32Array): void {
  const { rows, channels, size, out, window, strides, dilations, before } = plane;
  let to = 0;
  for (let i = 0; i < window[0]; i++)
    for (let j = 0; j < window[1]; j++)
      for (let c = 0; c < channels; c++)
        for (let n = 0; n < rows; n++)
          for (let h = 0; h < out[0]; h++)
            for (let w = 0; w < out[1]; w++) {
              const row = h * strides[0] + i * dilations[0] - before[0];
              const column = w * strides[1] + j * dilations[1] - before[1];
              const isInside = row >= 0 && row < size[0] && column >= 0 && column < size[1];
              target[to++] = isInside ? x[((n * channels + c) * size[0] + row) * size[1] + column]! : 0;
            }
}
