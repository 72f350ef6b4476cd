import { ShapeError } from "../../core/errors.js";
import type { Tensor } from "../../core/tensor.js";
import { carriedStates } from "../../layers/index.js";
import type { Functional } from "../../network/index.js";

/** Copies of what stateful layers carry from batch to batch. */
export function readCarried(network: Functional): Readonly<Record<string, Tensor>> {
  return Object.fromEntries(carriedStates(network).map((state, i) => [String(i), state.read()]));
}

/** Sets what {@link readCarried} gave; what it does not have stays. */
export function writeCarried(network: Functional, carried: Readonly<Record<string, Tensor>>): void {
  for (const [i, state] of carriedStates(network).entries()) {
    const tensor = carried[String(i)];
    if (tensor !== undefined) state.write(tensor);
  }
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
