import { add, bytes, get, int, mul, set, sub, times } from "../../wasm/words.js";

/** Writes zeros from $to up to an address. */
const zeroUntil = (end: string): string => `
  (block $zeroed
    (loop $zero
      (br_if $zeroed (i32.ge_u ${get("to")} ${end}))
      (f32.store ${get("to")} (f32.const 0))
      ${set("to", add(get("to"), int(4)))}
      (br $zero)))`;

/** Copies from $from to $to, up to the address $copyEnd, four at a time; the last four may overlap. */
const COPY = `
  (if (i32.ge_u ${sub(get("copyEnd"), get("to"))} ${int(16)}) (then
    (block $copied
      (loop $vectors
        (v128.store ${get("to")} (v128.load ${get("from")}))
        ${set("to", add(get("to"), int(16)))}
        ${set("from", add(get("from"), int(16)))}
        (br_if $copied (i32.ge_u ${get("to")} ${get("copyEnd")}))
        (if (i32.gt_u ${add(get("to"), int(16))} ${get("copyEnd")}) (then
          ${set("from", sub(get("from"), sub(add(get("to"), int(16)), get("copyEnd"))))}
          ${set("to", sub(get("copyEnd"), int(16)))}))
        (br $vectors)))
    ${set("to", get("copyEnd"))}))
  (block $copiedRest
    (loop $rest
      (br_if $copiedRest (i32.ge_u ${get("to")} ${get("copyEnd")}))
      (f32.store ${get("to")} (f32.load ${get("from")}))
      ${set("to", add(get("to"), int(4)))}
      ${set("from", add(get("from"), int(4)))}
      (br $rest)))`;

/** A row of outputs with stride 1: zeros, a piece of the input's row, zeros. */
const CONTIGUOUS = `
  ${set("copyEnd", add(get("row"), bytes(get("last"))))}
  ${zeroUntil(add(get("row"), bytes(get("first"))))}
  ${set("from", add(get("source"), bytes(add(get("left"), get("first")))))}
  ${COPY}
  ${zeroUntil(get("rowEnd"))}`;

/** A row of outputs with a larger stride. */
const STRIDED = `
  ${set("column", get("left"))}
  (loop $each
    (if (i32.and (i32.ge_s ${get("column")} ${int(0)}) (i32.lt_s ${get("column")} ${get("width")}))
      (then (f32.store ${get("to")} (f32.load ${add(get("source"), bytes(get("column")))})))
      (else (f32.store ${get("to")} (f32.const 0))))
    ${set("column", add(get("column"), get("right")))}
    (br_if $each (i32.lt_u (local.tee $to ${add(get("to"), int(4))}) ${get("rowEnd")})))`;

/** Sets a local to a value, clamped between 0 and another local. */
const setWithin = (name: string, value: string, most: string): string => `
  ${set(name, value)}
  (if (i32.lt_s ${get(name)} ${int(0)}) (then ${set(name, int(0))}))
  (if (i32.gt_s ${get(name)} ${get(most)}) (then ${set(name, get(most))}))`;

/** Writes zeros to the columns from … until - 1, if any, of the lines between $above and $below. */
const zeroColumns = (count: string, from: string, until: string): string => `
  (if ${count} (then
    ${set("h", get("above"))}
    (loop $lines
      ${set("to", add(get("row"), bytes(add(mul(get("h"), get("width")), from))))}
      ${zeroUntil(add(get("row"), bytes(add(mul(get("h"), get("width")), until))))}
      (br_if $lines (i32.lt_s (local.tee $h ${add(get("h"), int(1))}) ${get("below")})))))`;

/**
 * A plane of outputs with stride 1 and the input's width: a shifted copy of the input's plane. Elements that the shift
 * moves from one line into the next are replaced by zeros.
 */
