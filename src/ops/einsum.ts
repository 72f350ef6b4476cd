import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/index.js";
import { diagonal } from "./diagonal.js";
import { isHidden, parseEinsum } from "./einsum-equation.js";
import { matmul } from "./matmul.js";
import { multiply } from "./multiply.js";
import { type Operand, toFloat } from "./operand.js";
import { reshape } from "./reshape.js";
import { sum } from "./sum.js";
import { transpose } from "./transpose.js";

/**
 * Einstein's sum, e.g. `einsum("abc,cd->abd", x, kernel)`: axes with the same letter are matched, letters that the result
 * lacks are summed over, and a letter twice in one term stands for a diagonal. `...` stands for any further axes, which
 * broadcast. Without `->` the result has the letters that occur once. Two operands make one matrix product, with
 * transposes only where the order of the letters needs them; more are taken from left to right.
 * @throws {ShapeError} when the equation does not fit the operands
 */
export function einsum(equation: string, ...operands: readonly Operand[]): Value {
  const values = operands.map(toFloat);
  const { inputs, output } = parseEinsum(
    equation,
    values.map(({ shape }) => shape.length),
  );
  const terms = withoutOnes(values.map((value, i) => diagonals({ value, labels: inputs[i]! })));
  const sizes = sizesOf(equation, terms, values);
  let [result, ...rest] = terms as [Labelled, ...Labelled[]];
  if (rest.length === 0) return arranged(withoutLonely(result, output), output);
  for (let next = rest.shift(); next !== undefined; next = rest.shift()) {
    const wanted = new Set([...output, ...rest.flatMap(({ labels }) => labels)]);
    const all = [...new Set([...result.labels, ...next.labels])];
    const labels = rest.length === 0 ? output : all.filter((label) => wanted.has(label));
    result = { value: contract(result, next, labels, sizes), labels };
  }
  return result.value;
}

/** The product of two operands, with these labels. */
function contract(a: Labelled, b: Labelled, output: readonly string[], sizes: ReadonlyMap<string, number>): Value {
  const x = withoutLonely(a, [...b.labels, ...output]);
  const y = withoutLonely(b, [...a.labels, ...output]);
  const inOutput = (label: string) => output.indexOf(label);
  const firstFree = ({ labels }: Labelled, other: Labelled) =>
    Math.min(...labels.filter((label) => !other.labels.includes(label)).map(inOutput), output.length);
  const [left, right] = firstFree(x, y) <= firstFree(y, x) ? [x, y] : [y, x];

  const batch = output.filter((label) => left.labels.includes(label) && right.labels.includes(label));
  const contracted = left.labels.filter((label) => right.labels.includes(label) && inOutput(label) < 0);
  const free = ({ labels }: Labelled) => output.filter((label) => labels.includes(label) && !batch.includes(label));
  // No axis stands for a product of two batch axes, so those are not put together.
  const merges = (labels: readonly string[]) => labels.filter((label) => sizes.get(label)! < 0).length > 1;
  const isApart = merges(free(left)) && batch.length === 0;
  if ([contracted, ...(isApart ? [] : [free(left)]), free(right)].some(merges))
    return bySums(left, right, output, sizes);
  const size = (labels: readonly string[]) => labels.reduce((product, label) => product * sizes.get(label)!, 1);
  // Prefers the order that keeps the operand's last axis last: then whole rows move, or nothing does.
  const transposeA = !isApart && contracted.length > 0 && !contracted.includes(left.labels.at(-1)!);
  const transposeB = contracted.length > 0 && contracted.includes(right.labels.at(-1)!);
  const matrix = (operand: Labelled, rows: readonly string[], columns: readonly string[]): Value =>
    reshape(arranged(operand, [...batch, ...rows, ...columns]), [
      ...batch.map((label) => sizes.get(label)!),
      ...(isApart && operand === left ? rows.map((label) => sizes.get(label)!) : [size(rows)]),
      size(columns),
    ]);
  const product = matmul(
    transposeA ? matrix(left, contracted, free(left)) : matrix(left, free(left), contracted),
    transposeB ? matrix(right, free(right), contracted) : matrix(right, contracted, free(right)),
    { transposeA, transposeB },
  );
  const labels = [...batch, ...free(left), ...free(right)];
  const value = reshape(
    product,
    labels.map((label) => sizes.get(label)!),
  );
  return arranged({ value, labels }, output);
}

