import { OptionError } from "../core/errors.js";
import type { Json } from "../core/stateful.js";
import type { Variable } from "../engine/variable.js";
import { Optimizer } from "./optimizer.js";

/**
 * Which optimizer trains which weights: by a weight's path (`"encoder/dense/kernel"`) or by regular expressions that match
 * the whole of it (`"encoder/.*"`); the default one trains the others.
 * @example new OptimizerMap(new SGD(), { "encoder/.*": new Adam() })
 */
export class OptimizerMap {
  static readonly className: string = "OptimizerMap";
  readonly defaultOptimizer: Optimizer;
  readonly #map = new Map<string, Optimizer>();

  constructor(defaultOptimizer: Optimizer, optimizerMap: { readonly [path: string]: Optimizer } = {}) {
    this.defaultOptimizer = checked("OptimizerMap.defaultOptimizer", defaultOptimizer);
    for (const [path, optimizer] of Object.entries(optimizerMap)) this.set(path, optimizer);
  }

  /**
   * Says which optimizer trains the weights of a path or a pattern.
   * @throws {OptionError} for a path that is there already, and what is no regular expression
   */
  set(path: string, optimizer: Optimizer): this {
    if (this.#map.has(path)) throw refused(`the path "${path}" is there already`, "Give each path once");
    try {
      new RegExp(path);
    } catch {
      throw refused(`"${path}" is no regular expression`, 'Escape signs that stand for themselves, or use ".*"');
    }
    this.#map.set(path, checked(`OptimizerMap of "${path}"`, optimizer));
    return this;
  }

  /** @throws {OptionError} when several patterns match */
  of(path: string): Optimizer {
    const exact = this.#map.get(path);
    if (exact !== undefined) return exact;
    const found = [...this.#map].filter(([pattern]) => new RegExp(`^(?:${pattern})$`).test(path));
    if (found.length > 1) {
      const patterns = found.map(([pattern]) => `"${pattern}"`).join(" and ");
      throw refused(`${patterns} both match the weight "${path}"`, "Give patterns of which one matches each weight");
    }
    return found[0]?.[1] ?? this.defaultOptimizer;
  }

  /** All of them, the default one last; each once. */
  get optimizers(): readonly Optimizer[] {
    return [...new Set([...this.#map.values(), this.defaultOptimizer])];
  }

  get entries(): readonly (readonly [path: string, optimizer: Optimizer])[] {
    return [...this.#map];
  }

  /** How each weight is trained. */
  partition(params: readonly Variable[]): ReadonlyMap<Optimizer, readonly Variable[]> {
    const parts = new Map<Optimizer, Variable[]>();
    for (const param of params) {
      const optimizer = this.of(param.path);
      parts.set(optimizer, [...(parts.get(optimizer) ?? []), param]);
    }
    return parts;
  }
}

/** Its dictionary in files. */
export function mapConfig(map: OptimizerMap, serialize: (optimizer: Optimizer) => Json): Json {
  const entries = map.entries.map(([path, optimizer]) => [path, serialize(optimizer)] as const);
  return {
    module: "keras.optimizers",
    class_name: OptimizerMap.className,
    config: { default_optimizer: serialize(map.defaultOptimizer), optimizer_map: Object.fromEntries(entries) },
    registered_name: null,
  };
}

function checked(where: string, optimizer: unknown): Optimizer {
  if (optimizer instanceof Optimizer && optimizer.inner.length === 0) return optimizer as Optimizer;
  throw refused(
    `${where} is ${optimizer instanceof Optimizer ? "an optimizer that holds others" : "no optimizer"}`,
    "Give an optimizer made with new",
  );
}

const refused = (what: string, fix: string): OptionError =>
  new OptionError({ code: "optimizer-map", what: `OptimizerMap: ${what}`, fix });
