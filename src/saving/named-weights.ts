import { FormatError, OptionError } from "../core/errors.js";
import { formatShape, sameShape } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";
import type { Variable } from "../engine/index.js";
import type { Functional } from "../network/index.js";
import { weightName } from "./safetensors-layout.js";
import { namesInFile } from "./tfjs/names.js";
import type { StoredWeights } from "./types.js";

type NamedWeights = Extract<StoredWeights, { readonly layout: "names" }>;

/** What becomes of weights of a model and of a file that do not fit each other. */
export interface NamedOptions {
  /** Weights of either side without a counterpart are passed over. */
  readonly byName: boolean;
  /** Told why, for what is left out; null: that is an error. */
  readonly skip: ((reason: string) => void) | null;
}

/**
 * As `.safetensors` files and those of TensorFlow.js are matched: each weight by its path in the model, or its layer's name.
 * @throws {FormatError} for what does not fit, unless it is skipped
 * @throws {OptionError} when two weights of the model have one path
 */
export function matchNamed(
  network: Functional,
  { scoped, tensors: stored }: NamedWeights,
  file: string,
  { byName, skip }: NamedOptions,
): (readonly [Variable, Tensor, string])[] {
  const { weights } = network;
  const inFile = scoped ? namesInFile(network, stored) : pathsInFile(network, stored);
  const nameOf = (variable: Variable): string => inFile.get(variable)!;
  const names = new Map(weights.map((variable) => [nameOf(variable), variable]));
  if (names.size < weights.length) throw sameNames(network, file, weights.find((it) => names.get(nameOf(it)) !== it)!);
  const missing = [...names.keys()].filter((name) => !stored.has(name));
  const unclaimed = [...stored.keys()].filter((name) => !names.has(name));
  const refuse = (error: FormatError): void => {
    if (skip === null) throw error;
    skip(error.message);
  };
  if (!byName && missing.length + unclaimed.length > 0) refuse(otherNames(network, file, missing, unclaimed));
  return [...names].flatMap(([path, variable]) => {
    const tensor = stored.get(path);
    if (tensor === undefined) return [];
    const { shape } = variable;
    if (sameShape(tensor.shape, shape)) return [[variable, tensor, path] as const];
    refuse(
      new FormatError({
        code: "weight-shape",
        what: `The weight "${path}" of ${network.label} does not fit ("${file}")`,
        received: `shape ${formatShape(tensor.shape)}`,
        expected: `shape ${formatShape(shape)}`,
        fix: "Make the layer as it was when the file was saved",
      }),
    );
    return [];
  });
}

/** Names by path; others may write whole paths. */
function pathsInFile(network: Functional, stored: ReadonlyMap<string, Tensor>): Map<Variable, string> {
  return new Map(
    network.weights.map((variable) => {
      const short = weightName(variable.path, network.name);
      return [variable, !stored.has(short) && stored.has(variable.path) ? variable.path : short];
    }),
  );
}

function otherNames(
  network: Functional,
  file: string,
  missing: readonly string[],
  unclaimed: readonly string[],
): FormatError {
  return new FormatError({
    code: "weights-names",
    what:
      missing.length === 0
        ? `"${file}" holds weights that ${network.label} has no place for`
        : `"${file}" lacks ${missing.length} of the weights of ${network.label}`,
    received: unclaimed.length === 0 ? "no others" : listed(unclaimed),
    expected: missing.length === 0 ? "nothing else" : listed(missing),
    fix: "Give the layers the names that the file has; { byName: true } takes the weights whose names are the same",
  });
}

function sameNames(network: Functional, file: string, { path }: Variable): OptionError {
  return new OptionError({
    code: "same-paths",
    what: `"${file}" tells weights apart by their names, and two of ${network.label} have the same`,
    received: JSON.stringify(path),
    fix: "Give the layers names of their own",
  });
}

const listed = (names: readonly string[]): string =>
  names.slice(0, 5).join(", ") + (names.length > 5 ? ` and ${names.length - 5} more` : "");
