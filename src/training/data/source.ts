import { OptionError, ShapeError } from "../../core/errors.js";
import { inStructure, type Structure } from "../../core/grouped.js";
import type { Tensor } from "../../core/tensor.js";
import { isClass } from "../../core/value-text.js";
import { structureIn } from "../../data/dataset.js";
import { ArrayDataset, type Batch as DataBatch, type Dataset, fromGenerator, isDataset } from "../../data/index.js";
import { refuseRecords } from "../../data/records/refuse-records.js";
import type { Functional } from "../../network/index.js";
import type { ModelBatch } from "../state/batch.js";
import { namedStructureOf } from "../state/per-output.js";
import type { ArrayKeys } from "../state/signature.js";
import { checkTexts, fitToInput, isOneArray, type TensorsLike, tensorsOf } from "./arrays.js";
import { arraysAsGiven } from "./arrays-as-given.js";
import { type ClassWeights, classWeights, weightsOfOutputs } from "./class-weight.js";
import { fed, keysOfNetwork, learningIn } from "./fed.js";
import { checkAlone, checkNoOptions } from "./source-errors.js";

type Iterables = Iterable<unknown> | AsyncIterable<unknown>;
/** Data in batches: a data set, an iterable of `[x, y]` or `[x, y, sampleWeight]`, or a function that makes one. */
export type BatchesLike = Dataset | Iterables | ((pass: number) => Iterables);
/** Everything that `fit`, `evaluate` and `predict` take as x. */
export type DataLike = TensorsLike | BatchesLike;

/** The user's data to train, evaluate or predict on. */
export interface Given {
  readonly x: DataLike;
  readonly y?: TensorsLike | null | undefined;
  readonly sampleWeight?: TensorsLike | null | undefined;
  readonly classWeight?: ClassWeights | null;
}

/**
 * Whether x brings its own batches (and targets and weights with them).
 * @throws {OptionError} for records of which no batches are made
 */
export function isBatches(x: unknown): x is BatchesLike {
  refuseRecords(x);
  if (typeof x === "function") return !isClass(x);
  if (isDataset(x)) return true;
  if (typeof x !== "object" || x === null || Array.isArray(x) || ArrayBuffer.isView(x)) return false;
  // Tensors can be gone through too, those of another copy of Pawl among them.
  if ("data" in x && "shape" in x) return false;
  return Symbol.iterator in x || Symbol.asyncIterator in x;
}

/** For each output, the index of its array in a batch; -1: none. */
type Slots = readonly number[];
type OutputWeights = ReturnType<typeof weightsOfOutputs>;

const NO_KEYS: ArrayKeys = { inputs: null, targets: null };

/**
 * A data set with the assignment of its arrays to a model's inputs and outputs. A model that has none, only a step of its
 * own, takes them as they are given.
 */
export class Source {
  readonly dataset: Dataset;
  readonly #network: Functional;
  readonly #where: string;
  /** For each output; null: no class weights. */
  readonly #classWeight: OutputWeights | null;
  readonly #withLoss: readonly boolean[];
  /** Null where it depends on the number of arrays in a batch. */
  readonly #targets: Slots | null;
  readonly #weights: Slots | null;
  /** How arrays were grouped that came for a model without inputs and outputs. */
  readonly #keys: ArrayKeys;

  private constructor(from: {
    dataset: Dataset;
    network: Functional;
    where: string;
    classWeight: OutputWeights | null;
    withLoss: readonly boolean[];
    targets: Slots | null;
    weights: Slots | null;
    keys?: ArrayKeys;
  }) {
    this.dataset = from.dataset;
    this.#network = from.network;
    this.#where = from.where;
    this.#classWeight = from.classWeight;
    this.#withLoss = from.withLoss;
    this.#targets = from.targets;
    this.#weights = from.weights;
    this.#keys = from.keys ?? NO_KEYS;
  }

