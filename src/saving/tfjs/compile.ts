import { sayOnce } from "../../core/notice.js";
import { type Config, isConfig } from "../../core/parts.js";
import { shown } from "../../core/shown.js";
import type { Json } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import { withNumbers } from "../../core/with-numbers.js";
import type { NamedTensor } from "../../optimizers/index.js";

/** An optimizer of TensorFlow.js in Keras 3's words. */
export interface Rule {
  readonly className: string;
  /** Keras's keys by those of TensorFlow.js. */
  readonly keys: Readonly<Record<string, string>>;
  /** Names of the slots in the order in which TensorFlow.js writes them, all weights for each. */
  readonly slots: (config: Config) => readonly string[];
  /** How Keras goes on otherwise, where it does. */
  readonly differs?: (config: Config) => string | null;
}

const ADAM = { learningRate: "learning_rate", beta1: "beta_1", beta2: "beta_2", epsilon: "epsilon" };

/** The optimizers of TensorFlow.js by their names there. */
export const RULES: Readonly<Record<string, Rule>> = {
  SGD: { className: "SGD", keys: { learningRate: "learning_rate" }, slots: () => [] },
  Momentum: {
    className: "SGD",
    keys: { learningRate: "learning_rate", momentum: "momentum", useNesterov: "nesterov" },
    slots: () => ["momentum"],
  },
  Adam: { className: "Adam", keys: ADAM, slots: () => ["m", "v"] },
  Adamax: { className: "Adamax", keys: ADAM, slots: () => ["m", "v"] },
  RMSProp: {
    className: "RMSprop",
    keys: {
      learningRate: "learning_rate",
      decay: "rho",
      momentum: "momentum",
      epsilon: "epsilon",
      centered: "centered",
    },
    slots: ({ centered }) => ["rms", "momentum", ...(centered === true ? ["mg"] : [])],
    differs: ({ centered }) =>
      centered === true ? "adds epsilon to the variance, from which TensorFlow.js subtracts it" : null,
  },
  Adagrad: {
    className: "Adagrad",
    keys: { learningRate: "learning_rate", initialAccumulatorValue: "initial_accumulator_value" },
    slots: () => ["accumulator"],
  },
  Adadelta: {
    className: "Adadelta",
    keys: { learningRate: "learning_rate", rho: "rho", epsilon: "epsilon" },
    slots: () => ["accum_grad", "accum_var"],
    differs: () => "divides by the average with this step's gradient, TensorFlow.js by the one before it",
  },
};

/** The rule of an optimizer's dictionary; null for one that TensorFlow.js cannot write. */
function ruleOf(optimizer: Json | undefined): { readonly rule: Rule; readonly config: Config } | null {
  if (!isConfig(optimizer ?? null)) return null;
  const { class_name: className, config } = optimizer as Config;
  const rule = typeof className === "string" && Object.hasOwn(RULES, className) ? RULES[className] : undefined;
  return rule === undefined || !isConfig(config) ? null : { rule, config };
}

/** The `trainingConfig` of TensorFlow.js as Keras's compile config. */
export function tfjsCompile(trainingConfig: Config): Config {
  const { optimizer_config: optimizer, ...others } = trainingConfig;
  const rest = { ...others, loss: presentLoss(others["loss"] ?? null) };
  const found = ruleOf(optimizer);
  if (found === null) return { ...rest, optimizer_config: optimizer ?? null };
  const { rule, config } = found;
  const entries = Object.entries(config).map(([key, value]) => [rule.keys[key] ?? key, value]);
  return { ...rest, optimizer_config: { class_name: rule.className, config: Object.fromEntries(entries) } };
}

/** The only loss that has another name today: as it is in Keras, more alike is less. */
function presentLoss(loss: Json): Json {
  if (loss === "cosine_proximity") return "cosine_similarity";
  if (Array.isArray(loss)) return (loss as readonly Json[]).map(presentLoss);
  return isConfig(loss) ? Object.fromEntries(Object.entries(loss).map(([key, one]) => [key, presentLoss(one)])) : loss;
}

/**
 * The optimizer's variables in a model.json as Keras has them: named by their roles, Momentum's sums times the rate, and
 * without those of RMSProp that no momentum uses.
 * @param entries in the order of the file: the step counter, then all of one role after all of another
 */
export function tfjsOptimizer(trainingConfig: Json, entries: readonly NamedTensor[], file: string): NamedTensor[] {
  const found = ruleOf(isConfig(trainingConfig) ? trainingConfig["optimizer_config"] : undefined);
  const [counter, ...slots] = entries;
  if (found === null || counter === undefined) return [...entries];
  const { rule, config } = found;
  const roles = rule.slots(config);
  if (roles.length === 0 || slots.length % roles.length > 0) return [...entries];
  const differs = rule.differs?.(config) ?? null;
  if (differs !== null) {
    sayOnce(
      `tfjs-rule-${rule.className}`,
      `"${shown(file)}": the state of ${rule.className} was taken over. Keras's rule, by which the training goes on, ${differs}.`,
    );
  }
  const each = slots.length / roles.length;
  const named = slots.map(({ tensor }, i): NamedTensor => {
    const role = roles[Math.floor(i / each)]!;
    return {
      name: `training/${rule.className}/${role}_${i % each}`,
      tensor: isSum(rule, role) ? sums(tensor, config) : tensor,
    };
  });
  const unused = rule.className === "RMSprop" && !(Number(config["momentum"]) > 0);
  return [
    { name: "iter", tensor: counter.tensor },
    ...named.filter(({ name }) => !unused || !/\/momentum_\d+$/.test(name)),
  ];
}

/** TensorFlow.js sums gradients, Keras the steps that they make. */
const isSum = ({ className }: Rule, role: string): boolean => className === "SGD" && role === "momentum";

function sums(tensor: Tensor, { learningRate }: Config): Tensor {
  const rate = Number(learningRate);
  const { data, shape } = withNumbers(tensor);
  return new Tensor(
    (data as Float32Array).map((value) => -rate * value),
    shape,
    "float32",
  );
}
