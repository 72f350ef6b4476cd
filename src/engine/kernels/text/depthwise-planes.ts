import { add, bytes, get, int, mul, set, sub, times } from "../../wasm/words.js";

/** What the text of a convolution is written for: each filter sees one channel. */
export interface DepthwiseWindow {
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
}

/** One position of the window: which part of the strided lines and columns it reads, and how far from their start. */
export interface Tap {
  readonly index: number;
  readonly line: number;
  readonly part: readonly [number, number];
  readonly down: number;
  readonly right: number;
}

export function tapsOf({ window, strides, dilations }: DepthwiseWindow): readonly Tap[] {
  const [height, width] = window;
  return Array.from({ length: height * width }, (_, index): Tap => {
    const [line, column] = [Math.floor(index / width), index % width];
    const [y, x] = [line * dilations[0], column * dilations[1]];
    const part = [y % strides[0], x % strides[1]] as const;
    return { index, line, part, down: Math.floor(y / strides[0]), right: Math.floor(x / strides[1]) };
  });
}

/** How far the taps reach beyond the outputs, in strides. */
export function reachOf(window: DepthwiseWindow): readonly [number, number] {
  const last = tapsOf(window).at(-1)!;
  return [last.down, last.right];
}

/** Elements that are computed beyond a plane's end at most: the loops take two vectors a turn. */
export const BEYOND = 8;

export const f32 = (kind: string, a: string, b: string): string => `(f32x4.${kind} ${a} ${b})`;
export const load = (from: string, offset: number): string => `(v128.load offset=${offset} ${from})`;
export const store = (to: string, offset: number, value: string): string =>
  `(v128.store offset=${offset} ${to} ${value})`;
export const move = (name: string, by: string): string => set(name, add(get(name), by));

/** Copies $count > 0 elements from $from to $to, of which it leaves both behind the last. */
const COPY = `
  ${set("stop", add(get("to"), bytes(get("count"))))}
  (block $short
    (loop $fours
      (br_if $short (i32.gt_u ${add(get("to"), int(16))} ${get("stop")}))
      ${store(get("to"), 0, load(get("from"), 0))}
      ${move("to", int(16))} ${move("from", int(16))}
      (br $fours)))
  (block $done
    (loop $ones
      (br_if $done (i32.ge_u ${get("to")} ${get("stop")}))
      (f32.store ${get("to")} (f32.load ${get("from")}))
      ${move("to", int(4))} ${move("from", int(4))}
      (br $ones)))`;

/** For each part of the lines and columns, and each of its lines that lies in x: sets $line and $inPart, in bytes. */
function linesOfParts({ strides }: DepthwiseWindow, body: (column: number) => string): string {
  const [down, right] = strides;
  return Array.from({ length: down * right }, (_, part) => {
    const [y, x] = [Math.floor(part / right), part % right];
    return `
  ${set("at", add(get("parts"), mul(int(part), get("partBytes"))))}
  ${set("row", sub(int(y), get("top")))}
  ${times(
    "i",
    "lines",
    `
    (if (i32.lt_u ${get("row")} ${get("height")}) (then
      ${set("line", add(get("plane"), bytes(mul(get("row"), get("width")))))}
      ${set("inPart", add(get("at"), bytes(mul(get("i"), get("pitch")))))}
      ${body(x)}))
    ${move("row", int(down))}`,
  )}`;
  }).join("");
}

/** Between a plane of x and its parts; `isInto`: from x into the parts. */
export function exchange(window: DepthwiseWindow, isInto: boolean): string {
  const right = window.strides[1];
  return linesOfParts(window, (column) => {
    if (right === 1) {
      const [from, to] = isInto ? ["line", "beside"] : ["beside", "line"];
      return `
      ${set("beside", add(get("inPart"), bytes(get("left"))))}
      ${set("from", get(from))} ${set("to", get(to))} ${set("count", get("common"))}
      ${COPY}`;
    }
    const inX = add(get("line"), bytes(get("column")));
    const [from, to] = isInto ? [inX, get("inPart")] : [get("inPart"), inX];
    return `
      ${set("column", sub(int(column), get("left")))}
      ${times(
        "j",
        "pitch",
        `
        (if (i32.lt_u ${get("column")} ${get("width")}) (then (f32.store ${to} (f32.load ${from}))))
        ${move("inPart", int(4))} ${move("column", int(right))}`,
      )}`;
  });
}

/** Between a plane of y and its lines, $pitch apart, at $flat; `isInto`: from y. */
export const exchangeOutputs = (isInto: boolean): string => `
  ${set(isInto ? "from" : "to", get("out"))}
  ${set("at", get("flat"))}
  ${times(
    "i",
    "outHeight",
    `
    ${set(isInto ? "to" : "from", get("at"))} ${set("count", get("outWidth"))}
    ${COPY}
    ${move("at", bytes(get("pitch")))}`,
  )}`;

const LOCALS = [
  "plane out kernel parts partBytes flat lines pitch size common at row line inPart beside column from to stop count",
  "i j c n m end",
]
  .join(" ")
  .split(" ")
  .map((name) => `(local $${name} i32)`)
  .join(" ");

/**
 * The start of a function over x (rows, channels, height, width), kernel (channels * each, window) and y (rows, channels
 * * each, outHeight, outWidth). Temporary memory holds x, with zeros around it, in one part for each place within a
 * stride, so that every position of the window sees outputs side by side, and the outputs with as many columns.
 */
export const begin = (name: string, window: DepthwiseWindow, locals: readonly string[]): string => {
  const [down, right] = reachOf(window);
  return `
(func $${name} (param $x i32) (param $w i32) (param $y i32) (param $scratch i32)
  (param $rows i32) (param $channels i32) (param $each i32) (param $height i32) (param $width i32)
  (param $outHeight i32) (param $outWidth i32) (param $top i32) (param $left i32)
  ${LOCALS} ${locals.join(" ")}
  ${set("lines", add(get("outHeight"), int(down)))}
  ${set("pitch", add(get("outWidth"), int(right)))}
  ${set("size", mul(get("lines"), get("pitch")))}
  ${set("partBytes", bytes(add(get("size"), int(BEYOND))))}
  ${set("parts", get("scratch"))}
  ${set("flat", add(get("parts"), mul(int(window.strides[0] * window.strides[1]), get("partBytes"))))}
  ${set("common", sub(get("pitch"), get("left")))}
  (if (i32.gt_s ${get("common")} ${get("width")}) (then ${set("common", get("width"))}))
  ${set("plane", get("x"))} ${set("out", get("y"))}`;
};

/** For every plane of x; `body` does what is to be done for each of its filters. */
export const planes = (before: string, body: string, after: string): string =>
  times(
    "n",
    "rows",
    `
  ${set("kernel", get("w"))}
  ${times(
    "c",
    "channels",
    `
    ${before}
    ${times("m", "each", body)}
    ${after}
    ${move("plane", bytes(mul(get("height"), get("width"))))}`,
  )}`,
  );

export const nextFilter = (taps: number): string => `
  ${move("kernel", int(4 * taps))}
  ${move("out", bytes(mul(get("outHeight"), get("outWidth"))))}`;

export const fill = (at: string, count: string): string => `(memory.fill ${at} ${int(0)} ${count})`;
