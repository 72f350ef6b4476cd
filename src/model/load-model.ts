import { withBudget } from "../core/budget.js";
import { FormatError, OptionError, ShapeError } from "../core/errors.js";
import { bool, type Fields, oneOf, resolveOptions, wrongOption } from "../core/options.js";
import { isConfig } from "../core/parts.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import type { CustomObjects } from "../core/reading.js";
import { sizeOf } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";
import { nodeVfs } from "../core/vfs-node.js";
import {
  deserialize,
  type LayerClass,
  markBuiltIn,
  type Resolve,
  resolveLayer,
  withWeightBudget,
} from "../layers/index.js";
import { loadModelFile, restoreModel, type StoredWeights } from "../saving/index.js";
import type { CompileOptions } from "../training/index.js";
import { compileFrom } from "./compile-from.js";
import { Model } from "./model.js";
import { Sequential } from "./sequential.js";

export type { CustomObjects } from "../core/reading.js";

export interface LoadModelOptions {
  /**
   * Classes and functions of yours, by the names that the file has for them: layers, activations, initializers,
   * regularizers, constraints, losses, metrics, optimizers, schedules, and what stands in for a Lambda. Default: none.
   */
  readonly customObjects?: CustomObjects;
  /** Whether to compile as the file says, with the optimizer's state. Default true. */
  readonly compile?: boolean;
  /** Take weights and optimizer of a file that another program has changed. Default false. */
  readonly allowEdited?: boolean;
  /**
   * What becomes of keys in the file's configs that Pawl does not know. "warn" leaves them out and says so. Default
   * "error", since they may change what a layer computes.
   */
  readonly unknownKeys?: "error" | "warn";
  /**
   * Whether an optimizer's state that cannot be used is an error. Default false: that is said, and the optimizer begins
   * anew.
   */
  readonly strict?: boolean;
}

const FIELDS: Fields<LoadModelOptions> = {
  customObjects: {
    default: {},
    parse(value, where) {
      if (isConfig(value)) return value;
      throw wrongOption(where, "an object of classes and functions by their names", value);
    },
  },
  compile: bool(true),
  allowEdited: bool(false),
  unknownKeys: oneOf(["error", "warn"], { default: "error" }),
  strict: bool(false),
};

markBuiltIn([Model, Sequential]);
const MODELS: ReadonlyMap<string, LayerClass> = new Map<string, LayerClass>([
  ["Functional", Model as unknown as LayerClass],
  ["Model", Model as unknown as LayerClass],
  ["Sequential", Sequential as unknown as LayerClass],
]);

/**
 * Opens a whole model: `.keras` or `.h5`, written by Pawl or by Keras 2 or 3. It is compiled, and training goes on where
 * it stood: give `fit` the epoch as `initialEpoch`, or `resume: true`.
 * @throws {FormatError} when the file is missing, damaged, edited by another program, or names an unknown class
 */
export async function loadModel(path: FilePath, options?: LoadModelOptions): Promise<Model> {
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
  // Weights are of four bytes an element, whatever the file has; what they take more than there is paid.
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
  const args = loaded.compile;
  if (args !== null) withBudget(budget, () => compileAs(network, () => compileFrom(args, reading), file));
  // The weights of a Sequential that knows no shape of its input wait for the first data.
  const restore = (): void => restoreModel(network.savable, loaded, { strict });
  if (stored.length === 0) restore();
  else network.onceWired(restore);
  return network;
}

/** What cannot be compiled is a fault of the file, not of an option that the user gave. */
function compileAs(network: Model, options: () => CompileOptions, file: string): void {
  try {
    network.compile(options());
  } catch (error) {
    if (!(error instanceof OptionError || error instanceof ShapeError)) throw error;
    throw new FormatError({
      code: error.code,
      what: `"${file}": the model cannot be compiled as the file says`,
      received: error.message.replace(/\.$/, ""),
      fix: "Give classes and functions of yours in customObjects, or load the model with { compile: false }",
      data: error.data,
      cause: error,
    });
  }
}

/** The weights in a file, each once: a list of layers may name one twice. */
function tensorsOf(stored: StoredWeights): readonly Tensor[] {
  const all =
    stored.layout === "layers"
      ? stored.layers.flatMap(({ weights }) => weights.map(({ tensor }) => tensor))
      : [...stored.objects].flatMap(([path, own]) => (path === "optimizer" ? [] : own));
  return [...new Set(all)];
}

const resolve: Resolve = (className, registeredName) =>
  MODELS.get(className) ?? resolveLayer(className, registeredName);
