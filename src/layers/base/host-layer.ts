import type { DType } from "../../core/dtype.js";
import { OptionError, StateError } from "../../core/errors.js";
import type { Shape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import { valueText } from "../../core/value-text.js";
import { isValue } from "../../ops/operand.js";
import type { CallContext } from "./call-context.js";
import type { Given } from "./given.js";
import { exactTensor, type HostArray } from "./host-data.js";
import type { HostStage } from "./host-stage.js";
import { type CallOptions, KerasTensor, type OutputType } from "./keras-tensor.js";
import { TableLayer } from "./table-layer.js";

/** Shape and dtype of a tensor on the host. */
export interface HostType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * A layer that computes on the host, before the graph, since it takes texts or looks things up. In a model it stands
 * between inputs and the layers that compute in the graph; `layer.call(data)` computes at once.
 */
// biome-ignore lint/suspicious/noExplicitAny: what it takes and gives are no values of a graph
export abstract class HostLayer<T extends object> extends TableLayer<T, any, any> {
  constructor(options: Given<T> = {} as Given<T>) {
    super(options);
    const value = (inputs: unknown, context?: CallContext): unknown => {
      if (context === undefined && !holds(inputs, isValue)) return this.apply(inputs as HostArray);
      throw this.#inGraph(inputs);
    };
    Object.defineProperty(this, "call", { value, configurable: true, writable: true });
  }

  /** What it gives for inputs of these types. @throws {ShapeError} when it cannot take them */
  protected abstract typeFor(inputs: readonly HostType[]): HostType;

  /** @throws {StateError} before the layer knows what it needs */
  protected abstract computeOn(inputs: readonly Tensor[]): Tensor;

  /** Whether it takes a list of inputs. */
  protected get takesSeveral(): boolean {
    return false;
  }

  /** The dtype of data where a model does not say it. @internal */
  override get naturalDType(): DType {
    return "string";
  }

  /** @internal */
  override get hostStage(): HostStage {
    return {
      isWhole: true,
      types: (inputs) => [{ ...this.typeFor(inputs.map(withBatch)), dims: null }],
      compute: (inputs) => [this.computeOn(inputs)],
    };
  }

  /**
   * What it gives for data: nested arrays, a typed array, a tensor.
   * @throws {OptionError} for something that is no data, {ShapeError} for data of a shape that it cannot take
   * @throws {StateError} before the layer knows what it needs: call `adapt` first
   */
  override call(inputs: HostArray | readonly HostArray[]): Tensor {
    return this.apply(inputs as HostArray);
  }

  /** On tensors of a model: adds the layer to it. On data: what it gives for it, as {@link call}. */
  override apply(inputs: KerasTensor | readonly KerasTensor[], options?: CallOptions): KerasTensor;
  override apply(inputs: HostArray | readonly HostArray[]): Tensor;
  override apply(inputs: unknown, options?: CallOptions): unknown {
    if (holds(inputs, (item) => item instanceof KerasTensor)) return super.apply(inputs as KerasTensor, options);
    if (holds(inputs, isValue)) throw this.#inGraph(inputs);
    if (!this.takesSeveral) return this.computeOn([exactTensor(inputs, `The input of ${this.label}`)]);
    if (!Array.isArray(inputs)) throw this.#notAList(inputs);
    return this.computeOn(inputs.map((item, i) => exactTensor(item, `Input ${i} of ${this.label}`)));
  }

  #notAList(received: unknown): OptionError {
    return new OptionError({
      code: "host-inputs",
      what: `${this.label} takes a list of arrays`,
      received: valueText(received),
      fix: "Write layer.call([first, second])",
    });
  }

  #inGraph(received: unknown): StateError {
    return new StateError({
      code: "host-layer",
      what: `${this.label} computes on the host, before the graph, and cannot be called inside of one`,
      received: holds(received, isValue) ? "a value of a graph" : "a call while a graph is made",
      expected: "an Input of a functional model or of a Sequential, or data",
      fix: 'Make a model that begins with it, new Model(Input({ shape: [1], dtype: "string" }), …), or turn the data into numbers before: await layer.call(data)',
      data: { layer: this.name },
    });
  }
}

const withBatch = ({ shape, dtype }: OutputType): HostType => ({ shape, dtype });

const holds = (inputs: unknown, is: (item: unknown) => boolean): boolean =>
  is(inputs) || (Array.isArray(inputs) && inputs.length > 0 && inputs.some(is));
