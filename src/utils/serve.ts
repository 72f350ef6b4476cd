import { type PawlError, ShapeError, StateError } from "../core/errors.js";
import { type Fields, float, int, resolveOptions } from "../core/options.js";
import { Tensor, tensorFrom } from "../core/tensor.js";
import { isPlainObject } from "../core/value-text.js";
import { stack } from "../data/pipeline/stack.js";
import type { TensorsLike } from "../training/index.js";

/** Options of {@link serve}. */
export interface ServeOptions {
  /** Requests that are computed together at most. Default 32. */
  readonly maxBatch?: number;
  /** Milliseconds that the first of them waits for others at most. Default 5; 0: none waits. */
  readonly maxWait?: number;
  /** Requests that may wait; one more is refused. Default 1024. */
  readonly maxQueue?: number;
}

const FIELDS: Fields<ServeOptions> = {
  maxBatch: int({ min: 1 }, { default: 32 }),
  maxWait: float({ min: 0 }, { default: 5 }),
  maxQueue: int({ min: 1 }, { default: 1024 }),
};

/** One row: a number, a string, nested arrays, a typed array or a Tensor without the axis of rows; by input names for several. */
export type ServedRow = unknown;

/** Milliseconds from a request to its answer, of the last 1000. */
export interface ServeLatency {
  /** Answers so far. */
  readonly count: number;
  /** Mean rows of a batch so far. */
  readonly rowsPerBatch: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
  readonly max: number;
}

/** Answers requests with a model. */
export interface Server<P> {
  /**
   * The prediction for one row, without the axis of rows.
   * @throws {StateError} "server-busy" when `maxQueue` requests wait already (answer with 429), "server-closed" after close
   * @throws {ShapeError} for a row that the model does not take; no other request notices
   */
  predict(row: ServedRow): Promise<P>;
  readonly latency: ServeLatency;
  /** Requests that wait now. */
  readonly waiting: number;
  /** Answers those that wait, and takes no more. */
  close(): Promise<void>;
}

interface Model<P> {
  predictOnBatch(x: TensorsLike): Promise<P>;
}

interface Request<P> {
  readonly row: unknown;
  /** Rows of one kind and shape go together. */
  readonly kind: string;
  readonly since: number;
  readonly answer: (value: P) => void;
  readonly refuse: (error: unknown) => void;
}

/** Latencies that are remembered. */
const REMEMBERED = 1000;

/**
 * Predictions for many requests at once: those that come within `maxWait` milliseconds, or while others are computed, are
 * computed together. An answer does not depend on which requests it came with: it has the bits of `predict` for two or
 * more rows (one row alone may differ in the last place, as other kernels compute it).
 *
 * @example
 * const server = serve(model, { maxBatch: 64, maxWait: 2 });
 * const answer = await server.predict([5.1, 3.5, 1.4, 0.2]);
 */
