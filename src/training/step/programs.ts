import { sayOnce } from "../../core/notice.js";
import type { Engine, Program, ProgramSpec, Variable } from "../../engine/index.js";
import { grad } from "../../graph/autodiff.js";
import type { InputValue, Value } from "../../graph/value.js";
import { workOf } from "../../graph/work.js";
import type { Functional } from "../../network/index.js";
import * as ops from "../../ops/index.js";
import type { Optimizer } from "../../optimizers/index.js";
import type { Measures } from "../compile/measures.js";
import { type Signature, signatureKey } from "../state/signature.js";
import { autoShards } from "./auto-shards.js";
import { forward, type Leaves } from "./forward.js";
import { nextAccumulators } from "./next-accumulators.js";
import { totalLoss } from "./total-loss.js";

/** A compiled step and the leaves to feed. */
export interface Step {
  readonly program: Program;
  readonly leaves: Leaves;
  /** Number of parts that its batches are computed in. */
  readonly shards: number;
  /** Null outside of training. */
  readonly learningRate: InputValue | null;
  readonly iteration: InputValue | null;
}

/** The inputs of training and evaluation besides the network. */
export interface Training {
  readonly optimizer: Optimizer;
  readonly measures: Measures;
  /** The weights to train: those that were trainable at `compile`. */
  readonly trainable: readonly Variable[];
}

type Assembled = Omit<Step, "program" | "shards"> & Pick<ProgramSpec, "results" | "updates">;

const MOST = 16;

/** The programs of a model: one each for training, evaluation and prediction, per shape of data. */
export class Programs {
  readonly #network: Functional;
  readonly #engine: Engine;
  #shards: number | null;
  readonly #steps = new Map<string, Promise<Step>>();

  /** @param shards null: each step gets as many as suit it */
  constructor(network: Functional, engine: Engine, shards: number | null) {
    forgotten.register(this, this.#steps);
    this.#network = network;
    this.#engine = engine;
    this.#shards = shards;
  }

  /** One step of training: loss, gradients, update of weights, state of layers, metrics. */
  train(signature: Signature, rows: number, { optimizer, measures, trainable }: Training): Promise<Step> {
    return this.#step("train", signature, rows, () => {
      const step = forward(this.#network, signature, true);
      const loss = totalLoss(step, measures.losses, trainable);
      const learningRate = ops.input("learning_rate", [], "float32");
      const iteration = ops.input("iteration", [], "int32");
      const gradients = gradientsOf(loss, trainable);
      const updates = new Map<Variable, Value>([
        ...step.assigned,
        ...nextAccumulators(measures, step, loss),
        ...optimizer.apply(gradients, { learningRate, iteration }),
      ]);
      return { results: {}, updates, leaves: step.leaves, learningRate, iteration };
    });
  }

  /** Losses and metrics of a batch; changes only their accumulators and the state of stateful layers. */
  test(
    signature: Signature,
    rows: number,
    { measures, trainable }: Pick<Training, "measures" | "trainable">,
  ): Promise<Step> {
    return this.#step("test", signature, rows, () => {
      const step = forward(this.#network, signature, false);
      const measured = nextAccumulators(measures, step, totalLoss(step, measures.losses, trainable));
      const updates = new Map<Variable, Value>([...step.assigned, ...measured]);
      return { results: {}, updates, leaves: step.leaves, learningRate: null, iteration: null };
    });
  }

  /** The outputs for a batch, as results "0", "1", …. */
  predict(signature: Signature, rows: number): Promise<Step> {
    return this.#step("predict", signature, rows, () => {
      const { predictions, leaves, assigned } = forward(this.#network, signature, false);
      const results = Object.fromEntries(predictions.map((value, i) => [String(i), value]));
      return { results, updates: assigned, leaves, learningRate: null, iteration: null };
    });
  }

  /** Computes everything in this many shards from now on. */
  settle(shards: number): void {
    this.#shards = shards;
    for (const [key, step] of this.#steps) {
      if (key.startsWith("train|")) continue;
      this.#steps.delete(key);
      release(step);
    }
  }

  dispose(): void {
    for (const step of this.#steps.values()) release(step);
    this.#steps.clear();
  }

  /** Drops the least recently used steps first; most models never have more than three. */
  #step(name: string, signature: Signature, rows: number, assemble: () => Assembled): Promise<Step> {
    const key = `${name}|${signatureKey(signature)}`;
    const known = this.#steps.get(key);
    if (known !== undefined) {
      this.#steps.delete(key);
      this.#steps.set(key, known);
      return known;
    }
    if (this.#steps.size >= MOST) this.#evict();
    const made = this.#compile(name, rows, assemble);
    this.#steps.set(key, made);
    made.catch(() => this.#steps.delete(key));
    return made;
  }

  async #compile(name: string, rows: number, assemble: () => Assembled): Promise<Step> {
    const { results, updates, ...rest } = assemble();
    const shards = this.#shards ?? shardsFor({ results, updates }, rows, this.#network);
    return { ...rest, shards, program: await this.#engine.compile({ name, results, updates, shards }) };
  }

  #evict(): void {
    const [key, oldest] = this.#steps.entries().next().value!;
    this.#steps.delete(key);
    release(oldest);
    sayOnce(
      `shapes:${this.#network.name}`,
      `${this.#network.label}: data comes in more than ${MOST} shapes, and each new one is compiled anew. Pad it to fewer.`,
    );
  }
}

function shardsFor(
  { results, updates }: Pick<ProgramSpec, "results" | "updates">,
  rows: number,
  network: Functional,
): number {
  const work = workOf([...Object.values(results), ...updates.values()], rows);
  const parameters = network.weights.reduce((sum, weight) => sum + weight.size, 0);
  const parameterBytes = network.trainableWeights.reduce((bytes, weight) => bytes + weight.byteLength, 0);
  return autoShards({ rows, work, parameters, parameterBytes: updates.size === 0 ? 0 : parameterBytes });
}

/** Releases the sessions of collected models, which live outside of JavaScript's memory. */
const forgotten = new FinalizationRegistry<ReadonlyMap<string, Promise<Step>>>((steps) => {
  for (const step of steps.values()) release(step);
});

function release(step: Promise<Step>): void {
  step.then(
    ({ program }) => program.dispose(),
    () => undefined,
  );
}

/** Gradients over the whole batch: those of the shards added up, plus those of the penalties, which exist once. */
function gradientsOf(loss: ReturnType<typeof totalLoss>, trainable: readonly Variable[]): Value[] {
  const weights = trainable.map((variable) => variable.value);
  const zeros = (): Value[] => trainable.map(({ shape }) => ops.broadcastTo(0, shape));
  const data = loss.local === null ? null : grad(loss.local, weights).map((gradient) => ops.allSum(gradient));
  const penalty = loss.penalty === null ? null : grad(loss.penalty, weights);
  if (data === null || penalty === null) return data ?? penalty ?? zeros();
  return data.map((gradient, i) => (trainable[i]!.regularizer ? ops.add(gradient, penalty[i]!) : gradient));
}
