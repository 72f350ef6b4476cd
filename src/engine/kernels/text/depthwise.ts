import { add, bytes, get, int, mul, set, sub, times } from "../../wasm/words.js";

/** What the text of a convolution is written for: each filter sees one channel. */
export interface DepthwiseWindow {
  readonly window: readonly [number, number];
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
}

/** One position of the window: which part of the strided lines and columns it reads, and how far from their start. */
interface Tap {
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

const f32 = (kind: string, a: string, b: string): string => `(f32x4.${kind} ${a} ${b})`;
const load = (from: string, offset: number): string => `(v128.load offset=${offset} ${from})`;
const store = (to: string, offset: number, value: string): string => `(v128.store offset=${offset} ${to} ${value})`;
const move = (name: string, by: string): string => set(name, add(get(name), by));

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
function exchange(window: DepthwiseWindow, isInto: boolean): string {
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
const exchangeOutputs = (isInto: boolean): string => `
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
const begin = (name: string, window: DepthwiseWindow, locals: readonly string[]): string => {
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
const planes = (before: string, body: string, after: string): string =>
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

const nextFilter = (taps: number): string => `
  ${move("kernel", int(4 * taps))}
  ${move("out", bytes(mul(get("outHeight"), get("outWidth"))))}`;

const fill = (at: string, count: string): string => `(memory.fill ${at} ${int(0)} ${count})`;

/** Pointers that go along: one for each line of the window and place within a stride of columns. */
const pointerOf = ({ line, part }: Tap): string => `p${line}_${part[1]}`;
const pointersOf = (taps: readonly Tap[]): string[] => [...new Set(taps.map(pointerOf))];
const i32Locals = (names: readonly string[]): string[] => names.map((name) => `(local $${name} i32)`);
const v128Locals = (names: readonly string[]): string[] => names.map((name) => `(local $${name} v128)`);
const named = (prefix: string, taps: readonly Tap[]): string[] => taps.map(({ index }) => `${prefix}${index}`);

const weights = (taps: readonly Tap[]): string =>
  taps.map(({ index }) => set(`w${index}`, `(f32x4.splat (f32.load offset=${4 * index} ${get("kernel")}))`)).join("\n");

/** Sets the pointers to the parts of x. */
const alongParts = (taps: readonly Tap[], right: number): string =>
  [...new Map(taps.map((tap) => [pointerOf(tap), tap])).values()]
    .map((tap) => {
      const part = mul(int(tap.part[0] * right + tap.part[1]), get("partBytes"));
      return set(pointerOf(tap), add(add(get("parts"), part), bytes(mul(int(tap.down), get("pitch")))));
    })
    .join("\n");

const advance = (names: readonly string[], by: number): string => names.map((name) => move(name, int(by))).join("\n");

/** y = x * kernel: sums over the taps in their order. */
export function forwardText(window: DepthwiseWindow): string {
  const taps = tapsOf(window);
  const pointers = pointersOf(taps);
  const sum = (offset: number): string =>
    taps
      .map((tap) => f32("mul", get(`w${tap.index}`), load(get(pointerOf(tap)), 4 * tap.right + offset)))
      .reduce((sums, next) => f32("add", sums, next));
  return `${begin("forward", window, [...i32Locals(pointers), ...v128Locals(named("w", taps))])}
  ${fill(get("scratch"), sub(get("flat"), get("scratch")))}
  ${planes(
    exchange(window, true),
    `
    ${weights(taps)}
    ${alongParts(taps, window.strides[1])}
    ${set("to", get("flat"))}
    ${set("end", add(get("flat"), bytes(add(mul(sub(get("outHeight"), int(1)), get("pitch")), get("outWidth")))))}
    (loop $along
      ${store(get("to"), 0, sum(0))}
      ${store(get("to"), 16, sum(16))}
      ${advance([...pointers, "to"], 32)}
      (br_if $along (i32.lt_u ${get("to")} ${get("end")})))
    ${exchangeOutputs(false)}
    ${nextFilter(taps.length)}`,
    "",
  )})`;
}

/** The gradient by x: for each part, sums over its taps in their order, and over the filters of a channel. */
export function inputText(window: DepthwiseWindow): string {
  const taps = tapsOf(window);
  const [down, right] = reachOf(window);
  const parts = Array.from({ length: window.strides[0] * window.strides[1] }, (_, part) =>
    taps.filter((tap) => tap.part[0] * window.strides[1] + tap.part[1] === part),
  );
  const pointers = [...new Set(taps.map(({ down: line }) => `q${line}`))];
  const sum = (own: readonly Tap[], offset: number): string =>
    own
      .map((tap) => f32("mul", get(`w${tap.index}`), load(get(`q${tap.down}`), 4 * (right - tap.right) + offset)))
      .reduce((sums, next) => f32("add", sums, next), `(v128.and ${get("keep")} ${load(get("to"), offset)})`);
  const each = parts.map((own, part) =>
    own.length === 0
      ? ""
      : `
    ${pointers
      .map((name) => set(name, sub(get("flat"), bytes(add(mul(int(Number(name.slice(1))), get("pitch")), int(right))))))
      .join("\n")}
    ${set("to", add(get("parts"), mul(int(part), get("partBytes"))))}
    ${set("end", add(get("to"), bytes(get("size"))))}
    (loop $along
      ${store(get("to"), 0, sum(own, 0))}
      ${store(get("to"), 16, sum(own, 16))}
      ${advance([...pointers, "to"], 32)}
      (br_if $along (i32.lt_u ${get("to")} ${get("end")})))`,
  );
  const locals = [...i32Locals(pointers), ...v128Locals([...named("w", taps), "keep"])];
  return `${begin("input", window, locals)}
  ;; Zeros before the gradients of the outputs, as far as the window reaches.
  ${move("flat", bytes(add(mul(int(down), get("pitch")), int(right))))}
  ${fill(get("scratch"), sub(add(get("flat"), get("partBytes")), get("scratch")))}
  ${fill(get("x"), bytes(mul(mul(get("rows"), get("channels")), mul(get("height"), get("width")))))}
  ${planes(
    set("keep", `(i32x4.splat ${int(0)})`),
    `
    ${weights(taps)}
    ${exchangeOutputs(true)}
    ${each.join("\n")}
    ${set("keep", `(i32x4.splat ${int(-1)})`)}
    ${nextFilter(taps.length)}`,
    exchange(window, false),
  )})`;
}

/** How many sums are made at a time: as many as the processor has registers for. */
const AT_A_TIME = 10;

/** The gradient by the kernel: sums over the outputs of a plane in four lanes, then over the rows. */
export function kernelText(window: DepthwiseWindow): string {
  const taps = tapsOf(window);
  const pointers = pointersOf(taps);
  const groups = Array.from({ length: Math.ceil(taps.length / AT_A_TIME) }, (_, i) =>
    taps.slice(i * AT_A_TIME, (i + 1) * AT_A_TIME),
  );
  const lane = (sums: string, i: number): string => `(f32x4.extract_lane ${i} ${get(sums)})`;
  const pair = (a: string, b: string): string => `(f32.add ${a} ${b})`;
  const total = (sums: string): string => pair(pair(lane(sums, 0), lane(sums, 1)), pair(lane(sums, 2), lane(sums, 3)));
  const each = groups.map(
    (own) => `
    ${own.map(({ index }) => set(`s${index % AT_A_TIME}`, `(i32x4.splat ${int(0)})`)).join("\n")}
    ${alongParts(own, window.strides[1])}
    ${set("from", get("flat"))}
    (loop $along
      ${set("dy", load(get("from"), 0))}
      ${own
        .map((tap) => {
          const sums = `s${tap.index % AT_A_TIME}`;
          return set(sums, f32("add", get(sums), f32("mul", get("dy"), load(get(pointerOf(tap)), 4 * tap.right))));
        })
        .join("\n")}
      ${advance([...pointersOf(own), "from"], 16)}
      (br_if $along (i32.lt_u ${get("from")} ${get("end")})))
    ${own
      .map(({ index }) => {
        const before = `(f32.load offset=${4 * index} ${get("kernel")})`;
        return `(f32.store offset=${4 * index} ${get("kernel")} ${pair(before, total(`s${index % AT_A_TIME}`))})`;
      })
      .join("\n")}`,
  );
  const sums = taps.slice(0, AT_A_TIME).map(({ index }) => `s${index}`);
  return `${begin("kernel", window, [...i32Locals(pointers), ...v128Locals([...sums, "dy"])])}
  ${fill(get("scratch"), sub(add(get("flat"), get("partBytes")), get("scratch")))}
  ${fill(get("w"), mul(mul(get("channels"), get("each")), int(4 * taps.length)))}
  ${planes(
    exchange(window, true),
    `
    ${exchangeOutputs(true)}
    ${set("end", add(get("flat"), bytes(add(mul(sub(get("outHeight"), int(1)), get("pitch")), get("outWidth")))))}
    ${each.join("\n")}
    ${nextFilter(taps.length)}`,
    "",
  )})`;
}
