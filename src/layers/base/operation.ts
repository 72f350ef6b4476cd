import { FormatError } from "../../core/errors.js";
import type { Config } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "./call-context.js";
import { type Inputs, valuesOf } from "./inputs.js";
import { Layer } from "./layer.js";

interface Definition {
  /** Parameters of a call, tensors or numbers; null: it takes a list. */
  readonly parameters: readonly string[] | null;
  readonly compute: (operands: readonly (Value | number)[], config: Config) => Value;
}

const axisOf = (config: Config): number => (typeof config["axis"] === "number" ? config["axis"] : -1);
const like = (x: Value | number | undefined, number: 0 | 1): Value =>
  ops.cast(number === 0 ? ops.zerosLike(x as Value) : ops.onesLike(x as Value), "bool");

/** What Keras computes masks with. */
const DEFINITIONS: Readonly<Record<string, Definition>> = {
  NotEqual: { parameters: ["x1", "x2"], compute: ([a, b]) => ops.notEqual(a!, b!) },
  LogicalOr: { parameters: ["x1", "x2"], compute: ([a, b]) => ops.logicalOr(a!, b!) },
  LogicalAnd: { parameters: ["x1", "x2"], compute: ([a, b]) => ops.logicalAnd(a!, b!) },
  Any: {
    parameters: ["x"],
    compute: ([x], config) => ops.any(x!, { axes: axisOf(config), keepDims: config["keepdims"] === true }),
  },
  ExpandDims: { parameters: ["x"], compute: ([x], config) => ops.expandDims(x!, axisOf(config)) },
  ZerosLike: { parameters: ["x"], compute: ([x]) => like(x, 0) },
  OnesLike: { parameters: ["x"], compute: ([x]) => like(x, 1) },
  Concatenate: { parameters: null, compute: (xs, config) => ops.concatenate(xs as readonly Value[], axisOf(config)) },
};

/**
 * A step of a network that is not a layer in Keras: functional models of Keras 3 contain operations that compute masks.
 * They are kept as they are read.
 */
export class Operation extends Layer<Inputs, Value> {
  static override readonly className: string = "Operation";
  readonly #operation: string;
  readonly #config: Config;

  constructor(operation: string, config: Config) {
    super({ name: typeof config["name"] === "string" ? config["name"] : null });
    this.#operation = operation;
    this.#config = config;
  }

  override get className(): string {
    // The base constructor asks for the name before `#operation` is set.
    return #operation in this ? this.#operation : "Operation";
  }

  override get parameters(): readonly string[] | null {
    return this.#definition.parameters;
  }

  /** Operands that are numbers are options of the call. */
  override get callOptions(): readonly string[] {
    return this.parameters ?? [];
  }

  override call(inputs: Inputs, { options }: CallContext): Value {
    const { parameters, compute } = this.#definition;
    const tensors = [...valuesOf(inputs)];
    const operands = parameters?.map((name) => (typeof options[name] === "number" ? options[name] : tensors.shift()!));
    return compute(operands ?? tensors, this.#config);
  }

  override getConfig(): Record<string, Json> {
    return { ...this.#config };
  }

  get #definition(): Definition {
    return DEFINITIONS[this.#operation]!;
  }
}

/** Where Keras has its operations. */
export const OPERATIONS_MODULE = "keras.src.ops.numpy";

/** Whether the name is that of an operation, for files that do not tell operations from layers. */
export function isOperation(className: string): boolean {
  return Object.hasOwn(DEFINITIONS, className);
}

/** @throws {FormatError} for an operation that masks are not made with */
export function readOperation(className: string, config: Config, where: string): Operation {
  if (isOperation(className)) return new Operation(className, config);
  throw new FormatError({
    code: "unknown-operation",
    what: `${where}: the operation "${className}" of keras.ops is part of the model, which Pawl cannot compute yet`,
    expected: `one of ${Object.keys(DEFINITIONS).join(", ")}`,
    fix: "Use a layer in its place",
    data: { className },
  });
}
