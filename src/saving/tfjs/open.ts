import { Budget } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { sayOnce } from "../../core/notice.js";
import type { Config } from "../../core/parts.js";
import { folderOf, joinPath } from "../../core/paths.js";
import { shown } from "../../core/shown.js";
import type { Json } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import type { Vfs } from "../../core/vfs.js";
import { readSafetensors } from "../../formats/safetensors/index.js";
import { type NamedEntry, readManifest, readTensors } from "../../formats/tfjs/index.js";
import type { NamedTensor } from "../../optimizers/index.js";
import type { StoredTensors } from "../containers/container.js";
import { KERAS_VERSION, pathTensors } from "../h5-layout.js";
import { decodeOwnState, type LoadedOwnState } from "../own-state.js";
import { parseConfig } from "../plain-json.js";
import { edited, type OpenedFile, type ReadOptions } from "../read-file.js";
import { STATE } from "../safetensors-layout.js";
import { tfjsOptimizer } from "./compile.js";
import { digestOf, GENERATOR, type OwnMember, ownIn } from "./own.js";
import { readTopology } from "./topology.js";

/** Reads a file that another names, or says why there is none. */
export type ReadBytes = (path: string, vfs: Vfs) => Promise<Uint8Array>;

export interface TfjsOptions extends ReadOptions {
  readonly vfs: Vfs;
  readonly readBytes: ReadBytes;
}

/**
 * A layers model of TensorFlow.js: a model.json and the files of weights beside it that it names.
 * @param json the bytes of the model.json
 * @throws {FormatError} when a file is missing, incomplete or of another kind
 */
export async function openTfjs(json: Uint8Array, options: TfjsOptions): Promise<OpenedFile> {
  const { file, budget = new Budget(0), allowEdited = false } = options;
  budget.include(json.length);
  const parsed = parseConfig(json, `"${file}"`, budget);
  const { model: described, compile, keras, backend, metadata } = readTopology(parsed, file);
  if (metadata !== null) {
    sayOnce(
      `tfjs-metadata-${file}`,
      `"${shown(file)}" has userDefinedMetadata, which a model of Pawl has no place for: your program reads it with JSON.parse.`,
    );
  }
  const members = parsed as Config;
  const written = await ownIn(members, json);
  // Without its own member a file of Pawl's is one that was changed.
  const byPawl = String(members["generatedBy"] ?? "").startsWith(GENERATOR);
  if ((written === null ? byPawl : !written.intact) && !allowEdited) throw edited(file);
  const files = new Files(options, budget, written?.member.files ?? null);
  const tensors = await tensorsIn(members["weightsManifest"] ?? [], files, file, budget);
  const stored = tensorsOf(tensors, members["trainingConfig"] ?? null, file);
  const own = written === null ? null : await stateIn(written.member, written.intact, files, options, budget);
  // Pawl has written the model in its own words too, unless somebody has changed those that TensorFlow.js reads.
  const model = own === null || written === null ? described : written.member.model;
  return {
    contents: {
      keras,
      backend,
      own: null,
      model: async () => {
        if (model === null) throw weightsOnly(file);
        return { model, compile, ...stored };
      },
      weights: async () => stored,
    },
    own,
    budget,
    origin: {
      format: "TensorFlow.js",
      hasChecksums: false,
      digest: own !== null,
      pawl: own?.pawl ?? null,
      keras: own === null ? keras : KERAS_VERSION,
      backend,
    },
  };
}

/** The files beside a model.json, each read once, and whether all are as Pawl wrote them. */
class Files {
  readonly #options: TfjsOptions;
  readonly #budget: Budget;
  readonly #digests: Readonly<Record<string, string>> | null;
  /** False when one was changed, and that is allowed. */
  intact = true;

  constructor(options: TfjsOptions, budget: Budget, digests: Readonly<Record<string, string>> | null) {
    this.#options = options;
    this.#budget = budget;
    this.#digests = digests;
  }

