import { type Config, isConfig } from "../core/parts.js";
import type { Json, StateValue } from "../core/stateful.js";
import { decodeLoopState, isLoopState, type LoopState } from "../training/own/loop-state.js";
import { decodeRunState } from "../training/run/run-state.js";
import { decodeTrainState, type TrainState } from "../training/state/train-state.js";

/** The progress of a training, for display. */
export interface Standing {
  /** Epochs that are done. */
  readonly epoch: number;
  /** The option `epochs`; null when the file does not say. */
  readonly epochs: number | null;
  /** Batches done in the next epoch. */
  readonly batch: number;
  /** Training steps. */
  readonly iteration: number;
  readonly finished: boolean;
  /** Whether a callback ended it. */
  readonly stopped: boolean;
  readonly seed: number;
  readonly shards: number;
  readonly callbacks: readonly string[];
  /** Logs of the last epoch. */
  readonly logs: { readonly [key: string]: number };
  /** What the exact bits depend on. */
  readonly machine: { readonly [key: string]: string };
  /** For a loop of `openRun`: how many steps it is to make, if it says; null for a training by `fit`. */
  readonly loop: { readonly steps: number | null } | null;
}

export function standingOf(state: TrainState, epochs: number | null): Standing {
  const { epoch, batch, iteration, stopped, seed, shards, machine, history } = state;
  const logs = Object.entries(history.history).flatMap(([key, values]): [string, number][] => {
    const last = values.at(-1);
    return last === undefined ? [] : [[key, last]];
  });
  return {
    epoch,
    epochs,
    batch,
    iteration,
    finished: batch === 0 && (stopped || (epochs !== null && epoch >= epochs)),
    stopped,
    seed,
    shards,
    callbacks: state.callbacks.map(({ className }) => className),
    logs: Object.fromEntries(logs),
    machine,
    loop: null,
  };
}

/** The progress of a loop of `openRun`; it has no epochs. */
export function standingOfLoop({ step, steps, seed, logs, machine }: LoopState): Standing {
  return {
    epoch: 0,
    epochs: null,
    batch: 0,
    iteration: step,
    finished: steps !== null && step >= steps,
    stopped: false,
    seed,
    shards: 1,
    callbacks: [],
    logs,
    machine,
    loop: { steps },
  };
}

/** The progress that a checkpoint of a run folder holds. */
export function standingOfCheckpoint(value: StateValue): Standing {
  if (isLoopState(value)) return standingOfLoop(decodeLoopState(value));
  const { state, notes } = decodeRunState(value);
  return standingOf(state, notes.epochs);
}

/** The progress in a file's training state; null when the file has none. */
export function standingIn(state: StateValue | null): Standing | null {
  return state === null ? null : standingOf(decodeTrainState(state), null);
}

/** "in epoch 3 of 5, after batch 12, step 132". */
export function standingText({
  epoch,
  epochs,
  batch,
  iteration,
  stopped,
  loop,
}: Pick<Standing, "epoch" | "epochs" | "batch" | "iteration" | "stopped" | "loop">): string {
  const step = `step ${iteration}`;
  if (loop !== null) {
    const steps = loop.steps === null ? "" : ` of ${loop.steps}`;
    return iteration === 0 ? `before the first step${steps}` : `after ${step}${steps}`;
  }
  const of = epochs === null ? "" : ` of ${epochs}`;
  if (batch > 0) return `in epoch ${epoch + 1}${of}, after batch ${batch}, ${step}`;
  if (epoch === 0 && iteration === 0) return `before the first step${epochs === null ? "" : ` of ${epochs} epochs`}`;
  return `after epoch ${epoch}${of}, ${step}${stopped ? ", ended by a callback" : ""}`;
}

/** The short form of a part of a compile config: a name, or the class of an object. */
export function partName(part: Json | undefined): string {
  if (part === undefined || part === null) return "none";
  if (typeof part === "string") return part;
  if (Array.isArray(part)) return (part as readonly Json[]).map(partName).join(", ") || "none";
  if (!isConfig(part)) return String(part);
  const { class_name: className, config } = part as Config;
  if (className === "function" && typeof config === "string") return config;
  if (typeof className === "string") return className;
  return Object.entries(part as Config)
    .map(([key, value]) => `${key}: ${partName(value)}`)
    .join(", ");
}
