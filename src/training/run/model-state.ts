import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import { formatShape, sameShape } from "../../core/shape.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import type { Variable } from "../../engine/index.js";
import { decodeTrainState, encodeTrainState, type TrainState } from "../state/train-state.js";
import type { Trainer } from "../step/trainer.js";
import { encodeOptimizers, isListOfOptimizers, restoreOptimizers, type StoredOptimizers } from "./all-optimizers.js";

/** The whole state of one model in a checkpoint. */
export interface ModelState {
  readonly state: TrainState;
  readonly weights: readonly Tensor[];
  readonly weightNames: readonly string[];
  readonly optimizers: StoredOptimizers;
}

/**
 * Weights, optimizer and training state. Weights and optimizer variables are views of the live ones: copy them to keep
 * them past the next step.
 */
export function encodeModel(trainer: Trainer): { readonly json: Config; readonly tensors: StateValue["tensors"] } {
  const train = encodeTrainState(trainer.state);
  const tensors: Record<string, Tensor> = {};
  const weights = trainer.network.weights.map((weight, i) => {
    tensors[`weights/${i}`] = live(weight);
    return weight.path;
  });
  const { entries, parts } = encodeOptimizers(trainer);
  const optimizer = entries.map((entry, i) => {
    tensors[`optimizer/${i}`] = entry.variable === undefined ? entry.read() : live(entry.variable);
    return entry.name;
  });
  for (const [name, tensor] of Object.entries(train.tensors)) tensors[`train/${name}`] = tensor;
  return {
    json: { train: train.json, weights, optimizer, ...(parts === null ? {} : { optimizers: parts }) },
    tensors,
  };
}

/** A variable's present value as a view, valid until the next step. */
export function live({ data, shape, dtype }: Variable): Tensor {
  return new Tensor(data, shape, dtype);
}

/** @throws {FormatError} when it is not such a state */
export function decodeModel({ json, tensors }: StateValue): ModelState {
  if (!isConfig(json)) throw notARunState("no state of a model");
  const take = (prefix: string, names: readonly string[]): Tensor[] =>
    names.map((_, i) => {
      const tensor = tensors[`${prefix}/${i}`];
      if (tensor === undefined) throw notARunState(`no tensor ${prefix}/${i}`);
      return tensor;
    });
  const train = Object.entries(tensors).filter(([name]) => name.startsWith("train/"));
  const optimizerNames = namesIn(json["optimizer"]);
  const weightNames = namesIn(json["weights"]);
  return {
    weights: take("weights", weightNames),
    weightNames,
    optimizers: {
      names: optimizerNames,
      tensors: take("optimizer", optimizerNames),
      parts: partsIn(json["optimizers"]),
    },
    state: decodeTrainState({
      json: json["train"] ?? null,
      tensors: Object.fromEntries(train.map(([name, tensor]) => [name.slice("train/".length), tensor])),
    }),
  };
}

function partsIn(json: Json | undefined): StoredOptimizers["parts"] {
  if (json === undefined) return null;
  if (isListOfOptimizers(json)) return json;
  throw notARunState("no list of optimizers");
}

/** @throws {FormatError} when it is no list of names */
export function namesIn(names: Json | undefined): readonly string[] {
  if (Array.isArray(names) && (names as readonly Json[]).every((name) => typeof name === "string")) {
    return names as readonly string[];
  }
  throw notARunState("no list of names");
}

export function notARunState(received: string): FormatError {
  return new FormatError({
    code: "run-state",
    what: "The checkpoint in this run folder is none of Pawl's, or of a newer version",
    received,
  });
}

/**
 * Checks that the saved weights are those of the model, and says how to set weights, optimizer and training state.
 * @param before the identity of the model when it was saved
 * @param now its identity now
 * @param skipMismatch takes the weights of the same path and shape only; the others stay as they are
 * @returns a function that sets them, which cannot fail, and returns which parts of the saved state have no counterpart
 * @throws {FormatError} when the model has other weights
 */
export function prepareModel(
  trainer: Trainer,
  saved: ModelState,
  before: Json,
  now: Json,
  where: string,
  skipMismatch = false,
): () => readonly string[] {
  const { state, weights, weightNames } = saved;
  const variables = trainer.network.weights;
  const all = placesOf(weightNames, variables, sameKey(before, now, "architecture"));
  const fits = (from: number, i: number): boolean =>
    weights[from] !== undefined && sameShape(variables[i]!.shape, weights[from].shape);
  const places = skipMismatch
    ? variables.map(({ path }, i) => [placeByPath(weightNames, path)].find((from) => fits(from, i)) ?? -1)
    : all;
  if (!skipMismatch && (!places.every(fits) || variables.length !== weights.length)) {
    throw new FormatError({
      code: "run-state-shapes",
      what: `The weights in ${where} are not those of ${trainer.network.label}`,
      received: weights.map(({ shape }) => formatShape(shape)).join(" "),
      expected: variables.map(({ shape }) => formatShape(shape)).join(" "),
      fix: "Use another run folder for another model; a fork of this one takes what fits with skipMismatch: true",
    });
  }
  return () => {
    variables.forEach((variable, i) => {
      const weight = weights[places[i]!];
      if (weight !== undefined) variable.write(weight);
    });
    trainer.state = state;
    const anew = variables.filter((_, i) => places[i] === -1).map(({ path }) => path);
    const notes = restoreOptimizers(trainer, saved.optimizers, {
      // A weight that is new has no name in the checkpoint.
      names: places.map((from, i) => weightNames[from] ?? `new ${i}`),
      placeOf: (stored) => places.indexOf(stored),
      before: optimizerIn(before),
      now: optimizerIn(now),
    });
    return [...(anew.length > 0 ? [`${anew.join(", ")} begin as the program made them`] : []), ...notes];
  };
}

/** The index of a weight by its path, whatever the model around it is called; -1 for none. */
function placeByPath(names: readonly string[], path: string): number {
  const inside = (name: string): string => name.slice(name.indexOf("/") + 1);
  const exact = names.indexOf(path);
  if (exact >= 0) return exact;
  const alike = names.flatMap((name, i) => (inside(name) === inside(path) ? [i] : []));
  return alike.length === 1 ? alike[0]! : -1;
}

/** The index of each weight: in order, or by path when another architecture has weights with the same paths. */
function placesOf(names: readonly string[], variables: readonly Variable[], sameArchitecture: boolean): number[] {
  const byPath = variables.map(({ path }) => names.indexOf(path));
  const complete = new Set(byPath).size === names.length && !byPath.includes(-1);
  return complete && !sameArchitecture ? byPath : variables.map((_, i) => i);
}

function optimizerIn(identity: Json): { readonly [key: string]: Json } {
  const compile = isConfig(identity) ? identity["compile"] : null;
  const optimizer = isConfig(compile) ? compile["optimizer"] : null;
  return isConfig(optimizer) ? optimizer : {};
}

function sameKey(a: Json, b: Json, key: string): boolean {
  const [before, after] = [a, b].map((value) => (isConfig(value) ? value[key] : null) ?? null);
  return JSON.stringify(before) === JSON.stringify(after);
}