  /**
   * @param where for messages, e.g. `fit of Sequential "mnist"`
   * @param withLoss which outputs have a loss: batches may have targets for these alone
   * @throws {OptionError} for arrays that belong to no input or output, {ShapeError} for wrong shapes
   */
  static of(network: Functional, where: string, given: Given, withLoss: readonly boolean[]): Source {
    const weights = given.classWeight ?? null;
    const names = network.isCallable ? network.outputNames : [];
    const classWeight = weights === null ? null : weightsOfOutputs(weights, names, where);
    for (const layer of learningIn(network)) layer.requireLearned();
    const common = { network, where, classWeight, withLoss };
    if (!isBatches(given.x)) {
      if (network.isCallable) return new Source({ ...common, ...fromArrays(network, where, given, given.x) });
      checkNoOptions(where, given.y, []);
      return new Source({ ...common, targets: null, weights: null, ...arraysAsGiven(where, given, given.x) });
    }
    checkAlone(where, given);
    const dataset = isDataset(given.x) ? given.x : fromGenerator(given.x as Parameters<typeof fromGenerator>[0]);
    return new Source({ ...common, dataset, targets: null, weights: null });
  }

  /** All targets, one entry per output; null for data that is not in memory. */
  get allTargets(): readonly (Tensor | null)[] | null {
    const { dataset } = this;
    if (!this.#network.isCallable) return null;
    return dataset instanceof ArrayDataset
      ? spread(dataset.y, this.#targets ?? this.#slotsFor(dataset.y.length, "y"))
      : null;
  }

  /** The same assignment for another data set, e.g. a part of the data. Validation has no class weights. */
  over(dataset: Dataset, classWeight: OutputWeights | null = this.#classWeight): Source {
    return new Source({
      dataset,
      network: this.#network,
      where: this.#where,
      classWeight,
      withLoss: this.#withLoss,
      targets: this.#targets,
      weights: this.#weights,
      keys: this.#keys,
    });
  }

  /** A batch of the data set, checked and assigned to inputs and outputs. */
  batch(raw: DataBatch): ModelBatch {
    if (!this.#network.isCallable) return this.#asGiven(raw);
    const targets = this.#targetsIn(raw, "y", this.#targets);
    const weights = this.#targetsIn(raw, "sampleWeight", this.#weights);
    return {
      rows: raw.rows,
      inputs: fed(
        this.#network,
        this.#inputsIn(raw).map((tensor, i) => fitInput(this.#network, this.#where, tensor, i)),
      ),
      targets,
      weights: this.#byClass(targets, weights),
      keys: keysOfNetwork(this.#network),
    };
  }

  #asGiven(raw: DataBatch): ModelBatch {
    const { rows, x, y, sampleWeight } = raw;
    return {
      rows,
      inputs: x,
      targets: y,
      weights: y[0] ? this.#byClass(y, sampleWeight) : sampleWeight,
      keys: {
        inputs: structureIn(raw, "x") ?? this.#keys.inputs,
        targets: structureIn(raw, "y") ?? this.#keys.targets,
      },
    };
  }

  /** Outputs with class weights are weighed by these, others by what the batch has. */
  #byClass(targets: readonly (Tensor | null)[], weights: readonly (Tensor | null)[]): readonly (Tensor | null)[] {
    if (this.#classWeight === null) return weights;
    return this.#classWeight.map((one, i) => {
      const target = targets[i];
      return one !== null && target ? classWeights(target, one) : (weights[i] ?? null);
    });
  }

  #inputsIn(raw: DataBatch): readonly Tensor[] {
    const { inputs, inputNames } = this.#network;
    const { x } = raw;
    const structure = structureIn(raw, "x");
    if (structure !== undefined) return inputsOf(this.#network, `a batch of ${this.#where}`, grouped(structure, x));
    if (x.length !== inputs.length) throw this.#wrongNumber("x", x.length, inputNames);
    return x;
  }

  #targetsIn(raw: DataBatch, what: "y" | "sampleWeight", slots: Slots | null): (Tensor | null)[] {
    const arrays = raw[what];
    const structure = structureIn(raw, what);
    if (structure === undefined) return spread(arrays, slots ?? this.#slotsFor(arrays.length, what));
    return targetsOf(this.#network, `a batch of ${this.#where}`, what, grouped(structure, arrays));
  }

  /** The outputs that `count` arrays are for: all, those with a loss, or (for weights) one array for all. */
  #slotsFor(count: number, what: "y" | "sampleWeight"): Slots {
    const all = this.#withLoss.map((_, i) => i);
    if (count === 0) return all.map(() => -1);
    if (count === all.length) return all;
    let next = 0;
    const withLoss = this.#withLoss.map((has) => (has ? next++ : -1));
    if (count === next) return withLoss;
    if (what === "sampleWeight" && count === 1) return all.map(() => 0);
    throw this.#wrongNumber(what, count, this.#network.outputNames);
  }

  #wrongNumber(what: string, received: number, names: readonly string[]): ShapeError {
    return new ShapeError({
      code: "number-of-arrays",
      what: `A batch of ${this.#where} has the wrong number of arrays as ${what}`,
      received: `${received}`,
      expected: `${names.length}: ${names.join(", ")}`,
      fix: "Give one array for each, in a list of their own within the batch",
    });
  }
}

