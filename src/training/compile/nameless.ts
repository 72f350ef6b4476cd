import { isConfig } from "../../core/parts.js";

/** How a function of the loss or the metrics gets a name that files can have for it. */
export function nameIt(option: string): string {
  return `Give it a name: function my${option === "loss" ? "Loss" : "Metric"}(yTrue, yPred) { … }`;
}

/** Says at once what a save would find out after hours: files name functions, and some of these have no name. */
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
