import { ShapeError } from "../../core/errors.js";
import { bool, type Field, type Fields, wrongOption } from "../../core/options.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import { TableLayer } from "../base/table-layer.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";

export interface DotSettings {
  /** The axis that both inputs are multiplied along and added up, or one for each; not 0, the batch. */
  readonly axes: number | readonly [number, number];
  /** Whether each input gets an L2 norm of 1 along its axis first, which makes it the cosine of their angle. Default false. */
  readonly normalize: boolean;
}

export type DotOptions = Given<DotSettings, "axes">;

const axesField: Field<number | readonly [number, number]> = {
  parse(value, where) {
    const list = Array.isArray(value) ? value : [value, value];
    if (list.length === 2 && list.every((axis) => Number.isInteger(axis) && axis !== 0)) {
      return value as number | readonly [number, number];
    }
    throw wrongOption(where, "an axis or a list of two, without 0", value);
  },
};

/** Shorter lines are divided by it, as in Keras. */
const SHORTEST = 1e-12;

/**
 * Products of two inputs, row by row, added up along an axis of each: (batch, ...a, n) and (batch, ...b, n) give (batch,
 * ...a, ...b), or (batch, 1) where no axis is left.
 */
export class Dot extends TableLayer<DotSettings, readonly Value[]> {
  static override readonly className: string = "Dot";
  static override readonly positional: readonly string[] = ["axes"];
  static override readonly fields: Fields<DotSettings> = { axes: axesField, normalize: bool(false) };
  static override readonly traits: LayerTraits = { castsToFloat: true, supportsMasking: true };

  constructor(axes: number | readonly [number, number], options: DotOptions = {}) {
    super(withArguments(new.target, { axes }, options));
  }

  override computeMask(): null {
    return null;
  }

  override build(shapes: readonly Shape[]): void {
    if (shapes.length !== 2 || shapes.some(({ length }) => length < 2)) throw this.#refused(shapes);
    const [first, second] = this.#axes(shapes.map(({ length }) => length));
    const [a, b] = [shapes[0]![first!], shapes[1]![second!]];
    if (a === undefined || b === undefined || first === 0 || second === 0) throw this.#refused(shapes);
    if (a !== null && b !== null && a !== b) throw this.#refused(shapes);
  }

  override call(inputs: readonly Value[], _context?: CallContext): Value {
    const axes = this.#axes(inputs.map(({ shape }) => shape.length));
    const [x, y] = inputs.map((input, i) =>
      this.options.normalize ? ops.normalize(input, { axis: axes[i]!, epsilon: SHORTEST }) : input,
    ) as [Value, Value];
    // Letters: the batch, the axis that is added up, what is left of each.
    const letters = (value: Value, axis: number, from: number): string[] =>
      value.shape.map((_, i) => (i === 0 ? "a" : i === axis ? "b" : String.fromCharCode(from + i)));
    const [left, right] = [letters(x, axes[0]!, 99), letters(y, axes[1]!, 99 + x.shape.length)];
    const kept = [...left, ...right.slice(1)].filter((letter) => letter !== "b");
    const product = ops.einsum(`${left.join("")},${right.join("")}->${kept.join("")}`, x, y);
    return kept.length === 1 ? ops.expandDims(product, 1) : product;
  }

  #axes(ranks: readonly number[]): readonly number[] {
    const { axes } = this.options;
    const list = typeof axes === "number" ? [axes, axes] : axes;
    return ranks.map((rank, i) => (list[i]! < 0 ? list[i]! + rank : list[i]!));
  }

  #refused(shapes: readonly Shape[]): ShapeError {
    const { axes } = this.options;
    return new ShapeError({
      code: "dot-shapes",
      what: `${this.label} takes a list of two tensors of one size along ${typeof axes === "number" ? `axis ${axes}` : `axes ${axes.join(" and ")}`}`,
      received: shapes.map(formatShape).join(" and "),
      fix: "Use dot.apply([a, b]), with other axes if they do not fit",
      data: { layer: this.name },
    });
  }
}
