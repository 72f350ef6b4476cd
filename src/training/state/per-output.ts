import { OptionError, unknownName } from "../../core/errors.js";
import { keysIn, pathsIn, type Structure, structureOf } from "../../core/grouped.js";
import { isConfig } from "../../core/parts.js";
import { isKerasTensor, type Tensors } from "../../layers/index.js";
import type { Functional } from "../../network/index.js";

/** The outputs of a model as `compile` and logs call them. */
export interface NamedOutputs {
  /** The keys of an object of outputs, else the names of their layers. */
  readonly names: readonly string[];
  /** The same for metrics: where objects and lists are in one another, Keras has the names of layers. */
  readonly metricNames: readonly string[];
  /** How they are grouped; undefined where they are alone or in a plain list. */
  readonly structure: Structure | undefined;
}

export function namedOutputs(network: Functional): NamedOutputs {
  const names = namesOfOutputs(network);
  const structure = namedStructureOf(network.grouping.outputs);
  return { names, structure, metricNames: structure?.parts === undefined ? names : network.layerNamesOfOutputs };
}

function namesOfOutputs(network: Functional): readonly string[] {
  const structure = namedStructureOf(network.grouping.outputs);
  if (structure === undefined) return network.outputNames;
  // As in Keras, a place in a list is called by the layer of the output.
  return pathsIn(structure).map((path, i) =>
    (typeof path.at(-1) === "number" ? [...path.slice(0, -1), network.layerNamesOfOutputs[i]!] : path).join("/"),
  );
}

/** How inputs or outputs are grouped; undefined where they are alone or in a plain list. */
export function namedStructureOf(tensors: Tensors): Structure | undefined {
  const structure = structureOf(tensors, isKerasTensor)?.structure;
  return structure === undefined || keysIn(structure) === undefined ? undefined : structure;
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
