/**
 * How much of a suite runs: a little in `npm cit`, some of it in `.ci/run`, all of it in `.ci/run full` (each night, or
 * before a release). A variable of the environment of this name says so: `some` or `full`.
 */
export type Extent = "little" | "some" | "full";

export function extentOf(variable: string): Extent {
  const value = process.env[variable] ?? "little";
  if (value === "little" || value === "some" || value === "full") return value;
  throw new Error(`${variable} is "${value}". Expected: little, some or full.`);
}

/** Every `n`-th, from the first one on. */
export const everyNth = <T>(list: readonly T[], n: number): readonly T[] => list.filter((_, i) => i % n === 0);
