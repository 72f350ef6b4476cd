import { type Fields, int } from "../../core/options.js";
import type { Pass, Step } from "./step.js";
import { Taken } from "./taken.js";

/** Which pass is looked at. */
export interface PassOptions {
  /** Default 0. */
  readonly seed?: number;
  /** How many passes came before it. Default 0. */
  readonly epoch?: number;
}

export const PASS: Fields<PassOptions> = { seed: int({}, { default: 0 }), epoch: int({ min: 0 }, { default: 0 }) };

/** The records of a pass one after the other. */
export async function* passOf<R>(step: Step<R>, pass: Pass): AsyncGenerator<R, undefined> {
  const cursor = step.open(pass, null);
  try {
    for (let run = await cursor.next(32); run !== null; run = await cursor.next(32)) yield* run.records;
  } finally {
    await cursor.close();
  }
  return undefined;
}

/** The first records of the first pass. */
export async function firstOf<R>(step: Step<R>, count: number): Promise<R[]> {
  const taken = new Taken(step.open({ seed: 0, epoch: 0 }, null), null);
  try {
    const { records } = await taken.take(count === Number.POSITIVE_INFINITY ? (step.length ?? 1e9) : count);
    return [...records];
  } finally {
    await taken.close();
  }
}