  async read(name: string): Promise<Uint8Array> {
    const { file, vfs, readBytes, allowEdited = false } = this.#options;
    const path = joinPath(folderOf(file), name);
    const bytes = await readBytes(path, vfs);
    this.#budget.include(bytes.length);
    if (this.#digests !== null && this.#digests[name] !== (await digestOf([bytes]))) {
      if (!allowEdited) throw otherSave(path, file);
      this.intact = false;
    }
    return bytes;
  }
}

async function tensorsIn(manifest: Json, files: Files, file: string, budget: Budget): Promise<NamedEntry[]> {
  const all: NamedEntry[] = [];
  for (const group of readManifest(manifest, file)) {
    const bytes: Uint8Array[] = [];
    for (const name of group.paths) bytes.push(await files.read(name));
    for (const entry of readTensors(group, bytes, file, budget)) all.push(entry);
  }
  return all;
}

/** Pawl's state in the file that holds it; null, and said, when anything was changed. */
async function stateIn(
  { state }: OwnMember,
  intact: boolean,
  files: Files,
  { file }: TfjsOptions,
  budget: Budget,
): Promise<LoadedOwnState | null> {
  // Only then is the name one that Pawl wrote.
  const bytes = intact && files.intact ? await files.read(state) : null;
  if (bytes === null || !files.intact) {
    console.warn(
      `"${shown(file)}" or a file of it was changed after Pawl wrote it: weights and optimizer were loaded, the training state was dropped.`,
    );
    return null;
  }
  const { metadata, tensors } = readSafetensors(bytes, `"${state}"`, budget);
  const numbered = Array.from({ length: tensors.size }, (_, i) => tensors.get(String(i)));
  const own = numbered.filter((tensor) => tensor !== undefined);
  return decodeOwnState({ json: metadata.get(STATE) ?? "", tensors: own }, file, budget);
}

/** The converter has Keras 3's names by place, "layers/dense/vars/0"; all others are names of layers. */
function tensorsOf(entries: readonly NamedEntry[], trainingConfig: Json, file: string): StoredTensors {
  const named = entries.map(([{ name, ofOptimizer }, tensor]) => ({ name, tensor, ofOptimizer }));
  const optimizer = named.filter(({ ofOptimizer }) => ofOptimizer);
  const weights = named.filter(({ ofOptimizer }) => !ofOptimizer);
  if (weights.length > 0 && weights.every(({ name }) => PLACE.test(name))) return pathTensors(byPlace(weights));
  return {
    weights: { layout: "names", scoped: true, tensors: new Map(weights.map(({ name, tensor }) => [name, tensor])) },
    optimizer: optimizer.length === 0 ? null : tfjsOptimizer(trainingConfig, optimizer, file),
  };
}

const PLACE = /^(.*)\/vars\/(\d{1,9})$/;

function byPlace(weights: readonly NamedTensor[]): Map<string, readonly Tensor[]> {
  const objects = new Map<string, (readonly [number, Tensor])[]>();
  for (const { name, tensor } of weights) {
    const [, path = "", number = ""] = PLACE.exec(name)!;
    const known = objects.get(path) ?? [];
    objects.set(path, known);
    known.push([Number(number), tensor]);
  }
  return new Map(
    Array.from(objects, ([path, numbered]) => [path, numbered.sort(([a], [b]) => a - b).map(([, tensor]) => tensor)]),
  );
}

function otherSave(path: string, file: string): FormatError {
  return new FormatError({
    code: "shard-of-another-save",
    what: `"${path}" is not the file that "${file}" was written with`,
    fix: "Copy the model.json and all its files together; { allowEdited: true } takes weights and optimizer all the same",
  });
}

function weightsOnly(file: string): FormatError {
  return new FormatError({
    code: "weights-only",
    what: `"${file}" holds no architecture, so no model can be made from it`,
    expected: "a model.json with modelTopology",
    fix: "Make the model in code and call model.loadWeights",
  });
}
