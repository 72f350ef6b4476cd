export { type SweepJson, SweepResult, type TrialResult } from "./result.js";
export { sweep } from "./sweep.js";
export type { SweepOptions } from "./sweep-options.js";
export type { TrainResult, Trial } from "./trial.js";
