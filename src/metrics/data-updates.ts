import { ShapeError } from "../core/errors.js";
import { formatShape } from "../core/shape.js";
import { type NestedData, type Tensor, type TensorLike, tensorFrom } from "../core/tensor.js";
import { defaultEngine } from "../engine/default-engine.js";
import type { Program } from "../engine/engine.js";
import type { Variable } from "../engine/variable.js";
import type { Value } from "../graph/value.js";
import * as ops from "../ops/index.js";
import type { MetricContext } from "./metric-context.js";

/** Data of a batch, rows first. */
export type MetricData = NestedData | TensorLike | ArrayBufferView;

/** What a batch adds, given its values in order: those that were fed, then the weights. */
export type BatchUpdates = (
  values: readonly Value[],
  sampleWeight: Value | null,
  context: MetricContext,
) => Map<Variable, Value>;

interface Compiled {
  readonly program: Program;
  readonly leaves: readonly ReturnType<typeof ops.input>[];
}

/** More shapes of data than a loop has. */
const MOST = 8;

/** The programs by which one metric takes batches of data, one for each shape of them. */
export class DataUpdates {
  readonly #where: string;
  readonly #updates: BatchUpdates;
  readonly #programs = new Map<string, Promise<Compiled>>();

  constructor(where: string, updates: BatchUpdates) {
    this.#where = where;
    this.#updates = updates;
    forgotten.register(this, this.#programs);
  }

  /** @throws {ShapeError} when the rows of the data do not agree */
  async add(data: readonly MetricData[], weight: MetricData | null): Promise<void> {
    const tensors = [...data, ...(weight === null ? [] : [weight])].map((item) => graphTensor(item, this.#where));
    const rows = tensors[0]!.shape[0];
    if (rows === undefined || tensors.some(({ shape }) => shape[0] !== rows)) {
      throw new ShapeError({
        code: "metric-rows",
        what: `${this.#where} needs data of the same rows`,
        received: tensors.map(({ shape }) => formatShape(shape)).join(" and "),
        fix: "Give each with the batch as its first axis, and one weight a row",
      });
    }
    const { program, leaves } = await this.#compiled(tensors, weight !== null);
    const feeds = new Map<(typeof leaves)[number], ArrayLike<number> | number>([[leaves[0]!, rows]]);
    tensors.forEach((tensor, i) => {
      feeds.set(leaves[i + 1]!, tensor.data as ArrayLike<number>);
    });
    await program.run({ rows, feeds, seed: 0, iteration: 0 });
  }

  #compiled(tensors: readonly Tensor[], weighted: boolean): Promise<Compiled> {
    const key = tensors.map(({ shape, dtype }) => `${dtype}${shape.slice(1)}`).join("|") + (weighted ? "w" : "");
    const known = this.#programs.get(key);
    if (known !== undefined) return known;
    if (this.#programs.size >= MOST) {
      const [oldest, program] = this.#programs.entries().next().value!;
      this.#programs.delete(oldest);
      release(program);
    }
    const made = this.#compile(tensors, weighted);
    this.#programs.set(key, made);
    made.catch(() => this.#programs.delete(key));
    return made;
  }

  async #compile(tensors: readonly Tensor[], weighted: boolean): Promise<Compiled> {
    const rows = ops.input("rows", []);
    const given = tensors.map(({ shape, dtype }, i) =>
      ops.input(`data_${i}`, [-1, ...shape.slice(1)], dtype as "float32"),
    );
    const values = weighted ? given.slice(0, -1) : given;
    const updates = this.#updates(values, weighted ? given.at(-1)! : null, { rows });
    const engine = await defaultEngine();
    return {
      program: await engine.compile({ name: "metric", results: {}, updates, shards: 1 }),
      leaves: [rows, ...given],
    };
  }
}

/** Data in a dtype that graphs have. */
function graphTensor(data: MetricData, where: string): Tensor {
  const tensor = tensorFrom(data, where);
  const { dtype } = tensor;
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return tensor;
  return tensor.cast(/float/u.test(dtype) ? "float32" : "int32");
}

const forgotten = new FinalizationRegistry<ReadonlyMap<string, Promise<Compiled>>>((programs) => {
  for (const program of programs.values()) release(program);
});

function release(compiled: Promise<Compiled>): void {
  compiled.then(
    ({ program }) => program.dispose(),
    () => undefined,
  );
}
