import { OptionError, unknownName } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { KerasTensor, type Tensors } from "../../layers/index.js";
import type { Functional } from "../../network/index.js";

/** The names of a model's outputs: the keys of an object of outputs, else the names of their layers. */
export function namesOfOutputs(network: Functional): readonly string[] {
  return keysOf(network.grouping.outputs) ?? network.outputNames;
}

/** The keys of inputs or outputs given as an object, in the model's order. */
export function keysOf(tensors: Tensors): readonly string[] | undefined {
  return tensors instanceof KerasTensor || Array.isArray(tensors) ? undefined : Object.keys(tensors).sort();
}

/** Whether it is an object by output name, not the config of one loss or metric. */
export function isByName(value: unknown): value is Readonly<Record<string, unknown>> {
  return isConfig(value) && !("class_name" in value);
}

/**
 * One entry per output, from an object by output name.
 * @param all whether every output must have one
 * @throws {OptionError} for unknown output names, and for outputs without an entry
 */
export function byOutputName<T>(
  where: string,
  given: Readonly<Record<string, unknown>>,
  outputs: readonly string[],
  all: boolean,
  kind: "input" | "output" = "output",
): (T | null)[] {
  for (const key of Object.keys(given)) {
    if (!outputs.includes(key)) throw unknownName(`${where}: no ${kind} of the model`, key, outputs);
  }
  const missing = outputs.filter((name) => !Object.hasOwn(given, name));
  if (all && missing.length > 0) {
    throw new OptionError({
      code: "missing-output",
      what: `${where} has no entry for ${missing.map((name) => `"${name}"`).join(", ")}`,
      received: Object.keys(given).join(", "),
      expected: outputs.join(", "),
      fix: "Add an entry for each output; null leaves one out",
    });
  }
  return outputs.map((name) => (given[name] ?? null) as T | null);
}

/** The OptionError for a list that does not have one entry per output. */
export function wrongCount(where: string, received: number, outputs: readonly string[]): OptionError {
  return new OptionError({
    code: "output-count",
    what: `${where} must have one entry an output`,
    received: `${received} entries`,
    expected: `${outputs.length}, for ${outputs.join(", ")}`,
  });
}
