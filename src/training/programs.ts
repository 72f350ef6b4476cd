import { sayOnce } from "../core/notice.js";
import type { Engine, Program, ProgramSpec, Variable } from "../engine/index.js";
import { grad } from "../graph/autodiff.js";
import type { InputValue, Value } from "../graph/value.js";
import type { Functional } from "../network/index.js";
import * as ops from "../ops/index.js";
import type { Optimizer } from "../optimizers/index.js";
import { forward, type Leaves } from "./forward.js";
import { measure } from "./measure.js";
import type { Measures } from "./measures.js";
import { type Signature, signatureKey } from "./signature.js";
import { totalLoss } from "./total-loss.js";

/** A compiled step and the leaves that it wants fed. */
export interface Step {
  readonly program: Program;
  readonly leaves: Leaves;
  /** Only in training. */
  readonly learningRate: InputValue | null;
  readonly iteration: InputValue | null;
}

/** What training and evaluation need besides the network. */
export interface Training {
  readonly optimizer: Optimizer;
  readonly measures: Measures;
  /** The weights that are trained: the ones that were trainable at `compile`. */
  readonly trainable: readonly Variable[];
}

type Assembled = Omit<Step, "program"> & Pick<ProgramSpec, "results" | "updates">;

const MOST = 16;

/** The programs of a model: one for training, evaluation and prediction each, and for each shape of data. */
export class Programs {
  readonly #network: Functional;
  readonly #engine: Engine;
  readonly #shards: number;
  readonly #steps = new Map<string, Promise<Step>>();

  constructor(network: Functional, engine: Engine, shards: number) {
    forgotten.register(this, this.#steps);
    this.#network = network;
    this.#engine = engine;
    this.#shards = shards;
  }

  /** One step of training: loss, gradients, update of weights, state of layers, metrics. */
  train(signature: Signature, { optimizer, measures, trainable }: Training): Promise<Step> {
    return this.#step("train", signature, () => {
      const step = forward(this.#network, signature, true);
      const loss = totalLoss(step, measures.losses, trainable);
      const learningRate = ops.input("learning_rate", [], "float32");
      const iteration = ops.input("iteration", [], "int32");
      const gradients = gradientsOf(loss, trainable);
      const updates = new Map<Variable, Value>([
        ...step.assigned,
        ...measure(measures, step, loss),
        ...optimizer.apply(gradients, { learningRate, iteration }),
      ]);
      return { results: {}, updates, leaves: step.leaves, learningRate, iteration };
    });
  }

  /** Losses and metrics of a batch; changes nothing but their accumulators. */
  test(signature: Signature, { measures, trainable }: Pick<Training, "measures" | "trainable">): Promise<Step> {
    return this.#step("test", signature, () => {
      const step = forward(this.#network, signature, false);
      const updates = measure(measures, step, totalLoss(step, measures.losses, trainable));
      return { results: {}, updates, leaves: step.leaves, learningRate: null, iteration: null };
    });
  }

  /** The outputs for a batch, as results "0", "1", …. */
  predict(signature: Signature): Promise<Step> {
    return this.#step("predict", signature, () => {
      const { predictions, leaves } = forward(this.#network, signature, false);
      const results = Object.fromEntries(predictions.map((value, i) => [String(i), value]));
      return { results, updates: new Map(), leaves, learningRate: null, iteration: null };
    });
  }

  dispose(): void {
    for (const step of this.#steps.values()) release(step);
    this.#steps.clear();
  }

  /** Least recently used steps go first; most models never have more than three. */
  #step(name: string, signature: Signature, assemble: () => Assembled): Promise<Step> {
    const key = `${name}|${signatureKey(signature)}`;
    const known = this.#steps.get(key);
    if (known !== undefined) {
      this.#steps.delete(key);
      this.#steps.set(key, known);
      return known;
    }
    if (this.#steps.size >= MOST) this.#evict();
    const made = this.#compile(name, assemble);
    this.#steps.set(key, made);
    made.catch(() => this.#steps.delete(key));
    return made;
  }

  async #compile(name: string, assemble: () => Assembled): Promise<Step> {
    const { results, updates, ...rest } = assemble();
    return { ...rest, program: await this.#engine.compile({ name, results, updates, shards: this.#shards }) };
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

/** Sessions live outside of JavaScript's memory: those of a model that nobody has any more are let go. */
const forgotten = new FinalizationRegistry<ReadonlyMap<string, Promise<Step>>>((steps) => {
  for (const step of steps.values()) release(step);
});

function release(step: Promise<Step>): void {
  step.then(
    ({ program }) => program.dispose(),
    () => undefined,
  );
}

/** Gradients over the whole batch: those of the shards added up, then those of the penalties, which are there once. */
function gradientsOf(loss: ReturnType<typeof totalLoss>, trainable: readonly Variable[]): Value[] {
  const weights = trainable.map((variable) => variable.value);
  const zeros = (): Value[] => trainable.map(({ shape }) => ops.broadcastTo(0, shape));
  const data = loss.local === null ? null : grad(loss.local, weights).map((gradient) => ops.allSum(gradient));
  const penalty = loss.penalty === null ? null : grad(loss.penalty, weights);
  if (data === null || penalty === null) return data ?? penalty ?? zeros();
  return data.map((gradient, i) => (trainable[i]!.regularizer ? ops.add(gradient, penalty[i]!) : gradient));
}
