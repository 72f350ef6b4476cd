import { StateError } from "../core/errors.js";
import { wrongOption } from "../core/options.js";
import { isPlainObject, valueText } from "../core/value-text.js";

/** The named values of a {@link Config}, beside its methods. */
type Values = Record<string, unknown>;

/**
 * Named values that can be frozen, as in Keras: `config.get("learningRate")`, `config.set("learningRate", 0.1)`, and
 * `{ ...config.asDict() }` for all. `V` says which values there are.
 * @example const config = new utils.Config({ learningRate: 0.1 }).set("momentum", 0.9).freeze();
 */
export class Config<V extends object = Values> {
  readonly #values: Map<string, unknown>;
  #frozen = false;

  constructor(values: V = {} as V) {
    if (!isPlainObject(values)) throw wrongOption("Config", "an object of values by name", values);
    this.#values = new Map(Object.entries(values));
  }

  get frozen(): boolean {
    return this.#frozen;
  }

  /** Refuses changes from now on. */
  freeze(): this {
    this.#frozen = true;
    return this;
  }

  unfreeze(): this {
    this.#frozen = false;
    return this;
  }

  /** The value with this name; `otherwise` (default undefined) where there is none. */
  get<K extends keyof V & string>(name: K): V[K];
  get<T>(name: string, otherwise: T): T;
  get(name: string, otherwise?: unknown): unknown {
    return this.#values.has(name) ? this.#values.get(name) : otherwise;
  }

  has(name: string): boolean {
    return this.#values.has(name);
  }

  /** @throws {StateError} when frozen */
  set<K extends string, T>(name: K, value: T): Config<V & { readonly [N in K]: T }> {
    this.#change(name);
    this.#values.set(name, value);
    return this as unknown as Config<V & { readonly [N in K]: T }>;
  }

  /** Sets several. @throws {StateError} when frozen */
  update<U extends object>(values: U): Config<Omit<V, keyof U> & U> {
    for (const [name, value] of Object.entries(values)) this.set(name, value);
    return this as unknown as Config<Omit<V, keyof U> & U>;
  }

  /** Removes a value and returns it. @throws {StateError} when frozen */
  pop(name: string, otherwise?: unknown): unknown {
    this.#change(name);
    const value = this.get(name, otherwise);
    this.#values.delete(name);
    return value;
  }

  keys(): string[] {
    return [...this.#values.keys()];
  }

  values(): unknown[] {
    return [...this.#values.values()];
  }

  items(): [string, unknown][] {
    return [...this.#values];
  }

  /** The values as a plain object: a copy. */
  asDict(): V {
    return Object.fromEntries(this.#values) as V;
  }

  /** For `JSON.stringify`. */
  toJSON(): V {
    return this.asDict();
  }

  #change(name: string): void {
    if (!this.#frozen) return;
    throw new StateError({
      code: "config-frozen",
      what: "This Config is frozen",
      received: `a change of ${valueText(name)}`,
      fix: "Call unfreeze() first, or make another: new utils.Config(config.asDict())",
    });
  }
}
