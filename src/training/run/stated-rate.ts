import type { Optimizer } from "../../optimizers/index.js";

interface Rate {
  /** What the program stated. */
  readonly stated: number;
  /** What training had made of it when it ended. */
  readonly live: number;
}

const known = new WeakMap<Optimizer, Rate>();

/**
 * The learning rate that the program states: what the optimizer was made with, or what was assigned outside of training
 * since. What callbacks make of it while training runs is state. Null for a schedule.
 */
export function statedRate(optimizer: Optimizer): number | null {
  const { learningRate } = optimizer.common;
  if (typeof learningRate !== "number") return null;
  const { stated, live } = known.get(optimizer) ?? { stated: learningRate, live: Math.fround(learningRate) };
  const now = optimizer.learningRate.numpy();
  return Object.is(now, live) ? stated : now;
}

/** Called when a training ends: the rate that the optimizer has then is no statement of the program. */
export function trainingLeavesRate(optimizer: Optimizer, stated: number | null): void {
  if (stated !== null) known.set(optimizer, { stated, live: optimizer.learningRate.numpy() });
}
