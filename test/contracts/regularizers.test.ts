import { describe, expect, it } from "vitest";
import type { SerializedPart } from "../../src/core/parts.js";
import { grad, interpret } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import * as catalogue from "../../src/regularizers/catalogue.js";
import { deserialize, get, type Regularizer, serialize } from "../../src/regularizers/index.js";
import { type Flat, flat, givenToKeras, paired, type Row, slopes } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { kerasFixture } from "./fixture.js";
import { optionsOf } from "./keras-options.js";
import { type RegularizerByHand, regularizerCases } from "./regularizers.cases.js";
import { asFloat32 } from "./widened.js";

interface Case {
  readonly kwargs: Record<string, unknown>;
  readonly config: SerializedPart;
  /** For a row worked out by hand; otherwise the fixture's. */
  readonly weight?: Flat;
  readonly penalty: number;
  readonly gradient: readonly number[];
}

const fixture = kerasFixture<{ shape: number[]; weight: number[]; cases: readonly Case[] }>("regularizers");

function byHandCase(regularizer: Regularizer, byHand: RegularizerByHand): Case {
  const weight = flat(byHand.weight);
  const leaf = ops.input("weight", weight.shape, "float32");
  const penalty = regularizer.apply(leaf);
  const value = (at: readonly number[]): number => interpret([penalty], { feeds: new Map([[leaf, at]]) })[0]!.data[0]!;
  const gradient = slopes(value, weight.data);
  return { kwargs: {}, config: serialize(regularizer), weight, penalty: byHand.penalty, gradient };
}

describe.each(Object.entries(catalogue))("%s", (name, cls) => {
  const make = cls as unknown as new (options: object) => Regularizer;
  const expected = fixture.cases.filter(({ config }) => config.class_name === name);
  const rows = regularizerCases[name as keyof typeof regularizerCases] as readonly Row<object, RegularizerByHand>[];
  const cases = paired("regularizers", name, rows, expected, (options, byHand) =>
    byHandCase(new make(options), byHand),
  );

  it("has the options that Keras was given", () => {
    expect(givenToKeras(cases)).toEqual(expected.map(({ kwargs }) => optionsOf(kwargs)));
  });

  it.each(cases.map(({ options, expected: row }) => [JSON.stringify(options), options, row] as const))(
    "%s",
    (_title, options, row) => {
      const { shape, data: given } = row.weight ?? { shape: fixture.shape, data: fixture.weight };
      const regularizer = new make(options);
      expect(asFloat32(serialize(regularizer))).toEqual(asFloat32(row.config));
      for (const made of [regularizer, deserialize(row.config), deserialize(serialize(regularizer))]) {
        const weight = ops.input("weight", shape, "float32");
        const penalty = made.apply(weight);
        const [slope] = grad(penalty, [weight]);
        const [ours, gradient] = interpret([penalty, slope!], { feeds: new Map([[weight, given]]) });
        expect(ours!.shape).toEqual([]);
        expect(firstDifference(ours!.data, [row.penalty])).toBe(null);
        expect(firstDifference(gradient!.data, row.gradient)).toBe(null);
      }
    },
  );
});

describe("regularizers", () => {
  it("are found by Keras's names", () => {
    for (const name of ["l1", "l2", "l1l2", "l1_l2", "orthogonal_regularizer", "L2"])
      expect(get(name).getConfig()).toBeTruthy();
    expect(() => get("l3", "Dense.kernelRegularizer")).toThrow(
      /^Dense\.kernelRegularizer: unknown name "l3".*Did you mean "l1"\?$/u,
    );
  });

  it("are errors when they do not fit", () => {
    expect(() => new catalogue.L2({ l2: -1 })).toThrow("L2.l2 must be a number >= 0. Received: -1.");
    expect(() => new catalogue.OrthogonalRegularizer().apply(ops.input("w", [3], "float32"))).toThrow(
      "OrthogonalRegularizer needs a matrix. Received: shape (3,). Expected: 2 dimensions.",
    );
  });
});
