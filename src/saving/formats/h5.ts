import { H5Group, writeHdf5 } from "../../formats/hdf5/index.js";
import { learnedByPlace } from "../assets.js";
import { BACKEND, KERAS_VERSION, putLayers, putLearned, putNamed, putObjects, putOwnState } from "../h5-layout.js";
import { encodeOwnState } from "../own-state.js";
import { pythonJson } from "../python-json.js";
import { trainingConfig } from "../training-config.js";
import type { Format } from "./format.js";

/** Keras 2's whole models, which Keras 3 reads. */
export const h5: Format = {
  endings: [".h5", ".hdf5"],
  holds: "model",
  async write(model) {
    const root = new H5Group();
    root.attrs.set("keras_version", KERAS_VERSION);
    root.attrs.set("backend", BACKEND);
    root.attrs.set("model_config", pythonJson(model.legacyModel));
    if (model.kerasCompile !== null) {
      root.attrs.set("training_config", pythonJson(trainingConfig(model.kerasCompile)));
    }
    putLayers(root.group("model_weights"), model);
    if (model.optimizer !== null) putNamed(root.group("optimizer_weights"), model.optimizer.entries);
    putOwnState(root, encodeOwnState(model, false));
    return [writeHdf5(root)];
  },
};

/** Weights by path, as Keras 3 has them. */
export const weightsH5: Format = {
  endings: [".weights.h5"],
  holds: "weights",
  async write(model) {
    const root = new H5Group();
    putObjects(root, model.objects, model.optimizer);
    putLearned(root, learnedByPlace(model));
    putOwnState(root, encodeOwnState(model, false));
    return [writeHdf5(root)];
  },
};

/** Weights by layer, as Keras 2 has them; it has no place for an optimizer, Pawl's state does. */
export const layerWeights: Format = {
  endings: [".h5", ".hdf5"],
  holds: "weights",
  async write(model) {
    const root = new H5Group();
    putLayers(root, model);
    putOwnState(root, encodeOwnState(model, true));
    return [writeHdf5(root)];
  },
};
