import { withStepValues } from "../../engine/step-values.js";
import type { CallContext } from "./call-context.js";

const stack: CallContext[] = [];

/** Runs a synchronous task in which layers that are called without a context are called inside this one. */
export function inContext<T>(context: CallContext, task: () => T): T {
  stack.push(context);
  try {
    return withStepValues(context.values, task);
  } finally {
    stack.pop();
  }
}

/** The context of the call that is being traced; null outside of all. */
export function currentContext(): CallContext | null {
  return stack.at(-1) ?? null;
}
