import { FormatError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { formatShape, sameShape } from "../../core/shape.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import type { Variable } from "../../engine/index.js";
import { encodeJson, type FixedMembers } from "../../store/index.js";
import { decodeTrainState, encodeTrainState, type TrainState } from "../state/train-state.js";
import type { Trainer } from "../step/trainer.js";
import { restoreOptimizer } from "./optimizer-state.js";

/** The content of a run folder's checkpoint: the whole state of a training, and which training it is. */
export interface RunState {
  readonly identity: Json;
  readonly state: TrainState;
  readonly weights: readonly Tensor[];
  readonly weightNames: readonly string[];
  readonly optimizer: readonly Tensor[];
  /** Names of the optimizer's variables. */
  readonly optimizerNames: readonly string[];
  readonly notes: RunNotes & { readonly model: Json };
}

/** The members that do not change while a training runs: its identity, and the model without its tensors. */
export function fixedMembers(identity: Json, model: Json): FixedMembers {
  return { identity: encodeJson(identity), model: encodeJson(model) };
}

/** Notes in a checkpoint for people, tools and retention; the training's results do not depend on them. */
export interface RunNotes {
  /** The option `epochs`; null when unknown. */
  readonly epochs: number | null;
  /** The version of Pawl that wrote it; null when unknown. */
  readonly pawl: string | null;
  /** Whether the loss was a finite number. */
  readonly finiteLoss: boolean;
  /** The first step whose loss was not finite; the weights before it were already bad. Null for none. */
  readonly brokenAt: number | null;
  /** The key that `keep` monitors, and whether smaller or larger is better; null when unknown. */
  readonly better: Better | null;
  /** The earlier checkpoint that `run.from` chose, and how `from` named it; null for none. */
  readonly from: Branch | null;
}

export interface Better {
  readonly monitor: string;
  readonly mode: "min" | "max";
}

/** Where a run went back to an earlier checkpoint. */
export interface Branch {
  readonly asked: string | number;
  readonly step: number;
}

/** Whether a tensor must be finite for its checkpoint to be a good one. */
export function isWeight(name: string): boolean {
  return name.startsWith("weights/");
}

/**
 * The current state without {@link fixedMembers}. Weights and optimizer variables are views of the live ones: copy them
 * to keep them past the next step.
 */
export function encodeRunState(trainer: Trainer, notes: RunNotes): StateValue {
  const train = encodeTrainState(trainer.state);
  const { from, better, ...others } = notes;
  const tensors: Record<string, Tensor> = {};
  const weights = trainer.network.weights.map((weight, i) => {
    tensors[`weights/${i}`] = live(weight);
    return weight.path;
  });
  const optimizer = trainer.optimizer!.variables.map((entry, i) => {
    tensors[`optimizer/${i}`] = entry.variable === undefined ? entry.read() : live(entry.variable);
    return entry.name;
  });
  for (const [name, tensor] of Object.entries(train.tensors)) tensors[`train/${name}`] = tensor;
  return {
    json: {
      format: 1,
      ...others,
      from: from && { ...from },
      better: better && { ...better },
      train: train.json,
      weights,
      optimizer,
    },
    tensors,
  };
}

function live({ data, shape, dtype }: Variable): Tensor {
  return new Tensor(data, shape, dtype);
}

/** @throws {FormatError} when it is not such a state */
export function decodeRunState({ json, tensors }: StateValue): RunState {
  if (!isConfig(json) || json["format"] !== 1) throw notARunState("no run state of format 1");
  const take = (prefix: string, names: readonly string[]): Tensor[] =>
    names.map((_, i) => {
      const tensor = tensors[`${prefix}/${i}`];
      if (tensor === undefined) throw notARunState(`no tensor ${prefix}/${i}`);
      return tensor;
    });
  const train = Object.entries(tensors).filter(([name]) => name.startsWith("train/"));
  const optimizerNames = namesIn(json["optimizer"]);
  const weightNames = namesIn(json["weights"]);
  const { model, epochs, pawl, finiteLoss, brokenAt, better, from } = json as {
    readonly [key in keyof RunState["notes"]]?: Json;
  };
  return {
    identity: json["identity"] ?? null,
    weights: take("weights", weightNames),
    weightNames,
    optimizer: take("optimizer", optimizerNames),
    optimizerNames,
    notes: {
      model: model ?? null,
      epochs: typeof epochs === "number" ? epochs : null,
      pawl: typeof pawl === "string" ? pawl : null,
      finiteLoss: finiteLoss !== false,
      brokenAt: typeof brokenAt === "number" ? brokenAt : null,
      better: isConfig(better) ? (better as unknown as Better) : null,
      from: isConfig(from) ? (from as unknown as Branch) : null,
    },
    state: decodeTrainState({
      json: json["train"] ?? null,
      tensors: Object.fromEntries(train.map(([name, tensor]) => [name.slice("train/".length), tensor])),
    }),
  };
}

function namesIn(names: Json | undefined): readonly string[] {
  if (Array.isArray(names) && (names as readonly Json[]).every((name) => typeof name === "string")) {
    return names as readonly string[];
  }
  throw notARunState("no list of names");
}

function notARunState(received: string): FormatError {
  return new FormatError({
    code: "run-state",
    what: "The checkpoint in this run folder is none of Pawl's, or of a newer version",
    received,
  });
}

/**
 * Sets weights, optimizer and training state.
 * @param now the identity of the training now, which may differ from the saved one
 * @returns which parts of the saved state have no counterpart
 * @throws {FormatError} when the model has other weights; nothing is set then
 */
export function applyRunState(trainer: Trainer, saved: RunState, now: Json, where: string): readonly string[] {
  const { state, weights, weightNames } = saved;
  const variables = trainer.network.weights;
  const places = placesOf(weightNames, variables, sameKey(saved.identity, now, "architecture"));
  const wrong = places.findIndex((from, i) => !weights[from] || !sameShape(variables[i]!.shape, weights[from].shape));
  if (wrong >= 0 || variables.length !== weights.length) {
    throw new FormatError({
      code: "run-state-shapes",
      what: `The weights in ${where} are not those of ${trainer.network.label}`,
      received: weights.map(({ shape }) => formatShape(shape)).join(" "),
      expected: variables.map(({ shape }) => formatShape(shape)).join(" "),
      fix: "Use another run folder for another model",
    });
  }
  variables.forEach((variable, i) => {
    variable.write(weights[places[i]!]!);
  });
  trainer.state = state;
  const optimizer = trainer.optimizer!;
  const [before, after] = [optimizerIn(saved.identity), optimizerIn(now)];
  if (before["class"] !== undefined && before["class"] !== after["class"])
    return [`${after["class"]} begins anew, where ${before["class"]} was`];
  return restoreOptimizer(
    optimizer,
    variables,
    { names: saved.optimizerNames, tensors: saved.optimizer, weights: places.map((from) => weightNames[from]!) },
    !sameKey(before, after, "learning_rate"),
  );
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
