/** The permutation that undoes `perm`. */
export function inversePerm(perm: readonly number[]): number[] {
  const out = new Array<number>(perm.length);
  perm.forEach((axis, i) => {
    out[axis] = i;
  });
  return out;
}

/** transpose(transpose(x, first), second) is transpose(x, composePerm(first, second)). */
export function composePerm(first: readonly number[], second: readonly number[]): number[] {
  return second.map((axis) => first[axis]!);
}

export function isIdentityPerm(perm: readonly number[]): boolean {
  return perm.every((axis, i) => axis === i);
}