function fromArrays(network: Functional, where: string, given: Given, x: TensorsLike) {
  const inputs = inputsOf(network, where, x);
  const named = namedStructureOf(network.grouping.outputs);
  checkNoOptions(where, given.y, named?.names ?? network.outputNames);
  const targets = targetsOf(network, where, "y", given.y);
  const shared = isShared(network, given.sampleWeight);
  const weights = targetsOf(network, where, "sampleWeight", given.sampleWeight);
  const dataset = new ArrayDataset({
    x: inputs.map((input, i) => fitInput(network, where, input, i)),
    y: present(targets),
    sampleWeight: present(weights),
  });
  return { dataset, targets: slotsOf(targets), weights: shared ? network.outputNames.map(() => 0) : slotsOf(weights) };
}

/** One tensor per input, from a list or from an object by name. */
function inputsOf({ inputNames: names, grouping }: Functional, where: string, x: TensorsLike): Tensor[] {
  const inputs = tensorsOf(x, {
    where: `x of ${where}`,
    names,
    structure: namedStructureOf(grouping.inputs),
    kind: "input",
  });
  const missing = inputs.indexOf(null);
  if (missing < 0) return inputs as Tensor[];
  throw new OptionError({
    code: "missing-input",
    what: `x of ${where} has nothing for the input "${names[missing]}"`,
    received: "nothing",
    expected: `data for ${names.join(", ")}`,
    fix: "Give an array for each input: one, a list, or an object by name",
  });
}

/** One tensor per output, null where there is none; for weights that all outputs share, just one. */
function targetsOf(
  network: Functional,
  where: string,
  what: "y" | "sampleWeight",
  given: TensorsLike | null | undefined,
): (Tensor | null)[] {
  const shared = what === "sampleWeight" && isShared(network, given);
  const tensors = tensorsOf(given, {
    where: `${what} of ${where}`,
    names: shared ? [what] : network.outputNames,
    structure: namedStructureOf(network.grouping.outputs),
  });
  for (const tensor of tensors) if (tensor !== null) checkTexts(tensor, false, `${what} of ${where}`);
  return tensors;
}

function isShared({ outputNames }: Functional, weights: TensorsLike | null | undefined): boolean {
  return weights != null && outputNames.length > 1 && isOneArray(weights, outputNames.length);
}

function fitInput(network: Functional, where: string, tensor: Tensor, i: number): Tensor {
  const { fixedInputs } = network;
  const input = `Input "${network.inputNames[i]}" of ${where}`;
  checkTexts(tensor, fixedInputs?.[i]?.dtype === "string", input);
  return fixedInputs === null ? tensor : fitToInput(tensor, fixedInputs[i]!.shape, input);
}

const grouped = (structure: Structure, arrays: readonly Tensor[]): TensorsLike =>
  inStructure(structure, arrays) as TensorsLike;

function spread(arrays: readonly Tensor[], slots: Slots): (Tensor | null)[] {
  return slots.map((index) => (index < 0 ? null : arrays[index]!));
}

function slotsOf(arrays: readonly (Tensor | null)[]): Slots {
  let next = 0;
  return arrays.map((array) => (array === null ? -1 : next++));
}

function present(arrays: readonly (Tensor | null)[]): Tensor[] | null {
  const list = arrays.filter((array) => array !== null);
  return list.length === 0 ? null : list;
}
