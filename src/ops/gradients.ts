import { OptionError, ShapeError } from "../core/errors.js";
import { type Fields, oneOf, resolveOptions } from "../core/options.js";
import { formatShape } from "../core/shape.js";
import { valueText } from "../core/value-text.js";
import { describe, sameDims } from "../graph/fit.js";
import { arrivals, build, type Value } from "../graph/index.js";
import { isValue, type Operand, toValue } from "./operand.js";

/**
 * A value of a graph, or a variable. With respect to a variable, the gradient is that of all values which the step has
 * had of it so far: y may have been computed before the step changed it.
 */
export type Differentiable = Value | { readonly value: Value; readonly versions?: readonly Value[] };

/** Options of {@link gradients}. */
export interface GradientOptions {
  /**
   * Factors of the elements of y, in y's shape (a list where y is one): d sum(y * outputGradients) / dx is computed.
   * TensorFlow's `output_gradients`, JAX's cotangents. Default: ones.
   */
  readonly outputGradients?: Operand | readonly Operand[];
  /** What an x gets that y does not depend on: "error" (the default), or "zero" for zeros, as in JAX. */
  readonly unconnected?: "error" | "zero";
}

const FIELDS: Fields<GradientOptions> = {
  outputGradients: { default: [], parse: (value) => value as Operand | readonly Operand[] },
  unconnected: oneOf(["error", "zero"], { default: "error" }),
};

/**
 * Gradients of the sum of all elements of `y` with respect to `x`: one value for one, a list for a list, each shaped as
 * its x. Over the whole batch, in any number of shards. They are ordinary values: a gradient of gradients, of any order,
 * is taken the same way. Reverse mode: one pass from y to all of `x`, each value's gradient computed once.
 *
 * `const slope = ops.gradients(critic.call(mixed), mixed)` has the shape of `mixed`; row i of it is the gradient of the
 * critic's i-th output when no row depends on another one.
 * @param y float32 values of any shapes; several are added up
 * @throws {OptionError} naming the x that y does not depend on, unless `unconnected` is "zero"
 * @throws {ShapeError} when y or x is not float32, or `outputGradients` are shaped otherwise than y
 */
export function gradients(
  y: Differentiable | readonly Differentiable[],
  x: Differentiable,
  options?: GradientOptions,
): Value;
export function gradients<const T extends readonly Differentiable[]>(
  y: Differentiable | readonly Differentiable[],
  x: T,
  options?: GradientOptions,
): { -readonly [K in keyof T]: Value };
export function gradients(
  y: Differentiable | readonly Differentiable[],
  x: Differentiable | readonly Differentiable[],
  options?: GradientOptions,
): Value | Value[] {
  const { unconnected } = resolveOptions("gradients", FIELDS, options);
  const of = differentiable(y, "y");
  const wrt = differentiable(x, "x");
  const arriving = arrivingAt(of, options?.outputGradients, Array.isArray(y));
  const versions = (Array.isArray(x) ? (x as readonly Differentiable[]) : [x as Differentiable]).map(versionsOf);
  const all = arrivals(of, arriving, versions.flat());
  const found = wrt.map((value, i) => {
    const parts = all.splice(0, versions[i]!.length).filter((part) => part !== null);
    if (parts.length > 0) return parts.reduce((sum, part) => build.add(sum, part));
    if (unconnected === "error") throw unreached(x, i, value);
    return build.broadcast(build.scalar(0), value.shape);
  });
  return Array.isArray(x) ? found : found[0]!;
}

const versionsOf = (x: Differentiable): readonly Value[] => (isValue(x) ? [x] : (x.versions ?? [x.value]));

function differentiable(given: Differentiable | readonly Differentiable[], name: "x" | "y"): Value[] {
  const list = Array.isArray(given) ? (given as readonly Differentiable[]) : [given as Differentiable];
  return list.map((entry, i) => {
    const value = isValue(entry) ? entry : (entry as { readonly value?: unknown } | null)?.value;
    if (!isValue(value)) {
      throw new OptionError({
        code: "gradients-of",
        what: `gradients takes values of a graph and variables as ${name}`,
        received: `${valueText(entry)}${Array.isArray(given) ? ` at place ${i}` : ""}`,
        fix: "A tensor or number becomes a value of the graph by ops.constant; compute y from that value",
      });
    }
    if (value.dtype !== "float32") {
      throw new ShapeError({
        code: "gradients-dtype",
        what: `gradients are taken of float32 values with respect to float32 values; ${name} is not one`,
        received: `${nameOf(entry, i)}${describe(value)}`,
        expected: "float32",
        fix:
          name === "x"
            ? "Leave it out: whole numbers have no gradient"
            : "Cast it, if anything flows through it at all",
      });
    }
    return value;
  });
}

function arrivingAt(of: readonly Value[], given: GradientOptions["outputGradients"], isList: boolean): Value[] {
  if (given === undefined) return of.map((y) => build.broadcast(build.scalar(1), y.shape));
  const list = Array.isArray(given) ? (given as readonly Operand[]) : [given as Operand];
  const values = list.map((entry) => toValue(entry));
  const fits =
    Array.isArray(given) === isList &&
    values.length === of.length &&
    values.every(({ dtype, shape }, i) => dtype === "float32" && sameDims(shape, of[i]!.shape));
  if (fits) return values;
  const texts = (all: readonly Value[], list: boolean): string =>
    `${list ? "a list of " : ""}${all.map(describe).join(" and ")}`;
  throw new ShapeError({
    code: "output-gradients",
    what: "gradients.outputGradients do not fit y",
    received: texts(values, Array.isArray(given)),
    expected: texts(of, isList),
  });
}

function nameOf(x: Differentiable, index: number): string {
  const { path } = x as { readonly path?: string };
  const value = isValue(x) ? x : x.value;
  const name = path ?? (value.op === "input" ? (value as Value<"input">).attrs.name : null);
  return name === null ? `${value.op} at place ${index}: ` : `"${name}": `;
}

function unreached(x: Differentiable | readonly Differentiable[], index: number, value: Value): OptionError {
  const entry = Array.isArray(x) ? (x as readonly Differentiable[])[index]! : (x as Differentiable);
  const name = nameOf(entry, index).slice(0, -2);
  return new OptionError({
    code: "gradients-unconnected",
    what: `gradients: y does not depend on x ${name}, or only through what has no gradient (stopGradient, whole numbers, comparisons, rounding)`,
    received: `x of shape ${formatShape(value.shape)}`,
    expected: "values from which y was computed",
    fix: 'Compute y from this very value, leave x out, or ask for zeros: { unconnected: "zero" }',
    data: { index, name },
  });
}
