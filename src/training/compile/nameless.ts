import { isConfig } from "../../core/parts.js";

/** How to name a function used as loss or metric, so that files can refer to it. */
export function nameIt(option: string): string {
  return `Give it a name: function my${option === "loss" ? "Loss" : "Metric"}(yTrue, yPred) { … }`;
}

/** Warns early about functions without a name: a save, perhaps after hours, would fail because files name them. */
export function sayNameless(where: string, given: { readonly [option: string]: unknown }): void {
  for (const option of ["loss", "metrics", "weightedMetrics"] as const) {
    if (!functionsIn(given[option]).some(({ name }) => name === "")) continue;
    console.warn(
      `${where}: the ${option} has a function without a name, so the whole model cannot be saved; weights ` +
        `can (saveWeights, ModelCheckpoint with saveWeightsOnly). ${nameIt(option)}.`,
    );
  }
}

function functionsIn(spec: unknown): readonly { readonly name: string }[] {
  if (typeof spec === "function") return [spec];
  if (Array.isArray(spec)) return spec.flatMap(functionsIn);
  return isConfig(spec) ? Object.values(spec).flatMap(functionsIn) : [];
}
