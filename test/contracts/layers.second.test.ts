import { describe, expect, test } from "vitest";
import type { Value } from "../../src/graph/index.js";
import { fixtureOf } from "./layer-by-hand.js";
import { applied } from "./layer-fixture.js";
import { LayerGraph } from "./layer-runner.js";
import { CASES } from "./layers.cases.js";
import { secondError } from "./second-gradients.js";

/** Parts of these are constants to gradients, as in Keras: the corrections of renormalization, scores that are masked. */
const CONSTANTS: ReadonlySet<string> = new Set([
  "attention_concat",
  "batch_normalization_renorm",
  "batch_normalization_renorm_clipped",
]);

describe.each(Object.entries(CASES))("%s", (_className, cases) => {
  test.each(cases.filter(({ fixture }) => !CONSTANTS.has(String(fixture))))(
    "$fixture: its second gradients are those of central differences",
    (row) => {
      const fixture = fixtureOf(row);
      const layer = row.make({ name: fixture.config["name"] as string });
      applied(layer, fixture);
      fixture.weights.forEach((weight, i) => {
        layer.weights[i]!.write(weight.data);
      });
      const graph = new LayerGraph({ ...fixture, layer });
      if (graph.output.dtype !== "float32") return;
      const at = new Map<Value, readonly number[]>([
        ...layer.trainableWeights.map(({ leaf, data }) => [leaf, [...data]] as const),
        ...(fixture.dtype === "int32" ? [] : graph.inputs.map((x, i) => [x, fixture.inputs[i]!.data] as const)),
      ]);
      expect(secondError(graph.output, at, (values, feeds) => graph.compute(values, feeds))).toBeLessThan(1e-5);
    },
  );
});