const SHIFTED = `
  ${set("y", sub(mul(get("i"), get("dilationDown")), get("top")))}
  ${setWithin("above", sub(int(0), get("y")), "outHeight")}
  ${setWithin("below", sub(get("height"), get("y")), "outHeight")}
  ${set("row", get("to"))}
  ${set("rowEnd", add(get("to"), bytes(mul(get("outHeight"), get("width")))))}
  (if (i32.and (i32.lt_s ${get("above")} ${get("below")}) (i32.lt_s ${get("first")} ${get("last")}))
    (then
      ${zeroUntil(add(get("row"), bytes(mul(get("above"), get("width")))))}
      (memory.copy
        ${add(get("to"), bytes(get("first")))}
        ${add(get("plane"), bytes(add(mul(add(get("y"), get("above")), get("width")), add(get("left"), get("first")))))}
        ${bytes(sub(add(mul(sub(get("below"), get("above")), get("width")), get("last")), add(get("width"), get("first"))))})
      ${zeroColumns(get("first"), int(0), get("first"))}
      ${zeroColumns(sub(get("width"), get("last")), get("last"), get("width"))}
      ${set("to", add(get("row"), bytes(mul(get("below"), get("width")))))}))
  ${zeroUntil(get("rowEnd"))}`;

/**
 * Patches of a convolution over two axes, x (rows, channels, height, width), written row after row: for each position
 * of the window and each channel, the outputs of all rows. Sizes are in elements; `down`, `right` are strides, `top`,
 * `before` the padding in front.
 */
export const PATCHES: string = `
(func $patches (param $x i32) (param $to i32) (param $rows i32) (param $channels i32)
  (param $height i32) (param $width i32) (param $outHeight i32) (param $outWidth i32)
  (param $windowHeight i32) (param $windowWidth i32) (param $down i32) (param $right i32)
  (param $dilationDown i32) (param $dilationRight i32) (param $top i32) (param $before i32)
  (local $i i32) (local $j i32) (local $c i32) (local $n i32) (local $h i32) (local $left i32) (local $first i32)
  (local $last i32) (local $plane i32) (local $y i32) (local $source i32) (local $row i32) (local $rowEnd i32)
  (local $copyEnd i32) (local $from i32) (local $column i32) (local $above i32) (local $below i32)
  ${times(
    "i",
    "windowHeight",
    times(
      "j",
      "windowWidth",
      `
    ;; Outputs first … last - 1 lie inside when windows are side by side.
    ${set("left", sub(mul(get("j"), get("dilationRight")), get("before")))}
    ${setWithin("first", sub(int(0), get("left")), "outWidth")}
    ${setWithin("last", sub(get("width"), get("left")), "outWidth")}
    (if (i32.lt_s ${get("last")} ${get("first")}) (then ${set("last", get("first"))}))
    ${times(
      "c",
      "channels",
      times(
        "n",
        "rows",
        `
      ${set("plane", add(get("x"), bytes(mul(add(mul(get("n"), get("channels")), get("c")), mul(get("height"), get("width"))))))}
      (if (i32.and (i32.eq ${get("outWidth")} ${get("width")})
                   (i32.and (i32.eq ${get("down")} ${int(1)}) (i32.eq ${get("right")} ${int(1)})))
        (then ${SHIFTED})
        (else ${times(
          "h",
          "outHeight",
          `
        ${set("row", get("to"))}
        ${set("rowEnd", add(get("to"), bytes(get("outWidth"))))}
        ${set("y", sub(add(mul(get("h"), get("down")), mul(get("i"), get("dilationDown"))), get("top")))}
        ${set("source", add(get("plane"), bytes(mul(get("y"), get("width")))))}
        (if (i32.or (i32.lt_s ${get("y")} ${int(0)}) (i32.ge_s ${get("y")} ${get("height")}))
          (then ${zeroUntil(get("rowEnd"))})
          (else
            (if (i32.eq ${get("right")} ${int(1)}) (then ${CONTIGUOUS}) (else ${STRIDED}))))`,
        )}))`,
      ),
    )}`,
    ),
  )})`;
