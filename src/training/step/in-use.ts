import { StateError } from "../../core/errors.js";

/** What is running on a model, and what is refused meanwhile. */
export class InUse {
  readonly #label: () => string;
  #isTraining = false;
  #evaluations = 0;
  #isDisposed = false;

  /** @param label how messages name the model */
  constructor(label: () => string) {
    this.#label = label;
  }

  /** Whether `fit` or `trainOnBatch` is under way. */
  get isTraining(): boolean {
    return this.#isTraining;
  }

  /**
   * Runs a training, one at a time.
   * @throws {StateError} when one is running already
   */
  async training<T>(task: () => Promise<T>): Promise<T> {
    if (this.#isTraining) {
      throw new StateError({
        code: "training-twice",
        what: `${this.#label()} is in training already`,
        fix: "Await the first fit before the next",
      });
    }
    this.#isTraining = true;
    try {
      return await task();
    } finally {
      this.#isTraining = false;
    }
  }

  /** Runs an evaluation; any number may run at once. */
  async evaluation<T>(task: () => Promise<T>): Promise<T> {
    this.#evaluations++;
    try {
      return await task();
    } finally {
      this.#evaluations--;
    }
  }

  /** @throws {StateError} while losses and metrics are in use */
  refuseCompile(): void {
    this.#refuse(
      "compiled",
      "Compile when that has ended; a learning rate can be set at any time with optimizer.learningRate.assign",
    );
  }

  /** Refuses everything from now on. @throws {StateError} while something runs */
  dispose(): void {
    this.#refuse("disposed of", "Await what is under way");
    this.#isDisposed = true;
  }

  /** @throws {StateError} after {@link dispose} */
  refuseDisposed(method: string): void {
    if (!this.#isDisposed) return;
    throw new StateError({
      code: "model-disposed",
      what: `${method} of ${this.#label()}: the model was disposed of`,
      fix: "Dispose when everything is done with it, or not at all: a model that nobody refers to goes by itself",
    });
  }

  #refuse(what: string, fix: string): void {
    if (!this.#isTraining && this.#evaluations === 0) return;
    throw new StateError({
      code: "model-in-use",
      what: `${this.#label()} cannot be ${what} while it ${this.#isTraining ? "trains" : "is evaluated"}`,
      fix,
    });
  }

  /** @throws {StateError} while a training runs, which has its own state */
  refuseState(where: string): void {
    if (!this.#isTraining) return;
    throw new StateError({
      code: "state-in-training",
      what: `${where} cannot set optimizer and training state while the model trains`,
      fix: "Take the weights alone with { optimizer: false }, or load before fit",
    });
  }
}
