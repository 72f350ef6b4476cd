import { i as defaultArena } from "./arena-DfS7xaUD.js";
export { defaultArena };
