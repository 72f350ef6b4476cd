import type { Item } from "../../ops/get-item.js";
import * as ops from "../../ops/index.js";
import { type Argument, ELLIPSIS, Slice } from "../base/arguments.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import type { Given, OperationDefinition } from "../base/operation.js";
import { NUMPY, one, type Row } from "./row.js";
import { value, wrongArgument } from "./settings.js";

/** All of an axis. */
export const RANGE: Slice = new Slice();

/** `x[key]` of Python: numbers take an axis away, ranges keep it, null makes a new one, `...` stands for all others. */
export const itemOf: OperationDefinition = {
  className: "GetItem",
  module: NUMPY,
  parameters: ["x", "key"],
  fields: {},
  compute: (args) => {
    const key = args[1] ?? null;
    const items = Array.isArray(key) ? (key as readonly Given[]) : [key];
    return ops.getItem(
      value(args, 0),
      items.map((item) => {
        if (item === ELLIPSIS) return "...";
        if (item === null || item instanceof Slice || Number.isInteger(item)) return item as Item;
        throw wrongArgument(1, "whole numbers, ranges, null and ...");
      }),
    );
  },
};

const written = (item: Item): Argument<KerasTensor> => {
  if (item === "...") return ELLIPSIS;
  if (typeof item !== "object" || item === null) return item;
  return new Slice(item.start ?? null, item.stop ?? null, item.step ?? null);
};

export const getItem: Row<typeof ops.getItem> = {
  definitions: [itemOf],
  operands: [0],
  apply: (x, key) =>
    one(itemOf, [x, Array.isArray(key) ? (key as readonly Item[]).map(written) : written(key as Item)]),
};
