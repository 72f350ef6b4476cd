import { add, bytes, get, int, mul, set, sub } from "../../wasm/words.js";
import {
  begin,
  type DepthwiseWindow,
  exchange,
  exchangeOutputs,
  f32,
  fill,
  load,
  move,
  nextFilter,
  planes,
  reachOf,
  store,
  type Tap,
  tapsOf,
} from "./depthwise-planes.js";

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
