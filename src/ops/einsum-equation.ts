import { ShapeError } from "../core/errors.js";

/** Letters of the axes of the operands and of the result. */
export interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

const FORM = /^(\.{3})?([a-zA-Z]*)(\.{3})?,([a-zA-Z]*)->(\.{3})?([a-zA-Z]*)(\.{3})?$/;

/**
 * Reads an equation of two operands. Axes under `...` get unique labels.
 * @param ranks numbers of axes of the operands
 * @throws {ShapeError} for any other equation, a letter twice in one term, or a wrong number of axes
 */
export function parseEinsum(equation: string, ranks: readonly number[]): Equation {
  const match = FORM.exec(equation.replaceAll(" ", ""));
  if (match === null) throw wrong(equation, 'an equation such as "abc,cd->abd" or "...a,ab->...b"');
  const [, before, first, after, second, outBefore, output, outAfter] = match;
  if ((before ?? null) !== (outBefore ?? null) || (after ?? null) !== (outAfter ?? null) || (before && after)) {
    throw wrong(equation, '"..." at the same end of the first operand and of the result');
  }
  const hidden = Math.max(0, ranks[0]! - first!.length);
  const elided = before || after ? Array.from({ length: hidden }, (_, i) => `.${i}`) : [];
  const labelsOf = (letters: string, elides: boolean): string[] => {
    const own = elides ? elided : [];
    return before ? [...own, ...letters] : [...letters, ...own];
  };
  const inputs = [labelsOf(first!, true), labelsOf(second!, false)];
  const result = labelsOf(output!, true);
  for (const labels of [...inputs, result]) {
    if (new Set(labels).size !== labels.length) throw wrong(equation, "each letter once in a place");
  }
  if (!result.every((label) => inputs.some((labels) => labels.includes(label)))) {
    throw wrong(equation, "a result of letters that the operands have");
  }
  if (inputs.some((labels, i) => labels.length !== ranks[i])) {
    throw wrong(equation, `operands of ${ranks.join(" and ")} axes`);
  }
  return { inputs, output: result };
}

function wrong(equation: string, expected: string): ShapeError {
  return new ShapeError({
    code: "einsum-equation",
    what: "This equation of einsum cannot be computed",
    received: `"${equation}"`,
    expected,
    data: { equation },
  });
}
