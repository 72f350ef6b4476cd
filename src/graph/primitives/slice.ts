import { checkArity, checkAxis, misfit } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { linear, rowByRow } from "../row-rule.js";

/** Elements start, start + step, … below end of one axis, which is not the batch. */
export const slice: Primitive<"slice"> = {
  name: "slice",
  rows: rowByRow(linear),
  type(inputs, { axis, start, end, step }) {
    checkArity("slice", inputs, 1);
    const x = inputs[0]!;
    checkAxis("slice", x, axis);
    const dim = x.shape[axis]!;
    if (dim < 0) throw misfit("slice", inputs, `an axis other than the batch, not axis ${axis}`);
    if (start < 0 || end > dim || start > end || step < 1) {
      throw misfit("slice", inputs, `a range inside axis ${axis}, not ${start} to ${end} by ${step}`);
    }
    const shape = x.shape.map((size, i) => (i === axis ? Math.ceil((end - start) / step) : size));
    return { shape, dtype: x.dtype };
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
    const kept = Math.min(count * step, size - start);
    return [g.pad(g.slice(spread, axis, 0, kept), widths(start), widths(size - start - kept))];
  },
};
