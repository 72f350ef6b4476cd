import type { Optimizer } from "../../optimizers/index.js";

interface Rate {
  /** The rate that the program stated. */
  readonly stated: number;
  /** The rate when the last training ended. */
  readonly live: number;
}

const known = new WeakMap<Optimizer, Rate>();

/**
 * The learning rate that the program states: the one that the optimizer was made with, or one assigned outside of
 * training since. A rate that callbacks set during training is state. Null for a schedule.
 */
export function statedRate(optimizer: Optimizer): number | null {
  const { learningRate } = optimizer.common;
  if (typeof learningRate !== "number") return null;
  const { stated, live } = known.get(optimizer) ?? { stated: learningRate, live: Math.fround(learningRate) };
  const now = optimizer.learningRate.numpy();
  return Object.is(now, live) ? stated : now;
}

/** Called when a training ends: the optimizer's rate then was not stated by the program. */
export function trainingLeavesRate(optimizer: Optimizer, stated: number | null): void {
  if (stated !== null) known.set(optimizer, { stated, live: optimizer.learningRate.numpy() });
}
