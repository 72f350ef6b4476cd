import type { Config } from "../../core/parts.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import { type Operand, toValue } from "../../ops/operand.js";
import { Slice } from "../base/arguments.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import type { OperationDefinition } from "../base/operation.js";
import { inferredDims, padWidths } from "./dims.js";
import { itemOf, RANGE } from "./get-item.js";
import { CORE, many, NUMPY, one, type Row, type Symbolic } from "./row.js";
import { int, ints, number, only, operand, operands, word, wrongSetting } from "./settings.js";

/** An operation of one operand with these settings. */
function of(
  className: string,
  fields: Config,
  compute: (x: Value, config: Config) => Value | readonly Value[],
  parameter = "x",
): OperationDefinition {
  return {
    className,
    module: NUMPY,
    parameters: [parameter],
    fields,
    compute: (args, config) => compute(toValue(operand(args, 0)), config),
  };
}

const reshaped = of("Reshape", { newshape: null }, (x, config) => ops.reshape(x, inferredDims(x, config["newshape"])));
const transposed = of("Transpose", { axes: null }, (x, config) =>
  ops.transpose(
    x,
    config["axes"] === null ? undefined : ints(config, "axes").map((axis) => (axis < 0 ? axis + x.shape.length : axis)),
  ),
);
const swapped = of("Swapaxes", { axis1: null, axis2: null }, (x, config) =>
  ops.swapAxes(x, int(config, "axis1"), int(config, "axis2")),
);
const moved = of("Moveaxis", { source: null, destination: null }, (x, config) =>
  ops.moveAxis(x, int(config, "source"), int(config, "destination")),
);
const expanded = of("ExpandDims", { axis: null }, (x, config) =>
  ints(config, "axis").reduce((wide, axis) => ops.expandDims(wide, axis), x),
);
const squeezed = of("Squeeze", { axis: null }, (x, config) => {
  const rank = x.shape.length;
  const axes =
    config["axis"] === null ? x.shape.flatMap((dim, axis) => (dim === 1 ? [axis] : [])) : ints(config, "axis");
  const sorted = axes.map((axis) => (axis < 0 ? axis + rank : axis)).sort((a, b) => b - a);
  return sorted.reduce((narrow, axis) => ops.squeeze(narrow, axis), x);
});
/** Axes turned round; null: all. */
export const turned: OperationDefinition = of("Flip", { axis: null }, (x, config) => {
  const axes = config["axis"] === null ? x.shape.map((_, axis) => axis) : ints(config, "axis");
  return axes.reduce((done, axis) => ops.reverse(done, axis), x);
});
const repeated = of("Repeat", { repeats: null, axis: null }, (x, config) =>
  ops.repeat(x, int(config, "repeats"), int(config, "axis")),
);
const tiled = of("Tile", { repeats: null }, (x, config) => {
  const repeats = ints(config, "repeats");
  const wide = x.shape.length < repeats.length ? leading(x, repeats.length - x.shape.length) : x;
  const skipped = wide.shape.length - repeats.length;
  return repeats.reduce((done, times, i) => (times === 1 ? done : ops.tile(done, times, skipped + i)), wide);
});
const broadcasted = of("BroadcastTo", { shape: null }, (x, config) => ops.broadcastTo(x, ints(config, "shape")));
const parted = of("Split", { indices_or_sections: null, axis: 0 }, (x, config) => {
  const axis = int(config, "axis");
  if (typeof config["indices_or_sections"] === "number") return ops.split(x, int(config, "indices_or_sections"), axis);
  const size = x.shape.at(axis) ?? 0;
  const bounds = [0, ...ints(config, "indices_or_sections"), size];
  return bounds.slice(1).map((end, i) => ops.slice(x, axis, bounds[i]!, end));
});
const unstackedOf = of("Unstack", { num: null, axis: 0 }, (x, config) => {
  const axis = int(config, "axis");
  const size = x.shape.at(axis) ?? -1;
  if (size < 0) throw wrongSetting("axis", axis, "an axis of known size");
  return ops.split(x, size, axis).map((part) => ops.squeeze(part, axis));
});
const unstacked: OperationDefinition = { ...unstackedOf, module: CORE };

const rolled = of("Roll", { shift: null, axis: null }, (x, config) =>
  ops.roll(x, int(config, "shift"), int(config, "axis")),
);
const belowDiagonal = of("Tril", { k: 0 }, (x, config) => ops.tril(x, int(config, "k")));
const aboveDiagonal = of("Triu", { k: 0 }, (x, config) => ops.triu(x, int(config, "k")));
/** Operations on the main diagonal of two axes, which come last here. */
const onDiagonal = (className: string, op: (x: Value) => Value): OperationDefinition =>
  of(className, { offset: 0, axis1: 0, axis2: 1 }, (x, config) => {
    only(config, { offset: 0 });
    const axes = [int(config, "axis1"), int(config, "axis2")].map((axis) => (axis < 0 ? axis + x.shape.length : axis));
    const others = x.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
    return op(ops.transpose(x, [...others, ...axes]));
  });
const traced = onDiagonal("Trace", ops.trace);
const fromDiagonal = onDiagonal("Diagonal", ops.diagonal);

