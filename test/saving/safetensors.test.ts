import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, expect, it, vi } from "vitest";
import { placesOf } from "../../src/cli/contents.js";
import { joinBytes } from "../../src/core/join-bytes.js";
import { appendTrailer, TRAILER_BYTES } from "../../src/formats/index.js";
import { readSafetensors, writeSafetensors } from "../../src/formats/safetensors/index.js";
import { Input, layers, loadModel, Model, Sequential } from "../../src/index.js";
import { readWeightsFile } from "../../src/saving/index.js";
import { kerasFixture } from "../contracts/fixture.js";
import { stateOf, temporaryFolder } from "./support.js";

const { weights: PYTHON } = kerasFixture<{
  weights: { kernel: number[]; bias: number[]; float32: string; float16: string; others: string };
}>("safetensors");

const folder = temporaryFolder();
const path = (name: string): string => join(folder, name);

function dense(name = "dense"): Sequential {
  return new Sequential([Input({ shape: [3] }), new layers.Dense(2, { name })]);
}

const valuesOf = (model: Pick<Sequential, "weights">): number[][] =>
  model.weights.map(({ data }) => [...(data as Float32Array)]);

beforeEach(() => {
  for (const name of ["float32", "float16", "others"] as const)
    writeFileSync(path(`${name}.safetensors`), Buffer.from(PYTHON[name], "base64"));
});

it.each(["float32", "float16"])("weights of the Python package are loaded by their paths, as %s", async (dtype) => {
  const model = dense();
  await model.loadWeights(path(`${dtype}.safetensors`));
  expect(valuesOf(model)).toEqual([PYTHON.kernel, PYTHON.bias]);
  const x = Input({ shape: [3] });
  const functional = new Model(x, new layers.Dense(2, { name: "dense" }).apply(x));
  await functional.loadWeights(path(`${dtype}.safetensors`));
  expect(valuesOf(functional)).toEqual([PYTHON.kernel, PYTHON.bias]);
});

it("names may be whole paths, which begin with the model's name in a Sequential", async () => {
  const { tensors } = readSafetensors(new Uint8Array(readFileSync(path("float32.safetensors"))));
  const whole = [...tensors].map(([name, tensor]) => [`mine/${name}`, tensor] as const);
  writeFileSync(path("whole.safetensors"), joinBytes(writeSafetensors(whole)));
  const model = new Sequential([Input({ shape: [3] }), new layers.Dense(2, { name: "dense" })], { name: "mine" });
  await model.loadWeights(path("whole.safetensors"));
  expect(valuesOf(model)).toEqual([PYTHON.kernel, PYTHON.bias]);
});

it("names that differ are an error with both lists, and nothing changes", async () => {
  const model = dense();
  const before = valuesOf(model);
  await expect(model.loadWeights(path("others.safetensors"))).rejects.toThrow(
    /others\.safetensors" lacks 1 of the weights of Sequential "[^"]+"\. Received: head\/bias\. Expected: dense\/bias\. Give the layers the names that the file has; \{ byName: true \}/,
  );
  await expect(dense("other").loadWeights(path("float32.safetensors"))).rejects.toThrow(
    "Received: dense/bias, dense/kernel. Expected: other/kernel, other/bias.",
  );
  expect(valuesOf(model)).toEqual(before);
});

it("byName takes the weights of the same path; with skipMismatch also where shapes differ, and says what it left out", async () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const model = dense();
  const before = valuesOf(model);
  await expect(model.loadWeights(path("others.safetensors"), { byName: true })).rejects.toThrow(
    /The weight "dense\/kernel" of .* does not fit .*Received: shape \(2, 3\)\. Expected: shape \(3, 2\)/,
  );
  await model.loadWeights(path("others.safetensors"), { skipMismatch: true });
  expect(valuesOf(model)).toEqual(before);
  expect(warn.mock.calls[0]![0]).toMatch(/left out 2 of the weights or layers.*head\/bias.*\(2, 3\)/s);
  const longer = new Sequential([
    Input({ shape: [3] }),
    new layers.Dense(2, { name: "dense" }),
    new layers.Dense(1, { name: "head" }),
  ]);
  await longer.loadWeights(path("float32.safetensors"), { byName: true });
  expect(valuesOf(longer).slice(0, 2)).toEqual([PYTHON.kernel, PYTHON.bias]);
  vi.restoreAllMocks();
});

