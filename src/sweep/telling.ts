import { shown } from "../core/shown.js";
import type { Plan } from "./plan.js";
import type { ResolvedSweep } from "./sweep-options.js";
import type { TrialEnd } from "./trial.js";

/** Prints a line for each end of a stage: what it trained, and whether it is the best so far at its length. */
export function telling(sweep: ResolvedSweep, plan: Plan): (end: TrialEnd) => void {
  const { objective, mode, epochs } = sweep;
  if (sweep.verbose === 0) return () => undefined;
  const best = new Map<number, number>();
  const isBetter = (value: number, than: number | undefined): boolean =>
    than === undefined || (mode === "min" ? value < than : value > than);
  for (const stage of plan.stages()) {
    const value = plan.endOf(stage)?.value ?? null;
    if (value !== null && isBetter(value, best.get(stage.epochs))) best.set(stage.epochs, value);
  }
  return ({ trial, value, message, epochs: reached, parameters }) => {
    const settings = Object.entries(parameters).map(([name, setting]) => `${name} ${setting}`);
    let outcome = `failed: ${message}`;
    if (value !== null) {
      const first = isBetter(value, best.get(reached));
      if (first) best.set(reached, value);
      outcome = `${objective} ${Number(value.toPrecision(6))}${first ? ", the best so far" : ""}`;
    }
    console.log(shown(`trial ${trial}, epoch ${reached} of ${epochs}: ${outcome} (${settings.join(", ")})`));
  };
}
