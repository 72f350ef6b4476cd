import { readFileSync } from "node:fs";
import { afterEach, expect, it, vi } from "vitest";
import { joinBytes } from "../../src/core/join-bytes.js";
import type { Config } from "../../src/core/parts.js";
import * as layers from "../../src/layers/index.js";
import { Sequential } from "../../src/model/index.js";
import { collectModel } from "../../src/saving/collect.js";
import { encodeModel } from "../../src/saving/encode.js";
import { readModelFile } from "../../src/saving/read-model.js";
import { modelJob } from "../../src/saving/save.js";

afterEach(() => vi.restoreAllMocks());

it("an update rule of Keras 2 is read back from Pawl's files, and Keras finds there what it can read", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const { rows } = JSON.parse(
    readFileSync(new URL("../fixtures/keras/optimizer-ages.json", import.meta.url), "utf8"),
  ) as { readonly rows: readonly { readonly config: Config }[] };
  const old = rows.map(({ config }) => config).find(({ class_name: name }) => name === "RMSprop")!;
  const model = new Sequential([new layers.Dense(1, { inputShape: [2] })]);
  model.compile({ optimizer: old, loss: "mse" });
  for (const format of ["keras", "h5"] as const) {
    const collected = collectModel(model.savable, false);
    const keras = collected.kerasCompile!["optimizer"] as { readonly config: Config };
    expect(Object.keys(keras.config)).not.toContain("epsilon_under_root");
    const loaded = await readModelFile(joinBytes(await encodeModel(collected, format)), { file: `old.${format}` });
    expect(loaded.compile!.optimizer).toMatchObject({ class_name: "RMSprop", config: { epsilon_under_root: false } });
    modelJob(model.savable, { path: `old.${format}`, overwrite: true, weightsOnly: false });
  }
  expect(warn.mock.calls).toEqual([
    [
      'Sequential "sequential" is trained by the rule that RMSprop had in Keras 2. Its files say so to Pawl; Keras 3, which adds epsilon under the root, goes on by its own rule from them.',
    ],
  ]);
});
