import { OptionError } from "../../core/errors.js";
import type { Json } from "../../core/stateful.js";
import { byPart } from "../records/holding.js";
import type { RecordSource } from "../records/source.js";
import { type Columns, replaced } from "./columns.js";
import { begunAhead, type Cursor, RUN, type Run, withoutDamaged } from "./cursor.js";
import type { LeftOut } from "./damaged.js";

/** All that a pass through the data is made again from. */
export interface Pass {
  readonly seed: number;
  /** How many passes came before it. */
  readonly epoch: number;
  /** How many blocks of a file are used in turn and worth keeping. Changes no record. */
  readonly blocks?: number;
}

/** Numbers of records in a pass. */
export type Indexes = ArrayLike<number>;

/** Any record of a pass, by its number. */
export interface Access<R> {
  /** The records with these numbers, in this order. */
  read(indexes: Indexes): readonly R[] | Promise<readonly R[]>;
  /** What messages call a record, e.g. `record 7 of "train.csv"`. */
  name(index: number): string;
  /** For records that are read in blocks: says that the block of a record will be asked for soon, or no more. */
  readonly soon?: (index: number, isWanted: boolean) => void;
  /** The same records without making them, for batches of their fields. */
  readonly columns?: Columns;
}

/**
 * A step of a pipeline: what it makes of the steps before it. It changes nothing and holds nothing of a pass, so that any
 * number of passes can be open at once.
 */
export interface Step<R> {
  /** The steps up to here, for messages and a run's identity, e.g. `records(100).shuffle()`. */
  readonly described: string;
  /** How many steps lie before it: two random steps of one kind draw different numbers. */
  readonly depth: number;
  /** Records in one pass; Infinity without an end, null when unknown before it. */
  readonly length: number | null;
  /** The record at which each block begins that must be read at once, as in {@link RecordSource.blocks}. */
  readonly blocks: readonly number[] | null;
  readonly sources: readonly RecordSource<unknown>[];
  /** The text of users' functions: what a file that keeps their results was made with. */
  readonly functions: readonly (() => Promise<string>)[];
  /** Whether each record has the same place in every pass: not after a shuffle. */
  readonly fixed: boolean;
  /** Whether nobody else holds the arrays of its records, so that they may be moved to another thread. */
  readonly owned: boolean;
  /** How many runs of records are to be begun at once so that workers have enough to do. 1 without workers. */
  readonly runs: number;
  /** The steps before it that leave out damaged records; with one, how many a pass has shows at its end only. */
  readonly leftOut: readonly LeftOut[];
  /** Threads at work in it. */
  readonly pools: readonly { close(): Promise<void> }[];
  /** For steps whose records have numbers: the records of a pass in any order. Null: one comes after the other only. */
  readonly access: ((pass: Pass) => Access<R>) | null;
  /** @param position null at the begin; else what {@link Run.after} gave */
  open(pass: Pass, position: Json): Cursor<R>;
}

/**
 * What a step takes over from those that it is made of.
 * @param said its name and options; "…" stands for all steps but the first
 * @param fn the text of the user's function in it
 */
export function after(
  from: Step<unknown> | readonly Step<unknown>[],
  said: string,
  fn?: () => Promise<string>,
): Pick<
  Step<unknown>,
  "described" | "depth" | "sources" | "functions" | "fixed" | "owned" | "runs" | "leftOut" | "pools"
> {
  const all = "open" in from ? [from] : from;
  const [first, ...others] = all.map(({ described }) => described);
  return {
    described: `${first}.${said.replace("…", others.join(", "))}`,
    depth: Math.max(...all.map(({ depth }) => depth)) + 1,
    sources: [...new Set(all.flatMap(({ sources }) => sources))],
    functions: [...all.flatMap(({ functions }) => functions), ...(fn === undefined ? [] : [fn])],
    fixed: all.every(({ fixed }) => fixed),
    owned: all.every(({ owned }) => owned),
    runs: Math.max(...all.map(({ runs }) => runs)),
    leftOut: [...new Set(all.flatMap(({ leftOut }) => leftOut))],
    pools: [...new Set(all.flatMap(({ pools }) => pools))],
  };
}

/** A step of numbered records, whose position is the number of the next record. */
export function numberedStep<R>(
  step: Omit<Step<R>, "open" | "access" | "length" | "blocks"> & {
    readonly length: number;
    readonly blocks?: readonly number[] | null;
    readonly access: (pass: Pass) => Access<R>;
  },
): Step<R> {
  return {
    blocks: null,
    ...step,
    open(pass, position) {
      const access = step.access(pass);
      let at = (position as number | null) ?? 0;
      const next = async (count: number): Promise<Run<R> | null> => {
        const start = at;
        const end = Math.min(start + count, step.length);
        if (start >= end) return null;
        at = end;
        const records = await access.read(Array.from({ length: end - start }, (_, i) => start + i));
        return { records, after: (i) => start + i + 1, name: (i) => access.name(start + i) };
      };
      const close = async (): Promise<void> => undefined;
      const cursor: Cursor<R> =
        step.runs === 1
          ? { next, close }
          : begunAhead(
              () => next(RUN),
              () => step.runs,
              close,
            );
      return step.leftOut.length === 0 ? cursor : withoutDamaged(cursor);
    },
  };
}

