import type { Value } from "../../graph/index.js";
import { abs } from "../abs.js";
import { add } from "../add.js";
import { cast } from "../cast.js";
import { concatenate } from "../concatenate.js";
import { divide } from "../divide.js";
import { equal } from "../equal.js";
import { greater } from "../greater.js";
import { less } from "../less.js";
import { maximum } from "../maximum.js";
import { minimum } from "../minimum.js";
import { multiply } from "../multiply.js";
import type { Operand } from "../operand.js";
import { split } from "../split.js";
import { subtract } from "../subtract.js";
import { where } from "../where.js";
import { dataFormatOf, type ImageOptions } from "./color-options.js";
import { channelsOf, checkChannels, checkImages } from "./layout.js";

/** Differences below this are none. */
const EPSILON = 2 ** -23;

/** Red, green and blue from 0 to 1 as hue, saturation and value from 0 to 1. */
export function rgbToHsv(images: Operand, options?: ImageOptions): Value {
  const format = dataFormatOf("rgbToHsv", options);
  const x = cast(checkImages("rgbToHsv", images), "float32");
  const axis = channelsOf(x.shape.length, format);
  checkChannels("rgbToHsv", x, axis, [3]);
  const [r, g, b] = split(where(less(abs(x), EPSILON), 0, x), 3, axis) as [Value, Value, Value];
  const value = maximum(maximum(r, g), b);
  const range = subtract(value, minimum(minimum(r, g), b));
  const saturation = where(greater(value, 0), divide(range, where(greater(value, 0), value, 1)), 0);
  const sixth = divide(1 / 6, where(greater(range, 0), range, 1));
  const turned = (from: Value, to: Value, thirds: number): Value =>
    add(multiply(sixth, subtract(from, to)), thirds / 3);
  const colder = where(equal(value, g), turned(b, r, 1), turned(r, g, 2));
  const hue = where(equal(value, r), turned(g, b, 0), colder);
  const round = add(where(greater(range, 0), hue, 0), cast(less(hue, 0), "float32"));
  return concatenate([round, saturation, value], axis);
}
