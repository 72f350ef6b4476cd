import type { Variable } from "../../engine/index.js";
import type { Functional } from "../../network/index.js";
import { Optimizer } from "../../optimizers/index.js";
import { namedOutputs } from "../state/per-output.js";
import type { CompileArgs } from "./compile.js";
import { Measures } from "./measures.js";
import { outputsWithLoss } from "./output-losses.js";

/** An optimizer with the name that `compile` gave it, or under which a step was found to use it. */
export interface NamedOptimizer {
  /** "" for the only one. */
  readonly name: string;
  readonly optimizer: Optimizer;
}

/** The result of `compile`: optimizers for the model's weights, losses and metrics. */
export class Compiled {
  readonly args: CompileArgs;
  readonly #network: Functional;
  readonly #named: readonly NamedOptimizer[];
  readonly #ownStep: boolean;
  /** Fixed when the model is compiled, or built if that comes later. */
  #trainable: readonly Variable[] | null = null;
  #measures: Measures;
  /** Optimizers that the model's own step uses, as it was found to do. */
  #used: readonly NamedOptimizer[] | null = null;
  /** The numbers of steps after which the model's own step does something else; null before that is known. */
  #periods: readonly number[] | null = null;

  /** @param ownStep whether the model says itself which weights an optimizer trains, in its own `trainStep` */
  constructor(network: Functional, args: CompileArgs, ownStep: boolean) {
    this.#network = network;
    this.#ownStep = ownStep;
    this.args = args;
    this.#named = [...args.optimizers].map(([name, optimizer]) => ({ name, optimizer }));
    this.#measures = new Measures(network.label, args);
    this.#bind();
  }

  /** All optimizers; built as soon as it is known which weights they train. */
  get optimizers(): readonly NamedOptimizer[] {
    this.#bind();
    return this.#used ?? this.#named;
  }

  /**
   * The optimizers that the program states, whether they are used or not: those of `compile`, and for an own step those
   * that the model holds in fields.
   */
  get stated(): readonly NamedOptimizer[] {
    const all = this.#ownStep ? this.#known : [...this.args.optimizers];
    return all.map(([name, optimizer]) => ({ name, optimizer }));
  }

  /** The weights to train, unless the model's own step says otherwise. */
  get trainable(): readonly Variable[] {
    if (this.#ownStep) return this.#network.trainableWeights;
    this.#bind();
    return this.#trainable!;
  }

  /** Whether all that is trained comes from the model's own step, with nothing left for an evaluation to measure. */
  get leavesNothing(): boolean {
    const { loss, metrics, weightedMetrics } = this.args;
    return this.#ownStep && loss === null && metrics === null && weightedMetrics === null;
  }

  /** How messages name the model. */
  get label(): string {
    return this.#network.label;
  }

  /** Which outputs have a loss. */
  get withLoss(): readonly boolean[] {
    return outputsWithLoss(this.#network.label, this.args, namedOutputs(this.#network));
  }

  get measures(): Measures {
    return this.#measures;
  }

  /** Called when the model has other layers: everything is bound anew. */
  rewired(): void {
    this.#trainable = null;
    this.#used = null;
    this.#periods = null;
    this.#measures = new Measures(this.#network.label, this.args);
  }

  /** Whether it is known what the model's own step does. */
  get isKnown(): boolean {
    return !this.#ownStep || this.#periods !== null;
  }

  /**
   * Makes the slots of optimizers for the weights that the model's own step trains with them.
   * @param periods the numbers of steps after which it does something else
   * @throws {StateError} when an optimizer was built for others
   */
  bind(used: ReadonlyMap<Optimizer, readonly Variable[]>, periods: readonly number[]): void {
    this.#periods = periods;
    for (const [optimizer, variables] of used) optimizer.build(variables);
    this.#used = [...used.keys()].map((optimizer, i) => ({ name: this.#nameOf(optimizer) ?? `${i}`, optimizer }));
  }

  /** The same for optimizers by name, as a saved state tells; those that the model holds, by their fields. */
  bindByName(trained: ReadonlyMap<string, readonly Variable[]>): void {
    if (!this.#ownStep || this.#used !== null) return;
    const known = new Map(this.#known);
    const found = [...trained].flatMap(([name, variables]) => {
      const optimizer = known.get(name);
      if (optimizer === undefined) return [];
      // A state from before the first step knows of no weights yet.
      if (variables.length > 0) optimizer.build(variables);
      return [{ name, optimizer }];
    });
    const others = [...this.args.optimizers].filter(([name]) => name !== "" && !trained.has(name));
    this.#used = [...found, ...others.map(([name, optimizer]) => ({ name, optimizer }))];
  }

  /** Tells steps apart that compute different things: which of {@link bind}'s periods end with this step. */
  variant(iteration: number): string {
    return (this.#periods ?? []).map((period) => ((iteration + 1) % period === 0 ? "1" : "0")).join("");
  }

  /** Makes slots for `withSlots` and trains `trained`, whatever `trainable` says; the optimizer's state is lost. */
  setTrained(optimizer: Optimizer, withSlots: readonly Variable[], trained: readonly Variable[]): void {
    if (this.#ownStep) this.#used ??= [{ name: this.#nameOf(optimizer) ?? "", optimizer }];
    else this.#trainable = trained;
    optimizer.rebuild(withSlots);
    optimizer.build(trained);
  }

  /** What the user should know before training. */
  warnings(): string[] {
    const now = this.#network.trainableWeights;
    const { trainable } = this;
    if (now.length === trainable.length && now.every((weight, i) => weight === trainable[i])) return [];
    return [
      `${this.#network.label}: layers have been frozen or thawed since compile, which takes effect only at the next ` +
        "compile. Call compile again to train other weights.",
    ];
  }

  /** All optimizers that have a name: those of `compile`, and those in fields of the model. */
  get #known(): readonly (readonly [string, Optimizer])[] {
    const fields = Object.entries(this.#network) as [string, unknown][];
    return [
      ...fields.filter((entry): entry is [string, Optimizer] => entry[1] instanceof Optimizer),
      ...this.args.optimizers,
    ];
  }

  #nameOf(optimizer: Optimizer): string | undefined {
    return this.#known.find(([, known]) => known === optimizer)?.[0];
  }

  #bind(): void {
    if (this.#ownStep || this.#trainable !== null || !this.#network.wired) return;
    this.#trainable = this.#network.trainableWeights;
    // Which of several trains what, only an own step can say.
    if (this.args.optimizers.size > 1) return;
    for (const optimizer of this.args.optimizers.values()) optimizer.build(this.#trainable);
  }
}
