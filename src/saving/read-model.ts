import { FormatError } from "../core/errors.js";
import { type Config, isConfig } from "../core/parts.js";
import { readHdf5 } from "../formats/hdf5/index.js";
import { ageOf } from "./age.js";
import { layersIn, namedIn, objectsIn } from "./h5-layout.js";
import { withPlainMetricNames } from "./keras2-metrics.js";
import { parseConfig } from "./plain-json.js";
import { type FileParts, type ReadOptions, readFileParts } from "./read-file.js";
import { refuseCode } from "./refuse-code.js";
import { optimizerIn, storedCompile } from "./stored-compile.js";
import type { LoadedModel, LoadedWeights } from "./types.js";

export interface ReadModelOptions extends ReadOptions {
  /** Whether the user has given a class of this name. */
  readonly replaces?: (className: string) => boolean;
  /** Whether it will be compiled. Default true. False: what the file says of that is not even looked at. */
  readonly compile?: boolean;
  /** Whether a file that lacks its optimizer is an error. Default false: a warning, and a fresh one. */
  readonly strict?: boolean;
}

/**
 * A whole model from a file's bytes: `.keras`, or `.h5` of Keras 2 and 3. Nothing in the file is run or imported.
 * @throws {FormatError} for files that are damaged, edited, of another kind, or carry code
 */
export async function readModelFile(bytes: Uint8Array, options: ReadModelOptions): Promise<LoadedModel> {
  const { file, replaces = () => false, compile: compiles = true, strict = false } = options;
  const parts = await readFileParts(bytes, options);
  const stored = parts.container === "zip" ? await fromArchive(parts, file) : fromH5(parts, file);
  refuseCode(stored.model, file, replaces);
  const model = withLayersNamed(stored.model);
  const className = model["class_name"];
  if (typeof className !== "string" || !isConfig(model["config"])) {
    throw new FormatError({
      code: "model-json",
      what: `The configuration in "${file}" does not describe a model`,
      expected: "{ class_name, config }",
    });
  }
  const own = parts.own;
  const age = ageOf(parts.origin, model);
  const found = own?.compile ?? (age < 3 ? plainCompile(stored) : stored.compile);
  const compile = compiles ? found : null;
  refuseCode(compile, file, replaces);
  return {
    ...stored.weights,
    // A state of nobody knows which optimizer is of no use.
    ...(compile !== null && optimizerIn(compile) === null ? { optimizer: null } : {}),
    className,
    age,
    model,
    compile: compile === null ? null : storedCompile(compile, own?.ownCompile ?? {}, { file, strict }),
    budget: parts.budget,
  };
}

function plainCompile({ compile, model }: Stored): Config | null {
  return compile === null ? null : withPlainMetricNames(compile, model);
}

/** The oldest Keras 2 writes a Sequential's config as a bare list of layers. */
function withLayersNamed(model: Config): Config {
  return Array.isArray(model["config"]) ? { ...model, config: { layers: model["config"] } } : model;
}

interface Stored {
  readonly model: Config;
  readonly compile: Config | null;
  readonly weights: LoadedWeights;
}

async function fromArchive(parts: FileParts & { readonly container: "zip" }, file: string): Promise<Stored> {
  const text = parts.entries.get("config.json");
  if (text === undefined) throw noConfig(file, "config.json", [...parts.entries.keys()]);
  const { compile_config: compile, ...model } = asConfig(
    parseConfig(text, `config.json of "${file}"`, parts.budget),
    file,
  );
  return { model, compile: isConfig(compile) ? compile : null, weights: await archiveWeights(parts, file) };
}

/** The weights in a `.keras` archive. */
export async function archiveWeights(
  parts: FileParts & { readonly container: "zip" },
  file: string,
): Promise<LoadedWeights> {
  const bytes = parts.entries.get("model.weights.h5");
  if (bytes === undefined) throw noConfig(file, "model.weights.h5", [...parts.entries.keys()]);
  return pathWeights(objectsIn(await readHdf5(bytes, parts.budget)), parts, file);
}

/** Weights by path, as `.weights.h5` and `.keras` have them. */
export function pathWeights(
  objects: ReturnType<typeof objectsIn>,
  { own, origin }: FileParts,
  file: string,
): LoadedWeights {
  const optimizer = objects.get("optimizer");
  return {
    file,
    origin,
    weights: { layout: "paths", objects },
    optimizer: optimizer?.map((tensor, i) => ({ name: String(i), tensor })) ?? null,
    trained: own?.trained ?? null,
    state: own?.state ?? null,
  };
}

function fromH5({ root, own, origin, budget }: FileParts & { readonly container: "hdf5" }, file: string): Stored {
  const text = root.attrs.get("model_config");
  const weights = root.groups.get("model_weights");
  if (typeof text !== "string" || weights === undefined) throw weightsOnly(file);
  const training = root.attrs.get("training_config");
  const optimizer = root.groups.get("optimizer_weights");
  return {
    model: asConfig(parseConfig(text, `model_config of "${file}"`, budget), file),
    compile:
      typeof training === "string"
        ? asConfig(parseConfig(training, `training_config of "${file}"`, budget), file)
        : null,
    weights: {
      file,
      origin,
      weights: { layout: "layers", layers: layersIn(weights, file) },
      optimizer: optimizer === undefined ? null : namedIn(optimizer, file),
      trained: own?.trained ?? null,
      state: own?.state ?? null,
    },
  };
}

function asConfig(json: unknown, file: string): Config {
  if (isConfig(json)) return json;
  throw new FormatError({ code: "model-json", what: `The configuration in "${file}" is not an object` });
}

function noConfig(file: string, entry: string, entries: readonly string[]): FormatError {
  return new FormatError({
    code: "no-model",
    what: `"${file}" is an archive, but not one of a Keras model`,
    received: entries.slice(0, 5).join(", ") || "no entries",
    expected: `an entry "${entry}"`,
  });
}

function weightsOnly(file: string): FormatError {
  return new FormatError({
    code: "weights-only",
    what: `"${file}" holds no architecture, so no model can be made from it`,
    expected: 'the attribute "model_config" and the group "model_weights"',
    fix: "If it holds weights, make the model in code and call model.loadWeights",
  });
}
