/** What a moment needs of a variable. */
export interface Keeping {
  moment: Moment | null;
  /** Forgets the kept value. */
  forgetKept(): void;
  /** Exchanges the kept and the present value. */
  exchangeKept(): void;
}

/**
 * A snapshot of variables that go on changing. A change writes the new value beside the old one, as steps do anyway,
 * and the old one stays until the next moment; nothing is copied.
 */
export class Moment {
  readonly #variables: readonly Keeping[];
  readonly #changed: Keeping[] = [];
  /** False: changes overwrite, and the moment cannot be restored. */
  isOpen = false;

  constructor(variables: readonly Keeping[]) {
    this.#variables = variables;
  }

  /** Starts keeping moments, and takes the first. Only between runs. */
  begin(): void {
    for (const variable of this.#variables) variable.moment = this;
    this.take();
  }

  /** Takes a new moment, and forgets the values of the last one. Only between runs. */
  take(): void {
    for (const variable of this.#changed) variable.forgetKept();
    this.#changed.length = 0;
    this.isOpen = true;
  }

  /** Called by a variable that has kept its value of this moment. */
  changed(variable: Keeping): void {
    this.#changed.push(variable);
  }

  /** Runs a synchronous task with all variables as they were. */
  inside<T>(task: () => T): T {
    const wasOpen = this.isOpen;
    this.isOpen = false;
    for (const variable of this.#changed) variable.exchangeKept();
    try {
      return task();
    } finally {
      for (const variable of this.#changed) variable.exchangeKept();
      this.isOpen = wasOpen;
    }
  }

  /** Restores all variables. Only between runs. */
  restore(): void {
    for (const variable of this.#changed) variable.exchangeKept();
    this.take();
  }

  /** Stops keeping moments. Only between runs. */
  end(): void {
    this.take();
    this.isOpen = false;
    for (const variable of this.#variables) variable.moment = null;
  }
}
