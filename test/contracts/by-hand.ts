/** A row of a part that Keras does not have, with expected values worked out by hand. */
export interface ByHand<O, E> {
  readonly options: O;
  readonly byHand: E;
}

/** A row of a table: options, for which a fixture holds real Keras's values, or a row worked out by hand. */
export type Row<O, E> = O | ByHand<O, E>;

/** Numbers as written in a row. */
export type Nested = number | readonly Nested[];

export interface Flat {
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

export function isByHand<O, E>(row: Row<O, E>): row is ByHand<O, E> {
  return typeof row === "object" && row !== null && "byHand" in row;
}

export function optionsOfRow<O, E>(row: Row<O, E>): O {
  return isByHand(row) ? row.options : row;
}

/** The error for a missing fixture: says how to make it. */
export function noFixture(kind: string, name: string): Error {
  return new Error(
    `no Keras fixture for ${name}; add it to interop/fixtures/${kind}.py and ` +
      `run interop/.venv/bin/python interop/fixtures/${kind}.py. A part that Keras does not have states its values in its row: { options, byHand }`,
  );
}

/**
 * The rows of a part with their expected values: the fixtures under its name, in order, or what `made` makes of values
 * worked out by hand.
 */
export function paired<O, E, F>(
  kind: string,
  name: string,
  rows: readonly Row<O, E>[],
  fixtures: readonly F[],
  made: (options: O, byHand: E) => F,
): { readonly options: O; readonly expected: F; readonly isByHand: boolean }[] {
  const left = [...fixtures];
  const pairs = rows.map((row) => {
    if (isByHand(row)) return { options: row.options, expected: made(row.options, row.byHand), isByHand: true };
    const expected = left.shift();
    if (expected === undefined) throw noFixture(kind, name);
    return { options: row, expected, isByHand: false };
  });
  if (left.length > 0)
    throw new Error(`${left.length} fixtures of ${name} have no row in test/contracts/${kind}.cases.ts`);
  return pairs;
}

/** The options of the rows with fixtures, for comparison with those that Keras was given. */
export function givenToKeras<O>(pairs: readonly { readonly options: O; readonly isByHand: boolean }[]): O[] {
  return pairs.filter(({ isByHand }) => !isByHand).map(({ options }) => options);
}

export function flat(numbers: Nested): Flat {
  if (typeof numbers === "number") return { shape: [], data: [numbers] };
  const parts = numbers.map(flat);
  return { shape: [parts.length, ...(parts[0]?.shape ?? [])], data: parts.flatMap(({ data }) => data) };
}

/** The gradient of a function by central differences. */
export function slopes(value: (x: readonly number[]) => number, at: readonly number[]): number[] {
  const step = 1e-5;
  const moved = (i: number, by: number): number[] => at.map((x, k) => (k === i ? x + by : x));
  return at.map((_, i) => (value(moved(i, step)) - value(moved(i, -step))) / (2 * step));
}

/** Coefficients of a result's elements, so that the gradient is not that of a plain sum. */
export function factorsFor(count: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.cos(i * 1.7) + 0.1);
}
