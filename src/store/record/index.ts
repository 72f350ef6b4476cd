export * from "./events.js";
export { findRuns, isCheckpointName } from "./find-runs.js";
export { isMissing } from "./missing.js";
export { NO_NOTES, NOTES_FILE, type Notes, readNotes, writeNotes } from "./notes.js";
export type { Points } from "./points.js";
export { type PassedOver, RecordReader } from "./record-reader.js";
export type { Axis, Curves, TableName } from "./record-store.js";
export { RunIndex, type RunState, type RunSummary, readRuns } from "./run-index.js";
export { type Measure, mainKey, type RecordSummary, summaryOf } from "./summary.js";
