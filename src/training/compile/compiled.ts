import type { Variable } from "../../engine/index.js";
import type { Functional } from "../../network/index.js";
import type { Optimizer } from "../../optimizers/index.js";
import { namesOfOutputs } from "../state/per-output.js";
import type { Signature } from "../state/signature.js";
import type { CompileArgs } from "./compile.js";
import { Measures } from "./measures.js";
import { outputsWithLoss } from "./output-losses.js";

/** The result of `compile`: an optimizer for the model's weights, losses and metrics for its outputs. */
export class Compiled {
  readonly args: CompileArgs;
  readonly #network: Functional;
  /** Fixed when the model is compiled, or built if that comes later. */
  #trainable: readonly Variable[] | null = null;
  #measures: Measures | null = null;

  constructor(network: Functional, args: CompileArgs) {
    this.#network = network;
    this.args = args;
    this.#bind();
  }

  /** Built for the trainable weights as soon as there are weights. */
  get optimizer(): Optimizer {
    this.#bind();
    return this.args.optimizer;
  }

  /** The weights to train. */
  get trainable(): readonly Variable[] {
    this.#bind();
    return this.#trainable!;
  }

  /** Which outputs have a loss. */
  get withLoss(): readonly boolean[] {
    return outputsWithLoss(this.#network.label, this.args, namesOfOutputs(this.#network));
  }

  /** Losses and metrics; null before the first data, whose shapes they depend on. */
  get measures(): Measures | null {
    return this.#measures;
  }

  measuresFor(signature: Signature): Measures {
    this.#measures ??= new Measures(this.#network, this.args, signature);
    return this.#measures;
  }

  /** Called when the model has other layers: everything is bound anew. */
  rewired(): void {
    this.#trainable = null;
    this.#measures = null;
  }

  /** Makes slots for `withSlots` and trains `trained`, whatever `trainable` says; the optimizer's state is lost. */
  setTrained(withSlots: readonly Variable[], trained: readonly Variable[]): void {
    this.#trainable = trained;
    this.args.optimizer.rebuild(withSlots);
    this.args.optimizer.build(trained);
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

  #bind(): void {
    if (this.#trainable !== null || !this.#network.wired) return;
    this.#trainable = this.#network.trainableWeights;
    this.args.optimizer.build(this.#trainable);
  }
}
