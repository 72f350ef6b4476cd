import type { Budget } from "../core/budget.js";
import { FormatError } from "../core/errors.js";
import { type Config, isConfig } from "../core/parts.js";
import type { Json, StateValue } from "../core/stateful.js";
import type { Tensor } from "../core/tensor.js";
import { VERSION as PAWL } from "../core/version.js";
import type { NamedTensor } from "../optimizers/index.js";
import { isListOfOptimizers } from "../training/run/all-optimizers.js";
import { parseConfig } from "./plain-json.js";
import type { Collected, SeveralOptimizers, Trained } from "./types.js";

const VERSION = 1;

/**
 * What a file has beyond Keras: the training state, compile arguments as the user gave them, and the optimizer's
 * variables where Keras's format has no place for them. As JSON and numbered tensors it fits any container.
 */
export interface OwnState<Text = string> {
  readonly json: Text;
  readonly tensors: readonly Tensor[];
}

/** {@link OwnState} as it was read. */
export interface LoadedOwnState {
  /** The version of Pawl that wrote it. */
  readonly pawl: string | null;
  readonly compile: Config | null;
  readonly ownCompile: Config;
  readonly trained: Trained | null;
  /** Paths of frozen layers. */
  readonly frozen: readonly string[] | null;
  readonly optimizer: readonly NamedTensor[] | null;
  readonly several: SeveralOptimizers | null;
  readonly state: StateValue | null;
}

/** @param withOptimizer for formats that have no place for an optimizer */
export function encodeOwnState(model: Collected, withOptimizer: boolean): OwnState {
  const optimizer = withOptimizer ? (model.optimizer?.entries ?? null) : null;
  const state = Object.entries(model.state?.tensors ?? {});
  const { several } = model;
  const json = {
    version: VERSION,
    pawl: PAWL,
    compile: model.compile,
    own_compile: model.ownCompile,
    frozen: model.frozen,
    optimizer: optimizer?.map(({ name }) => name) ?? null,
    state: model.state === null ? null : { json: model.state.json, tensors: state.map(([name]) => name) },
    ...(several === null ? {} : { several: { names: several.names, parts: several.parts, paths: several.paths } }),
  } satisfies Json;
  return {
    json: JSON.stringify(json),
    tensors: [
      ...(optimizer ?? []).map(({ tensor }) => tensor),
      ...state.map(([, tensor]) => tensor),
      ...(several?.tensors ?? []),
    ],
  };
}

/** @throws {FormatError} when it is not what {@link encodeOwnState} wrote */
export function decodeOwnState(
  { json, tensors }: OwnState<string | Uint8Array>,
  file: string,
  budget: Budget,
): LoadedOwnState {
  const parsed = parseConfig(json, `The Pawl state in "${file}"`, budget);
  if (!isConfig(parsed) || parsed["version"] !== VERSION) {
    throw new FormatError({
      code: "pawl-state",
      what: `The Pawl state in "${file}" cannot be read`,
      received: isConfig(parsed) ? `version ${String(parsed["version"])}` : "something else",
      expected: `version ${VERSION}`,
      fix: "A newer Pawl may have written it: update, or load with { allowEdited: true }, which takes weights and optimizer alone",
    });
  }
  let taken = 0;
  const take = (names: Json | undefined): [string, Tensor][] =>
    (Array.isArray(names) ? (names as readonly Json[]) : []).map((name) => {
      const tensor = tensors[taken++];
      if (tensor === undefined || typeof name !== "string") throw missingTensor(file, name);
      return [name, tensor];
    });
  const { optimizer, state, several } = parsed;
  const ownCompile = isConfig(parsed["own_compile"]) ? parsed["own_compile"] : {};
  const [withSlots, trained] = [places(ownCompile["with_slots"]), places(ownCompile["trained"])];
  const entries = take(optimizer).map(([name, tensor]) => ({ name, tensor }));
  const stateTensors = isConfig(state) ? Object.fromEntries(take(state["tensors"])) : {};
  return {
    pawl: typeof parsed["pawl"] === "string" ? parsed["pawl"] : null,
    compile: isConfig(parsed["compile"]) ? parsed["compile"] : null,
    ownCompile,
    trained: withSlots === null || trained === null ? null : { withSlots, trained },
    frozen: paths(parsed["frozen"]),
    optimizer: Array.isArray(optimizer) ? entries : null,
    several: isConfig(several) ? severalIn(several, take(several["names"]), file) : null,
    state: isConfig(state) ? { json: state["json"] ?? null, tensors: stateTensors } : null,
  };
}

function severalIn(
  { parts = null, paths = null }: Config,
  entries: readonly (readonly [string, Tensor])[],
  file: string,
): SeveralOptimizers {
  if (!isListOfOptimizers(parts) || !Array.isArray(paths) || !paths.every((path) => typeof path === "string")) {
    throw new FormatError({
      code: "pawl-state",
      what: `The Pawl state in "${file}" does not say which optimizer trains what`,
      expected: "a list of optimizers with the weights of each",
      fix: "The file is damaged: use an older one",
    });
  }
  return {
    names: entries.map(([name]) => name),
    tensors: entries.map(([, tensor]) => tensor),
    parts,
    paths: paths as readonly string[],
  };
}

const places = (json: Json | undefined): number[] | null =>
  Array.isArray(json) && json.every((place) => typeof place === "number") ? (json as number[]) : null;

const paths = (json: Json | undefined): readonly string[] | null =>
  Array.isArray(json) && json.every((path) => typeof path === "string") ? (json as readonly string[]) : null;

function missingTensor(file: string, name: Json): FormatError {
  return new FormatError({
    code: "pawl-state",
    what: `The Pawl state in "${file}" lacks a tensor`,
    expected: String(name),
    fix: "The file is damaged: use an older one",
  });
}
