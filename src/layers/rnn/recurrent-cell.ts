import type { Dims, Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import { type Inputs, valuesOf } from "../base/inputs.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

/** The result of one step of a cell: its output and the new states. */
export interface CellResult {
  readonly output: Value;
  readonly states: readonly Value[];
}

/** One step: `x` is (batch, ...), the states are as {@link RecurrentCell.stateSizes} say. */
export type CellStep = (x: Value, states: readonly Value[]) => CellResult;

/**
 * One step of a recurrent layer. On its own it is a layer from [x, ...states] to [output, ...states]. All steps share
 * what `prepare` draws and computes.
 */
export abstract class RecurrentCell<S extends object> extends TableLayer<S, Inputs, readonly Value[]> {
  static override readonly traits: LayerTraits = { castsToFloat: true, parameters: ["inputs", "...states"] };
  /** Sizes of the states, each (batch, size). */
  abstract get stateSizes(): readonly number[];

  /** @param dims those of one step's input, (batch, features) */
  abstract prepare(dims: Dims, context: CallContext): CellStep;

  override call(inputs: Inputs, context: CallContext = presentContext()): readonly Value[] {
    const [x, ...states] = valuesOf(inputs) as readonly [Value, ...Value[]];
    const result = this.prepare(x.shape, context)(x, states);
    return [result.output, ...result.states];
  }
}
