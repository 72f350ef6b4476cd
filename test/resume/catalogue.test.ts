import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import * as callbacks from "../../src/callbacks/index.js";
import { setRandomSeed } from "../../src/core/seed.js";
import type { Callback } from "../../src/training/hooks/callback.js";
import { emitProgram, runNode } from "../support/run-ts.js";
import { RESUME_CASES } from "./catalogue-cases.js";
import { digest, scratch } from "./support.js";

/** Three epochs of four steps; stopped after step 6, in the middle of the second epoch. */
const FIT = { epochs: 3, batchSize: 2, verbose: 0 } as const;
const STOP_AFTER = 6;

/** The program of the fresh process: opens each file, trains to the end, and prints the final bits. */
const FRESH_PROCESS = `
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { callbacks, loadModel, Tensor } from "pawl";

const jobs = JSON.parse(readFileSync(process.argv[2], "utf8"));
const results = {};
for (const { name, file, x, y, fit, sources } of jobs) {
  try {
    const tensor = ({ data, shape, dtype }) => new Tensor(data, shape, dtype);
    const model = await loadModel(file);
    const own = sources.map((source) => new Function("callbacks", "folder", "return " + source)(callbacks, process.cwd()));
    const inputs = x.map(tensor);
    const options = { ...fit, resume: true, callbacks: own };
    const { history } = await model.fit(inputs.length === 1 ? inputs[0] : inputs, tensor(y), options);
    const hash = createHash("sha256");
    for (const { data } of [...model.weights, ...model.optimizer.variables].map((entry) => entry.read())) hash.update(data);
    results[name] = { digest: hash.digest("hex"), history };
  } catch (error) {
    results[name] = { error: String(error) };
  }
}
writeFileSync(process.argv[3], JSON.stringify(results));
`;

interface Outcome {
  readonly digest?: string;
  readonly history?: Readonly<Record<string, readonly number[]>>;
  readonly error?: string;
}

const plain = (history: unknown): unknown => JSON.parse(JSON.stringify(history));

describe("every layer, loss, metric, optimizer, schedule, regularizer, constraint and callback", () => {
  const whole: Record<string, Outcome> = {};
  let resumed: Record<string, Outcome> = {};

  beforeAll(async () => {
    const folder = scratch();
    const jobs: object[] = [];
    for (const [i, { name, x, y, build, callbacks: sources = [] }] of RESUME_CASES.entries()) {
      try {
        setRandomSeed(100 + i);
        const model = build();
        const file = join(folder, `${createHash("sha256").update(name).digest("hex").slice(0, 12)}.keras`);
        const checkpoint = new callbacks.ModelCheckpoint(file, { saveFreq: STOP_AFTER });
        const once = new callbacks.LambdaCallback({});
        const own = sources.map(
          (source) => new Function("callbacks", "folder", `return ${source}`)(callbacks, folder) as Callback,
        );
        let steps = 0;
        once.onTrainBatchEnd = () => {
          if (++steps === STOP_AFTER) checkpoint.onTrainBatchEnd = () => {};
        };
        const options = { ...FIT, callbacks: [checkpoint, once, ...own] };
        const { history } = await model.fit(x.length === 1 ? x[0]! : x, y, options);
        whole[name] = { digest: digest(model), history };
        const plainTensor = ({ data, shape, dtype }: (typeof x)[number]) => ({
          data: Array.from(data as Float32Array),
          shape,
          dtype,
        });
        jobs.push({ name, file, x: x.map(plainTensor), y: plainTensor(y), fit: FIT, sources });
      } catch (error) {
        whole[name] = { error: String(error) };
      }
    }
    writeFileSync(join(folder, "jobs.json"), JSON.stringify(jobs));
    const program = emitProgram("resume-catalogue", FRESH_PROCESS);
    const { code, stderr } = await runNode(program, folder, [join(folder, "jobs.json"), join(folder, "results.json")]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
    resumed = JSON.parse(readFileSync(join(folder, "results.json"), "utf8"));
  }, 600_000);

  test.each(RESUME_CASES)("$name: stopped in mid-epoch, resumed in a fresh process, same bits", ({ name }) => {
    expect(whole[name]!.error).toBeUndefined();
    expect(resumed[name]).toEqual(plain(whole[name]));
  });
});
