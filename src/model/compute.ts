import { OptionError } from "../core/errors.js";
import { type Fields, int, nullable, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { Tensor } from "../core/tensor.js";
import { valueText } from "../core/value-text.js";
import { defaultEngine, Variable } from "../engine/index.js";
import type { Value } from "../graph/value.js";
import { reachable } from "../graph/walk.js";
import { isKerasTensor } from "../layers/index.js";
import { isValue, type Operand, toValue } from "../ops/operand.js";
import { isBound, runValues } from "./computed-programs.js";

/** What can be computed: a value that ops or layers made of data, a variable, or data itself. */
export type Computable = Operand | Variable;

type Several<T> = T | readonly T[] | { readonly [name: string]: T };

/** One of these, or lists and records of them, in one another up to three times. */
export type Computables = Several<Several<Several<Computable>>>;

/** Tensors in the place of what they were computed from. */
export type ComputedFrom<T> = T extends Computable ? Tensor : { -readonly [K in keyof T]: ComputedFrom<T[K]> };

/** Options of {@link compute}. */
export interface ComputeOptions {
  /** Key of random numbers, 0 to 2^32 - 1; needed where values are random. Default null. */
  readonly seed?: number | null;
  /** Other numbers of the same seed, as in the steps of a training. Default 0. */
  readonly iteration?: number;
}

const FIELDS: Fields<ComputeOptions> = {
  seed: nullable(int({ min: 0, max: 0xffff_ffff })),
  iteration: int({ min: 0 }, { default: 0 }),
};

/**
 * Computes values outside of any model: what ops give for tensors, and what layers and models give for such values, in
 * inference mode and with their present weights. Gives a tensor for a value, a list for a list, a record for a record.
 *
 * Values of the same make share one compiled program, whatever their data, so a loop compiles once. It waits for steps of
 * trainings that are running, and may be called any number of times at once. Results are copies, of dtype float32,
 * int32 or bool.
 * @example
 * const { values, indices } = await compute(ops.topK(await model.predict(x), 3));
 * const image = ops.constant(photo);
 * const slope = await compute(ops.gradients(ops.max(model.apply(image)), image));
 * @throws {OptionError} for tensors of a functional model, values of a step, and random values without a seed
 */
export async function compute<const T extends Computables>(
  values: T,
  options?: ComputeOptions,
): Promise<ComputedFrom<T>> {
  const { seed, iteration } = resolveOptions("compute", FIELDS, options);
  const leaves: Value[] = [];
  const rebuild = collect(values, leaves, "");
  for (const value of reachable(leaves)) check(value, seed !== null);
  const tensors = leaves.length === 0 ? [] : await runValues(leaves, defaultEngine(), { seed: seed ?? 0, iteration });
  return rebuild(tensors) as ComputedFrom<T>;
}

type Rebuild = (tensors: readonly Tensor[]) => unknown;

/** Adds the values to `found`, and gives the way to put their tensors in their place. */
function collect(given: unknown, found: Value[], at: string): Rebuild {
  if (isComputable(given)) {
    const index = found.length;
    found.push(given instanceof Variable ? given.value : toValue(given));
    return (tensors) => tensors[index];
  }
  if (isKerasTensor(given)) throw symbolic(given.name, at);
  if (Array.isArray(given)) {
    const parts = given.map((entry, i) => collect(entry, found, `${at}[${i}]`));
    return (tensors) => parts.map((part) => part(tensors));
  }
  const prototype: unknown = typeof given === "object" && given !== null ? Object.getPrototypeOf(given) : null;
  if (prototype !== Object.prototype) throw notComputable(given, at);
  const parts = Object.entries(given as object).map(
    ([name, entry]) => [name, collect(entry, found, `${at}.${name}`)] as const,
  );
  return (tensors) => Object.fromEntries(parts.map(([name, part]) => [name, part(tensors)]));
}

function isComputable(given: unknown): given is Computable {
  return isValue(given) || given instanceof Tensor || given instanceof Variable || typeof given === "number";
}

function check(value: Value, hasSeed: boolean): void {
  if (value.op === "input" && !isBound(value as Value<"input">)) {
    const { name } = (value as Value<"input">).attrs;
    throw new OptionError({
      code: "compute-without-data",
      what: `compute cannot know the value of "${name}": it has data only while a model runs`,
      received: `${value.dtype} ${formatShape(value.shape)}`,
      expected: "values made of tensors, numbers and variables",
      fix: "Apply the layers to data: model.apply(ops.constant(tensor))",
      data: { input: name },
    });
  }
  if (value.shape.some((dim) => dim < 0)) {
    throw new OptionError({
      code: "compute-batch",
      what: "compute knows no batch, and a value has as many rows as the batch",
      received: `${value.op} of shape ${formatShape(value.shape.map((dim) => (dim < 0 ? null : dim)))}`,
      expected: "sizes that are known",
      fix: "Give the number of rows in place of -1",
    });
  }
  if (value.op === "random" && !hasSeed) {
    throw new OptionError({
      code: "compute-seed",
      what: "compute needs a seed for random values",
      received: "no seed",
      fix: "Give one: compute(values, { seed: 1 })",
    });
  }
}

function symbolic(name: string, at: string): OptionError {
  return new OptionError({
    code: "compute-symbolic",
    what: `compute${at === "" ? "" : `: ${at}`} is a tensor of a functional model, which has no data`,
    received: `KerasTensor "${name}"`,
    expected: "values made of tensors, numbers and variables",
    fix: "Make a model of it and predict: new Model(inputs, tensor); or apply its layers to ops.constant(data)",
  });
}

function notComputable(given: unknown, at: string): OptionError {
  return new OptionError({
    code: "compute-of",
    what: `compute${at === "" ? "" : `: ${at}`} is nothing that can be computed`,
    received: valueText(given),
    expected: "a value of a graph, a variable, a tensor, a number, or lists and records of these",
  });
}
