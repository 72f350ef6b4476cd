import { withBudget } from "../core/budget.js";
import { FormatError } from "../core/errors.js";
import { bool, type Fields, resolveOptions } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import type { CustomObjects } from "../core/reading.js";
import { sizeOf } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";
import { nodeVfs } from "../core/vfs-node.js";
import { deserialize, withWeightBudget } from "../layers/index.js";
import { loadModelFile, restoreFrozen, restoreModel, type StoredWeights } from "../saving/index.js";
import { compileAs, compileFrom } from "./compile-from.js";
import { type AnyModel, Model } from "./model.js";
import { resolve } from "./model-classes.js";
import { READING_FIELDS } from "./reading-fields.js";

export type { CustomObjects } from "../core/reading.js";

export interface LoadModelOptions {
  /**
   * Your own classes and functions, by their names in the file: layers, activations, initializers, regularizers,
   * constraints, losses, metrics, optimizers, schedules, and replacements for Lambda layers. Default: none.
   */
  readonly customObjects?: CustomObjects;
  /** Whether to compile the model as in the file, with the optimizer's state. Default true. */
  readonly compile?: boolean;
  /** Whether to accept a file that another program edited. Default false. */
  readonly allowEdited?: boolean;
  /**
   * What to do with unknown keys in the file's configs. "warn" ignores them with a warning. Default "error", because
   * they may change what a layer computes.
   */
  readonly unknownKeys?: "error" | "warn";
  /**
   * Whether an optimizer state that cannot be used is an error. Default false: warn, and start the optimizer anew.
   */
  readonly strict?: boolean;
}

const FIELDS: Fields<LoadModelOptions> = {
  customObjects: READING_FIELDS.customObjects,
  compile: bool(true),
  allowEdited: bool(false),
  unknownKeys: READING_FIELDS.unknownKeys,
  strict: bool(false),
};

/**
 * Loads a whole model from a `.keras` or `.h5` file, written by Pawl or by Keras 2 or 3, or from a `model.json` of
 * TensorFlow.js (a layers model, with its weights beside it). It is compiled; to continue
 * its training, give `fit` the epoch as `initialEpoch`, or `resume: true`.
 * @throws {FormatError} when the file is missing, damaged, edited by another program, or names an unknown class
 * @example const model = await loadModel<Model<readonly Value[], readonly Value[]>>("two-in-two-out.keras")
 */
export async function loadModel<M extends AnyModel = Model>(path: FilePath, options?: LoadModelOptions): Promise<M> {
  const file = pathOf(path, "loadModel: path");
  const { customObjects, compile, allowEdited, unknownKeys, strict } = resolveOptions("loadModel", FIELDS, options);
  const loaded = await loadModelFile(file, {
    vfs: nodeVfs(),
    allowEdited,
    compile,
    strict,
    replaces: (className) => Object.hasOwn(customObjects, className),
  });
  const { budget } = loaded;
  const stored = tensorsOf(loaded.weights);
  const weightBytes = stored.reduce((sum, { shape }) => sum + 4 * sizeOf(shape), 0);
  // Weights take four bytes per element, whatever the file's dtype; the memory beyond the file's bytes is checked here.
  const excess = weightBytes - stored.reduce((sum, { byteLength }) => sum + byteLength, 0);
  budget.allocate(Math.max(0, excess), `the weights in "${file}" as float32`);
  const reading = { age: loaded.age, custom: customObjects, unknownKeys, where: `"${file}"`, resolve };
  const network = withBudget(budget, () =>
    withWeightBudget(weightBytes, `"${file}"`, () => deserialize(loaded.model, reading, `"${file}"`)),
  );
  if (!(network instanceof Model)) {
    throw new FormatError({
      code: "not-a-model",
      what: `"${file}" holds a ${network.className}, and no model`,
      expected: "a Sequential or a functional model",
    });
  }
  // What compile fixes depends on it.
  if (network.wired) restoreFrozen(network, loaded);
  const args = loaded.compile;
  if (args !== null) withBudget(budget, () => compileAs(network, () => compileFrom(args, reading), file));
  // The weights of a Sequential without an input shape are restored at the first data.
  const restore = (): void => {
    restoreFrozen(network, loaded);
    restoreModel(network.savable, loaded, { strict, whole: true });
  };
  if (stored.length === 0) restore();
  else network.onceWired(restore);
  return network as AnyModel as M;
}

/** The weights in a file, each once: a list of layers may name a weight twice. */
function tensorsOf(stored: StoredWeights): readonly Tensor[] {
  const all =
    stored.layout === "layers"
      ? stored.layers.flatMap(({ weights }) => weights.map(({ tensor }) => tensor))
      : stored.layout === "names"
        ? [...stored.tensors.values()]
        : [...stored.objects].flatMap(([path, own]) => (path === "optimizer" ? [] : own));
  return [...new Set(all)];
}
