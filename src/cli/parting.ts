import type { Tensor } from "../core/tensor.js";
import type { SaveEvent } from "../store/record/events.js";
import type { Points } from "../store/record/index.js";

/** The first place at which two runs are not the same. */
export interface Parting {
  readonly step: number;
  /** What differs there: a log's key, or `state` of a save. */
  readonly key: string;
  readonly a: number | string;
  readonly b: number | string;
}

/** Whether a key of points is a result; clocks tell nothing of one. */
export const isResult = (key: string): boolean => key !== "seconds" && key !== "step_ms";

/** The first step that two tables of points both have and at which a result that both have differs; null for none. */
export function pointsPart(a: Points, b: Points): Parting | null {
  const keys = a.keys.filter((key) => isResult(key) && b.column(key) !== undefined);
  const columns = keys.map((key) => [key, a.column(key)!, b.column(key)!] as const);
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [step, other] = [a.step[i]!, b.step[j]!];
    if (step === other) {
      for (const [key, one, two] of columns) {
        const [x, y] = [one[i]!, two[j]!];
        if (!Number.isNaN(x) && !Number.isNaN(y) && x !== y) return { step, key, a: x, b: y };
      }
    }
    if (step <= other) i++;
    if (other <= step) j++;
  }
  return null;
}

/** Saves of the same place in both runs, in their order; of several at one place the last counts. */
export function commonSaves(a: readonly SaveEvent[], b: readonly SaveEvent[]): (readonly [SaveEvent, SaveEvent])[] {
  const place = ({ step, epoch, batch }: SaveEvent): string => `${step} ${epoch} ${batch}`;
  const others = new Map(b.map((save) => [place(save), save]));
  const own = new Map(a.map((save) => [place(save), save]));
  return [...own].flatMap(([key, save]) => {
    const other = others.get(key);
    return other === undefined ? [] : [[save, other] as const];
  });
}

/** How a tensor of two states differs. */
export interface TensorDifference {
  readonly name: string;
  /** Elements with other bits; null where the shapes differ, or only one state has it. */
  readonly elements: number | null;
  readonly of: number;
  /** Largest difference of two elements; null where there is none to tell. */
  readonly largest: number | null;
}

/** The tensors whose bits differ, by the names that people know. */
export function tensorsPart(
  a: Readonly<Record<string, Tensor>>,
  b: Readonly<Record<string, Tensor>>,
  nameOf: (name: string) => string,
): TensorDifference[] {
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].filter((name) => !name.startsWith("train/"));
  return names.flatMap((name): TensorDifference[] => {
    const [one, two] = [a[name], b[name]];
    const size = one?.size ?? two!.size;
    if (one === undefined || two === undefined || one.size !== two.size || one.dtype !== two.dtype)
      return [{ name: nameOf(name), elements: null, of: size, largest: null }];
    let elements = 0;
    let largest: number | null = null;
    for (let i = 0; i < size; i++) {
      const [x, y] = [one.data[i]!, two.data[i]!];
      if (Object.is(x, y)) continue;
      elements++;
      const apart = Math.abs(Number(x) - Number(y));
      if (Number.isFinite(apart) && apart > (largest ?? 0)) largest = apart;
    }
    return elements === 0 ? [] : [{ name: nameOf(name), elements, of: size, largest }];
  });
}
