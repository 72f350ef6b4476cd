import { farmFingerprint } from "../../core/farm-hash.js";
import { isConfig } from "../../core/parts.js";
import { seedIsSet } from "../../core/seed.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { readLearned } from "../../layers/base/learned.js";
import { type AnyLayer, isBuiltIn } from "../../layers/index.js";
import * as losses from "../../losses/index.js";
import { Loss } from "../../losses/index.js";
import { Metric } from "../../metrics/index.js";
import type { Functional } from "../../network/index.js";
import type { Optimizer } from "../../optimizers/index.js";
import * as optimizers from "../../optimizers/index.js";
import type { CompileArgs } from "../compile/compile.js";
import type { NamedOptimizer } from "../compile/compiled.js";
import type { TrainingData } from "../loop/training-data.js";
import type { Trainer } from "../step/trainer.js";
import { statedRate } from "./stated-rate.js";

/** Everything that a training's results depend on, as plain data: it identifies a run. */
export async function runConditions(
  trainer: Trainer,
  fit: Json,
  { training, validation }: TrainingData,
): Promise<Json> {
  // `fit` fingerprints only a part of the data; a run fingerprints all of it.
  const { data: _data, validationData: _validationData, ...arguments_ } = fit as { readonly [key: string]: Json };
  trainer.compiled("fit");
  const { architecture, parts, compile, shards, learned } = modelIdentity(trainer);
  return {
    ...(learned === undefined ? {} : { learned }),
    fit: arguments_,
    compile,
    shards,
    // Without setRandomSeed each process has another seed; the saved one is used then.
    seed: seedIsSet() ? trainer.state.seed : null,
    data: await training.dataset.fingerprint(),
    validationData: validation === null ? null : await validation.dataset.fingerprint(),
    architecture,
    parts,
  };
}

/** What the results of a model depend on besides its state; compile is null for one that is not compiled. */
export function modelIdentity({ network, compileArgs, statedOptimizers: used }: Trainer): {
  readonly architecture: Json;
  readonly parts: Json;
  readonly compile: Json;
  readonly shards: Json;
  readonly learned?: Json;
} {
  const learned = readLearned(network);
  return {
    ...(learned.length === 0 ? {} : { learned: learned.map(digestOf) }),
    architecture: withoutNames(architectureOf(network)),
    parts: withoutNames(partsOf(network, new Set())),
    compile: compileArgs === null ? null : compileIdentity(compileArgs, used),
    shards: compileArgs?.shards ?? null,
  };
}

/** A digest of what a layer has learned from data, such as its vocabulary. */
function digestOf(learned: StateValue | null): Json {
  if (learned === null) return null;
  const tensors = Object.entries(learned.tensors).map(([name, { data }]) => [name, Array.from(data as Float32Array)]);
  return farmFingerprint(JSON.stringify([learned.json, tensors])).toString(16);
}

/** The optimizer's options, with the rate that the program states. */
export function optimizerIdentity(optimizer: Optimizer): Json {
  const { class_name: className, config } = optimizers.serialize(optimizer);
  const { name: _name, ...rest } = config;
  const { inner } = optimizer;
  if (inner.length > 0) {
    // Their names and present rates are no part of what the program states.
    const plain = Object.entries(rest).filter(([, value]) => !isConfig(value));
    const paths = optimizer instanceof optimizers.MultiOptimizer ? optimizer.options.optimizerMap.entries : [];
    const own = { class: className, paths: paths.map(([path]) => path) };
    return { ...Object.fromEntries(plain), ...own, inner: inner.map(optimizerIdentity) };
  }
  const rate = statedRate(optimizer);
  return { ...rest, class: className, ...(rate === null ? {} : { learning_rate: rate }) };
}

function compileIdentity(args: CompileArgs, used: readonly NamedOptimizer[]): Json {
  const byName = used.map(({ name, optimizer }) => [name, optimizerIdentity(optimizer)] as const);
  return {
    optimizer: byName.length === 1 && byName[0]![0] === "" ? byName[0]![1] : Object.fromEntries(byName),
    loss: plain(args.loss),
    lossWeights: plain(args.lossWeights),
    metrics: plain(args.metrics),
    weightedMetrics: plain(args.weightedMetrics),
  };
}

function plain(spec: unknown): Json {
  if (spec instanceof Loss) return spec instanceof losses.FunctionLoss ? spec.name : losses.serialize(spec as Loss);
  if (spec instanceof Metric) return { class: spec.constructor.name, name: spec.name };
  if (typeof spec === "function") return `function ${spec.name}`;
  if (Array.isArray(spec)) return spec.map(plain);
  if (isConfig(spec)) return Object.fromEntries(Object.entries(spec).map(([key, item]) => [key, plain(item)]));
  return (spec ?? null) as Json;
}

/** A model that has only steps of its own has no config that tells more than its class. */
function architectureOf(network: Functional): Json {
  return network.isCallable ? network.getConfig() : { name: network.name, class: network.className };
}

/** The layers inside classes of a user's, at any depth, of which a config says nothing. */
function partsOf(layer: AnyLayer, seen: Set<AnyLayer>): Json[] {
  if (seen.has(layer)) return [];
  seen.add(layer);
  const isOwn = !isBuiltIn(layer.constructor);
  return layer.sublayers.flatMap((part): Json[] => {
    const inside = partsOf(part, seen);
    if (!isOwn) return inside;
    return [{ class: part.className, config: part.getConfig(), ...(inside.length > 0 ? { parts: inside } : {}) }];
  });
}

/**
 * A model's config with the names of its layers replaced by their positions: automatic names depend on what else the
 * process has made.
 */
export function withoutNames(config: Json): Json {
  const places = new Map<string, string>();
  const collect = (value: Json): void => {
    if (Array.isArray(value)) for (const item of value as readonly Json[]) collect(item);
    if (!isConfig(value)) return;
    const { name } = value;
    if (typeof name === "string" && !places.has(name)) places.set(name, `#${places.size}`);
    for (const item of Object.values(value)) collect(item);
  };
  const replace = (value: Json): Json => {
    if (typeof value === "string") return places.get(value) ?? value;
    if (Array.isArray(value)) return (value as readonly Json[]).map(replace);
    if (!isConfig(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)]));
  };
  collect(config);
  return replace(config);
}
