export { PopulationBased } from "./population-based.js";
export { SuccessiveHalving } from "./successive-halving.js";
export { Whole } from "./whole.js";
