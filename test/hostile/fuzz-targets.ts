import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { reportOn } from "../../src/cli/inspect-file.js";
import { check } from "../../src/cli/verdict.js";
import { FormatError } from "../../src/core/errors.js";
import { joinBytes } from "../../src/core/join-bytes.js";
import { type Config, isConfig } from "../../src/core/parts.js";
import type { Json } from "../../src/core/stateful.js";
import { Tensor } from "../../src/core/tensor.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { readHdf5, writeHdf5 } from "../../src/formats/hdf5/index.js";
import { readNpz, writeNpz } from "../../src/formats/npy/index.js";
import { appendTrailer, TRAILER_BYTES } from "../../src/formats/trailer.js";
import { readZip, writeZip } from "../../src/formats/zip/index.js";
import * as layers from "../../src/layers/index.js";
import { loadModel, Model } from "../../src/model/index.js";
import { Input } from "../../src/network/index.js";
import { collectDescribed, encodeModel } from "../../src/saving/index.js";
import { optimizersForFiles } from "../../src/saving/several-optimizers.js";
import { OWN, type OwnMember, sealed } from "../../src/saving/tfjs/own.js";
import { decodeCheckpoint, encodeCheckpoint } from "../../src/store/index.js";
import { decodeRunState } from "../../src/training/run/run-state.js";
import { openInMemory } from "../support/loop-in-memory.js";
import { RECORD_TARGETS } from "./fuzz-record.js";
import { loopParts } from "./good-files.js";
import { type Chance, mutateBytes, mutateJson } from "./mutate.js";

/** A reader of files, and a way to make bad files from a good one. */
export interface Target {
  readonly make: (chance: Chance) => Promise<Uint8Array>;
  readonly read: (bytes: Uint8Array) => Promise<unknown>;
  /** Whether some of the bad files must open all the same. Default true. */
  readonly opens?: boolean;
}

/** Good files, as Pawl writes them during training. */
export interface GoodFiles {
  readonly h5: Uint8Array;
  readonly keras: Uint8Array;
  readonly weights: Uint8Array;
  readonly safetensors: Uint8Array;
  /** A model.json with the two files that it names. */
  readonly tfjs: Uint8Array;
  readonly tfjsWeights: Uint8Array;
  readonly tfjsState: Uint8Array;
  readonly checkpoint: Uint8Array;
  /** A checkpoint of `openRun`. */
  readonly loop: Uint8Array;
}

/** The set of a model.json, by its names. */
export const tfjsFiles = ({
  tfjs,
  tfjsWeights,
  tfjsState,
}: Pick<GoodFiles, "tfjs" | "tfjsWeights" | "tfjsState">): readonly (readonly [string, Uint8Array])[] => [
  ["m.json", tfjs],
  ["m_00000.weights.bin", tfjsWeights],
  ["m_00001.weights.bin", tfjsState],
];

/** Changes the contents of a file with a digest, and computes the digest anew so that readers see the contents. */
async function resealed(bytes: Uint8Array, chance: Chance): Promise<Uint8Array> {
  return appendTrailer(mutateBytes(bytes.subarray(0, bytes.length - TRAILER_BYTES), chance));
}

const parsed = (text: string): Json => JSON.parse(text) as Json;

/** @param folder for files that are read by path */
export function fuzzTargets(good: GoodFiles, folder: string): Readonly<Record<string, Target>> {
  const load =
    (ending: string) =>
    async (bytes: Uint8Array): Promise<void> => {
      const path = join(folder, `fuzzed${ending}`);
      writeFileSync(path, bytes);
      await loadModel(path);
    };
  const loadSet = async (changed: Partial<GoodFiles>): Promise<void> => {
    for (const [name, bytes] of tfjsFiles({ ...good, ...changed })) writeFileSync(join(folder, name), bytes);
    await loadModel(join(folder, "m.json"));
  };
  const loadJson = (bytes: Uint8Array): Promise<void> => loadSet({ tfjs: bytes });
  const inspect = (bytes: Uint8Array): Promise<unknown> => reportOn("fuzzed", bytes);
  const toFiles = async (bytes: Uint8Array): Promise<void> => {
    const { weights, weightNames, optimizers, notes } = decodeRunState(await decodeCheckpoint(bytes));
    const collected = collectDescribed(
      notes.model,
      { weights, ...optimizersForFiles(optimizers, weightNames), state: null },
      "fuzzed",
    );
    await encodeModel(collected, "keras");
    await encodeModel(collected, "h5");
  };
  return {
    "h5, bytes": { make: (chance) => resealed(good.h5, chance), read: load(".h5") },
    "h5, configs": { make: (chance) => changedH5(good.h5, chance), read: load(".h5") },
    "keras, bytes": { make: (chance) => resealed(good.keras, chance), read: load(".keras") },
    "keras, entries": { make: (chance) => changedArchive(good.keras, chance), read: load(".keras") },
    "weights.h5, bytes": { make: (chance) => resealed(good.weights, chance), read: inspect },
    "safetensors, bytes": { make: (chance) => resealed(good.safetensors, chance), read: inspect },
    "tfjs, bytes": { make: async (chance) => mutateBytes(utf8(withoutOwn(good.tfjs)), chance), read: loadJson },
    "tfjs, model.json": {
      make: async (chance) => utf8(mutateJson(withoutOwn(good.tfjs), chance)),
      read: loadJson,
    },
    "tfjs, as Pawl wrote it": { make: (chance) => changedOwn(good.tfjs, chance), read: loadJson },
    "tfjs, weights": {
      make: async (chance) => mutateBytes(good.tfjsWeights, chance),
      read: (bytes) => loadSet({ tfjs: utf8(withoutOwn(good.tfjs)), tfjsWeights: bytes }),
    },
    "npz, bytes": { make: async (chance) => mutateBytes(await npz(), chance), read: (bytes) => readNpz(bytes) },
    "checkpoint, bytes": { make: (chance) => resealed(good.checkpoint, chance), read: toFiles },
    "checkpoint, state": { make: (chance) => changedCheckpoint(good.checkpoint, chance), read: toFiles },
    "checkpoint, inspected": { make: (chance) => changedCheckpoint(good.checkpoint, chance), read: inspect },
    "loop, bytes": { make: (chance) => resealed(good.loop, chance), read: restoreLoop },
    "loop, state": { make: (chance) => changedCheckpoint(good.loop, chance), read: restoreLoop },
    "loop, inspected": { make: (chance) => changedCheckpoint(good.loop, chance), read: inspect },
    ...RECORD_TARGETS,
    "verify, as it lies there": {
      make: async (chance) => mutateBytes(chance.pick(Object.values(good)), chance),
      read: (bytes) => mustNotPass(bytes, good),
      opens: false,
    },
  };
}

