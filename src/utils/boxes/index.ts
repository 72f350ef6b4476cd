export {
  affineTransform,
  type BoundingBoxFormat,
  type BoxData,
  type BoxImageSize,
  type BoxTransform,
  clipToImageSize,
  convertFormat,
  crop,
  type DeltaOptions,
  decodeDeltasToBoxes,
  encodeBoxToDeltas,
  type LabelledBoxes,
  pad,
} from "./convert.js";
export { computeCiou, computeIou, type IouOptions } from "./overlap.js";
