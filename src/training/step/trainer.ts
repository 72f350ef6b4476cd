import type { Tensor } from "../../core/tensor.js";
import { defaultEngine, type Engine, type Run } from "../../engine/index.js";
import { carriedStates, graphDType } from "../../layers/index.js";
import type { Compiled } from "../compile/compiled.js";
import { checkLabels } from "../compile/labels.js";
import type { Measures } from "../compile/measures.js";
import { type ModelBatch, signatureOf } from "../state/batch.js";
import { namedOutputs } from "../state/per-output.js";
import type { Signature } from "../state/signature.js";
import { checkCarriedRows } from "./carried.js";
import { CompiledModel } from "./compiled-model.js";
import { runOf } from "./feeds.js";
import { LastStep } from "./last-step.js";
import type { OwnSteps, SteppedNetwork } from "./model-steps.js";
import { type CompiledStep, Programs } from "./programs.js";
import { noCall } from "./step-errors.js";
import { Tallies } from "./tallies.js";
import type { Tally } from "./tally.js";
import { surveyTrain, traceTest } from "./trace.js";

/** A prediction that is under way. */
export interface Prediction {
  /** The copy of the layers' state; null where there is none. */
  readonly tally: Tally | null;
  /** Makes the copy the layers' state, unless a training runs. */
  keep(): Promise<void>;
  end(): void;
}

/**
 * Computes with a model, one step at a time; loops are in fit.ts, evaluate.ts and predict.ts. A step is all or nothing:
 * weights, optimizer, accumulators and counters change together.
 */
export class Trainer extends CompiledModel {
  #programs: Programs | null = null;
  readonly #tallies: Tallies;
  readonly #last = { train: new LastStep(), test: new LastStep(), predict: new LastStep() };

  constructor(network: SteppedNetwork, own: OwnSteps) {
    super(network, own);
    this.#tallies = new Tallies(network);
  }

  /** What is logged. */
  measures(): Measures {
    this.followTopology();
    return this.requireCompiled("fit").measures;
  }

  /**
   * Losses and metrics of `compile`, made for the first batch.
   * @throws {OptionError} when they do not fit the model's outputs, or labels are no classes
   */
  checkTargets(targets: readonly (Tensor | null)[], batch: ModelBatch): void {
    const { measures } = this.#compiledFor(batch);
    this.#checkLabels(measures, targets);
  }

  /** Learns which optimizers train what, if the model's own step says so. */
  survey(batch: ModelBatch): void {
    this.#compiledFor(batch);
  }

  /** Compiles the training step for such a batch; accumulators of all metrics exist afterwards. */
  async prepare(batch: ModelBatch): Promise<void> {
    await this.#trainStep(batch);
  }

