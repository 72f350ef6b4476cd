import type { Value } from "../../graph/value.js";
import { aroundMoved, type Corners } from "../../ops/image/box-formats.js";
import { adjugate } from "../../ops/image/homography.js";
import * as ops from "../../ops/index.js";

/** Numbers of images, (batch, …), as ones that broadcast to their boxes, (batch, boxes, 1). */
export function perBox(numbers: Value): Value {
  return ops.reshape(numbers, [numbers.shape[0]!, 1, 1]);
}

/**
 * Where boxes are in images that were transformed by a matrix (batch, 8), which says of each pixel of the result where it
 * comes from: its inverse says where the corners go.
 */
export function carried(corners: Corners, matrix: Value): Corners {
  const entries = (ops.split(matrix, 8, 1) as readonly Value[]).map(perBox);
  const back = adjugate([...entries, ops.ones([1, 1, 1])]);
  const row = (x: Value, y: Value, at: number): Value =>
    ops.add(ops.add(ops.multiply(back[at]!, x), ops.multiply(back[at + 1]!, y)), back[at + 2]!);
  return aroundMoved(corners, (x, y) => {
    const distance = row(x, y, 6);
    return [ops.divide(row(x, y, 0), distance), ops.divide(row(x, y, 3), distance)];
  });
}

/** Boxes as they are where images are not changed. @param changed (batch) */
export function whereChanged(changed: Value, after: Corners, before: Corners): Corners {
  return after.map((place, i) => ops.where(perBox(changed), place, before[i]!)) as unknown as Corners;
}
