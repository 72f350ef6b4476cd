import { OptionError } from "../core/errors.js";
import { build, type Value } from "../graph/index.js";
import { axisOf } from "./axes.js";
import { type Operand, toNumber } from "./operand.js";

/** The largest elements and where they are. */
export type TopK = {
  /** In descending order. */
  readonly values: Value;
  /** Their places along the last axis, as int32. */
  readonly indices: Value;
};

/**
 * The `k` largest elements of each last axis, of equals the first: (...i, C) -> (...i, k). The elements get the gradient
 * of their values.
 * @throws {OptionError} when the axis has fewer elements
 */
export function topK(x: Operand, k: number): TopK {
  const value = toNumber(x);
  const axis = axisOf("topK", value.shape, -1);
  const size = value.shape[axis]!;
  if (!Number.isInteger(k) || k < 1 || (size >= 0 && k > size)) {
    throw new OptionError({
      code: "top-k",
      what: "topK cannot take so many",
      received: `k = ${k} of the last axis of shape (${value.shape.map((dim) => (dim < 0 ? "?" : dim)).join(", ")})`,
      expected: `a whole number from 1 to ${size}`,
    });
  }
  const indices = build.argsort(value, axis, true, k);
  return { values: build.takeAlong(value, indices, axis), indices };
}
