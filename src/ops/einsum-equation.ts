import { ShapeError } from "../core/errors.js";

/** Labels of the axes of the operands and of the result. Those under `...` are called ".0", ".1", … from the last one back. */
export interface Equation {
  readonly inputs: readonly (readonly string[])[];
  readonly output: readonly string[];
}

const TERM = /^([a-zA-Z]*)(?:(\.{3})([a-zA-Z]*))?$/;

/**
 * Reads an equation. Without `->` the result has what `...` stands for and then each letter that occurs once, in order of
 * the alphabet.
 * @param ranks numbers of axes of the operands
 * @throws {ShapeError} for a result with a letter twice or that no operand has, or a wrong number of operands or axes
 */
export function parseEinsum(equation: string, ranks: readonly number[]): Equation {
  const [left, right, ...more] = equation.replaceAll(" ", "").split("->");
  const terms = left!.split(",");
  const given = [...terms, ...(right === undefined ? [] : [right])].map((term) => TERM.exec(term));
  if (more.length > 0 || given.some((match) => match === null)) {
    throw wrong(equation, 'an equation such as "abc,cd->abd" or "...a,ab->...b"');
  }
  if (terms.length !== ranks.length) throw wrong(equation, `a term for each of ${ranks.length} operands`);
  const hidden = given.map((match, i) => (match![2] ? (ranks[i] ?? 0) - match![1]!.length - match![3]!.length : 0));
  const inputs = given.slice(0, terms.length).map((match, i) => labelsOf(match!, hidden[i]!));
  if (inputs.some((labels, i) => hidden[i]! < 0 || labels.length !== ranks[i])) {
    throw wrong(equation, `operands of ${ranks.join(" and ")} axes`);
  }
  const most = Math.max(...hidden.slice(0, terms.length));
  const output = right === undefined ? implied(inputs, most) : labelsOf(given.at(-1)!, most);
  if (new Set(output).size !== output.length) throw wrong(equation, "each letter once in the result");
  if (!output.every((label) => inputs.some((labels) => labels.includes(label)))) {
    throw wrong(equation, "a result of letters that the operands have");
  }
  if (most > 0 && !output.some(isHidden)) throw wrong(equation, '"..." in the result as well');
  return { inputs, output };
}

/** Whether a label stands for an axis under `...`. */
export const isHidden = (label: string): boolean => label.startsWith(".");

/** Labels of so many axes under `...`. */
const elided = (count: number): string[] => Array.from({ length: Math.max(0, count) }, (_, i) => `.${count - 1 - i}`);

function labelsOf([, before, dots, after]: RegExpExecArray, hidden: number): string[] {
  return [...before!, ...(dots ? elided(hidden) : []), ...(after ?? "")];
}

function implied(inputs: readonly (readonly string[])[], hidden: number): string[] {
  const letters = inputs.flat().filter((label) => !isHidden(label));
  const once = letters.filter((label) => letters.indexOf(label) === letters.lastIndexOf(label));
  return [...elided(hidden), ...once.sort()];
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
