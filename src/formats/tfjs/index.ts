export { type ManifestEntry, type ManifestGroup, readManifest } from "./manifest.js";
export { type NamedEntry, readTensors } from "./tensors.js";
