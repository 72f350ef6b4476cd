import { FormatError } from "../core/errors.js";
import { type Config, isConfig } from "../core/parts.js";
import { ageOf } from "./age.js";
import type { StoredModel } from "./containers/container.js";
import { withPlainMetricNames } from "./keras2-metrics.js";
import { loadedFrom, type OpenedFile, openFile, type ReadOptions } from "./read-file.js";
import { refuseCode } from "./refuse-code.js";
import { optimizerIn, storedCompile } from "./stored-compile.js";
import type { LoadedModel } from "./types.js";

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
  return modelFrom(await openFile(bytes, options), options);
}

/** The whole model in an opened file; see {@link readModelFile}. */
export async function modelFrom(opened: OpenedFile, options: ReadModelOptions): Promise<LoadedModel> {
  const { file, replaces = () => false, compile: compiles = true, strict = false } = options;
  const stored = await opened.contents.model();
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
  const { own } = opened;
  const age = ageOf(opened.origin, model);
  const found = own?.compile ?? (age < 3 ? plainCompile(stored) : stored.compile);
  const compile = compiles ? found : null;
  refuseCode(compile, file, replaces);
  return {
    ...loadedFrom(opened, stored, file),
    // A state of nobody knows which optimizer is of no use.
    ...(compile !== null && optimizerIn(compile) === null ? { optimizer: null } : {}),
    className,
    age,
    model,
    compile: compile === null ? null : storedCompile(compile, own?.ownCompile ?? {}, { file, strict }),
    budget: opened.budget,
  };
}

function plainCompile({ compile, model }: StoredModel): Config | null {
  return compile === null ? null : withPlainMetricNames(compile, model);
}

/** The oldest Keras 2 writes a Sequential's config as a bare list of layers. */
export function withLayersNamed(model: Config): Config {
  return Array.isArray(model["config"]) ? { ...model, config: { layers: model["config"] } } : model;
}
