import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import type { NamedTensor, OptimizerEntry } from "../../optimizers/index.js";
import type { NamedOptimizer } from "../compile/compiled.js";
import type { Savable } from "../step/savable.js";
import { restoreOptimizer } from "./optimizer-state.js";

/** One of the optimizers of a model with its own step. */
export type StoredOptimizer = {
  readonly name: string;
  /** How many of the entries are its own; those of the optimizers before it come first. */
  readonly entries: number;
  /** Places in the model's weights of those that it trains. */
  readonly weights: readonly number[];
};

/** The variables of all optimizers of a model in a checkpoint. */
export interface StoredOptimizers {
  readonly names: readonly string[];
  readonly tensors: readonly Tensor[];
  /** Null for a model that is trained as `compile` says: then all are those of its only optimizer. */
  readonly parts: readonly StoredOptimizer[] | null;
}

/** The variables of all optimizers one after the other, and which are whose. */
export function encodeOptimizers({ optimizers, network, own }: Savable): {
  readonly entries: readonly OptimizerEntry[];
  readonly parts: readonly StoredOptimizer[] | null;
} {
  const { weights } = network;
  const parts = optimizers.map(
    ({ name, optimizer }): StoredOptimizer => ({
      name,
      entries: optimizer.variables.length,
      weights: optimizer.trainable.map((variable) => weights.indexOf(variable)),
    }),
  );
  return { entries: optimizers.flatMap(({ optimizer }) => optimizer.variables), parts: own.train ? parts : null };
}

export function isListOfOptimizers(json: Json): json is readonly StoredOptimizer[] {
  return (
    Array.isArray(json) &&
    json.every(
      (part: Json) =>
        isConfig(part) &&
        typeof part["name"] === "string" &&
        Number.isSafeInteger(part["entries"]) &&
        Array.isArray(part["weights"]) &&
        part["weights"].every(Number.isSafeInteger),
    )
  );
}

/** All entries with their names. */
export function namedEntries({ names, tensors }: StoredOptimizers): readonly NamedTensor[] {
  return tensors.map((tensor, i) => ({ name: names[i]!, tensor }));
}

/** How the weights of a checkpoint belong to those of the model, and what identified the optimizers. */
interface Restoring {
  /** Paths that the model's weights had when they were saved, in the model's order now. */
  readonly names: readonly string[];
  /** The place now of the weight that was stored at a place; -1 for none. */
  readonly placeOf: (stored: number) => number;
  readonly before: Config;
  readonly now: Config;
}

/** Restores all optimizers. @returns what the user should know of variables without a counterpart */
export function restoreOptimizers(
  trainer: Savable,
  { names, tensors, parts }: StoredOptimizers,
  { names: weights, placeOf, before, now }: Restoring,
): readonly string[] {
  const variables = trainer.network.weights;
  if (parts !== null) {
    // Where no data could be looked at yet, the checkpoint says which weights are whose.
    trainer.bindOptimizers(
      new Map(parts.map((part) => [part.name, part.weights.flatMap((place) => variables[placeOf(place)] ?? [])])),
    );
  }
  const stored = parts ?? [{ name: "", entries: names.length, weights: [] }];
  const left = new Set(stored);
  const { optimizers } = trainer;
  const notes: string[] = [];
  let taken = 0;
  const ranges = new Map(stored.map((part) => [part, [taken, (taken += part.entries)] as const]));
  for (const named of optimizers) {
    const part = counterpart(named, optimizers, stored);
    if (part === undefined) {
      notes.push(`the optimizer "${named.name}" begins anew`);
      continue;
    }
    left.delete(part);
    const [was, is] = [identityOf(before, part.name), identityOf(now, named.name)];
    if (was["class"] !== undefined && was["class"] !== is["class"]) {
      notes.push(`${is["class"]} begins anew, where ${was["class"]} was`);
      continue;
    }
    const range = ranges.get(part)!;
    const saved = { names: names.slice(...range), tensors: tensors.slice(...range), weights };
    const keepsRate = JSON.stringify(was["learning_rate"]) !== JSON.stringify(is["learning_rate"]);
    notes.push(...restoreOptimizer(named.optimizer, variables, saved, keepsRate));
  }
  for (const { name } of optimizers.length === 0 ? [] : left) {
    notes.push(`there is no optimizer "${name}" any more`);
  }
  return notes;
}

/** The stored optimizer of the same name; the only one for the only one. */
function counterpart(
  { name }: NamedOptimizer,
  all: readonly NamedOptimizer[],
  stored: readonly StoredOptimizer[],
): StoredOptimizer | undefined {
  if (all.length === 1 && stored.length === 1) return stored[0];
  return stored.find((part) => part.name === name);
}

/** The identity of a model's only optimizer, or of one of several. */
function identityOf(optimizers: Config, name: string): Config {
  if (name === "" || typeof optimizers["class"] === "string") return optimizers;
  const own = optimizers[name];
  return isConfig(own) ? own : {};
}
