import { beforeAll, describe, expect, test } from "vitest";
import { emitProgram, type Finished, runNode } from "../support/run-ts.js";
import { scratch } from "./support.js";

/** Trains on a pipeline that the environment chooses. */
const PROGRAM = `
import { createHash } from "node:crypto";
import { callbacks, data, layers, random, Sequential, setRandomSeed } from "pawl";

const { STOP, RUN, KIND, ROW = "3", WORKERS = "0" } = process.env;
const workers = Number(WORKERS);
setRandomSeed(5);
const inputs = random.normal([40, 6], { seed: 11 }).toArray();
inputs[7][0] = Number(ROW);
const arrays = data.arrays({ x: inputs, y: random.integers(0, 3, [40], { seed: 12 }) });
const list = data.records(inputs.map((x, i) => ({ x, y: i % 3 })));
const noisy = ({ x, y }, { random }) => ({ x: Array.from(x, (item) => item + random.normal(0, 0.1)), y });

const PIPELINES = {
  arrays: () => arrays.shuffle().batch(8),
  mapped: () => list.shuffle().map(noisy).batch(8),
  cached: async () => (await list.filter(({ x }) => x[1] > -1).cache(RUN + ".records")).shuffle().map(noisy).prefetch(8).batch(8),
  mixed: () => list.shuffle().repeat().mix([list.shuffle().filter(({ y }) => y === 1).repeat()], [0.7, 0.3]).take(40).batch(8),
  workers: async () =>
    (await list.map(({ x, y }) => ({ x: Float64Array.from(x), y }), { workers }).filter(({ x }) => x[1] > -1).cache(RUN + ".records"))
      .shuffle().map(noisy, { workers }).filter(({ x }) => x[2] > -2.5).batch(8).prefetch(2),
  filtered: () => list.shuffle().filter(({ x }) => x[1] > -1).map(noisy).batch(8).prefetch(2),
};
const model = new Sequential([
  new layers.Dense(8, { activation: "relu", inputShape: [6] }),
  new layers.Dropout(0.3),
  new layers.Dense(3, { activation: "softmax" }),
]);
model.compile({ optimizer: "adam", loss: "sparse_categorical_crossentropy" });
let steps = 0;
const stop = new callbacks.LambdaCallback({
  onTrainBatchEnd: () => {
    if (STOP && ++steps === Number(STOP)) process.kill(process.pid, "SIGTERM");
    return new Promise((resolve) => setTimeout(resolve, STOP ? 5 : 0));
  },
});
const history = await model.fit(await PIPELINES[KIND](), {
  epochs: 3, verbose: 0, callbacks: [stop], validationData: arrays.batch(16), run: RUN,
});
const hash = createHash("sha256");
for (const { data } of await model.getWeights()) hash.update(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
console.log(JSON.stringify({ history: history.history, digest: hash.digest("hex") }));
`;

let file = "";
const run = (env: NodeJS.ProcessEnv): Promise<Finished> => runNode(file, scratch(), [], env);

beforeAll(() => {
  file = emitProgram("pipeline", PROGRAM);
});

describe("a training over a pipeline", () => {
  test.each(["arrays", "mapped", "filtered", "cached", "mixed", "workers"])(
    "of %s goes on at the very next record in a fresh process",
    async (KIND) => {
      const whole = await run({ KIND, RUN: `${scratch()}/run` });
      expect([whole.code, whole.stderr]).toEqual([0, ""]);
      const RUN = `${scratch()}/run`;
      // Where there are workers, another number of them each time.
      for (const [STOP, WORKERS] of [
        ["7", "2"],
        ["5", "4"],
      ] as const) {
        const { code, stdout } = await run({ RUN, STOP, KIND, WORKERS });
        expect([code === 0, stdout]).toEqual([false, expect.stringMatching(/in epoch \d, batch [1-5]/)]);
      }
      const again = await run({ RUN, KIND, WORKERS: "1" });
      expect([again.stderr, again.stdout]).toEqual(["", whole.stdout]);
    },
  );

  test("says which array changed before it goes on", async () => {
    const RUN = `${scratch()}/run`;
    await run({ RUN, KIND: "arrays", STOP: "7" });
    const { code, stderr } = await run({ RUN, KIND: "arrays", ROW: "4" });
    expect(code).not.toBe(0);
    expect(stderr).toContain("x of data has other contents; x of validationData has other contents");
    expect(stderr).not.toContain("y of data");
  });
});
