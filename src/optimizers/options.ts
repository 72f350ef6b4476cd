import { OptionError } from "../core/errors.js";
import {
  bool,
  type Field,
  type Fields,
  float,
  int,
  nullable,
  type Resolved,
  text,
  wrongOption,
} from "../core/options.js";
import { isConfig } from "../core/parts.js";
import { customFor } from "../core/reading.js";
import { deserialize, LearningRateSchedule, serialize } from "../schedules/index.js";

/** A rate, a schedule, or a function of the step (0 for the first update). */
export type LearningRateOption = number | LearningRateSchedule | ((step: number) => number);

/** What every optimizer takes. */
export interface OptimizerOptions {
  /** Default: Keras's class name in snake case, with a number if it is taken. */
  readonly name?: string | null;
  /** A number, a schedule, or a function of the step. Default: that of Keras's class, 0.001 for most. */
  readonly learningRate?: LearningRateOption;
  /** Before each update every weight shrinks by `weight * weightDecay * learningRate`. Default null: not at all. */
  readonly weightDecay?: number | null;
  /**
   * Largest L2 norm of each gradient. At most one of the three clippings may be set; 0 is none, as in Keras. Default
   * null: none.
   */
  readonly clipnorm?: number | null;
  /** Largest L2 norm of all gradients together. Default null: none. */
  readonly globalClipnorm?: number | null;
  /** Largest magnitude of each element of a gradient. Default null: none. */
  readonly clipvalue?: number | null;
  /** Keep an exponential moving average of the weights. Default false. */
  readonly useEma?: boolean;
  /** Weight of the old average in the new one, 0 to 1. Default 0.99. */
  readonly emaMomentum?: number;
  /**
   * Number of updates after which the weights are set to their averages, again and again; null (the default): only when
   * training ends.
   */
  readonly emaOverwriteFrequency?: number | null;
  /**
   * Factor by which Keras scales the loss, and unscales its gradients again, so that float16 does not underflow. Kept
   * for files; computing in float32, where the two cancel, needs no scaling. Default null: none.
   */
  readonly lossScaleFactor?: number | null;
  /** Number of steps whose mean gradient makes one update, at least 2. Default null: every step makes an update. */
  readonly gradientAccumulationSteps?: number | null;
}

const learningRate: Field<LearningRateOption> = {
  parse(value, where) {
    if (value instanceof LearningRateSchedule || typeof value === "function") return value as LearningRateOption;
    if (typeof value === "number" && !Number.isNaN(value)) return value;
    throw wrongOption(where, "a number, a schedule or a function of the step", value);
  },
  toConfig(value) {
    if (typeof value === "number") return value;
    if (value instanceof LearningRateSchedule) return serialize(value);
    return { module: "builtins", class_name: "function", config: value.name, registered_name: value.name };
  },
  fromConfig(json, where, reading) {
    if (isConfig(json) && json["class_name"] === "function") {
      const given = customFor(reading, String(json["registered_name"]), String(json["config"]));
      if (given !== undefined) return learningRate.parse(given, where);
      throw new OptionError({
        code: "learning-rate-function",
        what: `${where}: the learning rate was the function "${String(json["config"])}", which no file holds`,
        fix: "Give it in customObjects by that name, or load with { compile: false } and compile with the function again",
      });
    }
    return isConfig(json) ? deserialize(json, where, reading) : learningRate.parse(json, where);
  },
};

/** The options that all optimizers share, in the order of Keras's config. */
export function commonFields(defaults: { learningRate: number; weightDecay?: number }): Fields<OptimizerOptions> {
  return {
    name: nullable(text()),
    learningRate: { ...learningRate, default: defaults.learningRate },
    weightDecay: nullable(float({ min: 0 }), { default: defaults.weightDecay ?? null }),
    clipnorm: nullable(float({ min: 0 })),
    globalClipnorm: nullable(float({ min: 0 })),
    clipvalue: nullable(float({ min: 0 })),
    useEma: bool(false),
    emaMomentum: float({ min: 0, max: 1 }, { default: 0.99 }),
    emaOverwriteFrequency: nullable(int({ min: 1 })),
    lossScaleFactor: nullable(float({ above: 0 })),
    gradientAccumulationSteps: nullable(int({ min: 2 })),
  };
}

/** @throws {OptionError} when more than one kind of clipping is asked for */
export function checkClipping(owner: string, options: Resolved<OptimizerOptions>): void {
  const set = (["clipnorm", "clipvalue", "globalClipnorm"] as const).filter((key) => options[key] !== null);
  if (set.length <= 1) return;
  throw new OptionError({
    code: "two-clippings",
    what: `${owner} can clip gradients in one way only`,
    received: set.map((key) => `${key}: ${options[key]}`).join(", "),
    expected: "one of clipnorm, clipvalue and globalClipnorm",
    fix: "Remove the others",
  });
}
