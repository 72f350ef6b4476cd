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
  type DeltaOptions,
  decodeDeltasToBoxes,
  encodeBoxToDeltas,
  type LabelledBoxes,
  pad,
} from "./convert.js";
export { type CiouOptions, computeCiou, computeIou, type IouOptions } from "./overlap.js";
