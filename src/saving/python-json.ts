import type { Json } from "../core/stateful.js";

/**
 * Settings of optimizers, schedules, layers and metrics that Keras takes only as Python floats: it refuses a learning
 * rate, a momentum or an F-score's beta that is written as `1`, and computes a schedule in integers when its first rate
 * is one.
 */
const FLOATS = new Set([
  "alpha",
  "beta",
  "beta_1",
  "beta_2",
  "clipnorm",
  "clipvalue",
  "decay_rate",
  "ema_momentum",
  "end_learning_rate",
  "epsilon",
  "global_clipnorm",
  "initial_learning_rate",
  "learning_rate",
  "loss_scale_factor",
  "m_mul",
  "momentum",
  "power",
  "rho",
  "t_mul",
  "threshold",
  "warmup_target",
  "weight_decay",
]);

/** Keras's configs as JSON: as JavaScript writes it, in ASCII, with whole numbers as floats where Python needs them. */
export function pythonJson(value: Json): string {
  return write(value, false).replace(
    /[\u0080-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function write(value: Json, float: boolean): string {
  if (typeof value === "number" && float && Number.isInteger(value) && Math.abs(value) < 1e21) return `${value}.0`;
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map((item) => write(item, float)).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  // What readJson has marked.
  if (value["class_name" as never] === "__float__") return write(value["config" as never], true);
  // The rates of PiecewiseConstantDecay are the only list of that name beside boundaries.
  const isFloat = (key: string): boolean => FLOATS.has(key) || (key === "values" && "boundaries" in value);
  const members = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}:${write(item, isFloat(key))}`);
  return `{${members.join(",")}}`;
}
