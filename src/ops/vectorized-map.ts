import { mapOver } from "../graph/index.js";
import { leavesOf, type Tree, treeLike } from "./tree.js";

/**
 * `f` of each element along the first axes of `elements`, stacked: `f` is written for one row, and computed for all at
 * once where its operations can. The first axis may be the batch. Random numbers in `f` are the same for all elements.
 * @throws {ShapeError} for an operation that does not work on all rows of a batch at once
 */
export function vectorizedMap<X extends Tree, Y extends Tree>(f: (element: X) => Y, elements: X): Y {
  let form: Y | undefined;
  const outputs = mapOver(leavesOf("vectorizedMap", elements), (items) => {
    form = f(treeLike(elements, items));
    return leavesOf("vectorizedMap", form);
  });
  return treeLike(form as Y, outputs);
}
