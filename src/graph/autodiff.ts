import { ShapeError } from "../core/errors.js";
import { PRIMITIVES } from "./apply.js";
import { build } from "./build.js";
import { describe } from "./fit.js";
import { withOrigin } from "./origin.js";
import type { Primitive } from "./primitive.js";
import { type Arriving, scanGradient } from "./scan-gradient.js";
import { isScan, isSibling, type Scan } from "./step.js";
import { sumTo } from "./sum-to.js";
import type { Value } from "./value.js";
import { reachable } from "./walk.js";

/**
 * Gradients of a float32 scalar with respect to values, by reverse-mode differentiation; zeros where nothing flows.
 * They are ordinary values, so gradients of gradients work too. Contributions are added from the user with the highest
 * id to the one with the lowest, so the order of additions depends on the graph alone.
 *
 * The graph means the whole batch, and so do they, in any number of shards.
 * @throws {ShapeError} when the loss is no float32 scalar
 */
export function grad(loss: Value, wrt: readonly Value[]): Value[] {
  if (loss.dtype !== "float32" || loss.shape.length !== 0) {
    throw new ShapeError({
      code: "loss-not-scalar",
      what: "Gradients are taken of a scalar",
      received: describe(loss),
      expected: "float32 ()",
      fix: "Sum or average the losses first",
    });
  }
  return gradFrom([loss], [build.scalar(1)], wrt);
}

/** The same for several values of any shape, given their incoming gradients. */
export function gradFrom(outputs: readonly Value[], arriving: readonly Value[], wrt: readonly Value[]): Value[] {
  return arrivals(outputs, arriving, wrt).map((dx, i) => dx ?? build.broadcast(build.scalar(0), wrt[i]!.shape));
}

/** The same, null where nothing flows. */
export function arrivals(
  outputs: readonly Value[],
  arriving: readonly Value[],
  wrt: readonly Value[],
): (Value | null)[] {
  const order = reachable(outputs);
  const active = dependents(order, new Set(wrt));
  const gradients = new Map<Value, Value>();
  const add = (value: Value, gradient: Value): void => {
    const before = gradients.get(value);
    gradients.set(value, before === undefined ? gradient : build.add(before, gradient));
  };
  outputs.forEach((output, i) => {
    if (active.has(output)) add(output, arriving[i]!);
  });
  for (let i = order.length - 1; i >= 0; i--) {
    const node = order[i]!;
    if (!node.inputs.some((value) => active.has(value))) continue;
    withOrigin(node, () => {
      const dxs = isScan(node) ? scanGradients(node, order, gradients) : gradientsOf(node, gradients.get(node));
      dxs.forEach((dx, k) => {
        const x = node.inputs[k]!;
        if (dx !== null && active.has(x) && x.dtype === "float32") add(x, sumTo(dx, x.shape));
      });
    });
  }
  return wrt.map((value) => gradients.get(value) ?? null);
}

function gradientsOf(node: Value, dy: Value | undefined): readonly (Value | null)[] {
  const { gradient } = PRIMITIVES[node.op] as Primitive<typeof node.op>;
  return dy === undefined || gradient === undefined ? [] : gradient(node, dy, build);
}

/** A recurrence is differentiated once for all its results: at the first one, when all their gradients are known. */
function scanGradients(node: Scan, order: readonly Value[], gradients: ReadonlyMap<Value, Value>): (Value | null)[] {
  const results = order.filter((value): value is Scan => isScan(value) && isSibling(node, value));
  if (results[0] !== node) return [];
  const arriving = results.flatMap((result): Arriving[] => {
    const dy = gradients.get(result);
    return dy === undefined ? [] : [[result, dy]];
  });
  return arriving.length === 0 ? [] : scanGradient(arriving, gradFrom);
}

/** Values that depend on `targets`. */
function dependents(order: readonly Value[], targets: ReadonlySet<Value>): Set<Value> {
  const active = new Set<Value>();
  for (const value of order) {
    if (targets.has(value) || value.inputs.some((input) => active.has(input))) active.add(value);
  }
  return active;
}
