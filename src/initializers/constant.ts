import { ShapeError } from "../core/errors.js";
import { type Field, type Fields, wrongOption } from "../core/options.js";
import { isConfig } from "../core/parts.js";
import { formatShape, type StaticShape, sizeOf, stridesOf } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import { type NestedNumbers, Tensor } from "../core/tensor.js";
import { Initializer } from "./initializer.js";

export interface ConstantOptions {
  /** A number, or nested arrays that broadcast to the weight's shape. Default 0. */
  value?: NestedNumbers;
}

const valueField: Field<NestedNumbers> = {
  default: 0,
  parse(value, where) {
    if (!isNested(value)) throw wrongOption(where, "a number or nested arrays of numbers", value);
    return value;
  },
  // Keras writes arrays as { class_name: "__numpy__" or "__tensor__", config: { value, dtype } }.
  fromConfig(json, where) {
    const config = isConfig(json) ? json["config"] : undefined;
    return valueField.parse(isConfig(config) ? config["value"] : json, where);
  },
  toConfig(value): Json {
    if (typeof value === "number") return value;
    return { class_name: "__numpy__", config: { value: value as Json, dtype: "float32" } };
  },
};

/** One value everywhere, or given values. */
export class Constant extends Initializer<ConstantOptions> {
  static readonly className: string = "Constant";
  static readonly fields: Fields<ConstantOptions> = { value: valueField };

  /** @throws {ShapeError} when the given values do not broadcast to the shape */
  override checkShape(shape: StaticShape): void {
    const { value } = this.options;
    if (typeof value !== "number") checkBroadcast(Tensor.from(value).shape, shape);
  }

  /** @throws {ShapeError} see {@link checkShape} */
  override initialize(shape: StaticShape, _seed?: number): Float32Array {
    const { value } = this.options;
    if (typeof value === "number") return new Float32Array(sizeOf(shape)).fill(value);
    return broadcast(Tensor.from(value), shape);
  }
}

function checkBroadcast(from: StaticShape, shape: StaticShape): void {
  const lead = shape.length - from.length;
  if (lead >= 0 && from.every((dim, i) => dim === 1 || dim === shape[lead + i])) return;
  throw new ShapeError({
    code: "constant-shape",
    what: "The values of Constant do not fit the weight",
    received: `values of shape ${formatShape(from)}`,
    expected: `shape ${formatShape(shape)}, or one that broadcasts to it`,
  });
}

function broadcast(from: Tensor, shape: StaticShape): Float32Array {
  checkBroadcast(from.shape, shape);
  const lead = shape.length - from.shape.length;
  const strides = stridesOf(from.shape).map((stride, i) => (from.shape[i] === 1 ? 0 : stride));
  const out = new Float32Array(sizeOf(shape));
  const steps = stridesOf(shape);
  for (let element = 0; element < out.length; element++) {
    let source = 0;
    for (const [axis, stride] of strides.entries()) {
      source += (Math.floor(element / steps[lead + axis]!) % shape[lead + axis]!) * stride;
    }
    out[element] = from.data[source] as number;
  }
  return out;
}

function isNested(value: unknown): value is NestedNumbers {
  return typeof value === "number" || (Array.isArray(value) && value.every(isNested));
}
