import { FormatError } from "../core/errors.js";
import { layersIn, namedIn, objectsIn } from "./h5-layout.js";
import { type ReadOptions, readFileParts } from "./read-file.js";
import { archiveWeights, pathWeights } from "./read-model.js";
import type { LoadedWeights } from "./types.js";

/**
 * The weights, optimizer and training state in a file's bytes: `.weights.h5`, `.h5` weights of Keras 2, or a whole
 * model (`.h5`, `.keras`).
 * @throws {FormatError} for files that are damaged, edited or of another kind
 */
export async function readWeightsFile(bytes: Uint8Array, options: ReadOptions): Promise<LoadedWeights> {
  const { file } = options;
  const parts = await readFileParts(bytes, options);
  if (parts.container === "zip") return archiveWeights(parts, file);
  const { root, own, origin } = parts;
  const whole = root.groups.get("model_weights");
  if (whole !== undefined || root.attrs.has("layer_names") || root.attrs.has("layer_names0")) {
    const optimizer = root.groups.get("optimizer_weights");
    return {
      file,
      origin,
      weights: { layout: "layers", layers: layersIn(whole ?? root, file) },
      optimizer: own?.optimizer ?? (optimizer === undefined ? null : namedIn(optimizer, file)),
      trained: own?.trained ?? null,
      state: own?.state ?? null,
    };
  }
  const objects = objectsIn(root);
  if (objects.size === 0) {
    throw new FormatError({
      code: "no-weights",
      what: `"${file}" is an HDF5 file, but holds no weights of Keras`,
      received: [...root.groups.keys()].slice(0, 5).join(", ") || "no groups",
      expected: 'groups "vars" (.weights.h5) or the attribute "layer_names" (.h5)',
    });
  }
  return pathWeights(objects, parts, file);
}
