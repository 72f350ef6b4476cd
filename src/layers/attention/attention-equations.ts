/** Equations of attention over some axes of tensors (batch, …, heads, channels), as Keras builds them. */
export interface AttentionEquations {
  /** keys, queries -> scores: (batch and other axes, heads, query axes, key axes). */
  readonly scores: string;
  /** scores, values -> (batch, …, heads, channels). */
  readonly output: string;
}

/** @param axes the axes attended over */
export function attentionEquations(rank: number, axes: readonly number[]): AttentionEquations {
  const target = letters(0, rank);
  let next = rank;
  const source = target.map((letter, axis) => (axes.includes(axis) ? letters(next++, 1)[0]! : letter));
  const other = target.filter((_, axis) => !axes.includes(axis) && axis !== rank - 1);
  const pick = (from: readonly string[]) => axes.map((axis) => from[axis]!);
  const product = [...other, ...pick(target), ...pick(source)].join("");
  return {
    scores: `${source.join("")},${target.join("")}->${product}`,
    output: `${product},${source.join("")}->${target.join("")}`,
  };
}

/** A projection: `free` axes stay, `bound` ones are summed over, `made` ones are new. */
export interface ProjectionEquation {
  readonly equation: string;
  /** The letters of the new axes. */
  readonly made: string;
}

export function projectionEquation(free: number, bound: number, made: number): ProjectionEquation {
  const [kept, summed, fresh] = [letters(0, free), letters(free, bound), letters(free + bound, made)].map((list) =>
    list.join(""),
  );
  return { equation: `${kept}${summed},${summed}${fresh}->${kept}${fresh}`, made: fresh! };
}

function letters(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, i) => String.fromCharCode("a".charCodeAt(0) + from + i));
}