/** The same without a matrix product: all products of elements, added up. */
function bySums(left: Labelled, right: Labelled, output: readonly string[], sizes: ReadonlyMap<string, number>): Value {
  const contracted = left.labels.filter((label) => !output.includes(label));
  const all = [...output, ...contracted];
  const widened = (operand: Labelled): Value =>
    reshape(
      arranged(
        operand,
        all.filter((label) => operand.labels.includes(label)),
      ),
      all.map((label) => (operand.labels.includes(label) ? sizes.get(label)! : 1)),
    );
  const products = multiply(widened(left), widened(right));
  return contracted.length === 0 ? products : sum(products, { axes: contracted.map((label) => all.indexOf(label)) });
}

interface Labelled {
  readonly value: Value;
  readonly labels: readonly string[];
}

/** Sums over axes whose letter nothing else needs. */
function withoutLonely({ value, labels }: Labelled, needed: readonly string[]): Labelled {
  const axes = labels.flatMap((label, axis) => (needed.includes(label) ? [] : [axis]));
  if (axes.length === 0) return { value, labels };
  return { value: sum(value, { axes }), labels: labels.filter((label) => needed.includes(label)) };
}

/** The diagonals that letters which occur twice in a term stand for. */
function diagonals({ value, labels }: Labelled): Labelled {
  const second = labels.findIndex((label, axis) => labels.indexOf(label) < axis);
  if (second < 0) return { value, labels };
  const label = labels[second]!;
  const others = labels.flatMap((_, axis) => (axis === second || axis === labels.indexOf(label) ? [] : [axis]));
  const last = transpose(value, [...others, labels.indexOf(label), second]);
  const [n, m] = last.shape.slice(-2);
  if (n !== m) {
    throw new ShapeError({
      code: "einsum-shapes",
      what: `A diagonal "${label}" needs two axes of one size`,
      received: formatShape(value.shape),
    });
  }
  return diagonals({ value: diagonal(last), labels: [...others.map((axis) => labels[axis]!), label] });
}

/** Axes under `...` of size 1 broadcast: they are left out where another operand has more. */
function withoutOnes(terms: readonly Labelled[]): readonly Labelled[] {
  const isWide = (label: string): boolean =>
    terms.some(({ value, labels }) => labels.includes(label) && value.shape[labels.indexOf(label)] !== 1);
  return terms.map(({ value, labels }) => {
    const stays = labels.map((label, axis) => !(isHidden(label) && value.shape[axis] === 1 && isWide(label)));
    if (stays.every(Boolean)) return { value, labels };
    const shape = value.shape.filter((_, axis) => stays[axis]);
    return { value: reshape(value, shape), labels: labels.filter((_, axis) => stays[axis]) };
  });
}

function arranged({ value, labels }: Labelled, order: readonly string[]): Value {
  if (order.every((label, i) => label === labels[i])) return value;
  return transpose(
    value,
    order.map((label) => labels.indexOf(label)),
  );
}

function sizesOf(equation: string, terms: readonly Labelled[], operands: readonly Value[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const { value, labels } of terms) {
    for (const [axis, label] of labels.entries()) {
      const size = value.shape[axis]!;
      if ((sizes.get(label) ?? size) !== size) {
        throw new ShapeError({
          code: "einsum-shapes",
          what: `The axes "${label}" of "${equation}" differ in size`,
          received: operands.map((operand) => formatShape(operand.shape)).join(" and "),
        });
      }
      sizes.set(label, size);
    }
  }
  return sizes;
}
