import { type Fields, int } from "../../core/options.js";
import type { Tensor } from "../../core/tensor.js";
import { DAMAGED, wholeOnes } from "./damaged.js";
import { stack } from "./stack.js";
import { after, type NumberedStep, numberedStep, type Step } from "./step.js";

/** Which records make a window. */
export interface WindowOptions {
  /** How many records the next window begins later. Default 1. */
  readonly stride?: number;
  /** The distance between the records of a window. Default 1: they follow one another. */
  readonly samplingRate?: number;
}

export const WINDOW: Fields<WindowOptions> = {
  stride: int({ min: 1 }, { default: 1 }),
  samplingRate: int({ min: 1 }, { default: 1 }),
};

/** The fields of several records, each as a tensor with one row a record. */
export type Windowed<R> = { readonly [K in keyof R]: Tensor };

/** Windows of `size` records. */
export function window<R extends object>(
  from: NumberedStep<R>,
  size: number,
  { stride, samplingRate }: Required<WindowOptions>,
): Step<Windowed<R>> {
  const span = (size - 1) * samplingRate + 1;
  return numberedStep({
    ...after(from, `window(${size}, ${stride}, ${samplingRate})`),
    owned: true,
    length: Math.max(0, Math.floor((from.length - span) / stride) + 1),
    access(pass) {
      const access = from.access(pass);
      return {
        async read(indexes) {
          const numbers = Array.from(indexes, (index) =>
            Array.from({ length: size }, (_, i) => index * stride + i * samplingRate),
          );
          // Windows overlap: each record is read once.
          const needed = [...new Set(numbers.flat())].sort((a, b) => a - b);
          const records = await access.read(needed);
          const known = new Map(needed.map((number, i) => [number, records[i]!]));
          return numbers.map((list) => {
            const inside = list.map((number) => known.get(number)!);
            // A window with a damaged record is none.
            if (wholeOnes(inside) !== null) return DAMAGED as unknown as Windowed<R>;
            return joined(inside, (i) => access.name(list[i]!));
          });
        },
        name: (index) => `the window from ${access.name(index * stride)}`,
      };
    },
  });
}

function joined<R extends object>(records: readonly R[], name: (i: number) => string): Windowed<R> {
  const entries = Object.keys(records[0]!).map((field) => [
    field,
    stack(
      records.map((record) => record[field as keyof R]),
      (i) => `"${field}" of ${name(i)}`,
    ),
  ]);
  return Object.fromEntries(entries) as Windowed<R>;
}
