import { ShapeError } from "../../core/errors.js";
import { sameShape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import type { Variable } from "../../engine/index.js";
import { carriedStates } from "../../layers/index.js";
import type { Functional } from "../../network/index.js";

/** The state that stateful layers carry from batch to batch, by path; later equal paths get a number. */
function byPath(network: Functional): ReadonlyMap<string, Variable> {
  const named = new Map<string, Variable>();
  for (const state of carriedStates(network)) {
    let key = state.path;
    for (let n = 2; named.has(key); n++) key = `${state.path}#${n}`;
    named.set(key, state);
  }
  return named;
}

/** Copies of the state that stateful layers carry from batch to batch. */
export function readCarried(network: Functional): Readonly<Record<string, Tensor>> {
  return Object.fromEntries([...byPath(network)].map(([key, state]) => [key, state.read()]));
}

/**
 * Sets what {@link readCarried} returned, by path. If no path matches (automatic names depend on what else the process
 * has made) but number and shapes do, in order.
 * @returns what the user should know of states without a counterpart, which stay as they are
 */
export function writeCarried(network: Functional, carried: Readonly<Record<string, Tensor>>): readonly string[] {
  const present = [...byPath(network)];
  const saved = Object.entries(carried);
  const inOrder =
    saved.length === present.length &&
    present.every(([, { shape }], i) => sameShape(shape, saved[i]![1].shape)) &&
    !present.some(([key]) => carried[key] !== undefined);
  const left = new Set(saved.map(([key]) => key));
  const anew: string[] = [];
  for (const [i, [key, state]] of present.entries()) {
    const [from, tensor] = inOrder ? saved[i]! : ([key, carried[key]] as const);
    if (tensor === undefined || !sameShape(tensor.shape, state.shape)) anew.push(key);
    else {
      state.write(tensor);
      left.delete(from);
    }
  }
  if (saved.length === 0) return [];
  return [
    ...(left.size > 0 ? [`what ${[...left].join(", ")} carried found no such layer`] : []),
    ...(anew.length > 0 ? [`${anew.join(", ")} ${anew.length === 1 ? "carries" : "carry"} nothing yet`] : []),
  ];
}

/** @throws {ShapeError} when stateful layers carry the rows of larger or smaller batches */
export function checkCarriedRows(network: Functional, rows: number): void {
  const wrong = carriedStates(network).find((state) => state.shape[0] !== rows);
  if (wrong === undefined) return;
  throw new ShapeError({
    code: "stateful-rows",
    what: `${network.label} carries the state of each row from batch to batch ("${wrong.path}")`,
    received: `a batch of ${rows} rows`,
    expected: `${wrong.shape[0]}`,
    fix: `Use batchSize: ${wrong.shape[0]} and a number of rows that it divides`,
    data: { rows },
  });
}
