import { H5Group, writeHdf5 } from "../formats/hdf5/index.js";
import { writeNpy } from "../formats/npy/index.js";
import { trailerOf } from "../formats/trailer.js";
import { writeZip } from "../formats/zip/index.js";
import { BACKEND, KERAS_VERSION, putLayers, putNamed, putObjects } from "./h5-layout.js";
import { encodeOwnState, type OwnState } from "./own-state.js";
import { pythonJson } from "./python-json.js";
import { trainingConfig } from "./training-config.js";
import type { Collected, FileFormat } from "./types.js";

/**
 * A model's copy as a file, in pieces that belong one after the other. The same copy always gives the same bytes. The
 * last 64 bytes hold a digest of all before them.
 */
export async function encodeModel(model: Collected, format: FileFormat): Promise<Uint8Array[]> {
  const pieces = await encoders[format](model);
  return [...pieces, await trailerOf(pieces)];
}

const encoders: Record<FileFormat, (model: Collected) => Promise<Uint8Array[]>> = {
  keras: encodeKeras,
  h5: async (model) => [encodeH5(model)],
  "weights.h5": async (model) => [encodeWeights(model)],
  "legacy-weights": async (model) => [encodeLegacyWeights(model)],
};

async function encodeKeras(model: Collected): Promise<Uint8Array[]> {
  const weights = new H5Group();
  putObjects(weights, model.objects, model.optimizer);
  const own = encodeOwnState(model, false);
  const text = new TextEncoder();
  const entries = [
    { name: "metadata.json", bytes: text.encode(JSON.stringify({ keras_version: KERAS_VERSION })) },
    { name: "config.json", bytes: text.encode(pythonJson(model.model)) },
    { name: "model.weights.h5", bytes: writeHdf5(weights) },
    { name: "pawl/state.json", bytes: text.encode(own.json) },
    ...own.tensors.map((tensor, i) => ({ name: `pawl/tensors/${i}.npy`, bytes: writeNpy(tensor) })),
  ];
  return writeZip(entries, { trailer: true });
}

function encodeH5(model: Collected): Uint8Array {
  const root = new H5Group();
  root.attrs.set("keras_version", KERAS_VERSION);
  root.attrs.set("backend", BACKEND);
  root.attrs.set("model_config", pythonJson(model.legacyModel));
  if (model.kerasCompile !== null) {
    root.attrs.set("training_config", pythonJson(trainingConfig(model.kerasCompile)));
  }
  putLayers(root.group("model_weights"), model.layers);
  if (model.optimizer !== null) putNamed(root.group("optimizer_weights"), model.optimizer.entries);
  putOwnState(root, encodeOwnState(model, false));
  return writeHdf5(root);
}

function encodeWeights(model: Collected): Uint8Array {
  const root = new H5Group();
  putObjects(root, model.objects, model.optimizer);
  putOwnState(root, encodeOwnState(model, false));
  return writeHdf5(root);
}

function encodeLegacyWeights(model: Collected): Uint8Array {
  const root = new H5Group();
  putLayers(root, model.layers);
  putOwnState(root, encodeOwnState(model, true));
  return writeHdf5(root);
}

/** Keras reads no group that it does not look for. */
function putOwnState(root: H5Group, { json, tensors }: OwnState): void {
  const group = root.group("pawl");
  group.attrs.set("state", json);
  tensors.forEach((tensor, i) => {
    group.put(`tensors/${i}`, tensor);
  });
}