export function serve<P>(model: Model<P>, options?: ServeOptions): Server<P> {
  const { maxBatch, maxWait, maxQueue } = resolveOptions("serve", FIELDS, options);
  const queue: Request<P>[] = [];
  const took: number[] = [];
  let count = 0;
  let batches = 0;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let running: Promise<void> | null = null;
  let isClosed = false;

  const answerTogether = async (together: readonly Request<P>[]): Promise<void> => {
    try {
      const answers = await predictRows(model, together);
      batches++;
      for (const [i, { answer, since }] of together.entries()) {
        took[count++ % REMEMBERED] = performance.now() - since;
        answer(answers[i]!);
      }
    } catch (error) {
      if (together.length === 1) together[0]!.refuse(error);
      // Whose fault it is shows alone.
      else for (const one of together) await answerTogether([one]);
    }
  };
  const run = async (): Promise<void> => {
    while (isDue()) await answerTogether(taken());
    running = null;
    plan();
  };
  const isDue = (): boolean =>
    queue.length >= maxBatch || (queue.length > 0 && (isClosed || performance.now() - queue[0]!.since >= maxWait));
  /** The longest waiting one, and those of its kind. */
  const taken = (): Request<P>[] => {
    const out: Request<P>[] = [];
    const { kind } = queue[0]!;
    for (let i = 0; i < queue.length && out.length < maxBatch; ) {
      if (queue[i]!.kind === kind) out.push(...queue.splice(i, 1));
      else i++;
    }
    return out;
  };
  const plan = (): void => {
    if (running !== null || queue.length === 0) return;
    if (isDue()) {
      if (timer !== null) clearTimeout(timer);
      timer = null;
      running = run();
    } else if (timer === null) {
      timer = setTimeout(
        () => {
          timer = null;
          plan();
        },
        Math.ceil(maxWait - (performance.now() - queue[0]!.since)),
      );
    }
  };
  return {
    async predict(row) {
      if (isClosed) throw refused("server-closed", "The server is closed", "Make another with serve(model)", {});
      if (queue.length >= maxQueue) {
        const fix = "Answer with status 429, so that the client tries again; or raise maxQueue";
        throw refused("server-busy", `${maxQueue} requests wait already`, fix, { status: 429 });
      }
      const kind = kindOf(row);
      return new Promise<P>((answer, refuse) => {
        queue.push({ row, kind, since: performance.now(), answer, refuse });
        plan();
      });
    },
    get latency() {
      const sorted = [...took].sort((a, b) => a - b);
      const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
      const rowsPerBatch = batches === 0 ? 0 : count / batches;
      return { count, rowsPerBatch, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) };
    },
    get waiting() {
      return queue.length;
    },
    async close() {
      isClosed = true;
      plan();
      while (running !== null) await running;
    },
  };
}

function refused(code: string, what: string, fix: string, data: Readonly<Record<string, unknown>>): StateError {
  return new StateError({ code, what: `serve: ${what}`, fix, data });
}

/** @throws {OptionError} for what is no row */
function kindOf(row: unknown): string {
  if (isPlainObject(row))
    return JSON.stringify(
      Object.keys(row)
        .sort()
        .map((name) => [name, kindOf(row[name])]),
    );
  if (typeof row === "number" || typeof row === "string") return typeof row;
  const { dtype, shape } = tensorFrom(row, "serve: the row");
  return `${dtype} ${shape}`;
}

/** One row goes twice: a kernel for one row alone adds in another order. */
async function predictRows<P>(model: Model<P>, together: readonly Request<P>[]): Promise<P[]> {
  const rows = together.map(({ row }) => row);
  const doubled = rows.length === 1 ? [rows[0], rows[0]] : rows;
  const first = rows[0];
  const x = isPlainObject(first)
    ? Object.fromEntries(
        Object.keys(first).map((name) => [
          name,
          stack(
            doubled.map((row) => (row as Readonly<Record<string, unknown>>)[name]),
            () => `serve: "${name}"`,
          ),
        ]),
      )
    : stack(doubled, () => "serve: the row");
  const answers = await model.predictOnBatch(x as TensorsLike);
  return rows.map((_, i) => rowOf(answers, i, doubled.length) as P);
}

function rowOf(answers: unknown, row: number, rows: number): unknown {
  if (answers instanceof Tensor) {
    if (answers.shape[0] !== rows) throw notOfRows(answers.shape, rows);
    const [, ...shape] = answers.shape;
    return answers.slice(row, row + 1).reshape(shape);
  }
  if (Array.isArray(answers)) return answers.map((one) => rowOf(one, row, rows));
  return Object.fromEntries(Object.entries(answers as object).map(([name, one]) => [name, rowOf(one, row, rows)]));
}

function notOfRows(shape: readonly number[], rows: number): PawlError {
  return new ShapeError({
    code: "not-of-rows",
    what: "serve: the model's output has not one row for each input row",
    received: `an output of shape (${shape.join(", ")}) for ${rows} rows`,
    expected: "an output whose first axis is that of the rows",
    fix: "Serve a model whose outputs have the axis of rows",
  });
}
