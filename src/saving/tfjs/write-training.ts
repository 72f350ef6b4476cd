import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import { withNumbers } from "../../core/with-numbers.js";
import type { NamedTensor } from "../../optimizers/index.js";
import { fullNames } from "../full-names.js";
import { trainingConfig } from "../training-config.js";
import type { Collected } from "../types.js";
import { RULES, type Rule } from "./compile.js";

/** What a model.json says of training, or why TensorFlow.js cannot go on with it. */
export type TfjsTraining =
  | { readonly config: Config; readonly optimizer: readonly NamedTensor[]; readonly partly: string | null }
  | { readonly config: null; readonly why: string };

/** Losses and metrics of TensorFlow.js, by Keras's names. */
const LOSSES = new Map([
  ...[
    "mean_squared_error",
    "mean_absolute_error",
    "mean_absolute_percentage_error",
    "mean_squared_logarithmic_error",
    "squared_hinge",
    "hinge",
    "categorical_hinge",
    "categorical_crossentropy",
    "sparse_categorical_crossentropy",
    "binary_crossentropy",
    "poisson",
  ].map((name) => [name, name] as const),
  ["log_cosh", "logcosh"],
  ["logcosh", "logcosh"],
  ["kl_divergence", "kullback_leibler_divergence"],
  ["kullback_leibler_divergence", "kullback_leibler_divergence"],
  ["cosine_similarity", "cosine_proximity"],
]);
const METRICS = new Map([
  ...["accuracy", "acc", "mse", "MSE", "mae", "MAE", "mape", "MAPE"].map((name) => [name, name] as const),
  ...["binary_accuracy", "categorical_accuracy", "categorical_crossentropy", "sparse_categorical_crossentropy"].map(
    (name) => [name, name] as const,
  ),
  ["mean_squared_error", "mse"],
  ["mean_absolute_error", "mae"],
  ["mean_absolute_percentage_error", "mape"],
]);

/** Settings with which a key of an optimizer asks for nothing. */
const NOTHING: Readonly<Record<string, readonly Json[]>> = {
  amsgrad: [false],
  centered: [false],
  nesterov: [false],
  use_ema: [false],
  momentum: [0],
};
const SAYS_NOTHING = new Set(["name", "ema_momentum", "is_legacy_optimizer"]);

/** How TensorFlow.js goes on with the training of a model; null for one that is not compiled. */
export function tfjsTraining(model: Collected): TfjsTraining | null {
  if (model.several !== null) return { config: null, why: "it has no several optimizers in one model" };
  if (model.kerasCompile === null) return null;
  const given = trainingConfig(model.kerasCompile);
  const loss = translated(fullNames(given["loss"] ?? null), LOSSES);
  if (loss === undefined) return { config: null, why: `it does not have the loss ${named(given["loss"] ?? null)}` };
  if (!isNothing(given["loss_weights"] ?? null)) return { config: null, why: "it reads no weights of losses" };
  const found = optimizerThere(given["optimizer_config"] ?? null);
  if (typeof found === "string") return { config: null, why: found };
  const { className, rule, config } = found;
  const metrics = withKnown(given["metrics"] ?? null);
  const state = stateThere(model, rule, config);
  const partly = [
    metrics.left.length === 0 ? null : `without the metrics ${metrics.left.join(", ")}`,
    isNothing(given["weighted_metrics"] ?? null) ? null : "without weighted metrics",
    state === null ? "with a new optimizer" : null,
  ].filter((text) => text !== null);
  return {
    config: { loss, metrics: metrics.kept, optimizer_config: { class_name: className, config } },
    optimizer: state ?? [],
    partly: partly.length === 0 ? null : partly.join(", "),
  };
}

const isNothing = (json: Json): boolean => json === null || (Array.isArray(json) && json.length === 0);

interface There {
  readonly className: string;
  readonly rule: Rule;
  readonly config: Config;
}

/** An optimizer as TensorFlow.js has it, or why it has none. */
function optimizerThere(optimizer: Json): There | string {
  if (!isConfig(optimizer) || !isConfig(optimizer["config"])) return "it does not have this optimizer";
  const { class_name: name, config } = optimizer as { class_name: string; config: Config };
  const className = name === "SGD" && config["momentum"] !== 0 ? "Momentum" : name === "RMSprop" ? "RMSProp" : name;
  const rule = Object.hasOwn(RULES, className) ? RULES[className] : undefined;
  if (rule === undefined) return `it does not have the optimizer ${name}`;
  if (typeof config["learning_rate"] !== "number") return "it has no schedules of learning rates";
  const theirs = new Map(Object.entries(rule.keys).map(([key, keras]) => [keras, key]));
  const there: Record<string, Json> = {};
  for (const [key, value] of Object.entries(config)) {
    const own = theirs.get(key);
    const allowed = key === "epsilon" ? [1e-7] : (NOTHING[key] ?? []);
    if (own !== undefined) there[own] = value;
    else if (value !== null && !SAYS_NOTHING.has(key) && !allowed.includes(value))
      return `its ${className} has no ${key}`;
  }
  return { className, rule, config: there };
}

