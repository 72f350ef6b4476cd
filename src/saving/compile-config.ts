import { FormatError, OptionError } from "../core/errors.js";
import { sayOnce } from "../core/notice.js";
import { unknownOption } from "../core/options.js";
import { type Config, isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import * as losses from "../losses/index.js";
import { Loss } from "../losses/index.js";
import * as metrics from "../metrics/index.js";
import { Metric } from "../metrics/index.js";
import * as optimizers from "../optimizers/index.js";
import type { CompileArgs } from "../training/compile/compile.js";
import { nameIt } from "../training/compile/nameless.js";
import type { Savable } from "../training/step/savable.js";
import { refuseCode } from "./refuse-code.js";

/** The compile config: the optimizer as object, the rest as the user gave it. */
export function compileConfig(args: CompileArgs): Config {
  return {
    optimizer: optimizersConfig(args),
    loss: serializeSpec(args.loss, "loss"),
    loss_weights: args.lossWeights as Json,
    metrics: serializeSpec(args.metrics, "metrics"),
    weighted_metrics: serializeSpec(args.weightedMetrics, "weightedMetrics"),
    run_eagerly: args.runEagerly,
    steps_per_execution: args.stepsPerExecution,
    jit_compile: args.jitCompile,
  };
}

/** Objects by name where there are several, or one by a name. */
function optimizersConfig({ optimizers: given }: CompileArgs): Json {
  const only = given.get("");
  if (only !== undefined) return optimizers.serialize(only);
  return Object.fromEntries([...given].map(([name, optimizer]) => [name, optimizers.serialize(optimizer)]));
}

/** What Keras can read of it; null for several optimizers, which only the model's own class knows to use. */
export function kerasCompileConfig(args: CompileArgs): Config | null {
  const only = args.optimizers.get("");
  return only === undefined ? null : { ...compileConfig(args), optimizer: optimizers.forKeras(only).config };
}

/** Says once when Keras will train on from a file otherwise than Pawl. */
export function sayHowKerasDiffers({ compileArgs, network }: Pick<Savable, "compileArgs" | "network">): void {
  if (compileArgs === null) return;
  const optimizer = compileArgs.optimizers.get("");
  if (optimizer === undefined) return;
  const { config, instead } = optimizers.forKeras(optimizer);
  if (instead.length === 0) return;
  const name = config.class_name;
  sayOnce(
    `keras-differs-${name}`,
    `${network.label} is trained by the rule that ${name} had in Keras 2. Its files say so to Pawl; Keras 3, which ${instead.join(" and ")}, goes on by its own rule from them.`,
  );
}

/** All arguments as one object: Keras's, and those of Pawl's own that are not at their defaults. */
export function compileConfigOf(args: CompileArgs): Config {
  return {
    ...compileConfig(args),
    ...(args.autoScaleLoss ? {} : { auto_scale_loss: false }),
    ...(args.shards === "auto" ? {} : { shards: args.shards }),
  };
}

const KEYS = [
  "optimizer",
  "optimizer_config",
  "loss",
  "loss_weights",
  "metrics",
  "weighted_metrics",
  "run_eagerly",
  "steps_per_execution",
  "jit_compile",
  "auto_scale_loss",
  "shards",
];

/** @throws {OptionError} for a key that no Keras writes, and code; with "warn" keys are only said */
export function checkCompileKeys(config: Config, where: string, unknownKeys: "error" | "warn"): void {
  for (const key of Object.keys(config)) {
    if (KEYS.includes(key)) continue;
    const error = unknownOption(where, key, KEYS);
    if (unknownKeys === "error") throw error;
    console.warn(`${error.message} It was ignored.`);
  }
  refuseCode(config, where, () => false);
}

/** Arguments of `compile` that are Pawl's own, or that Keras does not write. */
export function ownCompileConfig(args: CompileArgs): Config {
  return { auto_scale_loss: args.autoScaleLoss, shards: args.shards };
}

type Spec = CompileArgs["loss"] | CompileArgs["metrics"];

function serializeSpec(spec: unknown, option: string): Json {
  if (spec === null || spec === undefined || typeof spec === "string") return spec ?? null;
  if (spec instanceof Loss) return losses.serialize(spec as Loss);
  if (spec instanceof Metric) return metrics.serialize(spec as Metric);
  if (typeof spec === "function") return functionConfig(spec as { readonly name: string }, option);
  if (Array.isArray(spec)) return (spec as readonly Spec[]).map((item) => serializeSpec(item, option));
  if (isConfig(spec)) {
    if (typeof spec["class_name"] === "string") return spec;
    return Object.fromEntries(Object.entries(spec).map(([key, item]) => [key, serializeSpec(item, option)]));
  }
  throw new FormatError({
    code: "compile-config",
    what: `The ${option} of this model cannot be written to a file`,
    received: typeof spec,
  });
}

function functionConfig(fn: { readonly name: string }, option: string): Config {
  if (fn.name === "") {
    throw new OptionError({
      code: "anonymous-function",
      what: `The ${option} of this model is a function without a name, so no file can name it`,
      fix: `${nameIt(option)}; or save the weights alone: model.saveWeights, ModelCheckpoint with saveWeightsOnly`,
    });
  }
  return { module: null, class_name: "function", config: fn.name, registered_name: fn.name };
}
