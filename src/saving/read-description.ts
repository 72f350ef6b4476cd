import { FormatError } from "../core/errors.js";
import { type Config, isConfig } from "../core/parts.js";
import { sizeOf } from "../core/shape.js";
import type { Json, StateValue } from "../core/stateful.js";
import { Tensor } from "../core/tensor.js";
import type { NamedTensor } from "../optimizers/index.js";
import { scaledState } from "../optimizers/scaled-state.js";
import { type ModelOutline, mapWeights } from "./model-outline.js";
import type { Collected, CollectedOptimizer, SeveralOptimizers } from "./types.js";

/**
 * A model without its tensors, as plain data: with the weights in the network's order it is enough to write any of
 * Keras's files, also where the classes of the model are not known. Run folders keep it.
 */
export interface Description extends ModelOutline<WeightPlace> {
  /** The optimizer's name; null for a model that is not compiled. */
  readonly optimizer: string | null;
}

/** The number of a weight in the network's order, or the shape of what a metric counts, which begins with zeros. */
export type WeightPlace = number | readonly number[];

/** The tensors that belong to a description, as a checkpoint of a run has them. */
export interface Contents {
  readonly weights: readonly Tensor[];
  readonly optimizer: readonly NamedTensor[];
  readonly several?: SeveralOptimizers | null;
  readonly state: StateValue | null;
}

/**
 * What `collectModel` would have given for the model at that time.
 * @param where for messages: the run's path
 * @throws {FormatError} when the description is missing or not one
 */
export function collectDescribed(json: Json, contents: Contents, where: string): Collected {
  const description = readDescription(json, where);
  const { weights, optimizer, several = null, state } = contents;
  const tensor = (index: WeightPlace): Tensor => {
    if (typeof index !== "number") return new Tensor(new Float32Array(sizeOf(index)), index);
    const found = weights[index];
    if (found === undefined) throw malformed(where, `weight ${index} of ${weights.length}`);
    return found;
  };
  const kerasCompile = withPresentRate(description.kerasCompile, optimizer);
  return {
    ...mapWeights(description, tensor),
    model: { ...description.model, ...(kerasCompile === null ? {} : { compile_config: kerasCompile }) },
    compile: withPresentRate(description.compile, optimizer),
    kerasCompile,
    optimizer:
      description.optimizer === null
        ? null
        : { name: description.optimizer, entries: optimizer, nested: nestedIn(optimizer) },
    several,
    state,
  };
}

/** @throws {FormatError} when there is none, or it is malformed */
export function readDescription(json: Json, where: string): Description {
  if (isConfig(json) && typeof json["unavailable"] === "string") {
    throw new FormatError({
      code: "model-not-described",
      what: `No file can hold the model of "${where}": ${json["unavailable"]}`,
    });
  }
  if (!isDescription(json)) throw malformed(where, "no description of the model");
  const compile = (json as Config)["compile"] ?? null;
  const absent = { name: "", optimizer: null, kerasCompile: compile, topLevel: [], frozen: [] };
  return { ...absent, ...(json as object), compile } as unknown as Description;
}

function isDescription(json: Json): boolean {
  if (!isConfig(json)) return false;
  const {
    label,
    model,
    legacyModel,
    compile = null,
    kerasCompile = null,
    ownCompile,
    optimizer = null,
    layers,
    objects,
    topLevel = [],
    frozen = [],
  } = json;
  const isIndex = (value: Json | undefined): boolean => Number.isSafeInteger(value);
  const isPlace = (value: Json): boolean => isIndex(value) || (isList(value) && value.every(isSize));
  const isWeight = (pair: Json): boolean =>
    isList(pair) && pair.length === 2 && typeof pair[0] === "string" && isIndex(pair[1]);
  return (
    typeof label === "string" &&
    isConfig(model) &&
    isConfig(legacyModel) &&
    [compile, kerasCompile].every((config) => config === null || isConfig(config)) &&
    isConfig(ownCompile) &&
    (optimizer === null || typeof optimizer === "string") &&
    isListOf(layers, ({ name, weights }) => typeof name === "string" && isList(weights) && weights.every(isWeight)) &&
    isList(topLevel) &&
    topLevel.every(isWeight) &&
    isList(frozen) &&
    frozen.every((path) => typeof path === "string") &&
    isListOf(
      objects,
      ({ path, name, weights }) =>
        typeof path === "string" && typeof name === "string" && isList(weights) && weights.every(isPlace),
    )
  );
}

const isSize = (value: Json): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 0 && (value as number) < 2 ** 24;

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

function isListOf(value: Json | undefined, check: (item: Config) => boolean): boolean {
  return isList(value) && value.every((item) => isConfig(item) && check(item));
}

/** Keras writes the rate of the moment into the config; the description is as old as the start of the training. */
function withPresentRate(compile: Config | null, optimizer: readonly NamedTensor[]): Config | null {
  const part = compile?.["optimizer"];
  const config = isConfig(part) ? part["config"] : undefined;
  const rate = optimizer.find(({ name }) => /(^|\/)learning_rate$/.test(name))?.tensor.item();
  if (!isConfig(part) || !isConfig(config) || typeof config["learning_rate"] !== "number" || rate === undefined) {
    return compile;
  }
  return { ...compile, optimizer: { ...part, config: { ...config, learning_rate: Number(rate) } } };
}

/** The optimizer inside one that scales losses, where its own variables say so. */
function nestedIn(optimizer: readonly NamedTensor[]): CollectedOptimizer["nested"] {
  const scaled = scaledState(optimizer);
  if (scaled === null) return [];
  const [name = "optimizer"] = scaled.inner[0]!.name.split("/");
  return [{ path: "inner_optimizer", name, from: scaled.own.length, to: optimizer.length }];
}

function malformed(where: string, received: string): FormatError {
  return new FormatError({
    code: "model-description",
    what: `"${where}" does not say what its model looks like, so it cannot become a file of Keras`,
    received,
    fix: "An older Pawl may have written it: start the training script once more, which writes a new checkpoint",
  });
}
