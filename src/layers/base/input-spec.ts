import { ShapeError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { NamedLayer } from "./named-layer.js";

/** What one input of a layer must look like. */
export interface InputSpec {
  readonly rank?: number;
  readonly minRank?: number;
  /** Sizes of axes (negative ones count from the end), e.g. `{ [-1]: 10 }`. */
  readonly axes?: { readonly [axis: number]: number };
}

/** @throws {ShapeError} naming the layer when an input does not fit its spec, or when their number is wrong */
export function checkInputs(
  layer: NamedLayer & { readonly inputSpecs: readonly InputSpec[] | null },
  shapes: readonly Shape[],
): void {
  const specs = layer.inputSpecs;
  if (specs === null) return;
  if (specs.length !== shapes.length) {
    throw new ShapeError({
      code: "input-count",
      what: `${layer.label} takes ${specs.length === 1 ? "one input" : `${specs.length} inputs`}`,
      received: `${shapes.length}`,
      fix: "Give several inputs as one list, to a layer that takes a list",
      data: { layer: layer.name },
    });
  }
  specs.forEach((spec, i) => {
    const shape = shapes[i]!;
    const expected = misfit(spec, shape);
    if (expected === null) return;
    throw new ShapeError({
      code: "input-shape",
      what: `The input of ${layer.label} has a shape that it cannot take`,
      received: formatShape(shape),
      expected,
      fix: "Check the shape of the data and of the layer before",
      data: { layer: layer.name, shape },
    });
  });
}

function misfit(spec: InputSpec, shape: Shape): string | null {
  if (spec.rank !== undefined && shape.length !== spec.rank) return `${spec.rank} dimensions, the batch among them`;
  if (spec.minRank !== undefined && shape.length < spec.minRank)
    return `at least ${spec.minRank} dimensions, the batch among them`;
  for (const [key, size] of Object.entries(spec.axes ?? {})) {
    const axis = Number(key);
    const dim = shape[axis < 0 ? axis + shape.length : axis];
    if (dim !== size && dim !== null) return `${size} at axis ${axis}`;
  }
  return null;
}
