import { checkArity, checkAxis, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";

/**
 * Elements start, start + step, … below end of one axis. On a batch axis the bounds are dimensions, so that the size is
 * one: from 0 to -1 the first half of (-2, 3), in steps of 2 every second row.
 */
export const slice: Primitive<"slice"> = {
  name: "slice",
  rows: rowByRow<"slice">(linear, ({ inputs: [x], attrs: { axis, start, end } }) => {
    const dim = x!.shape[axis]!;
    return dim < 0 && (start !== 0 || end !== dim);
  }),
  type(inputs, { axis, start, end, step }) {
    checkArity("slice", inputs, 1);
    const x = inputs[0]!;
    checkAxis("slice", x, axis);
    const dim = x.shape[axis]!;
    // Seen from the other side of 0, multiples of the batch are sizes like others.
    const [from, to, size] = dim < 0 ? [0 - start, 0 - end, -dim] : [start, end, dim];
    const count = (to - from) / step;
    if (from < 0 || to > size || from > to || step < 1 || (dim < 0 && !Number.isInteger(count))) {
      const kind = dim < 0 ? "whole multiples of the batch" : "a range";
      throw misfit("slice", inputs, `${kind} inside axis ${axis}, not ${start} to ${end} by ${step}`);
    }
    const kept = dim < 0 ? 0 - count : Math.ceil(count);
    return { shape: x.shape.map((other, i) => (i === axis ? kept : other)), dtype: x.dtype };
  },
  gradient({ inputs: [x], shape, attrs: { axis, start, step } }, dy, g) {
    const count = shape[axis]!;
    const size = x!.shape[axis]!;
    const widths = (width: number): number[] => shape.map((_, i) => (i === axis ? width : 0));
    if (step === 1) return [g.pad(dy, widths(start), widths(size - start - count))];
    // Zeros between the elements: (…, count, …) -> (…, count, step, …) -> (…, count * step, …), then cut and padded.
    const split = [...shape.slice(0, axis), count, 1, ...shape.slice(axis + 1)];
    const fill = split.map((_, i) => (i === axis + 1 ? step - 1 : 0));
    const spread = g.reshape(
      g.pad(
        g.reshape(dy, split),
        split.map(() => 0),
        fill,
      ),
      shape.map((dim, i) => (i === axis ? count * step : dim)),
    );
    const kept = size < 0 ? count * step : Math.min(count * step, size - start);
    return [g.pad(g.slice(spread, axis, 0, kept), widths(start), widths(size - start - kept))];
  },
};
