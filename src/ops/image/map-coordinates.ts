import { ShapeError } from "../../core/errors.js";
import { type Fields, float, resolveOptions, wrongOption } from "../../core/options.js";
import { formatShape } from "../../core/shape.js";
import type { Value } from "../../graph/index.js";
import { add } from "../add.js";
import { batchRows } from "../batch-rows.js";
import { cast } from "../cast.js";
import { gather } from "../gather.js";
import { multiply } from "../multiply.js";
import { type Operand, toFloat, toValue } from "../operand.js";
import { reshape } from "../reshape.js";
import { slice } from "../slice.js";
import { squeeze } from "../squeeze.js";
import { toDType } from "./layout.js";
import { type FillMode, fillModeField, sample } from "./sampling.js";

/** Options of `image.mapCoordinates`. */
export interface MapCoordinatesOptions {
  /** What lies outside. Default "constant": `fillValue`. */
  readonly fillMode?: FillMode;
  /** Default 0. */
  readonly fillValue?: number;
}

const FIELDS: Fields<MapCoordinatesOptions> = { fillMode: fillModeField, fillValue: float({}, { default: 0 }) };

/**
 * The elements of `inputs` at `coordinates` (rank of the inputs, ...places): the nearest ones for order 0, linear
 * interpolations for order 1. All axes are read alike, the batch too. The result is shaped as the places.
 */
export function mapCoordinates(
  inputs: Operand,
  coordinates: Operand,
  order: 0 | 1,
  options?: MapCoordinatesOptions,
): Value {
  const { fillMode, fillValue } = resolveOptions("image.mapCoordinates", FIELDS, options);
  if (order !== 0 && order !== 1) throw wrongOption("image.mapCoordinates.order", "0 or 1", order);
  const [x, places] = [toValue(inputs), toFloat(coordinates)];
  const { shape, dtype } = x;
  if (places.shape[0] !== shape.length || places.shape.length < 2 || shape.slice(1).some((dim) => dim < 0)) {
    throw new ShapeError({
      code: "coordinates",
      what: "image.mapCoordinates needs coordinates for each axis of its inputs, of which none but the first is the batch",
      received: `inputs ${formatShape(shape)}, coordinates ${formatShape(places.shape)}`,
      expected: `coordinates of shape (${shape.length}, ...places)`,
    });
  }
  const flat = reshape(cast(x, "float32"), [shape.reduce((size, dim) => size * dim, 1)]);
  const axes = shape.map((dim, axis) => ({
    places: squeeze(slice(places, 0, axis, axis + 1), 0),
    size: dim < 0 ? multiply(batchRows(), -dim) : dim,
  }));
  const pick = (indices: readonly Value[]): Value =>
    gather(
      flat,
      indices.reduce((at, index, axis) => add(multiply(at, shape[axis]!), index)),
    );
  return toDType(sample(axes, { order, fillMode, fillValue }, pick), dtype);
}
