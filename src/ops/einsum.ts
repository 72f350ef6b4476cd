import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import type { Value } from "../graph/index.js";
import { type Equation, parseEinsum } from "./einsum-equation.js";
import { matmul } from "./matmul.js";
import { multiply } from "./multiply.js";
import { type Operand, toFloat } from "./operand.js";
import { reshape } from "./reshape.js";
import { sum } from "./sum.js";
import { transpose } from "./transpose.js";

/**
 * Einstein's sum of two operands, e.g. `einsum("abc,cd->abd", x, kernel)`: axes with the same letter are matched,
 * letters that the result lacks are summed over. `...` at the same end of both sides stands for any axes of the first
 * operand. One matrix product, with transposes only where the order of the letters needs them.
 * @throws {ShapeError} when the equation does not have two operands, or does not fit them
 */
export function einsum(equation: string, a: Operand, b: Operand): Value {
  const operands = [toFloat(a), toFloat(b)] as const;
  const parsed = parseEinsum(
    equation,
    operands.map(({ shape }) => shape.length),
  );
  const sizes = sizesOf(equation, parsed, operands);
  const [x, y] = operands.map((operand, i) => withoutLonely(operand, parsed, i)) as [Labelled, Labelled];
  const inOutput = (label: string) => parsed.output.indexOf(label);
  const firstFree = ({ labels }: Labelled, other: Labelled) =>
    Math.min(...labels.filter((label) => !other.labels.includes(label)).map(inOutput), parsed.output.length);
  const [left, right] = firstFree(x, y) <= firstFree(y, x) ? [x, y] : [y, x];

  const batch = parsed.output.filter((label) => left.labels.includes(label) && right.labels.includes(label));
  const contracted = left.labels.filter((label) => right.labels.includes(label) && inOutput(label) < 0);
  const free = ({ labels }: Labelled) =>
    parsed.output.filter((label) => labels.includes(label) && !batch.includes(label));
  // No axis stands for a product of two batch axes, so those are not put together.
  const merges = (labels: readonly string[]) => labels.filter((label) => sizes.get(label)! < 0).length > 1;
  const isApart = merges(free(left)) && batch.length === 0;
  if ([contracted, ...(isApart ? [] : [free(left)]), free(right)].some(merges))
    return bySums(left, right, parsed.output, sizes);
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
  return arranged({ value, labels }, parsed.output);
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

/** Sums over axes whose letter occurs nowhere else. */
function withoutLonely(value: Value, { inputs, output }: Equation, index: number): Labelled {
  const labels = inputs[index]!;
  const lonely = (label: string) => !inputs[1 - index]!.includes(label) && !output.includes(label);
  const axes = labels.flatMap((label, axis) => (lonely(label) ? [axis] : []));
  if (axes.length === 0) return { value, labels };
  return { value: sum(value, { axes }), labels: labels.filter((label) => !lonely(label)) };
}

function arranged({ value, labels }: Labelled, order: readonly string[]): Value {
  if (order.every((label, i) => label === labels[i])) return value;
  return transpose(
    value,
    order.map((label) => labels.indexOf(label)),
  );
}

function sizesOf(equation: string, { inputs }: Equation, operands: readonly Value[]): Map<string, number> {
  const sizes = new Map<string, number>();
  operands.forEach(({ shape }, i) => {
    inputs[i]!.forEach((label, axis) => {
      const size = shape[axis]!;
      if ((sizes.get(label) ?? size) !== size) {
        throw new ShapeError({
          code: "einsum-shapes",
          what: `The axes "${label}" of "${equation}" differ in size`,
          received: operands.map((operand) => formatShape(operand.shape)).join(" and "),
        });
      }
      sizes.set(label, size);
    });
  });
  return sizes;
}
