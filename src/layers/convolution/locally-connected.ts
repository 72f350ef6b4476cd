import { OptionError, ShapeError } from "../../core/errors.js";
import { bool, type Fields, int, oneOf } from "../../core/options.js";
import { formatShape, type Shape } from "../../core/shape.js";
import { Tensor } from "../../core/tensor.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import { picked } from "../../ops/image/along-side.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { axisSizes } from "../base/shape-checks.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { type BiasSettings, perAxisField, type WindowSettings } from "../options/conv-settings.js";
import { dataFormatField, spatialAxes } from "../options/data-format.js";
import { activationField } from "../options/fields.js";
import { type KernelAndBiasSettings, kernelAndBiasFields } from "../options/kernel-and-bias.js";
import {
  type Connections,
  connectionsOf,
  countConnections,
  idsInList,
  idsInMatrix,
  placesOf,
  type WindowShape,
} from "./connections.js";
import { ConvLayer } from "./conv-layer.js";

export interface LocallyConnectedSettings
  extends Omit<WindowSettings, "padding" | "dilationRate">,
    BiasSettings,
    KernelAndBiasSettings {
  /** Number of output channels. */
  readonly filters: number;
  /** "same", for implementations 2 and 3 only, keeps the size (at stride 1). Default "valid". */
  readonly padding: "valid" | "same";
  /**
   * How the kernel is kept, as Keras 2 has it; what is computed is the same. 1: (places, window * channels, filters). 2: a
   * matrix from all of the input to all of the output, of which most is never used. 3: a list of the connections.
   * Default 1.
   */
  readonly implementation: number;
}

function localFields(rank: number): Fields<LocallyConnectedSettings> {
  return {
    filters: int({ min: 1 }),
    kernelSize: perAxisField(rank),
    strides: perAxisField(rank, 1),
    padding: oneOf(["valid", "same"], { default: "valid" }),
    dataFormat: dataFormatField(),
    activation: activationField(),
    useBias: bool(true),
    ...kernelAndBiasFields,
    implementation: int({ min: 1, max: 3 }, { default: 1 }),
  };
}

export type LocallyConnectedOptions = Given<LocallyConnectedSettings, "filters" | "kernelSize">;

/** A convolution whose kernel and bias are others at each place. Keras 2 has it; Keras 3 does not. */
abstract class LocallyConnected extends ConvLayer<LocallyConnectedSettings> {
  static override readonly positional: readonly string[] = ["filters", "kernelSize"];

  kernel!: Variable;
  #shape!: WindowShape;
  #connections!: Connections;
  /** Where the kernel has the weights (places, features, filters); null where it is they. */
  #ids: Int32Array | null = null;

  constructor(filters: number, kernelSize: number | readonly number[], options: LocallyConnectedOptions = {}) {
    super(withArguments(new.target, { filters, kernelSize }, options));
    const { padding, implementation } = this.options;
    if (padding === "same" && implementation === 1) throw this.#noPadding();
  }

  override build([shape]: readonly Shape[]): void {
    const { filters, kernelSize: window, dataFormat, useBias } = this.options;
    const from = axisSizes(this, shape!, spatialAxes(shape!.length, dataFormat));
    this.#shape = { ...this.options, from, window, filters, channels: this.channels(shape!) };
    const to = placesOf(this.#shape);
    if (to.some((size) => size < 1)) throw this.#tooSmall(shape!);
    this.#connections = connectionsOf(this.#shape);
    this.kernel = this.addWeight("kernel", { shape: this.#kernelShape(), ...weightParts(this.options, "kernel") });
    if (useBias) this.bias = this.addWeight("bias", { shape: [...to, filters], ...weightParts(this.options, "bias") });
  }

  override call(x: Value, _context?: CallContext): Value {
    const { activation, filters, dataFormat } = this.options;
    const { to, places, features } = this.#connections;
    const [rows] = x.shape as [number];
    const weights = ops.reshape(this.#weights(), [places, features, filters]);
    const seen = ops.reshape(this.#seen(x), [rows, places, features]);
    const products = ops.einsum("bpf,pfk->bpk", seen, weights);
    const isLast = dataFormat === "channels_last";
    const laid = isLast ? products : ops.transpose(products, [0, 2, 1]);
    const sizes = isLast ? [...to, filters] : [filters, ...to];
    const output = ops.reshape(laid, [rows, ...sizes]);
    // Keras 2 reads the bias in the order in which it lies, wherever the channels are.
    return activation(this.bias === null ? output : ops.add(output, ops.reshape(this.bias.value, [1, ...sizes])));
  }

  /** What each place sees: (batch, places * features). */
  #seen(x: Value): Value {
    const { inputs } = this.#connections;
    const [rows, ...sizes] = x.shape as [number, ...number[]];
    const size = sizes.reduce((all, one) => all * one, 1);
    const flat = ops.reshape(x, [rows, size]);
    if (!inputs.includes(-1)) return picked(flat, 1, [...inputs]);
    const padded = ops.pad(flat, [0, 0], [0, 1]);
    return picked(
      padded,
      1,
      Array.from(inputs, (input) => (input < 0 ? size : input)),
    );
  }

  #weights(): Value {
    const ids = this.#ids;
    const { value, size } = this.kernel;
    if (ids === null) return value;
    return ops.gather(ops.reshape(value, [size]), ops.constant(new Tensor(ids, [ids.length], "int32")));
  }

  #kernelShape(): number[] {
    const { filters, implementation, dataFormat } = this.options;
    const { to, places, features } = this.#connections;
    if (implementation === 1) return [places, features, filters];
    if (implementation === 3) {
      this.#ids = idsInList(this.#shape, this.#connections);
      return [countConnections(this.#shape, this.#connections)];
    }
    this.#ids = idsInMatrix(this.#shape, this.#connections);
    const { from, channels } = this.#shape;
    return dataFormat === "channels_last" ? [...from, channels, ...to, filters] : [channels, ...from, filters, ...to];
  }

  #noPadding(): OptionError {
    return new OptionError({
      code: "local-padding",
      what: `${this.label} cannot pad`,
      received: `padding "same" with implementation 1`,
      expected: `padding "valid", or implementation 2 or 3`,
      fix: "Put ZeroPadding before the layer, or choose another implementation",
      data: { layer: this.name },
    });
  }

  #tooSmall(shape: Shape): ShapeError {
    return new ShapeError({
      code: "local-window",
      what: `${this.label} has windows that do not fit into its input`,
      received: formatShape(shape),
      expected: `at least ${this.options.kernelSize.join(" x ")} places`,
      fix: "Choose a smaller kernelSize, or give a larger input",
      data: { layer: this.name, shape },
    });
  }
}

/**
 * A convolution over (batch, steps, channels) with other weights at each step: (batch, steps, channels) -> (batch, places,
 * filters). Weights: kernel, as `implementation` says, and bias (places, filters).
 */
export class LocallyConnected1D extends LocallyConnected {
  static override readonly className: string = "LocallyConnected1D";
  static override readonly fields: Fields<LocallyConnectedSettings> = localFields(1);
}

/**
 * A convolution over (batch, height, width, channels) with other weights at each place: -> (batch, rows, columns,
 * filters). Weights: kernel, as `implementation` says, and bias (rows, columns, filters).
 */
export class LocallyConnected2D extends LocallyConnected {
  static override readonly className: string = "LocallyConnected2D";
  static override readonly fields: Fields<LocallyConnectedSettings> = localFields(2);
}
