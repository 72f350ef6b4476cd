import { expect, it } from "vitest";
import { modelFormat, weightsFormat } from "./file-format.js";

it("goes by the ending", () => {
  expect(["a.keras", "b/c.h5", "d.hdf5"].map(modelFormat)).toEqual(["keras", "h5", "h5"]);
  expect(["a.weights.h5", "b.h5", "c.hdf5", "d.safetensors"].map(weightsFormat)).toEqual([
    "weights.h5",
    "legacy-weights",
    "legacy-weights",
    "safetensors",
  ]);
});

it("lists the endings there are", () => {
  expect(() => modelFormat("runs.v2/model")).toThrow(
    'A whole model cannot be saved to "runs.v2/model". Received: a name without ending. Expected: a name that ends in ".keras", ".h5", ".hdf5", ".json". End the name in ".keras", which everything of a model fits into.',
  );
  expect(() => modelFormat("m.weights.h5")).toThrow(
    'That ending is for weights alone: use saveWeights, or end the name in ".keras".',
  );
  expect(() => weightsFormat("m.keras")).toThrow(
    'Weights cannot be saved to "m.keras". Received: ".keras". Expected: a name that ends in ".weights.h5", ".h5", ".hdf5", ".safetensors". End the name in ".weights.h5".',
  );
});
