import { readFileSync } from "node:fs";
import type { Json } from "../../src/core/stateful.js";

/** What Keras gave for one layer; made by interop/fixtures/preprocessing.py. */
export interface PreprocessingCase {
  readonly class: string;
  readonly config: { readonly [key: string]: Json };
  readonly adapt?: unknown;
  readonly inputs: unknown;
  /** Whether `inputs` is a list of inputs. */
  readonly several?: boolean;
  readonly output: unknown;
  readonly vocabulary?: readonly (string | number)[];
  readonly bare?: readonly (string | number)[];
  readonly size?: number;
}

interface Adapted {
  readonly normalization: readonly {
    readonly axis: number | readonly number[] | null;
    readonly x: readonly number[];
    readonly shape: readonly number[];
    readonly mean: readonly number[];
    readonly variance: readonly number[];
  }[];
  readonly discretization: readonly {
    readonly bins: number;
    readonly epsilon: number;
    readonly parts: number;
    readonly x: readonly number[];
    readonly boundaries: readonly number[];
  }[];
}

export const FIXTURE = JSON.parse(
  readFileSync(new URL("../fixtures/keras/preprocessing.json", import.meta.url), "utf8"),
) as { readonly adapted: Adapted; readonly cases: readonly PreprocessingCase[] };