/** The optimizer's variables in the order of TensorFlow.js; null where it cannot take them. */
function stateThere({ optimizer, ownCompile }: Collected, rule: Rule, config: Config): NamedTensor[] | null {
  // It goes by the order of what is trained, and Adamax takes nothing.
  if (optimizer === null || "with_slots" in ownCompile || rule.className === "Adamax") return null;
  const [iteration, ...rest] = optimizer.entries;
  if (iteration === undefined) return null;
  const roles = rule.slots(config);
  const rate = Number(config["learningRate"]);
  const lists = roles.map((role) => rest.filter(({ name }) => name.endsWith(`_${KERAS_ROLES[role]}`)));
  const [first] = lists;
  const counter = { name: "iter", tensor: Tensor.scalar(Number(iteration.tensor.item()), "int32") };
  if (first === undefined) return [counter];
  // RMSProp has sums for a momentum that there is not, which it never uses.
  const filled = lists.map((list, i) => (list.length === 0 && roles[i] === "momentum" ? zerosLike(first) : list));
  if (filled.some(({ length }) => length !== first.length)) return null;
  const isMomentum = rule.className === "SGD";
  if (isMomentum && !(rate > 0)) return null;
  return [
    counter,
    ...filled.flatMap((list, i) =>
      list.map(({ name, tensor }) => ({
        name: `${name}/${roles[i]}`,
        tensor: isMomentum ? times(tensor, -1 / rate) : withNumbers(tensor),
      })),
    ),
  ];
}

/** Keras's names of the slots. */
const KERAS_ROLES: Readonly<Record<string, string>> = {
  m: "momentum",
  v: "velocity",
  momentum: "momentum",
  rms: "velocity",
  mg: "average_gradient",
  accumulator: "accumulator",
  accum_grad: "accumulated_grad",
  accum_var: "accumulated_delta_var",
};

const zerosLike = (list: readonly NamedTensor[]): NamedTensor[] =>
  list.map(({ name, tensor: { shape, size } }) => ({
    name,
    tensor: new Tensor(new Float32Array(size), shape, "float32"),
  }));

function times(tensor: Tensor, factor: number): Tensor {
  const { data, shape } = withNumbers(tensor);
  return new Tensor(
    (data as Float32Array).map((value) => value * factor),
    shape,
    "float32",
  );
}

/** Names in the words of TensorFlow.js; undefined when one has none. */
function translated(json: Json, words: ReadonlyMap<string, string>): Json | undefined {
  const name = plainName(json);
  if (name !== null) return words.get(name);
  if (Array.isArray(json)) {
    const all = (json as readonly Json[]).map((item) => translated(item, words));
    return all.every((item) => item !== undefined) ? all : undefined;
  }
  if (!isConfig(json) || "class_name" in json) return undefined;
  const entries = Object.entries(json).map(([key, item]) => [key, translated(item, words)] as const);
  return entries.every(([, item]) => item !== undefined) ? (Object.fromEntries(entries) as Config) : undefined;
}

/** The name of a function, or of the class with its usual settings. */
function plainName(json: Json): string | null {
  if (typeof json === "string") return json;
  if (!isConfig(json) || typeof json["class_name"] !== "string") return null;
  const config = isConfig(json["config"]) ? json["config"] : {};
  const isUsual = Object.entries(config).every(
    ([key, value]) => key === "name" || key === "dtype" || value === null || (USUAL[key] ?? []).includes(value),
  );
  return isUsual ? json["class_name"].replace(/(?<=[a-z])(?=[A-Z])/g, "_").toLowerCase() : null;
}

const USUAL: Readonly<Record<string, readonly Json[]>> = {
  reduction: ["sum_over_batch_size"],
  from_logits: [false],
  label_smoothing: [0],
  axis: [-1],
};

/** Metrics that TensorFlow.js has, and the names of the others. */
function withKnown(json: Json): { readonly kept: Json; readonly left: readonly string[] } {
  if (json === null) return { kept: [], left: [] };
  if (Array.isArray(json)) {
    const all = (json as readonly Json[]).map((item) => ({ item, there: translated(item, METRICS) }));
    return {
      kept: all.flatMap(({ there }) => (there === undefined ? [] : [there])),
      left: all.flatMap(({ item, there }) => (there === undefined ? [named(item)] : [])),
    };
  }
  const there = translated(json, METRICS);
  return there === undefined
    ? { kept: [], left: [named(json)] }
    : { kept: typeof there === "string" ? [there] : there, left: [] };
}

const named = (json: Json): string => String(isConfig(json) ? (json["class_name"] ?? "given") : JSON.stringify(json));
