export { define } from "./define.js";
export * from "./schedulers/catalogue.js";
export type { PopulationBasedOptions } from "./schedulers/population-based.js";
export { type Cohort, ranked, type Scheduler, type Stage, type StageEnd } from "./schedulers/scheduler.js";
export type { SuccessiveHalvingOptions } from "./schedulers/successive-halving.js";
export * from "./searchers/catalogue.js";
export type { Question, Searcher, Told } from "./searchers/searcher.js";
export {
  choice,
  integer,
  logUniform,
  type ParameterRange,
  type Parameters,
  type ParametersOf,
  type Space,
  uniform,
} from "./space.js";