export const padded: OperationDefinition = {
  className: "Pad",
  module: NUMPY,
  parameters: ["x"],
  keywords: ["constant_values"],
  fields: { pad_width: null, mode: "constant" },
  compute: (args, config) => {
    word(config, "mode", ["constant"]);
    const x = toValue(operand(args, 0));
    const [before, after] = padWidths(config["pad_width"], x.shape.length);
    const fill = args[1] ?? 0;
    return ops.pad(x, before, after, number({ fill: fill as number }, "fill"));
  },
};

const ofList = (
  className: string,
  op: (xs: readonly Operand[], axis: number) => Value,
  parameter: string,
): OperationDefinition => ({
  className,
  module: NUMPY,
  parameters: [parameter],
  fields: { axis: 0 },
  compute: (args, config) => op(operands(args, 0), int(config, "axis")),
});
const joined = ofList("Concatenate", ops.concatenate, "xs");
const stacked = ofList("Stack", ops.stack, "x");

function leading(x: Value, count: number): Value {
  return count === 0 ? x : leading(ops.expandDims(x, 0), count - 1);
}

const rankOf = (x: Symbolic): number => (x as KerasTensor).shape.length;

/** The axis turned round. */
export const flipped = (x: Symbolic, axis: number): KerasTensor => one(turned, [x], { axis });
/** A range of one axis. */
export function sliced(x: Symbolic, axis: number, range: Slice): KerasTensor {
  const at = axis < 0 ? axis + rankOf(x) : axis;
  return one(itemOf, [x, [...new Array<Slice>(at).fill(RANGE), range]]);
}
export const swappedAxes = (x: Symbolic, axis1: number, axis2: number): KerasTensor =>
  one(swapped, [x], { axis1, axis2 });
export const withAxis = (x: Symbolic, axis: number): KerasTensor => one(expanded, [x], { axis });
export const withoutAxis = (x: Symbolic, axis: number): KerasTensor => one(squeezed, [x], { axis });

const row = <F extends (...args: never[]) => unknown>(
  definition: OperationDefinition,
  apply: Row<F>["apply"],
): Row<F> => ({
  definitions: [definition],
  operands: [0],
  apply,
});

export const reshape: Row<typeof ops.reshape> = row(reshaped, (x, dims) => one(reshaped, [x], { newshape: [...dims] }));
export const flatten2d: Row<typeof ops.flatten2d> = {
  definitions: [],
  operands: [0],
  apply: (x) =>
    one(reshaped, [x], {
      newshape: [-1, (x as KerasTensor).shape.slice(1).reduce<number>((n, dim) => n * (dim ?? Number.NaN), 1)],
    }),
};
export const transpose: Row<typeof ops.transpose> = row(transposed, (x, perm) =>
  one(transposed, [x], { axes: perm === undefined ? null : [...perm] }),
);
export const swapAxes: Row<typeof ops.swapAxes> = row(swapped, swappedAxes);
export const moveAxis: Row<typeof ops.moveAxis> = row(moved, (x, source, destination) =>
  one(moved, [x], { source, destination }),
);
export const expandDims: Row<typeof ops.expandDims> = row(expanded, withAxis);
export const squeeze: Row<typeof ops.squeeze> = row(squeezed, withoutAxis);
export const reverse: Row<typeof ops.reverse> = row(turned, flipped);
export const repeat: Row<typeof ops.repeat> = row(repeated, (x, repeats, axis) =>
  one(repeated, [x], { repeats, axis }),
);
export const tile: Row<typeof ops.tile> = row(tiled, (x, times, axis) => {
  const repeats = new Array<number>(rankOf(x)).fill(1);
  repeats[axis < 0 ? axis + repeats.length : axis] = times;
  return one(tiled, [x], { repeats });
});
export const broadcastTo: Row<typeof ops.broadcastTo> = row(broadcasted, (x, dims) =>
  one(broadcasted, [x], { shape: [...dims] }),
);
export const slice: Row<typeof ops.slice> = row(itemOf, (x, axis, start, end, step = 1) =>
  sliced(x, axis, new Slice(start, end, step === 1 ? null : step)),
);
export const split: Row<typeof ops.split> = row(parted, (x, parts, axis) => [
  ...many(parted, [x], { indices_or_sections: parts, axis }),
]);
export const pad: Row<typeof ops.pad> = row(padded, (x, before, after, value) =>
  one(padded, [x, value ?? null], { pad_width: before.map((width, i) => [width, after[i]!]) }),
);
export const concatenate: Row<typeof ops.concatenate> = row(joined, (xs, axis) =>
  one(joined, [xs as Symbolic], { axis }),
);
export const stack: Row<typeof ops.stack> = row(stacked, (xs, axis) => one(stacked, [xs as Symbolic], { axis }));

export const unstack: Row<typeof ops.unstack> = row(unstacked, (x, axis = 0) => [
  ...many(unstacked, [x], { num: null, axis }),
]);
export const roll: Row<typeof ops.roll> = row(rolled, (x, shift, axis) => one(rolled, [x], { shift, axis }));
export const tril: Row<typeof ops.tril> = row(belowDiagonal, (x, k = 0) => one(belowDiagonal, [x], { k }));
export const triu: Row<typeof ops.triu> = row(aboveDiagonal, (x, k = 0) => one(aboveDiagonal, [x], { k }));
const LAST_TWO = { offset: 0, axis1: -2, axis2: -1 };
export const trace: Row<typeof ops.trace> = row(traced, (x) => one(traced, [x], LAST_TWO));
export const diagonal: Row<typeof ops.diagonal> = row(fromDiagonal, (x) => one(fromDiagonal, [x], LAST_TWO));