  /**
   * Learns what an evaluation of such data logs.
   * @throws as the evaluation would
   */
  surveyTest(batch: ModelBatch): void {
    traceTest(this.network, this.requireCompiled("fit"), this.#signature(batch));
  }

  /** @throws {StateError} when the model does not say what an evaluation computes */
  checkTestable(where: string): void {
    if (!this.own.test && !this.network.isCallable) throw noCall(where, this.network.label, "testStep");
  }

  /** @throws {StateError} when the model does not say what it predicts */
  checkPredictable(where: string): void {
    if (!this.own.predict && !this.network.isCallable) throw noCall(where, this.network.label, "predictStep");
  }

  /**
   * One step: new weights, optimizer variables, layers' state and metrics, all or nothing.
   * @param meanwhile called once, while other threads compute if there are any
   */
  train(batch: ModelBatch, meanwhile?: () => void): Promise<void> {
    return withStep(
      () => this.#trainStep(batch),
      async ({ program, leaves, uses }) => {
        const { underway, seed } = this;
        const run = runOf(leaves, batch, {
          seed,
          iteration: this.iteration,
          meanwhile,
          place(place) {
            underway?.stepBegins();
            place();
          },
          commit: (commit) => {
            commit();
            for (const { optimizer } of uses) optimizer.countStep();
            this.countStep();
          },
        });
        for (const { optimizer, nth, learningRate, iteration } of uses) {
          const made = optimizer.iteration + nth;
          run.feeds.set(learningRate, optimizer.learningRate.at(made));
          run.feeds.set(iteration, made);
        }
        try {
          await program.run(run);
        } catch (error) {
          underway?.stepFailed();
          throw error;
        }
      },
    );
  }

  /**
   * Evaluates with its own accumulators; any number may run at once.
   * @param evaluation gets a function that lends it a tally for its first batch
   */
  evaluating<T>(evaluation: (lend: (batch: ModelBatch) => Promise<Tally>) => Promise<T>): Promise<T> {
    return this.inUse.evaluation(async () => {
      const lent: Tally[] = [];
      try {
        return await evaluation(async (batch) => {
          // What is logged is known when the program is made.
          await this.#testStep(batch);
          const tally = await this.#tallies.lend(this.measures());
          lent.push(tally);
          return tally;
        });
      } finally {
        for (const tally of lent) this.#tallies.giveBack(tally);
      }
    });
  }

  /** Predicts with its own copy of the layers' state: `keep` after the last batch, `end` in any case. */
  async beginPredicting(): Promise<Prediction> {
    if (carriedStates(this.network).length === 0)
      return { tally: null, keep: async () => undefined, end: () => undefined };
    const tally = await this.#tallies.lend(null);
    return {
      tally,
      keep: async () => {
        if (!this.inUse.isTraining) await tally.handOver();
      },
      end: () => this.#tallies.giveBack(tally),
    };
  }

  /** Adds a batch to a tally without training. */
  async test(batch: ModelBatch, tally: Tally, meanwhile?: () => void): Promise<void> {
    await withStep(
      () => this.#testStep(batch),
      ({ program, leaves }) => program.run(runOf(leaves, batch, this.#aside(tally, meanwhile))),
    );
  }

  /** Copies of the outputs, in the model's order. */
  async predict(batch: ModelBatch, tally: Tally | null, meanwhile?: () => void): Promise<Tensor[]> {
    const results = await withStep(
      () => this.#predictStep(batch),
      ({ program, leaves }) => program.run(runOf(leaves, batch, this.#aside(tally, meanwhile))),
    );
    return Object.keys(results).map((_, i) => results[String(i)]!);
  }

  /** Frees what the engine holds for the model. @throws {StateError} while it trains or is evaluated */
  dispose(): void {
    this.inUse.dispose();
    this.dropPrograms();
  }

  /** The engine, which also tells what its bits depend on. */
  async engine(): Promise<Engine> {
    return defaultEngine();
  }

  #aside(tally: Tally | null, meanwhile?: () => void): Omit<Run, "rows" | "feeds"> {
    return { seed: this.seed, iteration: 0, meanwhile, place: tally?.inside, commit: tally?.inside };
  }

  async #trainStep(batch: ModelBatch): Promise<CompiledStep> {
    const compiled = this.#compiledFor(batch);
    this.#checkLabels(compiled.measures, batch.targets);
    const variant = compiled.variant(this.iteration);
    const last = this.#last.train.for(batch, variant);
    if (last !== null) return last;
    const programs = await this.#getPrograms();
    const find = (): Promise<CompiledStep> =>
      programs.train(this.#signature(batch), batch.rows, compiled, this.iteration);
    let step = await find();
    this.settleShards(step.suited(batch.rows));
    programs.settle(this.settledShards!);
    if (step.shards !== this.settledShards) step = await find();
    compiled.measures.settle("train");
    this.#last.train.note(step, batch, variant);
    return step;
  }

  async #testStep(batch: ModelBatch): Promise<CompiledStep> {
    this.followTopology();
    const compiled = this.requireCompiled("fit");
    if (!this.own.test) this.#compiledLosses(compiled, batch);
    this.#checkLabels(compiled.measures, batch.targets);
    const last = this.#last.test.for(batch, "");
    if (last !== null) return last;
    const step = await (await this.#getPrograms()).test(this.#signature(batch), batch.rows, compiled);
    this.#last.test.note(step, batch, "");
    return step;
  }

  async #predictStep(batch: ModelBatch): Promise<CompiledStep> {
    this.followTopology();
    const last = this.#last.predict.for(batch, "");
    if (last !== null) return last;
    const step = await (await this.#getPrograms()).predict(this.#signature(batch), batch.rows);
    this.#last.predict.note(step, batch, "");
    return step;
  }

  /** Bound, with what is known to be measured before a graph is made. */
  #compiledFor(batch: ModelBatch): Compiled {
    this.followTopology();
    const compiled = this.requireCompiled("fit");
    if (!this.own.train) this.#compiledLosses(compiled, batch);
    else if (!compiled.isKnown) {
      const { trained, periods } = surveyTrain(this.network, compiled, this.#signature(batch));
      compiled.bind(trained, periods);
    }
    return compiled;
  }

  #checkLabels({ compiled }: Measures, targets: readonly (Tensor | null)[]): void {
    if (this.network.wired && compiled.ofData) checkLabels(this.network, compiled, targets);
  }

  /** The losses and metrics of `compile` for a model whose outputs are known. */
  #compiledLosses({ measures }: Compiled, batch: ModelBatch): void {
    const { network } = this;
    if (!network.wired || measures.isCompiled) return;
    measures.compiledFor({
      ...namedOutputs(network),
      predictions: network.outputs.map(({ shape }) => shape.map((dim, axis) => (axis === 0 ? -1 : (dim ?? 0)))),
      targets: this.#signature(batch).targets,
      ofData: true,
    });
  }

  async #getPrograms(): Promise<Programs> {
    this.followTopology();
    if (this.#programs !== null) return this.#programs;
    const engine = await defaultEngine();
    this.#programs ??= new Programs(this.network, this.own, engine, this.settledShards);
    return this.#programs;
  }

  protected override dropPrograms(): void {
    this.#tallies.clear();
    this.#programs?.dispose();
    this.#programs = null;
    for (const last of Object.values(this.#last)) last.forget();
  }

  #signature(batch: ModelBatch): Signature {
    checkCarriedRows(this.network, batch.rows);
    const { network } = this;
    return signatureOf(batch, network.fedTypes?.map(({ dtype }) => graphDType(dtype)) ?? null);
  }
}

/**
 * Finds and runs a step, before it can be disposed of: a training that settles its shards disposes of the programs that
 * others were about to run.
 */
async function withStep<T>(find: () => Promise<CompiledStep>, run: (step: CompiledStep) => Promise<T>): Promise<T> {
  for (;;) {
    const step = await find();
    if (!step.program.isDisposed) return run(step);
  }
}
