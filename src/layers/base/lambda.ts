import { FormatError, OptionError, ShapeError } from "../../core/errors.js";
import { type Fields, func, resolveOptions, wrongOption } from "../../core/options.js";
import { type Config, isConfig } from "../../core/parts.js";
import { customFor } from "../../core/reading.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import type { Value } from "../../graph/value.js";
import { isValue } from "../../ops/operand.js";
import { type LayerOptions, layerFields, optionsOfConfig } from "../options/layer-options.js";
import type { CallContext } from "./call-context.js";
import { type Inputs, isList, valuesOf } from "./inputs.js";
import { shapeOf } from "./invoke.js";
import { lambdaNames } from "./lambda-names.js";
import { Layer, type LayerReading } from "./layer.js";
import type { Mask } from "./masks.js";

/** What a {@link Lambda} computes. `args` are those that it was made with. */
export type LambdaFunction<I extends Inputs = Value, O extends Inputs = Value> = (
  inputs: I,
  context: CallContext,
  args: { readonly [name: string]: Json },
) => O;

/** Options of {@link Lambda}. */
export interface LambdaOptions extends LayerOptions {
  /** Plain data that the function gets as its third argument, and files keep. Default {}. */
  readonly arguments?: { readonly [name: string]: Json };
  /**
   * Shape of the result without the batch, null for sizes that only data fixes, or a function of the input's whole shape
   * that gives the result's. The function's result must have it. Default null: whatever the function gives.
   */
  readonly outputShape?: LambdaShape | null;
  /** Masks of the outputs for those of the inputs. Default: null, what comes out has no mask, as in Keras. */
  readonly mask?: ((inputs: Inputs, masks: readonly Mask[]) => Mask | readonly Mask[]) | null;
}

/** Shapes that a {@link Lambda} can say of its result. */
export type LambdaShape = Shape | ((inputShape: Shape | readonly Shape[]) => Shape);

// biome-ignore lint/suspicious/noExplicitAny: functions of any inputs, by name
type AnyFunction = LambdaFunction<any, any>;

const byName = new Map<string, AnyFunction>();
const names = new Map<AnyFunction, string>();

/**
 * Makes a function of a Lambda known by a name, so that files can name it and it is found when they are loaded.
 * @throws {OptionError} when another function has the name
 */
export function registerFunction<F extends AnyFunction>(name: string, fn: F, packageName: string): F {
  const full = `${packageName}>${name}`;
  if ((byName.get(full) ?? fn) !== fn) {
    throw new OptionError({
      code: "function-registered",
      what: `Another function of a Lambda is registered as "${full}"`,
      fix: "Give one of the two another name",
    });
  }
  byName.set(full, fn);
  byName.set(name, fn);
  names.set(fn, full);
  return fn;
}

const FIELDS: Fields<LambdaOptions> = {
  ...(layerFields as Fields<LayerOptions>),
  arguments: {
    default: {},
    parse(value, where) {
      if (isPlainObject(value)) return value as { readonly [name: string]: Json };
      throw wrongOption(where, "plain data by name, such as { factor: 2 }", value);
    },
  },
  outputShape: {
    default: null,
    parse(value, where) {
      const isSize = (item: unknown): boolean => item === null || (Number.isInteger(item) && (item as number) >= 0);
      if (value === null || typeof value === "function") return value as LambdaShape | null;
      if (Array.isArray(value) && value.every(isSize)) return value as Shape;
      throw wrongOption(where, "a shape without the batch, such as [4], or a function of the input's shape", value);
    },
  },
  mask: func("a function of (inputs, masks)"),
};

/**
 * A function as a layer: `new layers.Lambda((x) => ops.square(x), { name: "squared" })`. It may have no weights: a layer
 * of your own is the place for those. Files hold its name (that of `layers.register("name", fn)`, else its own, else the
 * layer's) and never its code: loading needs it registered, or given as `customObjects: { name: fn }`.
 */
export class Lambda<I extends Inputs = Value, O extends Inputs = Value> extends Layer<I, O> {
  static override readonly className: string = "Lambda";
  readonly #fn: LambdaFunction<I, O>;
  readonly #args: { readonly [name: string]: Json };
  readonly #mask: LambdaOptions["mask"] | null;
  readonly #outputShape: LambdaShape | null;

  /** @throws {OptionError} when it is given no function */
  constructor(fn: LambdaFunction<I, O>, options: LambdaOptions = {}) {
    const { arguments: args, mask, outputShape, ...common } = resolveOptions("Lambda", FIELDS, options);
    super(common);
    if (typeof fn !== "function") {
      throw new OptionError({
        code: "lambda-function",
        what: "Lambda takes a function",
        received: valueText(fn),
        expected: "a function of (inputs, context)",
        fix: "Write e.g. new layers.Lambda((x) => ops.square(x))",
      });
    }
    this.#fn = fn;
    this.#args = args;
    this.#mask = mask;
    this.#outputShape = outputShape;
  }

