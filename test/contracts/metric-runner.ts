import { readFileSync } from "node:fs";
import type { SerializedPart } from "../../src/core/parts.js";
import type { Engine } from "../../src/engine/index.js";
import type { GraphDType } from "../../src/graph/index.js";
import { type Direction, Mean, type Metric, Sum } from "../../src/metrics/index.js";
import * as ops from "../../src/ops/index.js";

interface Batch {
  readonly rows: number;
  readonly labels: readonly number[];
  readonly predictions: readonly number[];
  readonly weights: readonly number[];
}

interface MetricRun {
  /** After each batch. */
  readonly results: readonly (readonly number[])[];
  /** Absent in a row worked out by hand. */
  readonly variables?: readonly (readonly number[])[];
}

export interface MetricFixture {
  readonly name: string;
  readonly config: SerializedPart;
  /** Predictions lie on thresholds: only float32 engines decide as Keras does. */
  readonly float32Decides: boolean;
  readonly direction: Direction;
  readonly labelDtype: GraphDType;
  readonly labelShape: readonly number[];
  readonly shape: readonly number[];
  readonly batches: readonly Batch[];
  readonly plain: MetricRun;
  /** Null where Keras does not accept row weights. */
  readonly weighted: MetricRun | null;
}

export const fixtures: readonly MetricFixture[] = JSON.parse(
  readFileSync(new URL("../fixtures/keras/metrics.json", import.meta.url), "utf8"),
);

/** The results after each batch of the fixture. */
export async function runMetric(
  metric: Metric,
  { batches, labelDtype, labelShape, shape }: MetricFixture,
  weighted: boolean,
  engine: Engine,
  shards: number,
): Promise<number[][]> {
  const labels = ops.input("labels", [-1, ...labelShape], labelDtype);
  const predictions = ops.input("predictions", [-1, ...shape]);
  const weights = ops.input("weights", [-1]);
  const rows = ops.input("rows", []);
  const weight = weighted ? weights : null;
  const updates =
    metric instanceof Mean || metric instanceof Sum
      ? metric.accumulate(predictions, weight, { rows })
      : metric.update(labels, predictions, weight, { rows });
  const program = await engine.compile({ name: "metric", results: {}, updates, shards });
  const results: number[][] = [];
  for (const batch of batches) {
    const feeds = new Map<ReturnType<typeof ops.input>, ArrayLike<number> | number>([
      [labels, batch.labels],
      [predictions, Float32Array.from(batch.predictions)],
      [weights, Float32Array.from(batch.weights)],
      [rows, batch.rows],
    ]);
    await program.run({ rows: batch.rows, feeds, seed: 0, iteration: 0 });
    results.push([metric.result()].flat());
  }
  program.dispose();
  return results;
}
