import { add, get, int, mul, set, times } from "../../wasm/words.js";

const move = (name: string, by: string): string => set(name, add(get(name), by));
const load = (from: string): string => `(v128.load ${get(from)})`;
const store = (to: string, offset: number, value: string): string =>
  `(v128.store offset=${offset} ${get(to)} ${value})`;
const one = (to: string, offset: number, from: string): string =>
  `(f32.store offset=${offset} ${get(to)} (f32.load ${get(from)}))`;
const i32Locals = (names: readonly string[]): string => names.map((name) => `(local $${name} i32)`).join(" ");

/** Repeats `body` while this many elements are left in $left. */
const while_ = (name: string, atLeast: number, body: string): string => `
  (block $end_${name}
    (loop $again_${name}
      (br_if $end_${name} (i32.lt_s ${get("left")} ${int(atLeast)}))
      ${body}
      ${move("left", int(-atLeast))}
      (br $again_${name})))`;

/**
 * Loops over the outer axes around `body`, which works from $f to $t. The sizes are `n0, n1, …`; `a0, a1, …` and `b0, b1, …`
 * are the bytes from one element to the next in the source and in the target.
 */
const over = (axes: number, body: string): string => {
  const level = (axis: number): string =>
    axis === axes
      ? `${set("f", get(`f${axis}`))} ${set("t", get(`t${axis}`))} ${body}`
      : `
  ${set(`f${axis + 1}`, get(`f${axis}`))} ${set(`t${axis + 1}`, get(`t${axis}`))}
  ${times(
    `k${axis}`,
    `n${axis}`,
    `${level(axis + 1)} ${move(`f${axis + 1}`, get(`a${axis}`))} ${move(`t${axis + 1}`, get(`b${axis}`))}`,
  )}`;
  return level(0);
};

const head = (axes: number, own: readonly string[]): string => {
  const outer = Array.from({ length: axes }, (_, i) => [`n${i}`, `a${i}`, `b${i}`]).flat();
  const parameters = ["f0", "t0", ...outer, ...own].map((name) => `(param $${name} i32)`).join(" ");
  const locals = Array.from({ length: axes }, (_, i) => [`f${i + 1}`, `t${i + 1}`, `k${i}`]).flat();
  return `(func $arrange ${parameters} ${i32Locals([...locals, "f", "t", "left"])}`;
};

/** Copies rows of $count elements that lie side by side in the source, too. */
export const rowsText = (axes: number): string => `${head(axes, ["count"])}
  ${over(
    axes,
    `
    ${set("left", get("count"))}
    ${while_("fours", 4, `${store("t", 0, load("f"))} ${move("t", int(16))} ${move("f", int(16))}`)}
    ${while_("ones", 1, `${one("t", 0, "f")} ${move("t", int(4))} ${move("f", int(4))}`)}`,
  )})`;

const shuffle = (a: string, b: string, lanes: readonly number[]): string =>
  `(i8x16.shuffle ${lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)).join(" ")} ${get(a)} ${get(b)})`;

/** Four by four elements: of the rows at p0 … p3 after `from`, to the rows at q0 … q3. */
const tile = (from: number): string => `
  ${[0, 1, 2, 3].map((j) => set(`v${j}`, load(`p${from + j}`))).join(" ")}
  ${set("low", shuffle("v0", "v1", [0, 4, 1, 5]))} ${set("high", shuffle("v0", "v1", [2, 6, 3, 7]))}
  ${set("v0", shuffle("v2", "v3", [0, 4, 1, 5]))} ${set("v1", shuffle("v2", "v3", [2, 6, 3, 7]))}
  ${store("q0", 4 * from, shuffle("low", "v0", [0, 1, 4, 5]))}
  ${store("q1", 4 * from, shuffle("low", "v0", [2, 3, 6, 7]))}
  ${store("q2", 4 * from, shuffle("high", "v1", [0, 1, 4, 5]))}
  ${store("q3", 4 * from, shuffle("high", "v1", [2, 3, 6, 7]))}`;

/** `width` lines of the source, from $f on, become columns of the target, from $t on. */
function strip(width: number): string {
  const lines = Array.from({ length: width }, (_, i) => i);
  const along = lines.map((i) => move(`p${i}`, int(width === 1 ? 4 : 16))).join(" ");
  const starts = lines.map((i) => set(`p${i}`, i === 0 ? get("f") : add(get(`p${i - 1}`), get("line")))).join(" ");
  const fours = while_(
    `four_${width}`,
    4,
    `
    ${[1, 2, 3].map((i) => set(`q${i}`, add(get(`q${i - 1}`), get("column")))).join(" ")}
    ${lines
      .filter((i) => i % 4 === 0)
      .map(tile)
      .join("")}
    ${along}
    ${set("q0", add(get("q3"), get("column")))}`,
  );
  return `
  ${starts} ${set("q0", get("t"))} ${set("outer", get("left"))} ${set("left", get("long"))}
  ${width === 1 ? "" : fours}
  ${while_(
    `one_${width}`,
    1,
    `
    ${lines.map((i) => `${one("q0", 4 * i, `p${i}`)} ${move(`p${i}`, int(4))}`).join(" ")}
    ${move("q0", get("column"))}`,
  )}
  ${set("left", get("outer"))}
  ${move("f", mul(get("line"), int(width)))} ${move("t", int(4 * width))}`;
}

/**
 * Turns lines of $long elements, $line bytes apart in the source, into $count columns, whose elements lie $column bytes
 * apart in the target.
 */
export const tilesText = (axes: number): string => `${head(axes, ["count", "line", "long", "column"])}
  ${i32Locals(["outer", "p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "q0", "q1", "q2", "q3"])}
  (local $v0 v128) (local $v1 v128) (local $v2 v128) (local $v3 v128) (local $low v128) (local $high v128)
  ${over(
    axes,
    `
    ${set("left", get("count"))}
    ${while_("eights", 8, strip(8))}
    ${while_("tiles", 4, strip(4))}
    ${while_("lines", 1, strip(1))}`,
  )})`;
