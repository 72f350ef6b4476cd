import { add, bytes, get, int, mul, set, sub } from "./words.js";

/** Counts `name` from 0 up to a local, whose value is at least 1. */
const times = (name: string, limit: string, body: string): string => `
  ${set(name, int(0))}
  (loop $next_${name}
    ${body}
    (br_if $next_${name} (i32.lt_s (local.tee $${name} ${add(get(name), int(1))}) ${get(limit)})))`;

/** Writes zeros from $to up to an address. */
const zeroUntil = (end: string): string => `
  (block $zeroed
    (loop $zero
      (br_if $zeroed (i32.ge_u ${get("to")} ${end}))
      (f32.store ${get("to")} (f32.const 0))
      ${set("to", add(get("to"), int(4)))}
      (br $zero)))`;

/** Copies from $from to $to, up to the address $copyEnd; the last four elements overlap where the number is no multiple. */
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

/** A row of outputs whose windows lie side by side: zeros, a piece of the input's row, zeros. */
const CONTIGUOUS = `
  ${set("copyEnd", add(get("row"), bytes(get("last"))))}
  ${zeroUntil(add(get("row"), bytes(get("first"))))}
  ${set("from", add(get("source"), bytes(add(get("left"), get("first")))))}
  ${COPY}
  ${zeroUntil(get("rowEnd"))}`;

/** A row of outputs whose windows have a distance. */
const STRIDED = `
  ${set("column", get("left"))}
  (loop $each
    (if (i32.and (i32.ge_s ${get("column")} ${int(0)}) (i32.lt_s ${get("column")} ${get("width")}))
      (then (f32.store ${get("to")} (f32.load ${add(get("source"), bytes(get("column")))})))
      (else (f32.store ${get("to")} (f32.const 0))))
    ${set("column", add(get("column"), get("right")))}
    (br_if $each (i32.lt_u (local.tee $to ${add(get("to"), int(4))}) ${get("rowEnd")})))`;

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
  (local $copyEnd i32) (local $from i32) (local $column i32)
  ${times(
    "i",
    "windowHeight",
    times(
      "j",
      "windowWidth",
      `
    ;; Outputs first … last - 1 lie inside when windows are side by side.
    ${set("left", sub(mul(get("j"), get("dilationRight")), get("before")))}
    ${set("first", sub(int(0), get("left")))}
    (if (i32.lt_s ${get("first")} ${int(0)}) (then ${set("first", int(0))}))
    (if (i32.gt_s ${get("first")} ${get("outWidth")}) (then ${set("first", get("outWidth"))}))
    ${set("last", sub(get("width"), get("left")))}
    (if (i32.gt_s ${get("last")} ${get("outWidth")}) (then ${set("last", get("outWidth"))}))
    (if (i32.lt_s ${get("last")} ${get("first")}) (then ${set("last", get("first"))}))
    ${times(
      "c",
      "channels",
      times(
        "n",
        "rows",
        `
      ${set("plane", add(get("x"), bytes(mul(add(mul(get("n"), get("channels")), get("c")), mul(get("height"), get("width"))))))}
      ${times(
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
      )}`,
      ),
    )}`,
    ),
  )})`;
