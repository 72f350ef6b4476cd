import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type ProgramSpec, Variable } from "../../src/engine/index.js";
import { programText } from "../../src/engine/onnx/steps.js";
import { grad, type Value } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { trainStep } from "./engine.step.js";

const predict = (name: string, results: Record<string, Value>): ProgramSpec => ({
  name,
  results,
  updates: new Map(),
  shards: 1,
});

function dense(): ProgramSpec {
  const x = ops.input("x", [-1, 4], "float32");
  const [kernel, bias] = [ops.input("kernel", [4, 2], "float32"), ops.input("bias", [2], "float32")];
  return predict("dense", { y: ops.softmax(ops.add(ops.matmul(x, kernel), bias)) });
}

function convolutions(): ProgramSpec {
  const x = ops.input("x", [-1, 8, 8, 1], "float32");
  const [first, second] = [ops.input("first", [3, 3, 1, 4], "float32"), ops.input("second", [3, 3, 4, 4], "float32")];
  const hidden = ops.maxPool(ops.relu(ops.conv(x, first, { padding: "same" })), { poolSize: [2, 2] });
  return predict("convolutions", { y: ops.relu(ops.conv(hidden, second, { padding: "valid" })) });
}

/** Batch sizes inside a graph: a reshape that merges the batch axis, a broadcast to it, a sort along it. */
function batchShapes(): ProgramSpec {
  const x = ops.input("x", [-1, 3, 2], "float32");
  const flat = ops.reshape(x, [-3, 2]);
  const everywhere = ops.broadcastTo(ops.input("row", [2], "float32"), [-1, 2]);
  return predict("batch-shapes", { flat, everywhere, sorted: ops.sortDescending(flat, 0) });
}

/** A gated recurrence over looked-up rows, and its gradients: two loops that contain only what they must. */
function recurrence(): ProgramSpec {
  const [table, kernel, recurrent] = [
    ops.input("table", [9, 3]),
    ops.input("kernel", [3, 8]),
    ops.input("recurrent", [4, 8]),
  ];
  const elements = ops.swapAxes(ops.gather(table, ops.input("ids", [-1, 5], "int32")), 0, 1);
  const { states } = ops.recur({ states: [ops.full([-1, 4], 0)], sequences: [elements] }, ([h], [x]) => {
    const z = ops.add(ops.matmul(x!, kernel), ops.matmul(h!, recurrent));
    const [gate, next] = ops.split(z, 2, -1);
    return { states: [ops.multiply(ops.sigmoid(gate!), ops.tanh(next!))], outputs: [] };
  });
  const gradients = grad(ops.sum(ops.square(states[0]!)), [table, kernel, recurrent]).map((value) => ops.allSum(value));
  const results = Object.fromEntries(gradients.map((value, i) => [`gradient${i}`, value]));
  return { name: "recurrence", results, updates: new Map(), shards: 2 };
}

/** A contrastive step: products of all rows are made once, between the work of the shards. */
function rowsMeet(): ProgramSpec {
  const x = ops.input("x", [-1, 80], "float32");
  const weights = new Variable({ name: "weights", shape: [80, 70], initial: new Float32Array(5600) });
  const rows = ops.tanh(ops.matmul(x, weights.value));
  const loss = ops.neg(ops.mean(ops.take(ops.logSoftmax(ops.matmul(rows, rows, { transposeB: true })), ops.iota(-1))));
  const [gradient] = grad(loss, [weights.value]);
  const updates = new Map([[weights, ops.subtract(weights.value, gradient!)]]);
  return { name: "rows-meet", results: { loss }, updates, shards: 2 };
}

const GOLDEN: Readonly<Record<string, () => ProgramSpec>> = {
  dense,
  convolutions,
  "batch-shapes": batchShapes,
  recurrence,
  "rows-meet": rowsMeet,
  "train-one-shard": () => trainStep(1).spec,
  "train-two-shards": () => trainStep(2).spec,
};

/** To accept the present output: PAWL_UPDATE_GOLDEN=1 npx vitest run test/contracts/engine.golden.test.ts */
describe("emitted programs", () => {
  it.each(Object.keys(GOLDEN))("%s is emitted as in its golden file", (name) => {
    const path = join(import.meta.dirname, `../golden/${name}.txt`);
    const text = programText(GOLDEN[name]!());
    if (process.env["PAWL_UPDATE_GOLDEN"] === "1") writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, "utf8"));
  });

  it("gives equal bytes for equal graphs", () => {
    for (const make of Object.values(GOLDEN)) expect(programText(make())).toBe(programText(make()));
  });
});
