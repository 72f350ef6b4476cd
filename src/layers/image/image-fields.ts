import { type Field, wrongOption } from "../../core/options.js";
import type { Json } from "../../core/stateful.js";

/** A range of numbers, [lower, upper]. */
export type FactorRange = readonly [number, number];

const isNumber = (value: unknown): value is number => typeof value === "number" && !Number.isNaN(value);
const isPair = (value: unknown): value is FactorRange =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber);
const sorted = ([a, b]: FactorRange): FactorRange => (a <= b ? [a, b] : [b, a]);

/** How {@link factorField} reads what is given. */
interface FactorRules {
  /** The numbers that may be given. */
  readonly bounds: FactorRange;
  readonly default?: FactorRange;
  /** What one number stands for. Default: from its negative, or the lower bound, to it. */
  readonly one?: (factor: number) => FactorRange;
}

/** A range to draw from: [lower, upper], or one number. */
export function factorField({ bounds: [least, most], one, ...rest }: FactorRules): Field<FactorRange> {
  return {
    ...rest,
    parse(value, where) {
      const within = (x: number): boolean => x >= least && x <= most;
      if (isNumber(value) && within(value)) {
        const size = Math.abs(value);
        return one === undefined ? [Math.max(-size, least), size] : one(value);
      }
      if (isPair(value) && value.every(within)) return sorted(value);
      throw wrongOption(where, `a number from ${least} to ${most} or a list of two`, value);
    },
    toConfig: (range) => [...range],
  };
}

/** The least and largest value of a pixel. Default [0, 255]. */
export const valueRangeField: Field<FactorRange> = {
  default: [0, 255],
  parse(value, where) {
    if (isPair(value) && value[0] !== value[1]) return sorted(value);
    throw wrongOption(where, "a list of two numbers, the least and the largest value of a pixel", value);
  },
  toConfig: (range) => [...range],
};

/** A number or pair that Keras keeps as it was given. */
export type Factor = number | FactorRange;

/** A range to draw from, kept as it was given. */
export function givenFactorField([least, most]: FactorRange, leastExcluded = false): Field<Factor> {
  const within = (x: unknown): boolean => isNumber(x) && (leastExcluded ? x > least : x >= least) && x <= most;
  return {
    parse(value, where) {
      if (within(value) || (isPair(value) && value.every(within))) return value as Factor;
      throw wrongOption(
        where,
        `a number ${leastExcluded ? "above" : "from"} ${least} to ${most} or a list of two`,
        value,
      );
    },
    toConfig: (factor) => factor as Json,
  };
}

/** The range that a given factor stands for: for one number from its negative to it. */
export function rangeOf(factor: Factor): FactorRange {
  return typeof factor === "number" ? [-Math.abs(factor), Math.abs(factor)] : sorted(factor);
}
