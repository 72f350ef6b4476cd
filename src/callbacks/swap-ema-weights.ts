import { StateError } from "../core/errors.js";
import { bool, type Fields, type Resolved, resolveOptions } from "../core/options.js";
import type { StateValue } from "../core/stateful.js";
import { betweenRuns } from "../engine/index.js";
import { Callback, type TrainingOptimizer } from "../training/hooks/callback.js";
import type { Logs } from "../training/state/logs.js";

export interface SwapEMAWeightsOptions {
  /**
   * Whether the averages are in the model from the end of each epoch to the beginning of the next, so that callbacks
   * after this one (ModelCheckpoint) see and save them. Default false: only in evaluations and predictions.
   */
  swapOnEpoch?: boolean;
}

const FIELDS: Fields<SwapEMAWeightsOptions> = { swapOnEpoch: bool(false) };

/**
 * Puts the moving averages of the weights, which an optimizer with `useEma` keeps, in the model's place for evaluations,
 * validations and predictions, and takes them out again.
 */
export class SwapEMAWeights extends Callback {
  static readonly className: string = "SwapEMAWeights";
  override readonly addsLogs: readonly string[] = [];
  readonly options: Resolved<SwapEMAWeightsOptions>;

  constructor(options?: SwapEMAWeightsOptions) {
    super();
    this.options = resolveOptions("SwapEMAWeights", FIELDS, options);
  }

  /** @throws {StateError} when no optimizer keeps averages */
  override onTrainBegin(): void {
    this.#optimizers();
  }

  override async onEpochBegin(): Promise<void> {
    await this.#put(false);
  }

  override async onEpochEnd(_epoch: number, _logs: Logs): Promise<void> {
    if (this.options.swapOnEpoch) await this.#put(true);
  }

  override async onTestBegin(): Promise<void> {
    await this.#put(true);
  }

  override async onTestEnd(): Promise<void> {
    await this.#put(false);
  }

  override async onPredictBegin(): Promise<void> {
    await this.#put(true);
  }

  override async onPredictEnd(): Promise<void> {
    await this.#put(false);
  }

  override getState(): StateValue {
    return {
      json: { swapped: this.#optimizers().map(({ averagesSwapped }) => averagesSwapped === true) },
      tensors: {},
    };
  }

  override setState({ json }: StateValue): void {
    const { swapped } = json as { readonly swapped: readonly boolean[] };
    this.#optimizers().forEach((optimizer, i) => {
      optimizer.averagesSwapped = swapped[i] === true;
    });
  }

  async #put(averages: boolean): Promise<void> {
    const others = this.#optimizers().filter(({ averagesSwapped }) => (averagesSwapped === true) !== averages);
    if (others.length === 0) return;
    await betweenRuns(() => {
      for (const optimizer of others) optimizer.swapAverages!();
    });
  }

  #optimizers(): readonly TrainingOptimizer[] {
    const { model } = this;
    const all = Object.values(model.optimizers ?? { "": model.optimizer });
    const averaging = all.filter(({ hasAverages }) => hasAverages === true);
    if (averaging.length > 0) return averaging;
    throw new StateError({
      code: "no-averages",
      what: `SwapEMAWeights has no averages to swap: no optimizer of ${model.name} keeps any`,
      received: all.map(({ name }) => name).join(", "),
      fix: "Compile with an optimizer that does: new optimizers.Adam({ useEma: true })",
    });
  }
}
