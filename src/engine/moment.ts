/** What a moment needs of a variable. */
export interface Keeping {
  moment: Moment | null;
  /** Forgets the kept value. */
  forgetKept(): void;
  /** Makes the kept value the present one, and the other way round. */
  exchangeKept(): void;
}

/**
 * What variables were at a moment, while they go on changing. A change writes the new value beside the old one, as steps
 * do anyway, and the old one stays until the next moment; nothing is copied.
 */
export class Moment {
  readonly #variables: readonly Keeping[];
  readonly #changed: Keeping[] = [];
  /** False: changes overwrite, and there is no going back to the moment. */
  isOpen = false;

  constructor(variables: readonly Keeping[]) {
    this.#variables = variables;
  }

  /** From now on there are moments. Only between runs. */
  begin(): void {
    for (const variable of this.#variables) variable.moment = this;
    this.take();
  }

  /** Takes this moment. The values of an earlier one are forgotten. Only between runs. */
  take(): void {
    for (const variable of this.#changed) variable.forgetKept();
    this.#changed.length = 0;
    this.isOpen = true;
  }

  /** A variable has put its value of this moment aside. */
  changed(variable: Keeping): void {
    this.#changed.push(variable);
  }

  /** Does something that ends before it returns, with all variables as they were. */
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

  /** Makes all variables what they were. Only between runs. */
  restore(): void {
    for (const variable of this.#changed) variable.exchangeKept();
    this.take();
  }

  /** Nobody wants the values any more. Only between runs. */
  end(): void {
    this.take();
    this.isOpen = false;
    for (const variable of this.#variables) variable.moment = null;
  }
}
