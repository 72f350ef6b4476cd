import { Budget } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { folderOf, joinPath } from "../../core/paths.js";
import type { Tensor } from "../../core/tensor.js";
import type { Vfs } from "../../core/vfs.js";
import { type NamedEntry, readManifest, readTensors } from "../../formats/tfjs/index.js";
import type { NamedTensor } from "../../optimizers/index.js";
import type { StoredTensors } from "../containers/container.js";
import { pathTensors } from "../h5-layout.js";
import { parseConfig } from "../plain-json.js";
import type { OpenedFile, ReadOptions } from "../read-file.js";
import { tfjsOptimizer } from "./compile.js";
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
  const { file, budget = new Budget(0) } = options;
  budget.include(json.length);
  const parsed = parseConfig(json, `"${file}"`, budget);
  const { model, compile, keras, backend } = readTopology(parsed, file);
  const members = parsed as { readonly [key: string]: typeof parsed };
  const tensors = await tensorsIn(members["weightsManifest"] ?? [], options, budget);
  const stored = tensorsOf(tensors, members["trainingConfig"] ?? null, file);
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
    own: null,
    budget,
    origin: { format: "TensorFlow.js", hasChecksums: false, digest: false, pawl: null, keras, backend },
  };
}

async function tensorsIn(
  manifest: Parameters<typeof readManifest>[0],
  { file, vfs, readBytes }: TfjsOptions,
  budget: Budget,
): Promise<NamedEntry[]> {
  const all: NamedEntry[] = [];
  for (const group of readManifest(manifest, file)) {
    const files: Uint8Array[] = [];
    for (const name of group.paths) {
      const bytes = await readBytes(joinPath(folderOf(file), name), vfs);
      budget.include(bytes.length);
      files.push(bytes);
    }
    for (const entry of readTensors(group, files, file, budget)) all.push(entry);
  }
  return all;
}

/** The converter has Keras 3's names by place, "layers/dense/vars/0"; all others are names of layers. */
function tensorsOf(
  entries: readonly NamedEntry[],
  trainingConfig: Parameters<typeof tfjsOptimizer>[0],
  file: string,
): StoredTensors {
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

function weightsOnly(file: string): FormatError {
  return new FormatError({
    code: "weights-only",
    what: `"${file}" holds no architecture, so no model can be made from it`,
    expected: "a model.json with modelTopology",
    fix: "Make the model in code and call model.loadWeights",
  });
}
