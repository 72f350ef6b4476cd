export {
  Callback,
  type CallbackContext,
  type CallbackParams,
  History,
  type Hook,
  type LogKey,
  type Logs,
  type SaveRequest,
  type TrainingLayer,
  type TrainingModel,
} from "../training/index.js";
export * from "./catalogue.js";
export type { Mode, MonitorOptions } from "./monitor.js";
