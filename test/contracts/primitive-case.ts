import type { Build, PrimitiveName, Value } from "../../src/graph/index.js";

/**
 * Contents of an operand: distinct floats in (-2, 2), not near 0, whole numbers or each other; positive ones; unit ones
 * in (-1, 1); whole numbers below a bound; truth values.
 */
export type Kind = "float" | "positive" | "unit" | "bool" | { readonly below: number; readonly from?: number };

export interface PrimitiveCase {
  readonly name: string;
  /** Shape (-1 is the batch) and contents of each operand. */
  readonly operands: readonly (readonly [dims: readonly number[], kind: Kind])[];
  readonly make: (operands: readonly Value[], g: Build) => Value;
  /** false: no gradient flows (or none is defined), so it must be 0. Default true. */
  readonly gradient?: boolean;
}

export type Make = PrimitiveCase["make"];
export const B = [-1, 3] as const;

export const unary = (kind: Kind, make: (x: Value, g: Build) => Value, gradient = true): PrimitiveCase[] => [
  { name: "batch", operands: [[[-1, 3, 2], kind]], make: ([x], g) => make(x!, g), gradient },
];

export const binary = (
  left: Kind,
  right: Kind,
  make: (a: Value, b: Value, g: Build) => Value,
  gradient = true,
): PrimitiveCase[] => {
  const both: Make = ([a, b], g) => make(a!, b!, g);
  return [
    {
      name: "same shapes",
      operands: [
        [B, left],
        [B, right],
      ],
      make: both,
      gradient,
    },
    {
      name: "row",
      operands: [
        [B, left],
        [[3], right],
      ],
      make: both,
      gradient,
    },
    {
      name: "scalar",
      operands: [
        [[], left],
        [B, right],
      ],
      make: both,
      gradient,
    },
    {
      name: "column and row",
      operands: [
        [[-1, 1], left],
        [[2, 1, 3], right],
      ],
      make: both,
      gradient,
    },
  ];
};

export const whole: Kind = { below: 50, from: -50 };
export const one = (name: string, operands: PrimitiveCase["operands"], make: Make, gradient = true): PrimitiveCase => {
  return { name, operands, make, gradient };
};

/** Rows for some primitives. */
export type Cases<P extends PrimitiveName> = { readonly [K in P]: readonly PrimitiveCase[] };
