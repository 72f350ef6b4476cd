import { describe, expect, it } from "vitest";
import { Variable } from "../../engine/index.js";
import type { Value } from "../../graph/index.js";
import { interpret } from "../../graph/interpreter/index.js";
import * as ops from "../../ops/index.js";
import * as layers from "../index.js";
import { inContext } from "./current-context.js";

const X = ops.input("x", [-1, 3], "float32");
const FEEDS = new Map<Value, readonly number[]>([[X, [1, 2, 3, 4, 5, 6]]]);

function compute(value: Value, weights: readonly Variable[] = []): number[] {
  const feeds = new Map<Value, ArrayLike<number>>([
    ...FEEDS,
    ...weights.map((weight) => [weight.leaf, weight.data] as const),
  ]);
  return [...interpret([value], { feeds, rows: 2 })[0]!.data];
}

function contextOf(layer: layers.Layer, training = true): { context: layers.CallContext; trace: layers.CallTrace } {
  const trace = new layers.CallTrace();
  return { trace, context: layers.rootContext(layer, { training, rows: ops.constant(2), trace, isStep: true }) };
}

class Pair extends layers.Layer {
  static override readonly className = "Pair";
  readonly first = new layers.Dense(2, { kernelInitializer: "ones" });
  readonly second = new layers.Dense(1, { kernelInitializer: "ones" });

  override call(x: Value): Value {
    return this.second.call(this.first.apply(x));
  }
}

describe("a layer that is called on values", () => {
  it("computes inside the call that is being traced, and is built there", () => {
    const pair = new Pair();
    const { context } = contextOf(pair);
    const y = inContext(context, () => pair.apply(X));
    expect(pair.first.built).toBe(true);
    expect(compute(y, pair.weights)).toEqual([12, 30]);
  });

  it("predicts outside of every call", () => {
    const dropout: layers.Layer = new layers.Dropout(0.5);
    expect(compute(dropout.apply(X))).toEqual(FEEDS.get(X));
    expect(compute(dropout.call(X) as Value)).toEqual(FEEDS.get(X));
  });

  it("draws other random numbers at each call, the same as the model's own call for the first one", () => {
    const dropout = new layers.Dropout(0.5);
    const { context } = contextOf(dropout);
    const [a, b] = inContext(context, () => [dropout.apply(X), dropout.apply(X)]);
    const whole = layers.rootContext(dropout, { training: true, rows: ops.constant(2), trace: new layers.CallTrace() });
    expect(compute(a!)).not.toEqual(compute(b!));
    expect(compute(a!)).toEqual(compute(dropout.call(X, whole) as Value));
  });

  it("takes the mask that came with a value", () => {
    const embedding = new layers.Embedding(10, 3, { maskZero: true });
    const pooling = new layers.GlobalAveragePooling1D();
    class Both extends layers.Layer {
      static override readonly className = "Both";
      readonly parts = [embedding, pooling];
      override call(ids: Value): Value {
        return pooling.apply(embedding.apply(ids));
      }
    }
    const ids = ops.cast(ops.greater(X, 2), "int32");
    const both = new Both();
    const { context } = contextOf(both);
    const y = inContext(context, () => both.apply(ids));
    const [row] = [embedding.weights[0]!.data.slice(3, 6)];
    // Two of the first row's steps are masked, so their place counts for nothing.
    expect(compute(y, both.weights).slice(0, 3)).toEqual([...row!].map((x) => expect.closeTo(x, 6)));
  });

  it("is an error when the layer that is called does not have it as a part", () => {
    const stranger = new layers.Dense(1, { name: "stranger" });
    class Outer extends layers.Layer {
      static override readonly className = "Outer";
      override call(x: Value): Value {
        return stranger.apply(x);
      }
    }
    const outer = new Outer({ name: "outer" });
    const { context } = contextOf(outer);
    expect(() => inContext(context, () => outer.apply(X))).toThrow(
      'Outer "outer" calls Dense "stranger", which is no part of it',
    );
  });
});

describe("a variable in a step", () => {
  it("has the value that the step assigned, without a gradient to what it was computed from", () => {
    const weight = new Variable({ name: "w", shape: [3], initial: [1, 1, 1] });
    const layer = new layers.Dropout(0.5);
    const { context } = contextOf(layer);
    const before = weight.value;
    const [inside, versions] = inContext(context, () => {
      context.assign(weight, ops.multiply(weight.value, 2));
      return [weight.value, weight.versions] as const;
    });
    expect(compute(inside, [weight])).toEqual([2, 2, 2]);
    expect(versions).toEqual([before, inside]);
    expect(weight.value).toBe(before);
    expect(inside.op).toBe("stopGradient");
  });
});
