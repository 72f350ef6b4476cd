import { beforeEach, expect, it } from "vitest";
import { resetNames } from "../../src/core/names.js";
import type { Json } from "../../src/core/stateful.js";
import { Input, ops } from "../../src/index.js";
import { Functional } from "../../src/network/index.js";
import { reading } from "./network.cases.js";

beforeEach(resetNames);

/** A network of operations on images and spectra. */
function network(): Functional {
  const image = Input({ shape: [6, 5, 3] });
  const grey = ops.image.rgbToGrayscale(ops.image.resize(image, [4, 4], { antialias: true }));
  const patches = ops.image.extractPatches(grey, [2, 2], { strides: 1 });
  const signal = Input({ shape: [12] });
  const [real] = ops.rfft(signal);
  const frames = ops.stft(signal, { sequenceLength: 4, sequenceStride: 2, fftLength: 4 });
  return new Functional(
    [image, signal] as never,
    [patches, real!, ops.istft(frames as never, { sequenceLength: 4, sequenceStride: 2, fftLength: 4 })] as never,
  );
}

it("operations on images and spectra are nodes of networks, which files keep", () => {
  const model = network();
  const config = model.getConfig();
  const again = Functional.fromConfig(config, reading);
  expect(again.outputs.map(({ shape }) => shape)).toEqual(model.outputs.map(({ shape }) => shape));
  expect(model.outputs.map(({ shape }) => shape)).toEqual([
    [null, 3, 3, 4],
    [null, 7],
    [null, 12],
  ]);
  expect(again.getConfig()).toEqual(config);
});

it("an operation without a name in its config has the one beside it, as Keras writes ExtractPatches", () => {
  const config = network().getConfig() as { layers: { class_name: string; config: Record<string, Json> }[] };
  for (const { class_name: cls, config: own } of config.layers) if (cls === "ExtractPatches") delete own["name"];
  resetNames();
  ops.image.extractPatches(Input({ shape: [4, 4, 1] }), 2);
  const again = Functional.fromConfig(config as never, reading);
  expect(again.layers.map(({ name }) => name)).toContain("extract_patches");
});