/** Fewer of the numbered records of a step, in its order: record `i` is record `place(i)` of it. */
export function chosen<R>(from: NumberedStep<R>, said: string, length: number, place: (i: number) => number): Step<R> {
  const { blocks } = from;
  const starts = blocks && [...new Set(blocks.map((block) => firstFrom(block, length, place)))];
  return { ...reordered(from, said, length, () => place), blocks: starts?.filter((start) => start < length) ?? null };
}

/** The first number whose place is `least` or behind it. */
function firstFrom(least: number, length: number, place: (i: number) => number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (place(middle) < least) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Numbered records of one step in another order: record `i` is record `locate(pass)(i)` of it. */
export function reordered<R>(
  from: NumberedStep<R>,
  said: string,
  length: number,
  locate: (pass: Pass) => (index: number) => number,
): Step<R> {
  return numberedStep({
    ...after(from, said),
    length,
    access(pass) {
      const inner = from.access(pass);
      const place = locate(pass);
      const { columns, soon } = inner;
      return {
        read: (indexes) => inner.read(Array.from(indexes, place)),
        name: (index) => inner.name(place(index)),
        ...(soon && { soon: (index: number, isWanted: boolean) => soon(place(index), isWanted) }),
        ...(columns && { columns: replaced(columns, place) }),
      };
    },
  });
}

/**
 * A step over several others: of numbered records where all of them have numbers, else of what `open` gives.
 * @param numbered its length, and any record, out of theirs
 */
export function joined<R, S>(
  from: readonly Step<R>[],
  said: string,
  numbered: (
    from: readonly NumberedStep<R>[],
  ) => Pick<NumberedStep<S>, "length" | "access"> & Partial<Pick<Step<S>, "blocks">>,
  open: Step<S>["open"],
): Step<S> {
  const common = after(from, said);
  if (from.every(isNumbered)) return numberedStep({ ...common, ...numbered(from) });
  return { ...common, length: null, blocks: null, access: null, open };
}

/** Numbered records of several steps: record `i` is record `index(i)` of `accesses[child(i)]`. */
export function routed<R>(route: {
  readonly access: (child: number) => Access<R>;
  child(index: number): number;
  index(index: number): number;
}): Access<R> {
  return {
    async read(indexes) {
      const out = new Array<R>(indexes.length);
      for (const [child, list] of byPart(indexes, route.child)) {
        const records = await route.access(child).read(list.map((i) => route.index(indexes[i]!)));
        for (const [k, i] of list.entries()) out[i] = records[k]!;
      }
      return out;
    },
    name: (index) => route.access(route.child(index)).name(route.index(index)),
  };
}

export type NumberedStep<R> = Step<R> & {
  readonly length: number;
  readonly access: (pass: Pass) => Access<R>;
};

/** Whether the records have numbers. */
export const isNumbered = <R>(step: Step<R>): step is NumberedStep<R> => step.access !== null && step.length !== null;

/** @throws {OptionError} for records without numbers, e.g. those behind a filter */
export function numbered<R>(step: Step<R>, what: string): NumberedStep<R> {
  if (isNumbered(step)) return step;
  throw new OptionError({
    code: "records-without-numbers",
    what: `${what} needs records with numbers, and how many ${step.described} has is known at its end only`,
    received: step.described,
    expected: `${what} before filter`,
    fix: `Call ${what} before filter, or keep what is left with await ….cache() first`,
  });
}

/** @throws {OptionError} for records that have another place in each pass */
export function inPlace<R>(step: Step<R>, what: string): void {
  if (step.fixed) return;
  throw new OptionError({
    code: "records-move",
    what: `${what} needs records that stay where they are, and ${step.described} has them in another order in each pass`,
    fix: `Call ${what} before shuffle, or shuffle({ eachPass: false, seed: 1 })`,
  });
}

/** @throws {OptionError} for records without an end */
export function finite<R>(step: Step<R>, what: string): void {
  if (step.length !== Number.POSITIVE_INFINITY) return;
  throw new OptionError({
    code: "endless-records",
    what: `${what} needs records with an end, and ${step.described} has none`,
    fix: `Call ${what} before repeat, or take(n) after it`,
  });
}
