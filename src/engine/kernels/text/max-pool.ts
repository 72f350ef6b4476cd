import { add, bytes, get, int, mul, set, sub } from "../../wasm/words.js";

/** Counts `name` from one local up to another one; does nothing if the range is empty. */
const from = (name: string, start: string, end: string, body: string): string => `
  ${set(name, start)}
  (block $done_${name}
    (loop $next_${name}
      (br_if $done_${name} (i32.ge_s ${get(name)} ${get(end)}))
      ${body}
      (br $next_${name})))`;

const next = (name: string): string => set(name, add(get(name), int(1)));

/** Start and end of a window along an axis, clipped to the tensor. */
const clip = (name: string, output: string, stride: string, before: string, window: string, size: string): string => `
  ${set(`${name}Start`, sub(mul(get(output), get(stride)), get(before)))}
  ${set(`${name}End`, add(get(`${name}Start`), get(window)))}
  (if (i32.lt_s ${get(`${name}Start`)} ${int(0)}) (then ${set(`${name}Start`, int(0))}))
  (if (i32.gt_s ${get(`${name}End`)} ${get(size)}) (then ${set(`${name}End`, get(size))}))`;

/** Loops over the rows of a window; $row is the address of column 0. */
const rows = (body: string): string =>
  from(
    "slice",
    get("sliceStart"),
    "sliceEnd",
    `${from(
      "line",
      get("lineStart"),
      "lineEnd",
      `${set("row", add(get("x"), bytes(mul(add(mul(get("slice"), get("height")), get("line")), get("width")))))}
       ${body} ${next("line")}`,
    )} ${next("slice")}`,
  );

const lanes = (which: readonly number[]): string =>
  `(i8x16.shuffle ${which.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)).join(" ")} ${get("a")} ${get("b")})`;

/** Takes the maximum with $v. NaN is tracked separately per lane, so that a maximum is one instruction. */
const take = (value: string): string => `
  (local.set $v ${value})
  (local.set $best (f32x4.pmax ${get("best")} ${get("v")}))
  (local.set $nan (v128.or ${get("nan")} (f32x4.ne ${get("v")} ${get("v")})))`;

/** Element `tap` of four windows, and also the next one where it lies between them. */
const taps = (tap: number, windowWidth: number, right: number): string => {
  const load = (offset: number): string => `(v128.load offset=${offset * 4} ${get("row")})`;
  if (right === 1) return take(load(tap));
  return `
    (local.set $a ${load(tap)})
    (local.set $b ${load(tap + 4)})
    ${take(lanes([0, 2, 4, 6]))}
    ${tap + 1 < windowWidth ? take(lanes([1, 3, 5, 7])) : ""}`;
};

/** Four neighbouring windows, one or two columns apart. */
const four = (windowWidth: number, right: number): string => `
  (local.set $best (f32x4.splat (f32.const -Infinity)))
  (local.set $nan (i32x4.splat ${int(0)}))
  ${rows(`
    ${set("row", add(get("row"), bytes(get("column"))))}
    ${Array.from({ length: Math.ceil(windowWidth / right) }, (_, i) => taps(i * right, windowWidth, right)).join("")}`)}
  (v128.store ${add(get("y"), bytes(get("first")))} (v128.or ${get("best")} ${get("nan")}))
  ${set("outColumn", add(get("first"), int(4)))}`;

const ONE = `
  (local.set $most (f32.const -Infinity))
  ${clip("column", "outColumn", "right", "left", "windowWidth", "width")}
  ${rows(
    from(
      "column",
      get("columnStart"),
      "columnEnd",
      `(local.set $most (f32.max ${get("most")} (f32.load ${add(get("row"), bytes(get("column")))})))
       ${next("column")}`,
    ),
  )}
  (f32.store ${add(get("y"), bytes(get("outColumn")))} ${get("most")})
  ${next("outColumn")}`;

const PARAMETERS = `x y planes depth height width outDepth outHeight outWidth
  windowDepth windowHeight windowWidth inwards down right front top left`.split(/\s+/);
const LOCALS = `outSlice outLine outColumn slice sliceStart sliceEnd line lineStart lineEnd column columnStart columnEnd
  row first`.split(/\s+/);

/** Windows up to this width are unrolled column by column. */
const WIDEST = 16;

/** Whether four windows of a row are computed together, and how far they extend beyond the first one. */
function reachOf(windowWidth: number, right: number): number | null {
  if (windowWidth > WIDEST || right > 2) return null;
  return right === 1 ? 3 : 6 + (windowWidth % 2);
}

/**
 * The maximum of each window over three axes; NaN where the window has one. Padding is given as `front`, `top` and
 * `left`; elements outside are skipped. Sizes are in elements, x and y are addresses. Four windows of a row are
 * computed together where they are one or two columns apart and their loads stay in the row; where their number is no
 * multiple of four, the last four overlap.
 */
export function maxPoolText(windowWidth: number, right: number): string {
  const reach = reachOf(windowWidth, right);
  const column =
    reach === null
      ? ONE
      : `${set("first", get("outColumn"))}
         (if (i32.gt_s ${add(get("first"), int(4))} ${get("outWidth")}) (then ${set("first", sub(get("outWidth"), int(4)))}))
         ${set("column", sub(mul(get("first"), get("right")), get("left")))}
         (if (i32.and (i32.and (i32.ge_s ${get("first")} ${int(0)}) (i32.ge_s ${get("column")} ${int(0)}))
                      (i32.le_s ${add(get("column"), int(windowWidth + reach))} ${get("width")}))
           (then ${four(windowWidth, right)})
           (else ${ONE}))`;
  return `
(func $maxPool ${PARAMETERS.map((name) => `(param $${name} i32)`).join(" ")}
  ${LOCALS.map((name) => `(local $${name} i32)`).join(" ")}
  (local $most f32) (local $best v128) (local $nan v128) (local $a v128) (local $b v128) (local $v v128)
  (loop $plane
    ${from(
      "outSlice",
      int(0),
      "outDepth",
      `${clip("slice", "outSlice", "inwards", "front", "windowDepth", "depth")}
       ${from(
         "outLine",
         int(0),
         "outHeight",
         `${clip("line", "outLine", "down", "top", "windowHeight", "height")}
          ${from("outColumn", int(0), "outWidth", column)}
          ${set("y", add(get("y"), bytes(get("outWidth"))))}
          ${next("outLine")}`,
       )}
       ${next("outSlice")}`,
    )}
    ${set("x", add(get("x"), bytes(mul(get("depth"), mul(get("height"), get("width"))))))}
    (br_if $plane (local.tee $planes ${sub(get("planes"), int(1))}))))`;
}
