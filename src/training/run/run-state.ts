import { FormatError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { formatShape, sameShape } from "../../core/shape.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import type { Variable } from "../../engine/index.js";
import { encodeJson, type FixedMembers } from "../../store/index.js";
import { decodeTrainState, encodeTrainState, type TrainState } from "../state/train-state.js";
import type { Trainer } from "../step/trainer.js";

/** What a run folder's checkpoint holds: the whole state of a training, and whose state it is. */
export interface RunState {
  readonly identity: Json;
  readonly state: TrainState;
  readonly weights: readonly Tensor[];
  readonly optimizer: readonly Tensor[];
  /** Names of the optimizer's variables. */
  readonly optimizerNames: readonly string[];
  readonly notes: RunNotes & { readonly model: Json };
}

/** What stays as it is while a training runs: what tells it from others, and the model without its tensors. */
export function fixedMembers(identity: Json, model: Json): FixedMembers {
  return { identity: encodeJson(identity), model: encodeJson(model) };
}

/** What a checkpoint of a run says for people and for tools; training does not depend on it. */
export interface RunNotes {
  /** Epochs that were asked for; null when unknown. */
  readonly epochs: number | null;
  /** The version of Pawl that wrote it; null when unknown. */
  readonly pawl: string | null;
  /** Whether the loss was a finite number. */
  readonly finiteLoss: boolean;
}

/** Names of tensors whose numbers must be finite for a checkpoint to be a good one. */
export function isWeight(name: string): boolean {
  return name.startsWith("weights/");
}

/**
 * Everything as it is now, but for what {@link fixedMembers} has. Weights and optimizer variables are views of the live ones: whoever keeps them past the next
 * step copies them.
 */
export function encodeRunState(trainer: Trainer, notes: RunNotes): StateValue {
  const train = encodeTrainState(trainer.state);
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
  return { json: { format: 1, ...notes, train: train.json, weights, optimizer }, tensors };
}

function live({ data, shape, dtype }: Variable): Tensor {
  return new Tensor(data, shape, dtype);
}

/** @throws {FormatError} when it is no such state */
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
  const { model, epochs, pawl, finiteLoss } = json as { readonly [key in keyof RunState["notes"]]?: Json };
  return {
    identity: json["identity"] ?? null,
    weights: take("weights", namesIn(json["weights"])),
    optimizer: take("optimizer", optimizerNames),
    optimizerNames,
    notes: {
      model: model ?? null,
      epochs: typeof epochs === "number" ? epochs : null,
      pawl: typeof pawl === "string" ? pawl : null,
      finiteLoss: finiteLoss !== false,
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
 * @throws {FormatError} when the model has other weights; nothing is set then
 */
export function applyRunState(trainer: Trainer, { state, weights, optimizer }: RunState, where: string): void {
  const variables = trainer.network.weights;
  const entries = trainer.optimizer!.variables;
  const check = (
    what: string,
    have: readonly { readonly shape: readonly number[] }[],
    saved: readonly Tensor[],
  ): void => {
    const wrong = have.findIndex(({ shape }, i) => saved[i] === undefined || !sameShape(shape, saved[i].shape));
    if (wrong < 0 && have.length === saved.length) return;
    throw new FormatError({
      code: "run-state-shapes",
      what: `The ${what} in ${where} are not those of ${trainer.network.label}`,
      received: saved.map(({ shape }) => formatShape(shape)).join(" "),
      expected: have.map(({ shape }) => formatShape(shape)).join(" "),
      fix: "Use another run folder for another model",
    });
  };
  check("weights", variables, weights);
  check("optimizer variables", entries, optimizer);
  variables.forEach((variable, i) => {
    variable.write(weights[i]!);
  });
  entries.forEach((entry, i) => {
    entry.write(optimizer[i]!);
  });
  trainer.state = state;
}
