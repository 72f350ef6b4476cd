import type { Config } from "../core/parts.js";
import type { Json } from "../core/stateful.js";

/**
 * Which implementation of Keras a config is from. Up to 2.3 Keras was a library of its own; then TensorFlow brought one,
 * whose optimizers were written anew in 2.11. Keras 3 took over those.
 */
type Age = "own library" | "TensorFlow's first" | "present";

/** The first one gives its optimizers no names, the second still has a `decay`. */
function ageOf(config: Config): Age {
  const isOld = ["lr", "decay", "schedule_decay"].some((key) => key in config);
  if (!isOld) return "present";
  return "name" in config ? "TensorFlow's first" : "own library";
}

type Translate = (config: Config, age: Exclude<Age, "present">) => Config;

/** What is special about one optimizer: options of Pawl's that make it go on by the old rule. */
const RULES: Readonly<Record<string, Translate>> = {
  // TensorFlow's has a kernel for momentum, which adds epsilon under the root; without momentum it is added outside.
  RMSprop: (config, age) => ({
    ...config,
    epsilon_under_root:
      age === "TensorFlow's first" && typeof config["momentum"] === "number" && config["momentum"] > 0,
  }),
  Adagrad: (config, age) => ({
    ...(age === "own library" ? { initial_accumulator_value: 0 } : {}),
    ...config,
    epsilon_under_root: false,
  }),
  // TensorFlow's writes under "decay" what is no decay of the rate.
  Nadam: ({ decay, ...config }, age) => ({
    schedule_decay: (age === "TensorFlow's first" ? decay : undefined) ?? 0.004,
    ...config,
  }),
};

/** The config of one of Keras's optimizers, of whatever age, in Keras 3's words and with the rule of its age. */
export function modernConfig(className: string, config: Config): Config {
  const age = ageOf(config);
  if (age === "present") return config;
  const { lr, decay, epsilon, clipnorm, ...rest } = RULES[className]?.(config, age) ?? config;
  const rate = rest["learning_rate"] ?? lr;
  return {
    ...rest,
    ...(rate === undefined ? {} : { learning_rate: decayed(rate, decay) }),
    ...(typeof epsilon === "number" ? { epsilon } : {}),
    ...(typeof clipnorm === "number" ? { [age === "own library" ? "global_clipnorm" : "clipnorm"]: clipnorm } : {}),
  };
}

/** `decay` shrinks the rate a little in every step. */
function decayed(rate: Json, decay: Json | undefined): Json {
  if (typeof rate !== "number" || typeof decay !== "number" || decay <= 0) return rate;
  return {
    class_name: "InverseTimeDecay",
    config: { initial_learning_rate: rate, decay_steps: 1, decay_rate: decay },
  };
}
