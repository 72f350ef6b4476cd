import { sayOnce } from "../../core/notice.js";
import { print } from "../../graph/print.js";
import { isBuiltIn, type Layer } from "../../layers/index.js";
import type { OwnSteps, SteppedNetwork } from "./model-steps.js";
import type { Traced } from "./trace.js";

/** Whether code of a user's runs when the model is traced: a step, or a layer of a class that is not Pawl's. */
export function runsOwnCode(network: SteppedNetwork, own: OwnSteps): boolean {
  return own.train || own.test || own.predict || [network, ...network.sublayers].some(isOwn);
}

function isOwn(layer: Layer): boolean {
  return !isBuiltIn(layer.constructor) || layer.sublayers.some(isOwn);
}

/**
 * Traces twice, and says once when the two graphs differ: then a number that was meant to change, such as one of
 * `Math.random`, would be the same in all steps.
 */
export function tracedTwice(trace: () => Traced, label: string): Traced {
  const first = trace();
  const again = textOf(trace());
  if (textOf(first) === again) return first;
  // The first one has made what others find, such as accumulators, whose places in the text are others then.
  const third = textOf(trace());
  if (again !== third) sayOnce(`frozen:${label}`, frozen(label, again.split("\n"), third.split("\n")));
  return first;
}

function textOf({ results, updates }: Traced): string {
  return print([...Object.values(results), ...updates.values()]);
}

function frozen(label: string, before: readonly string[], after: readonly string[]): string {
  const line = before.findIndex((text, i) => text !== after[i]);
  return (
    `${label} is traced once, and tracing it again gave another graph, so something would be frozen that was meant to change ` +
    `(Math.random, Date.now, a counter): "${before[line] ?? "nothing"}" became "${after[line] ?? "nothing"}". ` +
    "Draw random numbers with step.random or context.random; count in a Variable, or let step.every choose."
  );
}
