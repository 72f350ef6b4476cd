import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { configure, type Engine, interpreterEngine, type ProgramSpec, type Variable } from "../../src/engine/index.js";
import { grad, type InputValue, type Value } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { numbers, variable } from "./engine.step.js";
import { ENGINES } from "./engines.js";

afterEach(() => configure({}));

interface Case {
  readonly weights: readonly Variable[];
  readonly x: InputValue;
  /** Elements of a row of x. */
  readonly size: number;
  readonly loss: Value;
  readonly results?: Readonly<Record<string, Value>>;
}

/** Large images mixed with others of the batch, between kernels over channels: convolution, batch statistics, pooling. */
function images(): Case {
  const [kernel, second] = [variable("kernel", [3, 3, 8, 16], 1), variable("second", [3, 3, 16, 4], 2)];
  const x = ops.input("x", [-1, 16, 16, 8]) as InputValue;
  const order = ops.argsort(ops.random([-1], 3, "uniform"), { axis: 0 });
  const mixed = ops.add(ops.multiply(ops.gather(x, order), 0.3), ops.multiply(x, 0.7));
  const h = ops.conv(mixed, kernel.value, { padding: "same" });
  const center = ops.mean(h, { axes: [0, 1, 2] });
  const spread = ops.variance(h, { axes: [0, 1, 2] });
  const normal = ops.relu(ops.divide(ops.subtract(h, center), ops.sqrt(ops.add(spread, 1e-3))));
  const both = ops.add(normal, ops.reverse(normal, 0));
  const y = ops.conv(ops.maxPool(ops.tanh(both), { poolSize: [2, 2] }), second.value, { padding: "same" });
  const loss = ops.mean(ops.square(ops.subtract(y, ops.gather(ops.multiply(y, 0.5), order))));
  return { weights: [kernel, second], x, size: 2048, loss, results: { center, order } };
}

/** Convolutions of small images that are computed once, for all rows, and so are the gradients of their kernels. */
function small(): Case {
  const kernels = [1, 2, 3].map((seed) => variable(`kernel${seed}`, [2, 2, 1, 2], seed));
  const x = ops.input("x", [-1, 3, 3, 1]) as InputValue;
  const reversed = ops.reverse(x, 0);
  const sides = kernels.map(({ value }) => ops.conv(reversed, value, { padding: "same" }));
  const loss = ops.mean(ops.square(sides.reduce((a, b) => ops.multiply(ops.tanh(a), b))));
  return { weights: kernels, x, size: 9, loss };
}

/** Attention over the rows of the batch, and an embedding of what is nearest. */
function attention(): Case {
  const [w, table] = [variable("w", [12, 70], 1), variable("table", [6, 70], 2)];
  const x = ops.input("x", [-1, 12]) as InputValue;
  const h = ops.matmul(x, w.value);
  const scores = ops.softmax(ops.multiply(ops.matmul(h, h, { transposeB: true }), 0.1));
  const seen = ops.matmul(scores, h);
  const classes = ops.mod(ops.argmax(scores, 0), 6);
  const found = ops.gather(table.value, classes);
  const loss = ops.mean(ops.square(ops.add(ops.multiply(seen, h), ops.cumsum(found, 0))));
  return { weights: [w, table], x, size: 12, loss, results: { scores, classes, seen } };
}

const CASES: Readonly<Record<string, () => Case>> = { images, small, attention };
const ROWS = [6, 2, 1, 6];

async function train(engine: Engine, make: () => Case, shards: number): Promise<number[][]> {
  const { weights, x, size, loss, results = {} } = make();
  const gradients = grad(
    loss,
    weights.map(({ value }) => value),
  );
  const updates = new Map(
    weights.map((weight, i) => [weight, ops.subtract(weight.value, ops.multiply(gradients[i]!, 0.1))] as const),
  );
  const spec: ProgramSpec = { name: "rows", results: { loss, ...results }, updates, shards };
  const program = await engine.compile(spec);
  const out: number[][] = [];
  for (const [iteration, rows] of ROWS.entries()) {
    const read = await program.run({ rows, feeds: new Map([[x, numbers(rows * size, rows)]]), seed: 3, iteration });
    out.push(...Object.values(read).map(({ data }) => Array.from(data as Float32Array)));
  }
  program.dispose();
  out.push(...weights.map((weight) => Array.from(weight.read().data as Float32Array)));
  return out;
}

describe.each(ENGINES)("%s engine", (name, start) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await start();
  });

  describe.each(Object.entries(CASES))("rows that meet: %s", (_, make) => {
    it.each([1, 2, 3, 5, 7])("trains in %i shards as the interpreter does", async (shards) => {
      const [expected, actual] = [await train(interpreterEngine(), make, 1), await train(engine, make, shards)];
      for (const [i, values] of expected.entries()) {
        expect(actual[i]!.length).toBe(values.length);
        const scale = Math.max(...values.map(Math.abs));
        for (const [k, value] of values.entries())
          expect(Math.abs(actual[i]![k]! - value)).toBeLessThanOrEqual(2e-5 * Math.max(scale, 1e-3));
      }
    });

    it.skipIf(name === "web").each([3, 4])(
      "has the bits of %i shards, whatever the number of workers",
      async (shards) => {
        configure({ workers: 1 });
        const one = await train(engine, make, shards);
        for (const workers of [2, 3, 4, 4, 4]) {
          configure({ workers });
          expect(await train(engine, make, shards)).toEqual(one);
        }
      },
    );
  });
});
