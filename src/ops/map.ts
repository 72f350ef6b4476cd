import type { Tree } from "./tree.js";
import { vectorizedMap } from "./vectorized-map.js";

/**
 * `f` of each element along the first axes of `xs`, stacked. The first axis may be the batch. Here the same as
 * `vectorizedMap`: what does not depend on the order is computed at once.
 * @throws {ShapeError} for an operation that does not work on all rows of a batch at once
 */
export function map<X extends Tree, Y extends Tree>(f: (element: X) => Y, xs: X): Y {
  return vectorizedMap(f, xs);
}
