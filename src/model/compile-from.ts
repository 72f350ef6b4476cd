import { FormatError, OptionError, ShapeError } from "../core/errors.js";
import { isConfig } from "../core/parts.js";
import { customFor, type Reading } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import * as losses from "../losses/index.js";
import * as metrics from "../metrics/index.js";
import * as optimizers from "../optimizers/index.js";
import type { StoredCompile } from "../saving/index.js";
import { type CompileOptions, NAMED_BY_SHAPE } from "../training/index.js";

type Deserialize = (json: Json, where: string, reading: Reading) => unknown;

/**
 * The arguments of `compile` in a file, with names replaced by the objects that they stand for.
 * @throws {FormatError} for unknown names
 */
export function compileFrom(stored: StoredCompile, reading: Reading): CompileOptions {
  const where = `${reading.where}: compile`;
  return {
    ...stored,
    optimizer: optimizerFrom(stored.optimizer, `${where}: optimizer`, reading),
    loss: made(stored.loss, losses.deserialize, `${where}: loss`, reading),
    metrics: made(stored.metrics, metrics.deserialize, `${where}: metrics`, reading),
    weightedMetrics: made(stored.weightedMetrics, metrics.deserialize, `${where}: weightedMetrics`, reading),
  } as CompileOptions;
}

/** Several, by name, are an object without a class. */
function optimizerFrom(json: Json, where: string, reading: Reading): unknown {
  if (!isConfig(json) || typeof json["class_name"] === "string") return optimizers.deserialize(json, where, reading);
  return Object.fromEntries(
    Object.entries(json).map(([name, one]) => [name, optimizers.deserialize(one, `${where}.${name}`, reading)]),
  );
}

/** Lists and objects by output name keep their form. Keras's names stay names, because log keys follow from them. */
function made(json: Json, deserialize: Deserialize, where: string, reading: Reading): unknown {
  if (json === null) return null;
  if (Array.isArray(json)) return (json as readonly Json[]).map((item) => made(item, deserialize, where, reading));
  if (isConfig(json) && typeof json["class_name"] !== "string") {
    return Object.fromEntries(
      Object.entries(json).map(([key, item]) => [key, made(item, deserialize, where, reading)]),
    );
  }
  if (typeof json !== "string") return deserialize(json, where, reading);
  const given = customFor(reading, json);
  // A user's function stays as it is, so that it is saved by name again.
  if (typeof given === "function" && !("className" in given)) return given;
  if (given !== undefined) return deserialize(json, where, reading);
  if (!NAMED_BY_SHAPE.includes(json.toLowerCase())) deserialize(json, where, reading);
  return json;
}

/** Reports what cannot be compiled as a fault of the file, not of a user's option. */
export function compileAs(
  network: { compile(options: CompileOptions): void },
  options: () => CompileOptions,
  file: string,
): void {
  try {
    network.compile(options());
  } catch (error) {
    if (!(error instanceof OptionError || error instanceof ShapeError)) throw error;
    throw new FormatError({
      code: error.code,
      what: `"${file}": the model cannot be compiled as the file says`,
      received: error.message.replace(/\.$/, ""),
      fix: "Give classes and functions of yours in customObjects, or load the model with { compile: false }",
      data: error.data,
      cause: error,
    });
  }
}
