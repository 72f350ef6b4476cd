import { StateError } from "../../core/errors.js";
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

/**
 * The context of the call in which a layer's class calls that of its base: `super.call(x)` need not hand it on.
 * @throws {StateError} outside of all calls
 */
export function presentContext(): CallContext {
  const context = currentContext();
  if (context !== null) return context;
  throw new StateError({
    code: "no-call",
    what: "A layer's call was taken from its class and used outside of all calls",
    fix: "Use layer.apply(x) or layer.call(x)",
  });
}
