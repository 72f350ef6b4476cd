export { type CustomObjects, loadModel, type LoadModelOptions } from "./load-model.js";
export { Model, type SaveFileOptions } from "./model.js";
export { Sequential } from "./sequential.js";