/** Goes on with a run whose only checkpoint it is. */
async function restoreLoop(bytes: Uint8Array): Promise<void> {
  const files = memoryVfs();
  await files.makeFolder("run");
  await files.writeFile("run/checkpoint-000000-step-0.pawl", bytes);
  const x = Input({ shape: [3] });
  const hidden = new layers.BatchNormalization().apply(new layers.Dense(4, { activation: "relu" }).apply(x));
  const model = new Model(x, new layers.Dense(2).apply(new layers.Dropout(0.2).apply(hidden)));
  model.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
  const run = await openInMemory(loopParts(model), { onChange: "accept" }, files);
  await run.commit();
  await run.close();
}

/** Files on a disk that loses bits: only the original bytes count as intact. */
async function mustNotPass(bytes: Uint8Array, good: GoodFiles): Promise<void> {
  const { verdict, why } = await check("fuzzed", bytes);
  const same = Object.values(good).some((whole) => Buffer.compare(whole, bytes) === 0);
  if (verdict === "intact" && !same) throw new Error(`a changed file counts as intact: ${why}`);
  if (verdict !== "intact") throw new FormatError({ code: verdict, what: why });
}

const utf8 = (json: Json): Uint8Array => new TextEncoder().encode(JSON.stringify(json));

/** A model.json as TensorFlow.js writes it, without a digest. */
function withoutOwn(bytes: Uint8Array): Config {
  const { [OWN]: _, generatedBy: __, ...json } = parsed(new TextDecoder().decode(bytes)) as Config;
  return json;
}

/** Changes what Pawl writes for itself, and computes the digest anew. */
async function changedOwn(bytes: Uint8Array, chance: Chance): Promise<Uint8Array> {
  const { [OWN]: own = null, ...json } = parsed(new TextDecoder().decode(bytes)) as Config;
  const changed = mutateJson(own, chance);
  return sealed(json, (isConfig(changed) ? changed : {}) as unknown as OwnMember);
}

const npz = (): Promise<Uint8Array> =>
  writeNpz({ a: new Tensor([1, 2, 3, 4, 5, 6], [2, 3], "float32"), b: Tensor.scalar(3, "int32") });

async function changedH5(bytes: Uint8Array, chance: Chance): Promise<Uint8Array> {
  const root = await readHdf5(bytes.subarray(0, bytes.length - TRAILER_BYTES));
  const group = chance.below(3) === 0 ? root.groups.get("pawl")! : root;
  const key = group === root ? chance.pick(["model_config", "training_config"]) : "state";
  group.attrs.set(key, JSON.stringify(mutateJson(parsed(group.attrs.get(key) as string), chance)));
  return appendTrailer(writeHdf5(root));
}

async function changedArchive(bytes: Uint8Array, chance: Chance): Promise<Uint8Array> {
  const entries = await readZip(bytes);
  const name = chance.pick(["config.json", "config.json", "pawl/state.json", "model.weights.h5", "metadata.json"]);
  const content = entries.get(name)!;
  const changed = name.endsWith(".json")
    ? new TextEncoder().encode(JSON.stringify(mutateJson(parsed(new TextDecoder().decode(content)), chance)))
    : mutateBytes(content, chance);
  entries.set(name, changed);
  const parts = await writeZip(
    [...entries].map(([entry, data]) => ({ name: entry, bytes: data })),
    { trailer: true },
  );
  return appendTrailer(joinBytes(parts));
}

async function changedCheckpoint(bytes: Uint8Array, chance: Chance): Promise<Uint8Array> {
  const { json, tensors } = await decodeCheckpoint(bytes);
  return joinBytes(await encodeCheckpoint({ json: mutateJson(json, chance), tensors }));
}
