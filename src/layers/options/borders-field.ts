import { type Field, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";

/** Widths [before, after] for each spatial axis. */
export type Borders = readonly (readonly [number, number])[];

/** What users may give: one number, one for each spatial axis, or [before, after] for each. */
export type GivenBorders = number | readonly number[] | Borders;

const isWidth = (value: unknown): value is number => typeof value === "number" && Number.isInteger(value) && value >= 0;
const isPair = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isWidth);

/** An option that says how much to add or take away at both ends of each of `rank` spatial axes. */
export function bordersField(rank: number): Field<Borders> {
  return {
    parse(value, where) {
      if (isWidth(value)) return new Array<readonly [number, number]>(rank).fill([value, value]);
      if (rank === 1 && isPair(value)) return [value];
      if (Array.isArray(value) && value.length === rank && value.every((item) => isWidth(item) || isPair(item))) {
        return value.map((item) => (isWidth(item) ? ([item, item] as const) : ([item[0], item[1]] as const)));
      }
      throw wrongOption(where, `a whole number, or a list of ${rank} numbers or pairs [before, after]`, value);
    },
    // For one axis, Keras writes the pair without a list around it.
    toConfig: (borders) => (rank === 1 ? [...borders[0]!] : borders.map((pair) => [...pair])) as Json,
  };
}
