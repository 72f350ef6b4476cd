import { extentOf, thin } from "./thin.js";

const BLOCKS = "▁▂▃▄▅▆▇█";

/**
 * A curve in one line of text, each column as high as the mean of its part; blank where it has no value.
 * @param width columns at most; fewer values take fewer
 */
export function sparkline(values: ArrayLike<number>, width: number): string {
  const y = Float64Array.from(values);
  const x = Float64Array.from(y, (_, i) => i);
  const { mean, x: at } = thin(x, y, width);
  const { from, to } = extentOf(mean);
  const columns = Array.from({ length: Math.min(width, y.length) }, () => " ");
  for (let i = 0; i < mean.length; i++) {
    const part = to > from ? (mean[i]! - from) / (to - from) : 0.5;
    const column = y.length <= width ? at[i]! : Math.min(width - 1, Math.floor((at[i]! * width) / (y.length - 1)));
    columns[column] = BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(part * BLOCKS.length))]!;
  }
  return columns.join("");
}
