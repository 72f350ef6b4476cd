import { H5Group, writeHdf5 } from "../../formats/hdf5/index.js";
import { writeNpy } from "../../formats/npy/index.js";
import { writeZip } from "../../formats/zip/index.js";
import { assetsOf, learnedByPlace } from "../assets.js";
import { KERAS_VERSION, putLearned, putObjects } from "../h5-layout.js";
import { encodeOwnState } from "../own-state.js";
import { pythonJson } from "../python-json.js";
import type { Format } from "./format.js";

/** Keras 3's archive. */
export const kerasArchive: Format = {
  endings: [".keras"],
  holds: "model",
  async write(model) {
    const weights = new H5Group();
    putObjects(weights, model.objects, model.optimizer);
    const learned = learnedByPlace(model);
    putLearned(weights, learned);
    const own = encodeOwnState(model, false);
    const text = new TextEncoder();
    const entries = [
      { name: "metadata.json", bytes: text.encode(JSON.stringify({ keras_version: KERAS_VERSION })) },
      { name: "config.json", bytes: text.encode(pythonJson(model.model)) },
      { name: "model.weights.h5", bytes: writeHdf5(weights) },
      ...assetsOf(learned),
      { name: "pawl/state.json", bytes: text.encode(own.json) },
      ...own.tensors.map((tensor, i) => ({ name: `pawl/tensors/${i}.npy`, bytes: writeNpy(tensor) })),
    ];
    return writeZip(entries, { trailer: true });
  },
};
