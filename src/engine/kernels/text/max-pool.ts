import { add, bytes, get, int, mul, set, sub } from "../../wasm/words.js";

/** Counts `name` from one local up to another one; does nothing where there is nothing to count. */
const from = (name: string, start: string, end: string, body: string): string => `
  ${set(name, start)}
  (block $done_${name}
    (loop $next_${name}
      (br_if $done_${name} (i32.ge_s ${get(name)} ${get(end)}))
      ${body}
      (br $next_${name})))`;

const next = (name: string, step = 1): string => set(name, add(get(name), int(step)));

/** Where a window starts along an axis and where it ends, cut off at the tensor's ends. */
const clip = (name: string, output: string, stride: string, before: string, window: string, size: string): string => `
  ${set(`${name}Start`, sub(mul(get(output), get(stride)), get(before)))}
  ${set(`${name}End`, add(get(`${name}Start`), get(window)))}
  (if (i32.lt_s ${get(`${name}Start`)} ${int(0)}) (then ${set(`${name}Start`, int(0))}))
  (if (i32.gt_s ${get(`${name}End`)} ${get(size)}) (then ${set(`${name}End`, get(size))}))`;

/** Goes through the rows of a window; $row is the address of what stands in column 0. */
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

const best = (value: string): string => `(local.set $best (f32x4.max ${get("best")} ${value}))`;
const shuffle = (lanes: readonly number[]): string =>
  `(i8x16.shuffle ${lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)).join(" ")} ${get("a")} ${get("b")})`;

/** Four windows side by side, one or two columns apart. */
const FOUR = `
  (local.set $best (f32x4.splat (f32.const -Infinity)))
  ${rows(`
    ${set("row", add(get("row"), bytes(get("column"))))}
    ${from(
      "tap",
      int(0),
      "windowWidth",
      `${set("at", add(get("row"), bytes(get("tap"))))}
       (local.set $a (v128.load ${get("at")}))
       (if (i32.eq ${get("right")} ${int(1)})
         (then ${best(get("a"))} ${next("tap")})
         (else
           (local.set $b (v128.load offset=16 ${get("at")}))
           ${best(shuffle([0, 2, 4, 6]))}
           (if (i32.lt_s ${add(get("tap"), int(1))} ${get("windowWidth")}) (then ${best(shuffle([1, 3, 5, 7]))}))
           ${next("tap", 2)}))`,
    )}`)}
  (v128.store ${add(get("y"), bytes(get("first")))} ${get("best")})
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
  row tap at first reach`.split(/\s+/);

/**
 * The maximum of each window over three axes, NaN where there is one. Padding is given as `front`, `top` and `left`; what
 * lies outside is skipped. Sizes are in elements, x and y are addresses. Four windows of a row are computed together where
 * they are one or two columns apart and what is loaded for them lies in the row; the last four of a row are done again
 * where the number is no multiple.
 */
export const MAX_POOL: string = `
(func $maxPool ${PARAMETERS.map((name) => `(param $${name} i32)`).join(" ")}
  ${LOCALS.map((name) => `(local $${name} i32)`).join(" ")}
  (local $most f32) (local $best v128) (local $a v128) (local $b v128)
  ;; Columns that four windows reach over beyond the first one.
  (local.set $reach (select ${int(3)} ${add(int(6), `(i32.and ${get("windowWidth")} ${int(1)})`)} (i32.eq ${get("right")} ${int(1)})))
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
          ${from(
            "outColumn",
            int(0),
            "outWidth",
            `${set("first", get("outColumn"))}
             (if (i32.gt_s ${add(get("first"), int(4))} ${get("outWidth")}) (then ${set("first", sub(get("outWidth"), int(4)))}))
             ${set("column", sub(mul(get("first"), get("right")), get("left")))}
             (if (i32.and (i32.and (i32.ge_s ${get("first")} ${int(0)}) (i32.ge_s ${get("column")} ${int(0)}))
                          (i32.and (i32.le_s ${get("right")} ${int(2)})
                                   (i32.le_s ${add(get("column"), add(get("windowWidth"), get("reach")))} ${get("width")})))
               (then ${FOUR})
               (else ${ONE}))`,
          )}
          ${set("y", add(get("y"), bytes(get("outWidth"))))}
          ${next("outLine")}`,
       )}
       ${next("outSlice")}`,
    )}
    ${set("x", add(get("x"), bytes(mul(get("depth"), mul(get("height"), get("width"))))))}
    (br_if $plane (local.tee $planes ${sub(get("planes"), int(1))}))))`;
