import type { Value } from "../../graph/index.js";
import { add } from "../add.js";
import { broadcastTo } from "../broadcast-to.js";
import { expandDims } from "../expand-dims.js";
import { multiply } from "../multiply.js";
import { reshape } from "../reshape.js";
import { takeAlongAxis } from "../take-along-axis.js";
import type { ImageBatch } from "./layout.js";
import { type Sampling, sample } from "./sampling.js";

/** Images read at places (batch or 1, height * width) of rows and columns, channel by channel alike. */
export function placed(batch: ImageBatch, rows: Value, columns: Value, sampling: Sampling): Value {
  const { x, height, width, channels } = batch;
  const table = reshape(x, [x.shape[0]!, height * width, channels]);
  const axes = [
    { places: rows, size: height },
    { places: columns, size: width },
  ];
  const pick = ([row, column]: readonly Value[]): Value => {
    const ids = expandDims(add(multiply(row!, width), column!), -1);
    return takeAlongAxis(table, broadcastTo(ids, [x.shape[0]!, ids.shape[1]!, channels]), 1);
  };
  const read = sample(axes, sampling, pick, (value) => expandDims(value, -1));
  return reshape(read, x.shape);
}
