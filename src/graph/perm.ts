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

/** Whether nothing but the last two axes changes places: matrix products read such an operand as it is. */
export function swapsLastTwo(perm: readonly number[]): boolean {
  const last = perm.length - 1;
  return last >= 1 && perm.every((axis, i) => axis === (i === last ? last - 1 : i === last - 1 ? last : i));
}
