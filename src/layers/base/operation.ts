import { uniqueName } from "../../core/names.js";
import type { Config } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import type { Value } from "../../graph/value.js";
import { type Argument, Arguments } from "./arguments.js";
import type { CallContext } from "./call-context.js";
import { type Inputs, valuesOf } from "./inputs.js";
import { Layer } from "./layer.js";

/** An argument while a graph is made. */
export type Given = Argument<Value>;

/** One of Keras's operations: how files write it, and what it computes. */
export interface OperationDefinition {
  /** Keras's class, e.g. "Add". */
  readonly className: string;
  /** Where Keras has the class, e.g. "keras.src.ops.numpy". */
  readonly module: string;
  /** Parameters of Keras's call, in order; the last may be "...name", for any number. */
  readonly parameters: readonly string[];
  /** Parameters of the call that Keras passes by name; they follow the others. */
  readonly keywords?: readonly string[];
  /** Parameters of Keras's constructor with their defaults, in order: the config besides the name. */
  readonly fields: Config;
  /** The result, or the list of them. @param args in the order of the parameters; null where none was given */
  compute(args: readonly Given[], config: Config): Value | readonly Value[];
}

/** What an operation computes on: a value, or what becomes a constant. */
export type Computed = Value | Tensor | number;

/**
 * A step of a network that is no layer in Keras: an operation on tensors. It has no weights; what it is given besides
 * tensors is part of the call.
 */
export class Operation extends Layer<readonly Value[], Inputs> {
  static override readonly className: string = "Operation";
  readonly definition: OperationDefinition;
  readonly #config: Config;

  /** @param config arguments of Keras's constructor, and perhaps a name */
  constructor(definition: OperationDefinition, { name, ...config }: Config) {
    super({ name: typeof name === "string" ? name : uniqueName(definition.className) });
    this.definition = definition;
    this.#config = { ...definition.fields, ...config };
  }

  override get className(): string {
    // The base constructor asks before the definition is set.
    return (this.definition as OperationDefinition | undefined)?.className ?? "Operation";
  }

  override get callOptions(): readonly string[] {
    return ["arguments"];
  }

  override call(inputs: readonly Value[], { options }: CallContext): Inputs {
    const given: unknown = options["arguments"];
    const values = valuesOf(inputs);
    const args: readonly Given[] = given instanceof Arguments ? given.filled(values) : values;
    return this.definition.compute(args, this.#config);
  }

  override getConfig(): Record<string, Json> {
    return { name: this.name, ...this.#config };
  }
}
