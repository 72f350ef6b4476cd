import type { Shape } from "../core/shape.js";

/** A shape from a shape or from a list of one. */
export function oneShape(shapes: Shape | readonly Shape[]): Shape {
  return Array.isArray(shapes[0]) ? (shapes[0] as Shape) : (shapes as Shape);
}
