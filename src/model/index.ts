export type { SaveWeightsOptions } from "../saving/index.js";
export { type Computable, type Computables, type ComputedFrom, type ComputeOptions, compute } from "./compute.js";
export { type CustomObjects, type LoadModelOptions, loadModel } from "./load-model.js";
export { type AnyModel, type LoadWeightsOptions, Model, type SaveFileOptions } from "./model.js";
export { openRun } from "./open-run.js";
export type { Predicted } from "./predicted.js";
export { Sequential } from "./sequential.js";
