export { Grid } from "./grid.js";
export { Random } from "./random.js";
