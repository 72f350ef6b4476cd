import { OptionError } from "../core/errors.js";
import { float, int } from "../core/options.js";
import { isPlainObject, valueText } from "../core/value-text.js";
import type { Draws } from "./draws.js";

/** What a parameter can be. */
export type ParameterValue = number | string | boolean | null;

/** The values of one parameter, and how to draw them. Made by `choice`, `integer`, `uniform` and `logUniform`. */
export interface ParameterRange<T extends ParameterValue = ParameterValue> {
  /** How records and messages write it: "uniform(0, 1)". Equal texts, equal ranges. */
  readonly text: string;
  /** All values in their order; null where they are too many to be listed. */
  readonly values: readonly T[] | null;
  /** Any of the values. */
  draw(random: Draws): T;
  /** A value near another one, for population based training. */
  near(value: T, random: Draws): T;
}

/** The parameters that a sweep searches through, by name. */
export type Space = { readonly [name: string]: ParameterRange };

/** A value for each parameter of a space. */
export type ParametersOf<S extends Space> = {
  readonly [K in keyof S]: S[K] extends ParameterRange<infer T> ? T : never;
};
export type Parameters = { readonly [name: string]: ParameterValue };

/** Factors of numbers that are changed a little; as in "Population Based Training of Neural Networks" (2017). */
const FACTORS = [0.8, 1.2] as const;

/** One of these values. In population based training it moves to the one before or after, so put numbers in order. */
export function choice<const T extends ParameterValue>(values: readonly T[]): ParameterRange<T> {
  const isList = Array.isArray(values) && values.length > 0;
  const wrong = isList ? values.find((value) => !isParameter(value)) : values;
  if (!isList || wrong !== undefined) {
    throw wrongRange("choice", values, "a list of numbers, strings, booleans or null, at least one");
  }
  if (new Set(values).size < values.length) throw wrongRange("choice", values, "each value once");
  return {
    text: `choice(${JSON.stringify(values)})`,
    values,
    draw: (random) => values[random.below(values.length)]!,
    near(value, random) {
      const at = values.indexOf(value) + (random.uniform() < 0.5 ? -1 : 1);
      return values[Math.min(Math.max(at, 0), values.length - 1)]!;
    },
  };
}

/** A whole number from `min` to `max`, both included. */
export function integer(min: number, max: number): ParameterRange<number> {
  for (const value of [min, max]) int().parse(value, "integer(min, max)");
  checkOrder("integer", min, max);
  const count = max - min + 1;
  return {
    text: `integer(${min}, ${max})`,
    values: count <= LISTED ? Array.from({ length: count }, (_, i) => min + i) : null,
    draw: (random) => min + random.below(count),
    near(value, random) {
      const moved = Math.round(factored(value, random));
      // Small numbers move too.
      const other = moved === value ? value + (random.uniform() < 0.5 ? -1 : 1) : moved;
      return Math.min(Math.max(other, min), max);
    },
  };
}

/** Integers beyond this many are not listed. */
const LISTED = 10_000;

/** A number from `min` to `max`, all equally likely; six digits. */
export function uniform(min: number, max: number): ParameterRange<number> {
  return continuous("uniform", min, max, (part) => min + part * (max - min));
}

/** A number from `min` to `max`, both above 0, each power of ten equally likely: learning rates, weight decays. Six digits. */
export function logUniform(min: number, max: number): ParameterRange<number> {
  for (const value of [min, max]) float({ above: 0 }).parse(value, "logUniform(min, max)");
  return continuous("logUniform", min, max, (part) => min * (max / min) ** part);
}

function continuous(name: string, min: number, max: number, at: (part: number) => number): ParameterRange<number> {
  for (const value of [min, max]) {
    if (!Number.isFinite(float().parse(value, `${name}(min, max)`))) throw wrongRange(name, value, "finite numbers");
  }
  checkOrder(name, min, max);
  // Six digits: the last bits of a power are not the same on every version of V8, and people read these numbers.
  const inside = (value: number): number => Math.min(Math.max(Number(value.toPrecision(6)), min), max);
  return {
    text: `${name}(${min}, ${max})`,
    values: null,
    draw: (random) => inside(at(random.uniform())),
    near: (value, random) => inside(factored(value, random)),
  };
}

const factored = (value: number, random: Draws): number => value * FACTORS[random.uniform() < 0.5 ? 0 : 1];

function checkOrder(name: string, min: number, max: number): void {
  if (min >= max) throw wrongRange(name, [min, max], "a smaller and a larger number");
}

function isParameter(value: unknown): value is ParameterValue {
  return value === null || ["string", "boolean"].includes(typeof value) || Number.isFinite(value);
}

function wrongRange(name: string, received: unknown, expected: string): OptionError {
  return new OptionError({
    code: "sweep-range",
    what: `${name} does not get what it needs`,
    received: valueText(received),
    expected,
    fix: "Write e.g. choice([16, 32, 64]), integer(1, 4), uniform(0, 0.5) or logUniform(1e-4, 1e-1)",
  });
}

/**
 * Checks the option `parameters`.
 * @throws {OptionError} for a space without parameters, and for what is no range
 */
export function parseSpace(value: unknown, where: string): Space {
  const example = "{ learningRate: sweeps.logUniform(1e-4, 1e-1) }";
  if (!isPlainObject(value) || Object.keys(value).length === 0) {
    throw new OptionError({
      code: "sweep-space",
      what: `${where} has nothing to search through`,
      received: valueText(value),
      expected: "an object with a range for each parameter, at least one",
      fix: `Give e.g. ${example}`,
    });
  }
  for (const [name, range] of Object.entries(value)) {
    if (isRange(range)) continue;
    const list = Array.isArray(range) ? `sweeps.choice(${valueText(range)})` : `sweeps.choice([${valueText(range)}])`;
    throw new OptionError({
      code: "sweep-space",
      what: `${where}.${name} is no range`,
      received: valueText(range),
      expected: "what sweeps.choice, integer, uniform or logUniform returns",
      fix: `Did you mean ${name}: ${list}?`,
    });
  }
  return value as Space;
}

function isRange(value: unknown): value is ParameterRange {
  const range = value as Partial<ParameterRange> | null;
  return (
    typeof range === "object" && range !== null && typeof range.text === "string" && typeof range.draw === "function"
  );
}
