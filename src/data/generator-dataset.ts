import { OptionError } from "../core/errors.js";
import { type Fields, int, nullable, resolveOptions, text, unknownOption } from "../core/options.js";
import type { Json } from "../core/stateful.js";
import { isClass, valueText } from "../core/value-text.js";
import { commonRows } from "./array-dataset.js";
import type { Batch, BatchOrder, BatchStream, Dataset } from "./dataset.js";
import { type GroupedArrays, toGroup } from "./to-tensors.js";

type Arrays = GroupedArrays;

/**
 * A batch from a generator: `[x]`, `[x, y]`, `[x, y, sampleWeight]`, or an object `{ x, y, sampleWeight }` (`xs` and
 * `ys` work too). Never bare x. Each part is one array, a list in the model's order, an object by name, or
 * such lists and objects in one another.
 */
export type GeneratedBatch =
  | readonly [Arrays]
  | readonly [Arrays, Arrays | null]
  | readonly [Arrays, Arrays | null, Arrays | null]
  | { readonly x: Arrays; readonly y?: Arrays | null; readonly sampleWeight?: Arrays | null }
  | { readonly xs: Arrays; readonly ys?: Arrays | null; readonly sampleWeight?: Arrays | null };

type AnyIterator = Iterator<GeneratedBatch> | AsyncIterator<GeneratedBatch>;
type AnyIterable = Iterable<GeneratedBatch> | AsyncIterable<GeneratedBatch>;

/** An iterator that can save its position and return to it. */
export interface Positioned {
  getState(): Json | Promise<Json>;
  setState(state: Json): void | Promise<void>;
}

/** How a source of batches is used. */
export interface GeneratorOptions {
  /** Batches of one pass, when known. Default null: not known before the end. */
  readonly batchesPerPass?: number | null;
  /** Rows of one pass, when known. Default null: not known before the end. */
  readonly rows?: number | null;
  /** A name for this data, which should change when the data does. Part of a run's identity. Default null: none. */
  readonly fingerprint?: string | null;
}

const FIELDS: Fields<GeneratorOptions> = {
  batchesPerPass: nullable(int({ min: 1 })),
  rows: nullable(int({ min: 1 })),
  fingerprint: nullable(text()),
};

/**
 * Batches from a function that is called once per pass and returns an iterable (a generator function), or from an
 * iterable that starts anew each time. On resume, an iterator (or iterable) with `getState` and `setState` is set back
 * to its position; any other is replayed up to there.
 */
export function fromGenerator(
  source: ((pass: number) => AnyIterable) | AnyIterable,
  options?: GeneratorOptions,
): Dataset {
  const { rows, batchesPerPass, fingerprint } = resolveOptions("fromGenerator", FIELDS, options);
  // Whether a function's iterators can save their position shows only when it is called; until then, assume replay.
  const positioned = typeof source !== "function" && isPositioned(source);
  return {
    rows,
    seek: positioned ? "state" : "replay",
    ordered: false,
    batchesPerPass: () => batchesPerPass,
    open: (order) => openStream(source, order),
    fingerprint: async () => fingerprint,
  };
}

function openStream(source: ((pass: number) => AnyIterable) | AnyIterable, order: BatchOrder): BatchStream {
  const iterable = typeof source === "function" ? made(source, order.pass) : source;
  const iterator = iteratorOf(iterable);
  const positioned = isPositioned(iterator) ? iterator : isPositioned(iterable) ? iterable : null;
  // A user's iterator continues in the next pass from where it is now.
  const continues = typeof source !== "function" && (iterator as unknown) === iterable;
  let started = false;
  let ended = false;
  let given = 0;
  let missing = 0;

  const pull = async (): Promise<Batch | null> => {
    if (ended) return null;
    const step = await iterator.next();
    if (step.done) {
      ended = true;
      return null;
    }
    return toBatch(step.value, `Batch ${given++} of the generator`);
  };
  const start = async (): Promise<void> => {
    started = true;
    const from = order.from ?? 0;
    if (from === 0 && order.state == null) return;
    if (positioned !== null && order.state != null) {
      await positioned.setState(order.state);
      given = from;
    } else {
      while (given < from && (await pull()) !== null);
      missing = from - given;
    }
  };
  return {
    get missing() {
      return missing;
    },
    async next() {
      if (!started) await start();
      return pull();
    },
    async getState() {
      if (!started) await start();
      return positioned === null ? null : positioned.getState();
    },
    async close() {
      if (!ended && !continues) await iterator.return?.();
      ended = true;
    },
  };
}

function isPositioned(value: unknown): value is Positioned {
  const like = (value ?? {}) as Partial<Positioned>;
  return typeof like.getState === "function" && typeof like.setState === "function";
}

function iteratorOf(iterable: AnyIterable): AnyIterator {
  if (typeof iterable === "object" && iterable !== null) {
    if (Symbol.asyncIterator in iterable) return iterable[Symbol.asyncIterator]();
    if (Symbol.iterator in iterable) return iterable[Symbol.iterator]();
  }
  throw new OptionError({
    code: "not-iterable",
    what: "A source of batches must be an iterable, or a function that returns one",
    received: valueText(iterable),
    expected: "e.g. a generator function that yields [x, y]",
    fix: "Give arrays as x and y instead, or write a generator function",
  });
}

/**
 * A batch from what a user's source gave.
 * @param where for messages, e.g. "Batch 3 of the generator"
 * @throws {OptionError} when it is none
 */
export function toBatch(value: GeneratedBatch, where: string): Batch {
  const parts = partsOf(value);
  if (parts === undefined) {
    throw new OptionError({
      code: "not-a-batch",
      what: `${where} is not a batch`,
      received: Array.isArray(value) ? `a list of ${value.length}` : valueText(value),
      expected: "[x, y], [x, y, sampleWeight] or { x, y, sampleWeight }",
      fix: "Yield a list of the arrays, [x] where there is nothing but x",
    });
  }
  const [x, y, sampleWeight] = parts;
  const groups = {
    x: toGroup(x, "x"),
    y: y == null ? NONE : toGroup(y, "y"),
    sampleWeight: sampleWeight == null ? NONE : toGroup(sampleWeight, "sampleWeight"),
  };
  const tensors = { x: groups.x.tensors, y: groups.y.tensors, sampleWeight: groups.sampleWeight.tensors };
  const structures = {
    x: groups.x.structure,
    y: groups.y.structure,
    sampleWeight: groups.sampleWeight.structure,
  };
  return { rows: commonRows(tensors), ...tensors, structures };
}

const NONE = { tensors: [], structure: undefined };

type Parts = readonly [Arrays, Arrays | null, Arrays | null];

function partsOf(value: GeneratedBatch): Parts | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (Array.isArray(value)) {
    const list = value as readonly Arrays[];
    return list.length >= 1 && list.length <= 3 ? [list[0]!, list[1] ?? null, list[2] ?? null] : undefined;
  }
  if (!("xs" in value) && !("x" in value)) return undefined;
  const known = "xs" in value ? ["xs", "ys", "sampleWeight"] : ["x", "y", "sampleWeight"];
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) throw unknownOption("A batch of the generator", unknown, known);
  if ("xs" in value) return [value.xs, value.ys ?? null, value.sampleWeight ?? null];
  return [value.x, value.y ?? null, value.sampleWeight ?? null];
}

/** What the user's function returns; a class cannot be called, so it is not a source. */
function made(source: (pass: number) => AnyIterable, pass: number): AnyIterable {
  return isClass(source) ? (source as unknown as AnyIterable) : source(pass);
}
