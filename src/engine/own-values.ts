import { freeStorage, type Storage, type Variable } from "./variable.js";

const released = new FinalizationRegistry<readonly Storage[]>((storages) => storages.forEach(freeStorage));

/** A private set of values for some variables: code that runs inside neither sees nor changes the variables' own. */
export class OwnValues {
  readonly #variables: readonly Variable[];
  readonly #storages: Storage[];

  /** The new values are uninitialized. */
  constructor(variables: readonly Variable[]) {
    this.#variables = variables;
    // The registry holds this list too, so it must never be replaced by another.
    this.#storages = variables.map((variable) => {
      // A pending initial value belongs to the variable itself, so it is drawn now.
      void variable.present;
      return variable.newStorage();
    });
    released.register(this, this.#storages);
  }

  /** Runs a synchronous task while the variables have these values. */
  inside<T>(task: () => T): T {
    this.#exchange();
    try {
      return task();
    } finally {
      this.#exchange();
    }
  }

  #exchange(): void {
    for (let i = 0; i < this.#storages.length; i++) {
      this.#storages[i] = this.#variables[i]!.exchangeStorage(this.#storages[i]!);
    }
  }
}
