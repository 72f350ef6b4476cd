import type { DType } from "../../core/dtype.js";
import { OptionError } from "../../core/errors.js";
import { bool, type Fields, nullable, optionsFromConfig, resolveOptions, text } from "../../core/options.js";
import type { Config } from "../../core/parts.js";
import { PRESENT, type Reading } from "../../core/reading.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import { modernConfig } from "../base/dialects/index.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import { Layer } from "../base/layer.js";
import { shapeField } from "../options/shape-field.js";

/** Options of {@link InputLayer} and of `Input()`. */
export interface InputOptions {
  /** Shape of one sample; null where the size is not known. One of `shape` and `batchShape` is needed. Default null. */
  readonly shape?: Shape | null;
  /** As `shape`, with the batch in front. Default null. */
  readonly batchShape?: Shape | null;
  /** Default "float32". */
  readonly dtype?: DType | null;
  /** Unique in its model. Default null: an automatic name, e.g. "input_layer_1". */
  readonly name?: string | null;
  /** Sparse, ragged and optional inputs of files are refused: only dense ones exist here. Default false. */
  readonly sparse?: boolean;
  /** Default false, as for `sparse`. */
  readonly ragged?: boolean;
  /** Default false, as for `sparse`. */
  readonly optional?: boolean;
}

const fields: Fields<InputOptions> = {
  shape: nullable(shapeField(), { transient: true }),
  batchShape: nullable(shapeField()),
  dtype: nullable(text()) as Fields<InputOptions>["dtype"],
  name: nullable(text()),
  sparse: bool(false),
  ragged: bool(false),
  optional: bool(false),
};

/** The entry of a network: one input tensor. `Input()` makes one and gives its tensor. */
export class InputLayer extends Layer {
  static override readonly className: string = "InputLayer";

  readonly batchShape: Shape;
  readonly inputDtype: DType;
  readonly #tensor: KerasTensor;

  constructor(options: InputOptions) {
    const all = resolveOptions("InputLayer", fields, options);
    super({ name: all.name });
    if ((all.shape === null) === (all.batchShape === null)) {
      throw new OptionError({
        code: "input-shape-option",
        what: `${this.label} needs either shape or batchShape`,
        received: all.shape === null ? "neither" : "both",
        fix: "Give the shape of one sample, e.g. Input({ shape: [28, 28, 1] })",
      });
    }
    if (all.sparse || all.ragged) {
      throw new OptionError({
        code: "sparse-input",
        what: `${this.label} is ${all.sparse ? "sparse" : "ragged"}; only dense inputs can be computed on`,
        fix: "Make the data dense and the input with it",
      });
    }
    this.batchShape = all.batchShape ?? [null, ...all.shape!];
    this.inputDtype = all.dtype ?? "float32";
    this.build([this.batchShape]);
    this.#tensor = this.addNode([], {}, { shape: this.batchShape, dtype: this.inputDtype, dims: null }).outputs[0]!;
  }

  /** The input tensor. */
  get tensor(): KerasTensor {
    return this.#tensor;
  }

  override call(inputs: Value, _context?: CallContext): Value {
    return inputs;
  }

  override getConfig(): Record<string, Json> {
    return {
      batch_shape: [...this.batchShape],
      dtype: this.inputDtype,
      sparse: false,
      ragged: false,
      name: this.name,
      optional: false,
    };
  }

  /** From the config of any Keras. */
  static override fromConfig(config: Config, reading: Reading = PRESENT): InputLayer {
    const where = reading.where || "InputLayer";
    return new InputLayer(optionsFromConfig(where, fields, modernConfig(InputLayer, config, where), reading));
  }
}
