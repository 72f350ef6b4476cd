import { describe, expect, it, test } from "vitest";
import { defaultEngine, type Engine, interpreterEngine } from "../../src/engine/index.js";
import * as catalogue from "../../src/metrics/catalogue.js";
import { deserialize, type Metric, serialize } from "../../src/metrics/index.js";
import { flat, paired, type Row } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { fixtures, type MetricFixture, runMetric } from "./metric-runner.js";
import { type MetricByHand, metricCases } from "./metrics.cases.js";

async function equalsKeras(make: () => Metric, fixture: MetricFixture, engine: Engine, shards: number): Promise<void> {
  for (const weighted of [false, true]) {
    const expected = weighted ? fixture.weighted : fixture.plain;
    if (expected === null) continue;
    const metric = make();
    const ours = await runMetric(metric, fixture, weighted, engine, shards);
    const title = weighted ? "with weights" : "without weights";
    ours.forEach((result, i) => {
      expect(firstDifference(result, expected.results[i]!), `${title}, after batch ${i + 1}`).toBe(null);
    });
    if (expected.variables !== undefined) sameVariables(metric, expected.variables, title);
    metric.reset();
    expect([metric.result()].flat().every((value) => value === 0)).toBe(true);
  }
}

function sameVariables(metric: Metric, expected: readonly (readonly number[])[], title: string): void {
  expect(metric.variables.map(({ shape }) => shape.reduce((a, b) => a * b, 1))).toEqual(
    expected.map((variable) => variable.length),
  );
  metric.variables.forEach((variable, i) => {
    expect(firstDifference(variable.data, expected[i]!), `${title}, ${variable.path}`).toBe(null);
  });
}

/** One batch without row weights. */
function byHandCase(metric: Metric, { labels, predictions, result }: MetricByHand): MetricFixture {
  const [y, { shape, data }] = [flat(labels), flat(predictions)];
  const rows = shape[0]!;
  return {
    name: metric.name,
    config: serialize(metric),
    float32Decides: false,
    direction: metric.direction,
    labelDtype: "float32",
    labelShape: y.shape.slice(1),
    shape: shape.slice(1),
    batches: [{ rows, labels: y.data, predictions: data, weights: data.slice(0, rows).map(() => 1) }],
    plain: { results: [flat(result).data] },
    weighted: null,
  };
}

const native = await defaultEngine();
const names = Object.keys(metricCases) as (keyof typeof metricCases)[];

describe.each(names)("%s", (name) => {
  const expected = fixtures.filter((fixture) => fixture.name === name);
  const make = Object.entries(catalogue).find(([key]) => key === name)![1] as unknown as new (o: object) => Metric;

  const rows = metricCases[name] as readonly Row<object, MetricByHand>[];
  const cases = paired("metrics", name, rows, expected, (options, byHand) => byHandCase(new make(options), byHand));

  it.each(cases.map(({ options, expected: row }, i) => [i, options, row] as const))(
    "case %i is Keras's",
    async (_i, options, fixture) => {
      const create = (): Metric => new make({ ...options, name: fixture.config.config["name"] });
      const metric = create();
      expect(serialize(metric)).toEqual(fixture.config);
      expect(serialize(deserialize(fixture.config))).toEqual(fixture.config);
      expect(metric.direction).toBe(fixture.direction);
      const engines = fixture.float32Decides ? [native] : [interpreterEngine(), native];
      for (const engine of engines) {
        for (const shards of [1, 2]) await equalsKeras(create, fixture, engine, shards);
      }
    },
  );
});

test.each(["int", "int32", "int64"])("counts of Keras's whole numbers, %s, are read", (dtype) => {
  const config = { name: "iou", dtype, num_classes: 2, ignore_class: null, sparse_y_true: true, sparse_y_pred: true };
  const read = deserialize({ class_name: "MeanIoU", config: { ...config, axis: -1 } });
  expect(serialize(read).config["dtype"]).toBe("int32");
});
