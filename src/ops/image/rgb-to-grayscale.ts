import type { Value } from "../../graph/index.js";
import { add } from "../add.js";
import { cast } from "../cast.js";
import { multiply } from "../multiply.js";
import type { Operand } from "../operand.js";
import { split } from "../split.js";
import { dataFormatOf, type ImageOptions } from "./color-options.js";
import { channelsOf, checkChannels, checkImages } from "./layout.js";

/** How bright red, green and blue are. */
const BRIGHTNESS = [0.2989, 0.587, 0.114] as const;

/** Images of red, green and blue in one channel of greys; those of one channel as they are. */
export function rgbToGrayscale(images: Operand, options?: ImageOptions): Value {
  const format = dataFormatOf("rgbToGrayscale", options);
  const x = checkImages("rgbToGrayscale", images);
  const axis = channelsOf(x.shape.length, format);
  checkChannels("rgbToGrayscale", x, axis, [1, 3]);
  if (x.shape[axis] === 1) return x;
  const grey = split(cast(x, "float32"), 3, axis)
    .map((plane, i) => multiply(plane, BRIGHTNESS[i]!))
    .reduce((total, plane) => add(total, plane));
  return cast(grey, x.dtype);
}
