export {
  affineTransform,
  type BoundingBoxFormat,
  type BoxBorders,
  type BoxData,
  type BoxImageSize,
  type BoxRegion,
  type BoxTransform,
  type ClipOptions,
  clipToImageSize,
  convertFormat,
  crop,
  type LabelledBoxes,
  pad,
} from "./convert.js";
export { type DeltaOptions, decodeDeltasToBoxes, encodeBoxToDeltas } from "./deltas.js";
export { type CiouOptions, computeCiou, computeIou, type IouOptions } from "./overlap.js";
