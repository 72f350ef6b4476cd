import { charge } from "../../core/budget.js";
import { ShapeError, StateError } from "../../core/errors.js";
import { currentScope } from "../../core/scope.js";
import { formatShape, type Shape, sizeOf } from "../../core/shape.js";
import { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import { type Inputs, valuesOf } from "../base/inputs.js";
import { shapeOf } from "../base/invoke.js";
import type { Mask } from "../base/masks.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { type Cell, stateShapesOf, stepOf } from "./recurrent-cell.js";
import type { RecurrenceSettings } from "./recurrent-settings.js";
import { runCell } from "./run-cell.js";

/**
 * Repeats a cell along the second axis of its input, (batch, steps, ...). Takes the input, or a list of it and the states
 * to begin with (zeros otherwise). `O` is what it gives: a value, or with `returnState` a list.
 */
export abstract class BaseRnn<S extends RecurrenceSettings, O extends Inputs> extends TableLayer<S, Inputs, O> {
  static override readonly traits: LayerTraits = {
    castsToFloat: true,
    supportsMasking: true,
    takesMask: true,
    parameters: ["sequences", "...initial_state"],
  };
  /** The states with which the next batch begins; only of stateful layers. */
  carriedStates: readonly Variable[] = [];

  abstract readonly cell: Cell;

  get returnSequences(): boolean {
    return this.options.returnSequences;
  }

  get returnState(): boolean {
    return this.options.returnState;
  }

  get goBackwards(): boolean {
    return this.options.goBackwards;
  }

  get stateful(): boolean {
    return this.options.stateful;
  }

  /**
   * From now on masked steps of sequences give zeros, as both layers of a Bidirectional do.
   * @internal
   */
  zeroMaskedOutputs(): void {
    (this.options as { zeroOutputForMask: boolean }).zeroOutputForMask = this.returnSequences;
  }

  /** Output sequences have the mask of the input; a last output has none. */
  override computeMask(_inputs: Inputs, [mask = null]: readonly Mask[]): Mask {
    return this.options.returnSequences ? mask : null;
  }

  /** Sets the states that a stateful layer carries back to zeros. */
  resetState(): void {
    for (const state of this.carriedStates) state.write(new Float32Array(state.size));
  }

  /** The same, by Keras's older name. */
  resetStates(): void {
    this.resetState();
  }

  override build([shape, ...states]: readonly Shape[]): void {
    this.#check(shape!, states);
    const [batch, , ...features] = shape as readonly [number | null, number | null, ...(number | null)[]];
    const step = [batch, ...features];
    this.cell.ensureBuilt([step]);
    if (this.options.stateful) this.carriedStates = this.#makeStates(batch, stateShapesOf(this.cell, step));
  }

  override call(inputs: Inputs, context: CallContext = presentContext()): O {
    const [x, ...given] = valuesOf(inputs) as readonly [Value, ...Value[]];
    this.#check(
      x.shape,
      given.map(({ shape }) => shape),
    );
    const { stateful, returnState, goBackwards, returnSequences, zeroOutputForMask } = this.options;
    const [mask = null] = context.masks;
    const rows = x.shape[0]!;
    const dims = [rows, ...x.shape.slice(2)];
    const own = this.carriedStates.map((state) => rowsOf(context.read(state), rows));
    const zeros = (): Value[] => stateShapesOf(this.cell, shapeOf(dims)).map((shape) => ops.full([rows, ...shape], 0));
    const { output, states } = runCell(stepOf(this.cell, dims, context), x, {
      initial: given.length > 0 ? given : stateful ? own : zeros(),
      mask: mask && ops.cast(mask, "bool"),
      goBackwards,
      returnSequences,
      zeroOutputForMask,
    });
    for (const [i, state] of this.carriedStates.entries()) context.assign(state, tableOf(states[i]!, state.shape[0]!));
    return (returnState ? [output, ...states] : output) as O;
  }

  #check(shape: Shape, states: readonly Shape[]): void {
    const shapes = shape.length < 3 ? [] : stateShapesOf(this.cell, [shape[0]!, ...shape.slice(2)]);
    const isAs = (state: Shape, wanted: readonly number[]): boolean =>
      state.length === wanted.length + 1 && wanted.every((size, axis) => [size, null].includes(state[axis + 1]!));
    const fits = states.length === shapes.length && states.every((state, i) => isAs(state, shapes[i]!));
    if (shape.length >= 3 && (states.length === 0 || fits)) return;
    throw new ShapeError({
      code: "recurrent-input",
      what: `${this.label} cannot take these inputs`,
      received: [shape, ...states].map(formatShape).join(" and "),
      expected: `(batch, steps, features), alone or with states ${shapes.map((size) => `(batch, ${size.join(", ")})`).join(" and ")}`,
      fix: "Give the sequence first, then all states or none",
      data: { layer: this.name, shape },
    });
  }

  #makeStates(batch: number | null, shapes: readonly (readonly number[])[]): Variable[] {
    if (batch === null) {
      throw new StateError({
        code: "stateful-batch",
        what: `${this.label} is stateful, so it must know the size of the batches`,
        fix: "Give the whole shape in Input({ batchShape: [32, steps, features] }), or batchInputShape to a first layer",
        data: { layer: this.name },
      });
    }
    return shapes.map((shape) => {
      charge(`the state of ${this.label}`, 4 * batch * sizeOf(shape));
      return new Variable({
        name: "rnn_state",
        path: `${currentScope()}/rnn_state`,
        shape: [batch, ...shape],
        trainable: false,
      });
    });
  }
}

/** Row numbers 0, 1, … of the batch. A graph that uses them is not split into shards. */
function rowNumbers(rows: number): Value {
  return ops.cumsum(ops.cast(ops.full([rows], 1), "int32"), 0, { exclusive: true });
}

/** One row of the table for each row of the batch. */
function rowsOf(table: Value, rows: number): Value {
  return ops.stopGradient(ops.gather(table, rowNumbers(rows)));
}

function tableOf(rows: Value, count: number): Value {
  return ops.stopGradient(ops.allSum(ops.scatterAdd(rowNumbers(rows.shape[0]!), rows, count)));
}
