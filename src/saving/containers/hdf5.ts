import type { Budget } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { type H5Group, readHdf5 } from "../../formats/hdf5/index.js";
import { layersIn, learnedIn, namedIn, numbered, objectsIn, pathTensors, topLevelIn } from "../h5-layout.js";
import type { OwnState } from "../own-state.js";
import { parseModel } from "../plain-json.js";
import type { Container, Contents, StoredModel, StoredTensors } from "./container.js";

/** HDF5: whole models by layer, and weights by layer (Keras 2) or by path (`.weights.h5`). */
export const hdf5: Container = {
  title: "HDF5",
  files: "an HDF5 file (.h5, .hdf5, .weights.h5)",
  endings: [".h5", ".hdf5"],
  hasChecksums: false,
  magic: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a],
  async open({ body }, file, budget): Promise<Contents> {
    const root = await readHdf5(body, budget);
    const text = (name: string): string | null => {
      const value = root.attrs.get(name) ?? root.groups.get("model_weights")?.attrs.get(name);
      return typeof value === "string" ? value : null;
    };
    return {
      keras: text("keras_version"),
      backend: text("backend"),
      own: ownIn(root),
      model: async () => modelIn(root, file, budget),
      weights: async () => weightsIn(root, file),
    };
  },
};

function ownIn(root: H5Group): OwnState | null {
  const group = root.groups.get("pawl");
  const state = group?.attrs.get("state");
  const tensors = group?.groups.get("tensors");
  return typeof state === "string" ? { json: state, tensors: tensors === undefined ? [] : numbered(tensors) } : null;
}

function modelIn(root: H5Group, file: string, budget: Budget): StoredModel {
  const text = root.attrs.get("model_config");
  const weights = root.groups.get("model_weights");
  if (typeof text !== "string" || weights === undefined) throw weightsOnly(file);
  const training = root.attrs.get("training_config");
  return {
    model: parseModel(text, "model_config", file, budget),
    compile: typeof training === "string" ? parseModel(training, "training_config", file, budget) : null,
    ...layerTensors(root, weights, file),
  };
}

function weightsIn(root: H5Group, file: string): StoredTensors {
  const whole = root.groups.get("model_weights");
  if (whole !== undefined || root.attrs.has("layer_names") || root.attrs.has("layer_names0")) {
    return layerTensors(root, whole ?? root, file);
  }
  const objects = objectsIn(root);
  if (objects.size > 0) return { ...pathTensors(objects), learned: learnedIn(root) };
  throw new FormatError({
    code: "no-weights",
    what: `"${file}" is an HDF5 file, but holds no weights of Keras`,
    received: [...root.groups.keys()].slice(0, 5).join(", ") || "no groups",
    expected: 'groups "vars" (.weights.h5) or the attribute "layer_names" (.h5)',
  });
}

function layerTensors(root: H5Group, weights: H5Group, file: string): StoredTensors {
  const optimizer = root.groups.get("optimizer_weights");
  return {
    weights: { layout: "layers", layers: layersIn(weights, file), topLevel: topLevelIn(weights, file) },
    optimizer: optimizer === undefined ? null : namedIn(optimizer, file),
  };
}

function weightsOnly(file: string): FormatError {
  return new FormatError({
    code: "weights-only",
    what: `"${file}" holds no architecture, so no model can be made from it`,
    expected: 'the attribute "model_config" and the group "model_weights"',
    fix: "If it holds weights, make the model in code and call model.loadWeights",
  });
}
