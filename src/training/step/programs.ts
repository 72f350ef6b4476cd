import { sayOnce } from "../../core/notice.js";
import type { Engine, Program, ProgramSpec } from "../../engine/index.js";
import { workOf } from "../../graph/work.js";
import type { Functional } from "../../network/index.js";
import type { Compiled } from "../compile/compiled.js";
import { type Signature, signatureKey } from "../state/signature.js";
import { autoShards } from "./auto-shards.js";
import type { Leaves } from "./batch-values.js";
import { runsOwnCode, tracedTwice } from "./frozen.js";
import type { OwnSteps, SteppedNetwork } from "./model-steps.js";
import { type Traced, tracePredict, traceTest, traceTrain } from "./trace.js";
import type { OptimizerUse } from "./train-step.js";

/** A compiled step and the leaves to feed. */
export interface CompiledStep {
  readonly program: Program;
  readonly leaves: Leaves;
  /** Number of parts that its batches are computed in. */
  readonly shards: number;
  /** Number of parts that suits batches of this many rows. */
  readonly suited: (rows: number) => number;
  /** Updates by optimizers, in order; none outside of training. */
  readonly uses: readonly OptimizerUse[];
}

const MOST = 16;

/** The programs of a model: one each for training, evaluation and prediction, per shape of data. */
export class Programs {
  readonly #network: SteppedNetwork;
  readonly #engine: Engine;
  #shards: number | null;
  readonly #runsOwnCode: () => boolean;
  /** Steps that were traced twice already. */
  readonly #seen = new Set<string>();
  readonly #steps = new Map<string, Promise<CompiledStep>>();

  /**
   * @param own which steps the model says itself
   * @param shards null: each step gets as many as suit it
   */
  constructor(network: SteppedNetwork, own: OwnSteps, engine: Engine, shards: number | null) {
    this.#runsOwnCode = () => runsOwnCode(network, own);
    forgotten.register(this, this.#steps);
    this.#network = network;
    this.#engine = engine;
    this.#shards = shards;
  }

  /** One step of training, by the steps made before it. */
  train(signature: Signature, rows: number, compiled: Compiled, iteration: number): Promise<CompiledStep> {
    const variant = compiled.variant(iteration);
    return this.#step("train", variant, signature, rows, () =>
      traceTrain(this.#network, compiled, signature, iteration),
    );
  }

  test(signature: Signature, rows: number, compiled: Compiled): Promise<CompiledStep> {
    return this.#step("test", "", signature, rows, () => traceTest(this.#network, compiled, signature));
  }

  predict(signature: Signature, rows: number): Promise<CompiledStep> {
    return this.#step("predict", "", signature, rows, () => tracePredict(this.#network, signature));
  }

  /** Computes everything in this many shards from now on; the first time, the steps of training are those already. */
  settle(shards: number): void {
    if (shards === this.#shards) return;
    const isFirst = this.#shards === null;
    this.#shards = shards;
    for (const [key, step] of this.#steps) {
      if (isFirst && key.startsWith("train")) continue;
      this.#steps.delete(key);
      release(step);
    }
  }

  dispose(): void {
    for (const step of this.#steps.values()) release(step);
    this.#steps.clear();
  }

  /** Drops the least recently used steps first; most models never have more than three. */
  #step(name: string, variant: string, signature: Signature, rows: number, trace: () => Traced): Promise<CompiledStep> {
    const key = `${name}${variant}|${signatureKey(signature)}`;
    const known = this.#steps.get(key);
    if (known !== undefined) {
      this.#steps.delete(key);
      this.#steps.set(key, known);
      return known;
    }
    if (this.#steps.size >= MOST) this.#evict();
    const made = this.#compile(name, rows, trace);
    this.#steps.set(key, made);
    made.catch(() => this.#steps.delete(key));
    return made;
  }

  async #compile(name: string, rows: number, trace: () => Traced): Promise<CompiledStep> {
    const twice = !this.#seen.has(name) && this.#runsOwnCode();
    this.#seen.add(name);
    const { results, updates, leaves, uses } = twice ? tracedTwice(trace, this.#network.label) : trace();
    const suited = shardsFor({ results, updates }, this.#network);
    const shards = this.#shards ?? suited(rows);
    return { leaves, uses, shards, suited, program: await this.#engine.compile({ name, results, updates, shards }) };
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

/** How many shards suit batches of a number of rows. Keeps no graph. */
function shardsFor(
  { results, updates }: Pick<ProgramSpec, "results" | "updates">,
  network: Functional,
): (rows: number) => number {
  // Work is a polynomial of the rows: of degree 2 where rows meet rows, 3 where such matrices do.
  const outputs = [...Object.values(results), ...updates.values()];
  const [a, b, c, d] = [1, 2, 3, 4].map((rows) => workOf(outputs, rows)) as [number, number, number, number];
  const workAt = (rows: number): number => {
    const n = rows - 1;
    const second = c - 2 * b + a;
    return a + n * (b - a) + ((n * (n - 1)) / 2) * second + ((n * (n - 1) * (n - 2)) / 6) * (d - c - b + a - second);
  };
  const parameters = network.weights.reduce((sum, weight) => sum + weight.size, 0);
  const bytes = network.trainableWeights.reduce((sum, weight) => sum + weight.byteLength, 0);
  const parameterBytes = updates.size === 0 ? 0 : bytes;
  return (rows) => autoShards({ rows, work: workAt(rows), parameters, parameterBytes });
}

/** Releases the sessions of collected models, which live outside of JavaScript's memory. */
const forgotten = new FinalizationRegistry<ReadonlyMap<string, Promise<CompiledStep>>>((steps) => {
  for (const step of steps.values()) release(step);
});

function release(step: Promise<CompiledStep>): void {
  step.then(
    ({ program }) => program.dispose(),
    () => undefined,
  );
}