it("what Pawl writes has the weights by their paths, and its own state beside them", async () => {
  const model = dense();
  model.compile({ optimizer: "adam", loss: "mse" });
  await model.loadWeights(path("float32.safetensors"));
  await model.saveWeights(path("own.safetensors"));
  const { metadata, tensors } = readSafetensors(new Uint8Array(readFileSync(path("own.safetensors"))));
  expect(metadata.get("format")).toBe("keras");
  expect([...tensors.keys()].filter((name) => !name.startsWith("__pawl__/"))).toEqual(["dense/kernel", "dense/bias"]);
  expect([...tensors.keys()].at(-1)).toBe("__pawl__/digest");
  expect([...tensors.get("dense/kernel")!.data]).toEqual(PYTHON.kernel);
});

it("a file that another program wrote again is edited: weights come with allowEdited, the state does not", async () => {
  vi.spyOn(console, "warn").mockImplementation(() => undefined);
  const model = dense();
  await model.loadWeights(path("float32.safetensors"));
  await model.saveWeights(path("own.safetensors"));
  const { tensors } = readSafetensors(new Uint8Array(readFileSync(path("own.safetensors"))));
  // As the Python package does: without metadata, and in another order.
  const digest = tensors.get("__pawl__/digest")!;
  const again = [["__pawl__/digest", digest] as const, ...[...tensors].filter(([name]) => name !== "__pawl__/digest")];
  writeFileSync(path("edited.safetensors"), joinBytes(writeSafetensors(again)));
  const other = dense();
  await expect(other.loadWeights(path("edited.safetensors"))).rejects.toThrow(/allowEdited: true/);
  await other.loadWeights(path("edited.safetensors"), { allowEdited: true });
  expect(valuesOf(other)).toEqual(valuesOf(model));
  vi.restoreAllMocks();
});

it("weights that layers share are written once; two of one path are refused", async () => {
  const shared = new layers.Dense(3, { name: "shared" });
  const inner = (): Sequential => new Sequential([Input({ shape: [3] }), shared]);
  const x = Input({ shape: [3] });
  const model = new Model(x, inner().apply(inner().apply(x)));
  await model.saveWeights(path("shared.safetensors"));
  const before = stateOf(model);
  await model.loadWeights(path("shared.safetensors"));
  expect(stateOf(model)).toEqual(before);
  const same = (): Model => new Model(x, new layers.Dense(3, { name: "shared" }).apply(x));
  const twins = new Model(x, same().apply(same().apply(x)));
  await expect(twins.saveWeights(path("twins.safetensors"))).rejects.toThrow(/two have the same/);
  await expect(twins.loadWeights(path("shared.safetensors"))).rejects.toThrow(/two of .* have the same/);
});

it("no model is made from it, and it is not written to as a model", async () => {
  await expect(loadModel(path("float32.safetensors"))).rejects.toThrow(/holds no architecture/);
  await expect(dense().save(path("m.safetensors"))).rejects.toThrow(/A whole model cannot be saved to/);
});

it("pawl inspect lists its layers", async () => {
  const { weights } = await readWeightsFile(new Uint8Array(readFileSync(path("float32.safetensors"))), { file: "m" });
  expect(placesOf(weights)).toEqual([
    {
      name: "dense",
      class: null,
      parameters: 8,
      weights: [
        { name: "bias", dtype: "float32", shape: [2] },
        { name: "kernel", dtype: "float32", shape: [3, 2] },
      ],
    },
  ]);
});

it("a state that is no state is refused, also behind a right digest", async () => {
  const tensors = writeSafetensors([], { pawl: "{}" }, { name: "__pawl__/digest", bytes: TRAILER_BYTES });
  const bytes = await appendTrailer(joinBytes(tensors));
  await expect(readWeightsFile(bytes, { file: "m.safetensors" })).rejects.toThrow(/The Pawl state in/);
});
