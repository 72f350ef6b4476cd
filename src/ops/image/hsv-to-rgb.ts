import type { Value } from "../../graph/index.js";
import { abs } from "../abs.js";
import { add } from "../add.js";
import { cast } from "../cast.js";
import { clip } from "../clip.js";
import { concatenate } from "../concatenate.js";
import { mod } from "../mod.js";
import { multiply } from "../multiply.js";
import type { Operand } from "../operand.js";
import { split } from "../split.js";
import { subtract } from "../subtract.js";
import { dataFormatOf, type ImageOptions } from "./color-options.js";
import { channelsOf, checkChannels, checkImages } from "./layout.js";

/** Hue, saturation and value from 0 to 1 as red, green and blue. */
export function hsvToRgb(images: Operand, options?: ImageOptions): Value {
  const format = dataFormatOf("hsvToRgb", options);
  const x = cast(checkImages("hsvToRgb", images), "float32");
  const axis = channelsOf(x.shape.length, format);
  checkChannels("hsvToRgb", x, axis, [3]);
  const [hue, saturation, value] = split(x, 3, axis) as [Value, Value, Value];
  const sixths = multiply(mod(hue, 1), 6);
  const away = (from: number): Value => abs(subtract(sixths, from));
  const parts = [subtract(away(3), 1), subtract(2, away(2)), subtract(2, away(4))];
  return concatenate(
    parts.map((part) => multiply(value, add(subtract(1, saturation), multiply(saturation, clip(part, 0, 1))))),
    axis,
  );
}