  override get supportsMasking(): boolean {
    return #mask in this && this.#mask !== null;
  }

  override get takesMask(): boolean {
    return true;
  }

  override call(inputs: I, context: CallContext): O {
    const outputs = this.#fn(inputs, context, this.#args);
    if (this.#outputShape !== null) this.#checkShape(this.#outputShape, inputs, outputs);
    return outputs;
  }

  override computeMask(inputs: Inputs, masks: readonly Mask[]): Mask | readonly Mask[] {
    return this.#mask?.(inputs, masks) ?? null;
  }

  /** @throws {OptionError} for a function without a name, which no file could name */
  override getConfig(): Record<string, Json> {
    const mask =
      this.#mask === null || this.#mask === undefined ? {} : { mask: this.#named(this.#mask as never, "mask") };
    const shape = this.#outputShape;
    const said = typeof shape === "function" ? this.#named(shape as never, "outputShape") : shape;
    return {
      ...super.getConfig(),
      function: this.#named(this.#fn, "function"),
      ...(said === null ? {} : { output_shape: said as Json }),
      ...mask,
      arguments: this.#args,
    };
  }

  #checkShape(said: LambdaShape, inputs: Inputs, outputs: unknown): void {
    const given = valuesOf(inputs).map(({ shape }) => shapeOf(shape));
    const expected = typeof said === "function" ? said(isList(inputs) ? given : given[0]!) : [null, ...said];
    const shape = isValue(outputs) ? shapeOf(outputs.shape) : null;
    const fits = (size: number | null, axis: number): boolean => size === null || size === shape![axis];
    if (shape !== null && shape.length === expected.length && expected.every(fits)) return;
    throw new ShapeError({
      code: "lambda-shape",
      what: `${this.label} does not give what its outputShape says`,
      received: shape === null ? "several results" : formatShape(shape),
      expected: formatShape(expected),
      fix: "Leave outputShape out: the shape follows from the function",
      data: { layer: this.name },
    });
  }

  #named(fn: AnyFunction, what: string): Json {
    const name = names.get(fn) ?? fn.name;
    if (name === "") {
      throw new OptionError({
        code: "unnamed-function",
        what: `${this.label} cannot be saved: its ${what} has no name, by which a file could name it`,
        fix: 'Register it, layers.register("my_function", fn), or declare it with a name: function squared(x) { … }',
        data: { layer: this.name },
      });
    }
    return { module: "builtins", class_name: "function", config: name, registered_name: "function" };
  }

  /**
   * The Lambda whose functions are registered or among the custom objects.
   * @throws {FormatError} for one whose functions are neither; Python code is never run
   */
  static override fromConfig(config: Config, reading: LayerReading): Lambda {
    const { function: fn = null, mask = null, arguments: args = {}, output_shape: shape = null, ...common } = config;
    const found = functionOf(fn, reading, [...lambdaNames(config), "Lambda"]);
    if (found === undefined) throw unknownFunction(config, "function", fn);
    const masks = mask === null ? undefined : functionOf(mask, reading, []);
    if (mask !== null && masks === undefined) throw unknownFunction(config, "mask", mask);
    const isPlain = shape === null || Array.isArray(shape);
    const said = isPlain ? (shape as Shape | null) : functionOf(shape, reading, []);
    if (said === undefined) throw unknownFunction(config, "output_shape", shape);
    const options = optionsOfConfig(common, reading) as LayerOptions;
    return new this(found as LambdaFunction, {
      ...options,
      arguments: isConfig(args) ? args : {},
      outputShape: said as LambdaShape | null,
      ...(masks === undefined ? {} : { mask: masks as never }),
    });
  }
}

function functionOf(json: Json, reading: LayerReading, others: readonly string[]): AnyFunction | undefined {
  const own =
    isConfig(json) && typeof json["config"] === "string" ? [json["config"]] : typeof json === "string" ? [json] : [];
  const all = [...own, ...own.map((name) => name.slice(name.indexOf(">") + 1)), ...others];
  const given = customFor(reading, ...all);
  if (typeof given === "function") return given as AnyFunction;
  const name = own.find((one) => byName.has(one));
  return name === undefined ? undefined : byName.get(name);
}

function unknownFunction(config: Config, what: string, json: Json): FormatError {
  const name = isConfig(json) && typeof json["config"] === "string" ? json["config"] : "your_function";
  const bare = name.slice(name.indexOf(">") + 1);
  return new FormatError({
    code: "lambda-unknown",
    what: `Lambda "${String(config["name"])}": its ${what} "${name}" is not known here, and files hold names and no code`,
    fix: `Register it before loading, layers.register("${bare}", fn), or give it: loadModel(path, { customObjects: { ${bare}: fn } })`,
    data: { name },
  });
}
