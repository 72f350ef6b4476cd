import { OptionError, StateError } from "../../core/errors.js";
import { type Fields, int, nullable, resolveOptions, text } from "../../core/options.js";
import { isClass, valueText } from "../../core/value-text.js";
import type { Cursor, Run } from "../pipeline/cursor.js";
import type { Step } from "../pipeline/step.js";
import { Records } from "./records.js";
import type { DataRecord, RecordSource } from "./source.js";

/** What gives records one after the other: anything to `for await` over. */
export type RecordIterable<R> = Iterable<R> | AsyncIterable<R>;

/** Options of `data.iterable`. */
export interface IterableOptions {
  /** Changes when the records do: a resume over those of another one is refused. */
  readonly fingerprint: string;
  /** What messages and a run's identity call it. Default "records". */
  readonly name?: string;
  /** Number of records in one pass, where it is known: it is checked at the end of a pass. Default null: unknown. */
  readonly length?: number | null;
}

const FIELDS: Fields<IterableOptions> = {
  fingerprint: text(),
  name: text({ default: "records" }),
  length: nullable(int({ min: 0 })),
};

/**
 * Records from a generator function or anything that is iterated over anew for each pass. It must give the same records
 * each time; what is random belongs in `map`. They have no numbers: a training that goes on makes those before its place again
 * and drops them, and shuffling needs `await records.cache()` first.
 * @param make called once for each pass
 * @throws {OptionError} for what can be iterated over once only, and options that are none
 * @throws {StateError} in a pass, when there are fewer records than before, or than `length` says
 * @example
 * const squares = data.iterable(
 *   function* () {
 *     for (let i = 0; i < 100; i++) yield { x: [i], y: i * i };
 *   },
 *   { fingerprint: "squares of 100" },
 * );
 */
export function iterable<R extends object = DataRecord>(
  make: (() => RecordIterable<R>) | RecordIterable<R>,
  options: IterableOptions,
): Records<R> {
  const { fingerprint, name, length } = resolveOptions("data.iterable", FIELDS, options);
  const described = `iterable(${JSON.stringify(name)})`;
  const source: RecordSource<unknown> = {
    length: 0,
    blocks: null,
    fields: {},
    read: async () => [],
    parts: async () => [{ name, digest: fingerprint }],
  };
  const begin = beginning(make);
  const step: Step<R> = {
    described,
    depth: 0,
    length,
    blocks: null,
    sources: [source],
    functions: [async () => fingerprint],
    fixed: true,
    owned: false,
    runs: 1,
    leftOut: [],
    pools: [],
    access: null,
    open: (_pass, position) => cursorOf(begin, (position as number | null) ?? 0, length, described),
  };
  return new Records(step);
}

type AnyIterator<R> = Iterator<R> | AsyncIterator<R>;

function beginning<R>(make: (() => RecordIterable<R>) | RecordIterable<R>): () => AnyIterator<R> {
  if (typeof make === "function" && !isClass(make)) return () => iteratorOf(make(), make);
  const begin = (): AnyIterator<R> => iteratorOf(make as RecordIterable<R>, make);
  // A generator gives itself, and is used up by its first pass.
  if ((begin() as unknown) === make) throw once(make);
  return begin;
}

function iteratorOf<R>(made: RecordIterable<R>, make: unknown): AnyIterator<R> {
  if (typeof made === "object" && made !== null) {
    if (Symbol.asyncIterator in made) return made[Symbol.asyncIterator]();
    if (Symbol.iterator in made) return made[Symbol.iterator]();
  }
  throw new OptionError({
    code: "not-iterable",
    what: "data.iterable needs something to iterate over, or a function that returns it",
    received: valueText(typeof make === "function" ? made : make),
    expected: "e.g. a generator function that yields { x, y }",
    fix: "Write a generator function; records in memory go into data.records",
  });
}

function cursorOf<R>(
  begin: () => AnyIterator<R>,
  position: number,
  length: number | null,
  described: string,
): Cursor<R> {
  let iterator: AnyIterator<R> | null = null;
  let at = 0;
  let isOver = false;
  const pull = async (): Promise<R | null> => {
    const { done, value } = await iterator!.next();
    if (done === true) {
      isOver = true;
      if (at < position || (length !== null && at !== length)) throw fewer(described, at, length ?? position);
      return null;
    }
    if (typeof value !== "object" || value === null || Array.isArray(value)) throw noRecord(described, at, value);
    // Whoever knows the length asks for no more: that there is none is seen with the last.
    if (++at === length && !(isOver = (await iterator!.next()).done === true)) throw more(described, length);
    return value;
  };
  return {
    async next(hint) {
      iterator ??= begin();
      while (at < position) await pull();
      const start = at;
      const records: R[] = [];
      while (records.length < hint && !isOver) {
        const record = await pull();
        if (record !== null) records.push(record);
      }
      if (records.length === 0) return null;
      return {
        records,
        after: (i) => start + i + 1,
        name: (i) => `record ${start + i} of ${described}`,
      } satisfies Run<R>;
    },
    async close() {
      const open = iterator !== null && !isOver;
      isOver = true;
      if (open) await iterator!.return?.();
    },
  };
}

function once(value: unknown): OptionError {
  return new OptionError({
    code: "iterable-once",
    what: "data.iterable: this can be iterated over once only, and each pass and resume needs it anew",
    received: valueText(value),
    expected: "a function that makes it, or something that begins anew each time, e.g. a list",
    fix: "Give the generator function itself, without calling it",
  });
}

function noRecord(described: string, at: number, value: unknown): OptionError {
  return new OptionError({
    code: "not-records",
    what: `Record ${at} of ${described} is no record`,
    received: valueText(value),
    expected: "an object of fields, e.g. { x: [1, 2], y: 0 }",
    fix: "Yield objects; batches go into data.fromGenerator",
  });
}

function fewer(described: string, received: number, expected: number): StateError {
  return new StateError({
    code: "iterable-length",
    what: `${described} has another number of records than before`,
    received: `${received}`,
    expected: `${expected}`,
    fix: "It must give the same records in each pass: look at what it depends on, and at the option length",
  });
}

function more(described: string, expected: number): StateError {
  return new StateError({
    code: "iterable-length",
    what: `${described} has more records than its option length says`,
    received: `more than ${expected}`,
    expected: `${expected}`,
    fix: "Correct the option, or leave it out; take(n) cuts records off",
  });
}
