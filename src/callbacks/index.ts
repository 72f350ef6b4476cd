export { Callback, type CallbackContext, type CallbackParams, type Logs } from "../training/callback.js";
export { History } from "../training/history.js";
export * from "./catalogue.js";
export type { Mode } from "./monitor.js";
