/** A user's shape: `null` is a dimension that is only known once data arrives (the batch). */
export type Shape = readonly (number | null)[];

/** A shape with every dimension known. */
export type StaticShape = readonly number[];

/** Number of elements. `[]` (a scalar) has one. */
export function sizeOf(shape: StaticShape): number {
  let size = 1;
  for (const dim of shape) size *= dim;
  return size;
}

export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((dim, i) => dim === b[i]);
}

/** `[null, 28, 28]` as people write it: `(?, 28, 28)`. */
export function formatShape(shape: Shape): string {
  return `(${shape.map((dim) => (dim === null || dim < 0 ? "?" : String(dim))).join(", ")}${shape.length === 1 ? "," : ""})`;
}

/** Row-major strides in elements. */
export function stridesOf(shape: StaticShape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i]!;
  }
  return strides;
}
