import { describe, expect, it } from "vitest";
import * as activations from "../../src/activations/catalogue.js";
import { interpret, type Value } from "../../src/graph/index.js";
import * as losses from "../../src/losses/catalogue.js";
import type { Loss } from "../../src/losses/index.js";
import * as ops from "../../src/ops/index.js";
import { activationCases } from "./activations.cases.js";
import { optionsOfRow, type Row } from "./by-hand.js";
import { lossCases } from "./losses.cases.js";
import { secondError } from "./second-gradients.js";

const ROWS = 3;
const SHAPE = [-1, 2, 4];
const elements = (make: (i: number) => number): number[] => Array.from({ length: ROWS * 8 }, (_, i) => make(i));
const spread = (i: number): number => ((i * 7919 + 5) % 24) / 24;

type AnyActivation = (x: Value, options?: object) => Value;
type AnyLoss = new (options: object) => Loss;
const rowsOf = (table: object, name: string): readonly object[] =>
  ((table as Record<string, readonly Row<object | undefined, object>[]>)[name] ?? []).map(
    (row) => optionsOfRow(row as Row<object, object>) ?? {},
  );

/** Losses whose targets are labels. */
const LABELLED: ReadonlySet<string> = new Set([
  "SparseCategoricalCrossentropy",
  "CategoricalGeneralizedCrossEntropy",
  "CTC",
]);

describe("second gradients are those of central differences", () => {
  const activationRows = Object.entries(activations).flatMap(([name, made]) =>
    rowsOf(activationCases, name).map((options) => [name, JSON.stringify(options), options, made] as const),
  );
  it.each(activationRows)("activation %s, %s", (_name, _text, options, made) => {
    const activation = made as AnyActivation;
    const x = ops.input("x", SHAPE);
    const y = activation(x, options);
    const at = new Map([[x, elements((i) => 5.3 * spread(i) - 2.9137)]]);
    const error = secondError(y, at, (values, feeds) =>
      interpret(values, { feeds, rows: ROWS }).map(({ data }) => data),
    );
    expect(error).toBeLessThan(1e-5);
  });

  const lossRows = Object.entries(losses).flatMap(([name, made]) =>
    rowsOf(lossCases, name).map((options) => [name, JSON.stringify(options), options, made] as const),
  );
  it.each(lossRows)("loss %s, %s", (name, _text, options, made) => {
    // Of one class number for each row.
    const isPaired = name === "Circle";
    const isSparse = LABELLED.has(name) || isPaired;
    const yTrue = ops.input("yTrue", isPaired ? [-1] : isSparse ? [-1, 2] : SHAPE, isSparse ? "int32" : "float32");
    const yPred = ops.input("yPred", isPaired ? [-1, 8] : SHAPE);
    // Of CTC, 0 fills up the end.
    const sparse = isPaired ? [0, 1, 0] : name === "CTC" ? [1, 0, 2, 3, 1, 0] : [0, 1, 2, 3, 1, 0];
    const labels = isSparse ? sparse : elements((i) => (i % 4 === 1 ? 1 : 0));
    const scale = isPaired ? 0.25 : 0.8137;
    const y = new (made as unknown as AnyLoss)(options).call(yTrue, yPred);
    const at = new Map([[yPred, elements((i) => 0.05 + scale * spread(i))]]);
    const error = secondError(y, at, (values, feeds) =>
      interpret(values, { feeds: new Map([...feeds, [yTrue, labels]]), rows: ROWS }).map(({ data }) => data),
    );
    expect(error).toBeLessThan(1e-5);
  });
});
