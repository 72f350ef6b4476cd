import { type Field, type Fields, wrongOption } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Dims, Value } from "../../graph/value.js";
import type { CallContext } from "../base/call-context.js";
import type { AnyLayer } from "../base/layer.js";
import { layerField } from "../base/layer-field.js";
import { withArguments } from "../base/with-arguments.js";
import type { LayerOptions } from "../options/layer-options.js";
import {
  type Cell,
  type CellStep,
  isCell,
  outputSizeOf,
  RecurrentCell,
  type StateSize,
  stateShapesOf,
  stepOf,
} from "./recurrent-cell.js";

export interface StackedCellsSettings {
  /** The cells, from the one that takes the input to the one that gives the output. */
  readonly cells: readonly Cell[];
}

const one = layerField();
const parse = (value: unknown, where: string): readonly Cell[] => {
  if (Array.isArray(value) && value.length > 0 && value.every(isCell)) return value;
  throw wrongOption(where, "a list of cells, which are layers with a stateSize", value);
};
const cellsField: Field<readonly Cell[]> = {
  parse,
  toConfig: (cells) => cells.map((cell) => one.toConfig!(cell)),
  fromConfig(json, where, reading) {
    if (!Array.isArray(json)) throw wrongOption(where, "a list of cells", json);
    const cells = (json as readonly Json[]).map((cell, i) => one.fromConfig!(cell, `${where}[${i}]`, reading));
    return parse(cells, where);
  },
};

/** Several cells as one: each takes the output of the one before. Its states are those of all, in order. */
export class StackedRNNCells extends RecurrentCell<StackedCellsSettings> {
  static override readonly className: string = "StackedRNNCells";
  static override readonly positional: readonly string[] = ["cells"];
  static override readonly fields: Fields<StackedCellsSettings> = { cells: cellsField };

  readonly cells: readonly Cell[];

  /** @throws {OptionError} when it is given anything but cells */
  constructor(cells: readonly Cell[], options: LayerOptions = {}) {
    super(withArguments(new.target, { cells }, options));
    this.cells = this.options.cells;
  }

  override get stateSize(): readonly StateSize[] {
    return this.cells.map((cell) => cell.stateSize);
  }

  override get outputSize(): number {
    return outputSizeOf(this.cells.at(-1)!);
  }

  override stateShapes(step: Shape): readonly (readonly number[])[] {
    return this.#steps(step).flatMap(([cell, shape]) => stateShapesOf(cell, shape));
  }

  override build([shape]: readonly Shape[]): void {
    for (const [cell, step] of this.#steps(shape!)) cell.ensureBuilt([step]);
  }

  override prepare(dims: Dims, context: CallContext): CellStep {
    const cells = this.#steps(dims).map(([cell, shape]) => {
      const count = stateShapesOf(cell, shape).length;
      return { count, step: stepOf(cell, shape as Dims, context) };
    });
    return (x, before) => {
      const rest = [...before];
      const states: Value[] = [];
      let output = x;
      for (const { count, step } of cells) {
        const result = step(output, rest.splice(0, count));
        states.push(...result.states);
        output = result.output;
      }
      return { output, states };
    };
  }

  /** Each cell with the shape of what it takes. */
  #steps(shape: Shape): [AnyLayer & Cell, Shape][] {
    let step = shape;
    return this.cells.map((cell) => {
      const taken = step;
      step = [shape[0]!, outputSizeOf(cell)];
      return [cell, taken];
    });
  }
}
