import { FormatError, StateError } from "../core/errors.js";
import { snakeCase } from "../core/names.js";
import { type Field, type Fields, float, nullable, type Resolved, text, wrongOption } from "../core/options.js";
import { isConfig } from "../core/parts.js";
import type { Json } from "../core/stateful.js";
import { Tensor } from "../core/tensor.js";
import { isPlainObject } from "../core/value-text.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import type { OptimizerEntry } from "./entry.js";
import type { LoadedEntries } from "./load-entries.js";
import { inScopeOf, type NamedTensor } from "./named-tensor.js";
import { type ApplyScalars, Optimizer, type PartOfUpdate } from "./optimizer.js";
import { optimizerField } from "./optimizer-field.js";
import { mapConfig, OptimizerMap } from "./optimizer-map.js";
import type { OptimizerOptions } from "./options.js";
import type { UpdateRule } from "./slots.js";
import type { DecayExclusion } from "./weight-decay.js";

export interface MultiOptimizerSettings extends Pick<OptimizerOptions, "name" | "lossScaleFactor"> {
  /** Which optimizer trains which weights. */
  readonly optimizerMap: OptimizerMap;
}

export type MultiOptimizerOptions = Omit<MultiOptimizerSettings, "optimizerMap">;

/** To be an optimizer like all others: the options of those are what those inside have. */
type Settings = MultiOptimizerSettings & OptimizerOptions;

const mapField: Field<OptimizerMap> = {
  parse(value, where) {
    if (value instanceof OptimizerMap) return value;
    throw wrongOption(
      where,
      "an OptimizerMap",
      value,
      "Write new optimizers.OptimizerMap(new optimizers.SGD(), { … })",
    );
  },
  toConfig: (map) => mapConfig(map, (optimizer) => optimizerField.toConfig!(optimizer)),
  fromConfig(json, where, reading) {
    const config = isConfig(json) && json["class_name"] === OptimizerMap.className ? json["config"] : null;
    const { default_optimizer: rest, optimizer_map: map = {} } = isConfig(config ?? null)
      ? (config as { [key: string]: Json })
      : {};
    if (rest === undefined || !isConfig(map)) {
      throw new FormatError({
        code: "optimizer-map",
        what: `${where}: which optimizer trains what was said by a function, which no file holds`,
        fix: "Load with { compile: false } and compile with a MultiOptimizer again",
      });
    }
    const read = (one: Json, at: string): Optimizer => optimizerField.fromConfig!(one, at, reading);
    const entries = Object.entries(map).map(([path, one]) => [path, read(one, `${where}["${path}"]`)] as const);
    return new OptimizerMap(read(rest, `${where}.default_optimizer`), Object.fromEntries(entries));
  },
};

/**
 * Trains weights by several optimizers, as an {@link OptimizerMap} says. Each has a learning rate of its own:
 * `multi.optimizers`, or `model.optimizers` by their names. For steps of your own, `compile` takes optimizers by name.
 */
export class MultiOptimizer extends Optimizer<Settings> {
  static override readonly className: string = "MultiOptimizer";
  static readonly positional: readonly string[] = ["optimizerMap"];
  static readonly fields: Fields<MultiOptimizerSettings> = {
    optimizerMap: mapField,
    lossScaleFactor: nullable(float({ above: 0 })),
    name: nullable(text()),
  };

  #isBuilt = false;

  constructor(optimizerMap: OptimizerMap, options: MultiOptimizerOptions = {}) {
    super(isPlainObject(options) ? { ...options, optimizerMap } : options);
  }

  /** Those of the map, the default one last. */
  get optimizers(): readonly Optimizer[] {
    return this.options.optimizerMap.optimizers;
  }

  override get inner(): readonly Optimizer[] {
    return this.optimizers;
  }

  /** @internal */
  override get rated(): readonly Optimizer[] {
    return this.optimizers;
  }

  /** @internal */
  override get nested(): Readonly<Record<string, Optimizer>> {
    const taken = new Map<string, number>();
    return Object.fromEntries(
      this.optimizers.map((optimizer) => {
        const name = snakeCase((optimizer.constructor as unknown as { readonly className: string }).className);
        const nth = taken.get(name) ?? 0;
        taken.set(name, nth + 1);
        return [`_inner_optimizers/${nth === 0 ? name : `${name}_${nth}`}`, optimizer];
      }),
    );
  }

  /** @internal */
  override get common(): Resolved<OptimizerOptions> {
    const { name, lossScaleFactor } = this.options;
    const none = { weightDecay: null, clipnorm: null, globalClipnorm: null, clipvalue: null };
    const ema = { useEma: false, emaMomentum: 0.99, emaOverwriteFrequency: null };
    // No rate: each of the optimizers has its own.
    const learningRate = (): number => 0;
    return { name, learningRate, ...none, ...ema, lossScaleFactor, gradientAccumulationSteps: null };
  }

