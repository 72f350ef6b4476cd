import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { type DataFormat, spatialAxes } from "../options/data-format.js";
import type { Draws } from "./draws.js";

/** One side of a box: where it begins and ends, in pixels, (batch). */
export interface Side {
  readonly start: Value;
  readonly end: Value;
}

/** A side that is `part` of `length` long, anywhere. */
export function drawSide(draws: Draws, name: string, length: number, part: Value): Side {
  const size = ops.multiply(part, length);
  const start = ops.multiply(draws.uniform(`${name}_start`, part.shape), ops.subtract(length, size));
  return { start, end: ops.add(start, size) };
}

/** Which pixels lie in a box, the same for all channels. */
export function boxMask(images: Value, format: DataFormat, across: Side, down: Side): Value {
  const within = (axis: number, { start, end }: Side): Value => {
    const places = ops.cast(ops.iota(images.shape[axis]!), "float32");
    const grid = ops.reshape(
      places,
      [1, 1, 1, 1].map((_, i) => (i === axis ? images.shape[axis]! : 1)),
    );
    const bound = (place: Value): Value => ops.reshape(place, [place.shape[0]!, 1, 1, 1]);
    return ops.logicalAnd(ops.greaterEqual(grid, bound(start)), ops.less(grid, bound(end)));
  };
  const [y, x] = spatialAxes(4, format) as [number, number];
  return ops.logicalAnd(within(x, across), within(y, down));
}
