import type { DType } from "../../core/dtype.js";
import type { Shape } from "../../core/shape.js";
import { type CallOptions, optionTensors } from "./call-options.js";
import { KerasTensor } from "./keras-tensor.js";
import type { Layer } from "./layer.js";

/** Shape and dtype of one result of a call. */
export interface OutputType {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** One call of a layer: an edge bundle of the network. A shared layer has a node for each of its calls. */
export class Node {
  readonly layer: Layer;
  /** Position among the layer's calls. */
  readonly index: number;
  /** What the layer was applied to. */
  readonly operands: readonly KerasTensor[];
  /** All tensors that the call depends on: the operands, then those among the options. */
  readonly inputs: readonly KerasTensor[];
  /** Whether the layer was given a list (of perhaps one tensor) rather than one tensor. */
  readonly takesList: boolean;
  readonly options: CallOptions;
  readonly outputs: readonly KerasTensor[];
  readonly givesList: boolean;

  constructor(
    layer: Layer,
    inputs: KerasTensor | readonly KerasTensor[],
    options: CallOptions,
    outputs: OutputType | readonly OutputType[],
  ) {
    this.layer = layer;
    this.index = layer.inboundNodes.length;
    this.takesList = !(inputs instanceof KerasTensor);
    this.operands = inputs instanceof KerasTensor ? [inputs] : inputs;
    this.inputs = [...this.operands, ...optionTensors(options)];
    this.options = options;
    this.givesList = Array.isArray(outputs);
    const types = (this.givesList ? outputs : [outputs]) as readonly OutputType[];
    const name = this.index === 0 ? layer.name : `${layer.name}[${this.index}]`;
    this.outputs = types.map(
      ({ shape, dtype }, i) => new KerasTensor(shape, dtype, types.length === 1 ? name : `${name}:${i}`, this, i),
    );
  }

  /** An entry point of networks: the call of an InputLayer. */
  get isInput(): boolean {
    return this.inputs.length === 0;
  }

  /** What the call gave: one tensor, or the list. */
  get result(): KerasTensor | readonly KerasTensor[] {
    return this.givesList ? this.outputs : this.outputs[0]!;
  }
}