  /** Steps made so far. */
  override get iteration(): number {
    return Math.max(...this.optimizers.map(({ iteration }) => iteration));
  }

  override set iteration(count: number) {
    for (const optimizer of this.optimizers) if (optimizer.built) optimizer.iteration = count;
  }

  /** @internal */
  override countStep(): void {}

  /** @internal */
  override get counted(): readonly Optimizer[] {
    return this.optimizers;
  }

  override get built(): boolean {
    return this.#isBuilt;
  }

  override get hasAverages(): boolean {
    return this.optimizers.some(({ hasAverages }) => hasAverages);
  }

  override get averages(): readonly Variable[] {
    return this.optimizers.flatMap(({ averages }) => averages);
  }

  override get trainable(): readonly Variable[] {
    return this.optimizers.flatMap(({ trainable }) => trainable);
  }

  /** @internal */
  override get active(): readonly Variable[] {
    return this.optimizers.flatMap(({ active }) => active);
  }

  override get variables(): readonly OptimizerEntry[] {
    const own = (name: string, dtype: "int64" | "float32", read: () => number): OptimizerEntry => ({
      name: `${this.name}/${name}`,
      shape: [],
      read: () => new Tensor([read()], [], dtype),
      write: () => {},
    });
    return [
      own("iteration", "int64", () => this.iteration),
      own("learning_rate", "float32", () => 0),
      ...this.optimizers.flatMap(({ variables }) => variables),
    ];
  }

  override excludeFromWeightDecay(exclusion: DecayExclusion): void {
    for (const optimizer of this.optimizers) optimizer.excludeFromWeightDecay(exclusion);
  }

  override build(trainable: readonly Variable[]): void {
    for (const [optimizer, params] of this.options.optimizerMap.partition(trainable)) optimizer.build(params);
    this.#isBuilt = true;
  }

  /** @internal */
  override rebuild(trainable: readonly Variable[]): void {
    for (const [optimizer, params] of this.options.optimizerMap.partition(trainable)) optimizer.rebuild(params);
    this.#isBuilt = true;
  }

  /** @internal */
  override partsOf(params: readonly Variable[]): readonly PartOfUpdate[] {
    return [...this.options.optimizerMap.partition(params)].map(([optimizer, own]) => ({ optimizer, params: own }));
  }

  /** @throws {StateError} always: each of the optimizers makes its own updates */
  override rule(): UpdateRule<object> {
    throw this.#notOne();
  }

  /** @throws {StateError} always */
  override apply(_gradients: readonly Value[], _scalars: ApplyScalars): Map<Variable, Value> {
    throw this.#notOne();
  }

  override swapAverages(): void {
    for (const optimizer of this.optimizers) optimizer.swapAverages();
    this.averagesSwapped = !this.averagesSwapped;
  }

  override finalizeVariables(): void {
    for (const optimizer of this.optimizers) {
      if (optimizer.built) optimizer.finalizeVariables();
    }
    this.averagesSwapped = false;
  }

  /** @internal */
  override loadEntries(list: readonly NamedTensor[], order?: readonly Variable[]): LoadedEntries {
    const expected = this.variables.length;
    if (list.length !== expected) {
      throw new FormatError({
        code: "optimizer-slot-missing",
        what: `The optimizer state does not fit ${this.name}, which holds ${this.optimizers.length} optimizers`,
        received: `${list.length} variables`,
        expected: `${expected}`,
        fix: "Compile with the MultiOptimizer that the file was saved with",
      });
    }
    let from = 2;
    let loaded: LoadedEntries = { iteration: true, learningRate: true };
    for (const optimizer of this.optimizers) {
      const to = from + optimizer.variables.length;
      if (optimizer.built) loaded = optimizer.loadEntries(inScopeOf(list[0]!, list.slice(from, to)), order);
      from = to;
    }
    return loaded;
  }

  override getConfig(): Record<string, Json> {
    const { optimizer_map, loss_scale_factor } = super.getConfig();
    return { optimizer_map: optimizer_map!, loss_scale_factor: loss_scale_factor ?? null, name: this.name };
  }

  #notOne(): StateError {
    return new StateError({
      code: "several-optimizers",
      what: `${this.name} is made of ${this.optimizers.length} optimizers, each of which updates its own weights`,
      fix: "Use fit, or step.minimize and step.apply in a trainStep, which give each its part",
    });
  }
}
