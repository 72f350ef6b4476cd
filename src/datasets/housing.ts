import { FormatError } from "../core/errors.js";
import { type Fields, float, int, type Resolved } from "../core/options.js";
import type { FilePath } from "../core/path-of.js";
import type { Tensor } from "../core/tensor.js";
import type { Vfs } from "../core/vfs.js";
import { gatherRows } from "../data/gather-rows.js";
import { numpyShuffled } from "../data/sources/numpy-shuffle.js";
import { found, type TrainAndTest } from "./files.js";
import { npzArrays } from "./npz-arrays.js";

/** How houses are mixed and split. */
export interface HousingOptions {
  /** The part to test with, from 0 and below 1. Default 0.2. */
  readonly testSplit?: number;
  /** 0 to 2^32 - 1: the same seed splits as in Keras. Default 113. */
  readonly seed?: number;
}

export const HOUSING: Fields<HousingOptions> = {
  testSplit: float({ min: 0, max: 1 - Number.EPSILON / 2 }, { default: 0.2 }),
  seed: int({ min: 0, max: 0xffff_ffff }, { default: 113 }),
};

/** Houses and their prices, mixed and split as in Keras. @param most how many are taken, the first of the file */
export async function openHousing(
  owner: string,
  given: FilePath | null | undefined,
  name: string,
  { testSplit, seed, most }: Resolved<HousingOptions> & { readonly most: number },
  files: Vfs,
): Promise<TrainAndTest> {
  const { path } = await found(owner, given, [name], files);
  const [x, y] = (await npzArrays(path, ["x", "y"], owner, files)) as readonly [Tensor, Tensor];
  if (x.shape.length !== 2 || y.shape.length !== 1 || x.shape[0] !== y.shape[0]) {
    throw new FormatError({
      code: "dataset-damaged",
      what: `${owner}: "${path}" is not what the data set has there`,
      received: `arrays of shapes (${x.shape.join(", ")}) and (${y.shape.join(", ")})`,
      expected: "a row of numbers and a price for each house",
      fix: "Get the file again",
      data: { path },
    });
  }
  const count = Math.min(most, x.shape[0]!);
  const order = numpyShuffled(count, seed);
  const held = Math.trunc(count * (1 - testSplit));
  const part = (from: number, to: number): readonly [Tensor, Tensor] => [
    gatherRows(x, order, from, to),
    gatherRows(y, order, from, to),
  ];
  return [part(0, held), part(held, count)];
}
