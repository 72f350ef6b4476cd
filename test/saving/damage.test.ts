import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { FormatError } from "../../src/core/errors.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, Sequential } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import { readModelFile, readWeightsFile } from "../../src/saving/index.js";
import { temporaryFolder } from "./support.js";

const folder = temporaryFolder();
const small = new Sequential([Input({ shape: [2] }), new layers.Dense(1, { name: "d" })], { name: "m" });

beforeAll(async () => {
  await small.saveWeights(join(folder, "small.h5"));
  small.compile({ optimizer: "adam", loss: "mse" });
  await small.save(join(folder, "small.keras"));
  await small.save(join(folder, "whole.h5"));
});

async function refuses(bytes: Uint8Array, read: typeof readModelFile | typeof readWeightsFile): Promise<boolean> {
  try {
    await read(bytes, { file: "x" });
    return false;
  } catch (error) {
    if (error instanceof FormatError) return true;
    throw error;
  }
}

describe("every flipped bit is detected", () => {
  it("in all of a small weights file", async () => {
    const bytes = new Uint8Array(readFileSync(join(folder, "small.h5")));
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      if (!(await refuses(bytes, readWeightsFile)))
        expect.fail(`bit ${bit & 7} of byte ${bit >> 3} of ${bytes.length}`);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
    expect(await refuses(bytes, readWeightsFile)).toBe(false);
  });

  it.each(["small.keras", "whole.h5"])("in a sample and all of the last 64 bytes of %s", async (name) => {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    const bits = [
      ...sampled(bytes.length * 8, 601),
      ...Array.from({ length: 512 }, (_, i) => bytes.length * 8 - 512 + i),
    ];
    for (const bit of bits) {
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      if (!(await refuses(bytes, readModelFile))) expect.fail(`bit ${bit & 7} of byte ${bit >> 3} of ${bytes.length}`);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
    }
  });
});

/** Bits throughout the file, with a stride that covers every bit position of a byte. */
function sampled(bits: number, count: number): number[] {
  const stride = Math.floor(bits / count) | 1;
  return Array.from({ length: count }, (_, i) => (i * stride) % bits);
}

it("a file truncated anywhere is refused", async () => {
  for (const name of ["small.keras", "whole.h5"]) {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    for (let length = 0; length < bytes.length; length += 97) {
      expect(await refuses(bytes.subarray(0, length), readModelFile), `${name}, ${length} bytes`).toBe(true);
    }
  }
});

describe("a file that another program changed", () => {
  const lost = (name: string): string => {
    const bytes = readFileSync(join(folder, name));
    const path = join(folder, `lost-${name}`);
    writeFileSync(path, bytes.subarray(0, bytes.length - 64));
    return path;
  };
  const changed = (name: string): string => {
    const bytes = readFileSync(join(folder, name));
    bytes[bytes.length - 1]! ^= 1;
    const path = join(folder, `changed-${name}`);
    writeFileSync(path, bytes);
    return path;
  };

  it("is refused with the reason", async () => {
    const path = lost("whole.h5");
    await expect(loadModel(path)).rejects.toThrow(
      `"${path}" was changed after Pawl wrote it: the digest at its end is gone. Load it with { allowEdited: true } to take weights and optimizer; the training state cannot be trusted any more.`,
    );
    const other = changed("whole.h5");
    await expect(loadModel(other)).rejects.toThrow(
      `"${other}" is not as Pawl wrote it: its digest does not match. If a program changed it on purpose, load it with { allowEdited: true }; otherwise it is damaged: use an older one.`,
    );
  });

  it.each(["whole.h5", "small.keras"])("loads weights and optimizer with allowEdited (%s)", async (name) => {
    for (const path of [lost(name), changed(name)]) {
      const model = await loadModel(path, { allowEdited: true });
      expect((await model.getWeights()).map((tensor) => tensor.tolist())).toEqual(
        (await small.getWeights()).map((tensor) => tensor.tolist()),
      );
      expect(model.optimizer.variables.map((entry) => entry.name)).toEqual(
        small.optimizer.variables.map((entry) => entry.name),
      );
    }
  });
});
