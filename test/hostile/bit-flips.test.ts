import { beforeAll, describe, expect, test } from "vitest";
import { check } from "../../src/cli/verdict.js";
import { PawlError } from "../../src/core/errors.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { loadModelFile } from "../../src/saving/load.js";
import { readModelFile } from "../../src/saving/read-model.js";
import { readWeightsFile } from "../../src/saving/read-weights.js";
import { decodeCheckpoint } from "../../src/store/index.js";
import { type GoodFiles, tfjsFiles } from "./fuzz-targets.js";
import { makeGoodFiles } from "./good-files.js";

/** The reader that a resume uses for each kind of file. */
const READERS: { readonly [name in keyof GoodFiles]: (bytes: Uint8Array) => Promise<unknown> } = {
  h5: (bytes) => readModelFile(bytes, { file: "m.h5" }),
  keras: (bytes) => readModelFile(bytes, { file: "m.keras" }),
  weights: (bytes) => readWeightsFile(bytes, { file: "m.weights.h5" }),
  safetensors: (bytes) => readWeightsFile(bytes, { file: "m.safetensors" }),
  tfjs: (bytes) => openSet({ tfjs: bytes }),
  tfjsWeights: (bytes) => openSet({ tfjsWeights: bytes }),
  tfjsState: (bytes) => openSet({ tfjsState: bytes }),
  checkpoint: (bytes) => decodeCheckpoint(bytes),
  loop: (bytes) => decodeCheckpoint(bytes),
};

/** Opens the model.json with the files that belong to it, one of them as given. */
async function openSet(changed: Partial<GoodFiles>): Promise<unknown> {
  const files = memoryVfs();
  for (const [name, bytes] of tfjsFiles({ ...good, ...changed })) await files.writeFile(name, bytes);
  return loadModelFile("m.json", { vfs: files });
}

/** All bits in `npm run fuzz`; otherwise every 13th, which covers each bit of a byte in turn, and all at both ends. */
const EXHAUSTIVE = process.env["PAWL_FUZZ_MINUTES"] !== undefined;
const STEP = EXHAUSTIVE ? 1 : 13;
const EDGE = 128;

let good: GoodFiles;

beforeAll(async () => {
  good = await makeGoodFiles();
});

describe.each(Object.keys(READERS) as (keyof GoodFiles)[])("%s", (name) => {
  test("every flipped bit is detected", async () => {
    const bytes = good[name].slice();
    await READERS[name](bytes);
    const missed: string[] = [];
    const isEdge = (at: number): boolean => at < EDGE || at >= bytes.length - EDGE;
    for (let i = 0; i < bytes.length * 8; i++) {
      const at = i >> 3;
      if (i % STEP !== 0 && !isEdge(at)) continue;
      const mask = 1 << (i & 7);
      bytes[at]! ^= mask;
      const outcome = await READERS[name](bytes).catch((error: unknown) => error);
      if (!(outcome instanceof PawlError)) missed.push(`byte ${at}, bit ${i & 7}`);
      bytes[at]! ^= mask;
    }
    expect(missed).toEqual([]);
    expect(Buffer.compare(bytes, good[name])).toBe(0);
  }, 600_000);

  test("every truncated file is detected", async () => {
    for (let length = 0; length < good[name].length; length += STEP) {
      const { verdict } = await check("m", good[name].subarray(0, length));
      expect([length, verdict]).not.toEqual([length, "intact"]);
    }
  }, 600_000);
});
