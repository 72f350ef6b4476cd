import { grouping, ONE, type Structure } from "../../core/grouped.js";
import type { Shape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import { structureIn } from "../../data/dataset.js";
import {
  type Batch,
  type Dataset,
  fromGenerator,
  type GeneratedBatch,
  isDataset,
  type Positioned,
} from "../../data/index.js";
import { structureOfArrays } from "../../data/structure-of-arrays.js";
import type { Functional } from "../../network/index.js";
import { type ArrayLikeData, checkTexts, type TensorsLike, toTensor } from "../data/arrays.js";
import { type BatchesLike, type Given, isBatches } from "../data/source.js";

/**
 * Builds a model that does not know yet what it takes, for the shapes of the data.
 * @returns the data, which may have been looked at: use this in its place
 */
export async function buildFor<G extends Given>(network: Functional, given: G): Promise<G> {
  network.checkParts();
  if (network.wired || !network.isCallable) return given;
  if (!isBatches(given.x)) {
    build(network, ...arraysOf(network, given.x));
    return given;
  }
  const { first, x } = await peek(given.x);
  if (first !== null) build(network, ...tensorsIn(first));
  return { ...given, x };
}

function build(network: Functional, structure: Structure, tensors: readonly Tensor[]): void {
  const shapes = tensors.map(({ shape }): Shape => [null, ...shape.slice(1)]);
  if (!network.hasOwnCall) {
    network.ensureBuilt(shapes.map((shape) => (shape.length === 1 ? [null, 1] : shape)));
    return;
  }
  for (const tensor of tensors) checkTexts(tensor, false, `x of ${network.label}`);
  network.trace(
    structure,
    shapes.map((shape, i) => ({ shape, dtype: tensors[i]!.dtype })),
  );
}

function arraysOf(network: Functional, x: TensorsLike): [Structure, Tensor[]] {
  const tensors: Tensor[] = [];
  const structure = structureOfArrays(x, `x of ${network.label}`, (array, where) => {
    tensors.push(toTensor(array as ArrayLikeData, where)!);
  });
  return [structure, tensors];
}

function tensorsIn(batch: Batch): [Structure, readonly Tensor[]] {
  const { x } = batch;
  const structure = structureIn(batch, "x");
  if (structure !== undefined) return [structure, x];
  return [
    x.length === 1
      ? ONE
      : grouping(
          "list",
          [],
          x.map(() => ONE),
        ),
    x,
  ];
}

const ORDER = { batchSize: 1, shuffle: false, seed: 0, pass: 0 } as const;

type Source = Parameters<typeof fromGenerator>[0];
type Iterators = Iterator<GeneratedBatch> | AsyncIterator<GeneratedBatch>;

/** The first batch, and the data with it still to come. */
async function peek(x: BatchesLike): Promise<{ readonly first: Batch | null; readonly x: BatchesLike }> {
  const once = onlyOnce(x);
  if (once === null) return { first: await firstOf(isDataset(x) ? x : fromGenerator(x as Source)), x };
  const before = isPositioned(once) ? await once.getState() : null;
  const step = await once.next();
  const first = step.done ? null : await firstOf(fromGenerator([step.value]));
  if (isPositioned(once)) {
    await once.setState(before);
    return { first, x };
  }
  let ahead: typeof step | null = step;
  const rest = {
    [Symbol.asyncIterator]: () => rest,
    async next() {
      const next = ahead ?? (await once.next());
      ahead = null;
      return next;
    },
    async return() {
      await once.return?.();
      return { done: true as const, value: undefined };
    },
  };
  return { first, x: rest };
}

async function firstOf(dataset: Dataset): Promise<Batch | null> {
  const stream = dataset.open(ORDER);
  try {
    return await stream.next();
  } finally {
    await stream.close();
  }
}

/** An iterable that is its own iterator: what it gave is gone. */
function onlyOnce(x: BatchesLike): Iterators | null {
  if (typeof x !== "object" || isDataset(x)) return null;
  const iterable = x as Partial<Iterable<unknown> & AsyncIterable<unknown>>;
  const iterator: unknown = iterable[Symbol.asyncIterator]?.() ?? iterable[Symbol.iterator]?.();
  return iterator === x ? (x as unknown as Iterators) : null;
}

function isPositioned(iterator: Iterators): iterator is Iterators & Positioned {
  return "getState" in iterator && "setState" in iterator;
}
