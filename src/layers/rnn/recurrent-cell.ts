import { ShapeError } from "../../core/errors.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Dims, Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import { type Inputs, valuesOf } from "../base/inputs.js";
import { type AnyLayer, Layer } from "../base/layer.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";

/** The result of one step of a cell: its output and the new states. */
export interface CellResult {
  readonly output: Value;
  readonly states: readonly Value[];
}

/** One step: `x` is (batch, ...), the states are as {@link stateShapesOf} says. */
export type CellStep = (x: Value, states: readonly Value[]) => CellResult;

/** Sizes of a cell's states: one, one for each state, or of several cells those of each. */
export type StateSize = number | readonly StateSize[];

/**
 * What a recurrent layer repeats: a layer from `[x, ...states]` to `[output, ...new states]`, each state
 * (batch, size). A class of your own says how large they are as Keras's do:
 *
 * ```ts
 * class MyCell extends layers.Layer<readonly Value[], readonly Value[]> {
 *   readonly stateSize = 32;
 *   override build([shape]) { … }
 *   override call([x, h]) { …; return [output, output]; }
 * }
 * ```
 */
export interface Cell extends AnyLayer {
  readonly stateSize: StateSize;
  /** Size of the output. Default: that of the first state. */
  readonly outputSize?: number;
}

/**
 * One step of a recurrent layer. On its own it is a layer from [x, ...states] to [output, ...states]. All steps share
 * what `prepare` draws and computes.
 */
export abstract class RecurrentCell<S extends object> extends TableLayer<S, Inputs, readonly Value[]> {
  static override readonly traits: LayerTraits = { castsToFloat: true, parameters: ["inputs", "...states"] };

  abstract get stateSize(): StateSize;

  /** Size of the output. */
  get outputSize(): number {
    return flatSizes(this.stateSize)[0]!;
  }

  /** Shapes of the states without the batch, for a step of that shape, (batch, ...). */
  stateShapes(_step: Shape): readonly (readonly number[])[] {
    return flatSizes(this.stateSize).map((size) => [size]);
  }

  /** @param dims those of one step's input, (batch, ...) */
  abstract prepare(dims: Dims, context: CallContext): CellStep;

  override call(inputs: Inputs, context: CallContext = presentContext()): readonly Value[] {
    const [x, ...states] = valuesOf(inputs) as readonly [Value, ...Value[]];
    const result = this.prepare(x.shape, context)(x, states);
    return [result.output, ...result.states];
  }
}

/** Whether a value is a layer that says how large its states are. */
export function isCell(value: unknown): value is Cell {
  return value instanceof Layer && "stateSize" in value && isStateSize(value.stateSize);
}

function isStateSize(value: unknown): value is StateSize {
  return Array.isArray(value) ? value.length > 0 && value.every(isStateSize) : Number.isInteger(value);
}

function flatSizes(size: StateSize): readonly number[] {
  return typeof size === "number" ? [size] : size.flatMap(flatSizes);
}

/** Shapes of a cell's states without the batch, for a step of that shape. */
export function stateShapesOf(cell: Cell, step: Shape): readonly (readonly number[])[] {
  return cell instanceof RecurrentCell ? cell.stateShapes(step) : flatSizes(cell.stateSize).map((size) => [size]);
}

export function outputSizeOf(cell: Cell): number {
  return cell.outputSize ?? flatSizes(cell.stateSize)[0]!;
}

/** A step of any cell, inside the call of the layer that holds it. */
export function stepOf(cell: Cell, dims: Dims, context: CallContext): CellStep {
  if (cell instanceof RecurrentCell) return cell.prepare(dims, context.child(cell));
  const count = flatSizes(cell.stateSize).length;
  return (x, before) => {
    const [output, ...states] = valuesOf(context.applyMasked(cell, [x, ...before], []).outputs);
    if (output !== undefined && states.length === count) return { output, states };
    throw new ShapeError({
      code: "cell-results",
      what: `${cell.label} is a cell with ${count} ${count === 1 ? "state" : "states"}, and its call gives something else`,
      received: [output, ...states].map((value) => formatShape(value?.shape ?? [])).join(" and "),
      expected: `a list of the output and ${count} new ${count === 1 ? "state" : "states"}`,
      fix: "Return [output, ...states] from call([x, ...states]), or state other sizes in stateSize",
      data: { layer: cell.name },
    });
  };
}
