export { defaultEngine, interpreterEngine, setDefaultEngine } from "./default-engine.js";
export type { Engine, Program, ProgramSpec, Run } from "./engine.js";
export { Moment } from "./moment.js";
export { OwnValues } from "./own-values.js";
export { betweenRuns, soonBetweenRuns } from "./runs.js";
export { Variable, type VariableOptions, variableOf } from "./variable.js";
export { type Configuration, configure } from "./workers.js";
