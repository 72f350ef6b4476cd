import { freeStorage, type Storage, type Variable } from "./variable.js";

const released = new FinalizationRegistry<readonly Storage[]>((storages) => storages.forEach(freeStorage));

/** Values of its own for some variables: who computes inside neither sees nor changes those that others have. */
export class OwnValues {
  readonly #variables: readonly Variable[];
  readonly #storages: Storage[];

  /** They begin with whatever lies in their places. */
  constructor(variables: readonly Variable[]) {
    this.#variables = variables;
    // Kept by the registry too: the list is never another one.
    this.#storages = variables.map((variable) => {
      // A value that is still to be drawn is the variable's own.
      void variable.present;
      return variable.newStorage();
    });
    released.register(this, this.#storages);
  }

  /** Does something that ends before it returns with these values in the variables' places. */
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
