import { describe, expect, it } from "vitest";
import * as catalogue from "../../src/constraints/catalogue.js";
import { type Constraint, deserialize, get, serialize } from "../../src/constraints/index.js";
import type { SerializedPart } from "../../src/core/parts.js";
import { interpret } from "../../src/graph/index.js";
import * as ops from "../../src/ops/index.js";
import { type Flat, flat, givenToKeras, paired, type Row } from "./by-hand.js";
import { firstDifference } from "./close.js";
import { type ConstraintByHand, constraintCases } from "./constraints.cases.js";
import { kerasFixture } from "./fixture.js";
import { optionsOf } from "./keras-options.js";

interface Case {
  readonly kwargs: Record<string, unknown>;
  readonly config: SerializedPart;
  /** For a row worked out by hand; otherwise the fixture's. */
  readonly weight?: Flat;
  readonly projected: readonly number[];
}

const fixture = kerasFixture<{ shape: number[]; weight: number[]; cases: readonly Case[] }>("constraints");

function byHandCase(constraint: Constraint, { weight, projected }: ConstraintByHand): Case {
  return { kwargs: {}, config: serialize(constraint), weight: flat(weight), projected: flat(projected).data };
}

describe.each(Object.entries(catalogue))("%s", (name, cls) => {
  const make = cls as unknown as new (options: object) => Constraint;
  const expected = fixture.cases.filter(({ config }) => config.class_name === name);
  const rows = constraintCases[name as keyof typeof constraintCases] as readonly Row<object, ConstraintByHand>[];
  const cases = paired("constraints", name, rows, expected, (options, byHand) => byHandCase(new make(options), byHand));

  it("has the options that Keras was given", () => {
    expect(givenToKeras(cases)).toEqual(expected.map(({ kwargs }) => optionsOf(kwargs)));
  });

  it.each(cases.map(({ options, expected: row }) => [JSON.stringify(options), options, row] as const))(
    "%s",
    (_title, options, row) => {
      const { shape, data: given } = row.weight ?? { shape: fixture.shape, data: fixture.weight };
      const constraint = new make(options);
      expect(serialize(constraint)).toEqual(row.config);
      for (const made of [constraint, deserialize(row.config)]) {
        const weight = ops.input("weight", shape, "float32");
        const [ours] = interpret([made.apply(weight)], { feeds: new Map([[weight, given]]) });
        expect(ours!.shape).toEqual(shape);
        expect(firstDifference(ours!.data, row.projected)).toBe(null);
      }
    },
  );
});

describe("constraints", () => {
  it("are found by Keras's names", () => {
    for (const name of ["max_norm", "min_max_norm", "non_neg", "unit_norm", "MaxNorm"]) {
      expect(serialize(get(name)).module).toBe("keras.constraints");
    }
    expect(() => get("maxnorn", "Dense.kernelConstraint")).toThrow(/Did you mean "max_norm"\?$/u);
  });

  it("check their options", () => {
    expect(() => new catalogue.MaxNorm({ axis: [] })).toThrow(
      "MaxNorm.axis must be an axis or a list of axes. Received: [].",
    );
    expect(() => new catalogue.MaxNorm({ max: 1 } as never)).toThrow('MaxNorm has no option "max"');
  });
});
