import { resolveOptions, wrongOption } from "../core/options.js";
import { type Config, isConfig } from "../core/parts.js";
import { type CustomObjects, PRESENT } from "../core/reading.js";
import type { Json } from "../core/stateful.js";
import type { Value } from "../graph/index.js";
import type { Ends } from "../layers/index.js";
import { checkCompileKeys, compileConfigOf, modelJson, storedCompile } from "../saving/index.js";
import type * as training from "../training/index.js";
import { compileFrom } from "./compile-from.js";
import { READING_FIELDS } from "./reading-fields.js";
import { SteppedModel } from "./stepped-model.js";

/** Options of `compileFromConfig`. */
export interface CompileFromConfigOptions {
  /** Your own classes and functions, by their names in the config. Default: none. */
  readonly customObjects?: CustomObjects;
  /** What to do with unknown keys: "warn" ignores them with a warning. Default "error". */
  readonly unknownKeys?: "error" | "warn";
}

/** A model as plain data: how it is built and how it was compiled. Extend {@link Model}, not this class. */
export abstract class DescribedModel<const I extends Ends = Value, const O extends Ends = Value> extends SteppedModel<
  I,
  O
> {
  /**
   * The training side of this model. @throws {StateError} after `dispose`
   * @internal
   */
  protected abstract usable(method: string): training.Trainer;

  /** Configures training. */
  abstract compile(options?: training.CompileOptions): void;

  /**
   * The architecture and the arguments of `compile` as plain data: `JSON.stringify(model)` is what Keras's `to_json`
   * writes, for `modelFromJSON` and Keras's `model_from_json`. Weights are not in it.
   * @throws {OptionError} when a part of the model cannot be described
   */
  toJSON(): { readonly [key: string]: Json } {
    return modelJson(this.usable("toJSON"));
  }

  /**
   * The arguments of `compile` as plain data, as Keras's files have them; {} for a model that is not compiled.
   * @throws {OptionError} when one of them cannot be described
   */
  getCompileConfig(): Config {
    const { compileArgs } = this.usable("getCompileConfig");
    return compileArgs === null ? {} : compileConfigOf(compileArgs);
  }

  /**
   * Compiles the model as a config says that {@link getCompileConfig} or Keras's `get_compile_config` gave. The optimizer
   * begins without state.
   * @throws {OptionError} when the config says nothing of how to compile
   * @throws {FormatError} for unknown keys and names
   */
  compileFromConfig(config: Config, options?: CompileFromConfigOptions): void {
    const where = `compileFromConfig of ${this.label}`;
    const { customObjects, unknownKeys } = resolveOptions<CompileFromConfigOptions>(where, READING_FIELDS, options);
    if (!isConfig(config))
      throw wrongOption(`${where}: config`, "what getCompileConfig of a compiled model gives", config);
    checkCompileKeys(config, where, unknownKeys);
    const stored = storedCompile(config, config, { file: where, strict: false });
    if (stored === null)
      throw wrongOption(`${where}: config`, "what getCompileConfig of a compiled model gives", config);
    this.compile(compileFrom(stored, { ...PRESENT, custom: customObjects, unknownKeys, where }));
  }

  /**
   * Names of the numbers in the logs of `evaluate` and `fit`, the loss first; none before the model has met data, for
   * which numbers there are depends on them.
   */
  get metricsNames(): readonly string[] {
    const trainer = this.usable("metricsNames");
    if (trainer.compileArgs === null) return [];
    const measures = trainer.measures();
    const tested = measures.names("test");
    return tested.length > 0 ? tested : measures.names("train");
  }
}
