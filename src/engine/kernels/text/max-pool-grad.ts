import { add, bytes, get } from "../../wasm/words.js";

const words = (name: string): string => bytes(get(name));

/** Gives the gradient to the element at an address, if it is the maximum. */
const tryAt = (address: string): string =>
  `(if (f32.eq (f32.load ${address}) ${get("best")}) (then
      (f32.store ${add(address, get("shift"))} (f32.add (f32.load ${add(address, get("shift"))}) ${get("g")})) (br $found)))`;

/** Zeros for all of dx. */
const CLEAR = `(memory.fill ${get("dx")} (i32.const 0)
    (i32.shl (i32.mul ${get("planes")} (i32.mul ${get("height")} ${get("width")})) (i32.const 2)))`;

/** A maximum that a ReLU has cut off gets no gradient. */
const MASK = `(if (i32.and ${get("positiveOnly")} (i32.eqz (f32.gt ${get("best")} (f32.const 0)))) (then (local.set $g (f32.const 0))))`;

/**
 * Gradient of a maximum over windows of two axes: for each plane and output, the first element of the window (row by
 * row) that equals the output gets the output's gradient added. Padding is given as `top` and `left`; elements outside
 * the plane are skipped. Sizes are in elements, x, y, dy and dx are addresses. With `positiveOnly` the gradient of the
 * ReLU that made x is included.
 */
export const MAX_POOL_GRAD: string = `
(func $maxPoolGrad (param $x i32) (param $y i32) (param $dy i32) (param $dx i32) (param $planes i32)
  (param $height i32) (param $width i32) (param $outHeight i32) (param $outWidth i32)
  (param $windowHeight i32) (param $windowWidth i32) (param $down i32) (param $right i32) (param $top i32) (param $left i32) (param $positiveOnly i32)
  (local $shift i32) (local $oh i32) (local $ow i32) (local $row i32) (local $column i32) (local $rowEnd i32)
  (local $columnStart i32) (local $columnEnd i32) (local $rowStart i32) (local $at i32) (local $best f32) (local $g f32)
  (local.set $shift (i32.sub ${get("dx")} ${get("x")}))
  ${CLEAR}
  (loop $plane
    (local.set $oh (i32.const 0))
    (loop $outRow
      (local.set $rowStart (i32.sub (i32.mul ${get("oh")} ${get("down")}) ${get("top")}))
      (local.set $rowEnd ${add(get("rowStart"), get("windowHeight"))})
      (if (i32.lt_s ${get("rowStart")} (i32.const 0)) (then (local.set $rowStart (i32.const 0))))
      (if (i32.gt_s ${get("rowEnd")} ${get("height")}) (then (local.set $rowEnd ${get("height")})))
      (local.set $ow (i32.const 0))
      (loop $outColumn
        (local.set $best (f32.load ${get("y")}))
        (local.set $g (f32.load ${get("dy")}))
        ${MASK}
        (local.set $columnStart (i32.sub (i32.mul ${get("ow")} ${get("right")}) ${get("left")}))
        (local.set $columnEnd ${add(get("columnStart"), get("windowWidth"))})
        (if (i32.lt_s ${get("columnStart")} (i32.const 0)) (then (local.set $columnStart (i32.const 0))))
        (if (i32.gt_s ${get("columnEnd")} ${get("width")}) (then (local.set $columnEnd ${get("width")})))
        (block $found
          (local.set $row ${get("rowStart")})
          (loop $windowRow
            (br_if $found (i32.ge_s ${get("row")} ${get("rowEnd")}))
            (local.set $column ${get("columnStart")})
            (local.set $at ${add(get("x"), `(i32.shl ${add(`(i32.mul ${get("row")} ${get("width")})`, get("column"))} (i32.const 2))`)})
            (block $rowDone
              (loop $windowColumn
                (br_if $rowDone (i32.ge_s ${get("column")} ${get("columnEnd")}))
                ${tryAt(get("at"))}
                (local.set $at ${add(get("at"), "(i32.const 4)")})
                (local.set $column ${add(get("column"), "(i32.const 1)")})
                (br $windowColumn)))
            (local.set $row ${add(get("row"), "(i32.const 1)")})
            (br $windowRow)))
        (local.set $y ${add(get("y"), "(i32.const 4)")})
        (local.set $dy ${add(get("dy"), "(i32.const 4)")})
        (br_if $outColumn (i32.lt_s (local.tee $ow ${add(get("ow"), "(i32.const 1)")}) ${get("outWidth")})))
      (br_if $outRow (i32.lt_s (local.tee $oh ${add(get("oh"), "(i32.const 1)")}) ${get("outHeight")})))
    (local.set $x ${add(get("x"), `(i32.shl (i32.mul ${get("height")} ${get("width")}) (i32.const 2))`)})
    (br_if $plane (local.tee $planes (i32.sub ${get("planes")} (i32.const 1))))))`;

/** Bytes of the given lanes of two vectors of four lanes each: 0 … 3 and 4 … 7. */
const shuffle = (lanes: readonly number[], a: string, b: string): string =>
  `(i8x16.shuffle ${lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte)).join(" ")} ${a} ${b})`;

const pair = (address: string): [string, string] => [`(v128.load ${address})`, `(v128.load offset=16 ${address})`];

/** A row of four windows: eight numbers, split into the left and the right one of each window. */
const loadRow = (address: string, left: string, right: string): string => {
  const [a, b] = pair(get(address));
  return `(local.set $${left} ${shuffle([0, 2, 4, 6], a, b)}) (local.set $${right} ${shuffle([1, 3, 5, 7], a, b)})`;
};

const storeRow = (address: string, left: string, right: string): string => {
  const target = add(get(address), get("shift"));
  return `(v128.store ${target} ${shuffle([0, 4, 1, 5], get(left), get(right))})
          (v128.store offset=16 ${target} ${shuffle([2, 6, 3, 7], get(left), get(right))})`;
};

/** Replaces a number by its window's gradient if it is the first maximum, else by 0; `open`: no maximum found yet. */
const settle = (name: string): string => `
  (local.set $hit (v128.and (f32x4.eq ${get(name)} ${get("best")}) ${get("open")}))
  (local.set $open (v128.andnot ${get("open")} ${get("hit")}))
  (local.set $${name} (v128.and ${get("hit")} ${get("g")}))`;

/**
 * The same for adjacent windows of 2 x 2 without padding, four at a time and without branches (which element wins is
 * nearly random, so branch prediction would often fail). Rows have at least four windows; where their number is no
 * multiple of four, the last four overlap. Every element of every window is written; rows and columns behind the last
 * window are cleared before.
 */
export const MAX_POOL_GRAD_2: string = `
(func $maxPoolGrad2 (param $x i32) (param $y i32) (param $dy i32) (param $dx i32) (param $planes i32)
  (param $height i32) (param $width i32) (param $outHeight i32) (param $outWidth i32) (param $positiveOnly i32)
  (local $shift i32) (local $oh i32) (local $ow i32) (local $row i32) (local $at i32) (local $below i32)
  (local $a v128) (local $b v128) (local $c v128) (local $d v128) (local $best v128) (local $g v128)
  (local $open v128) (local $hit v128) (local $pass v128) (local $zero v128)
  (local.set $shift (i32.sub ${get("dx")} ${get("x")}))
  (if (i32.or (i32.ne ${get("height")} (i32.shl ${get("outHeight")} (i32.const 1)))
              (i32.ne ${get("width")} (i32.shl ${get("outWidth")} (i32.const 1)))) (then ${CLEAR}))
  (local.set $pass (i32x4.splat (i32.sub ${get("positiveOnly")} (i32.const 1))))
  (loop $plane
    (local.set $oh (i32.const 0))
    (loop $outRow
      (local.set $row ${add(get("x"), `(i32.shl (i32.mul ${get("oh")} ${get("width")}) (i32.const 3))`)})
      (local.set $ow (i32.const 0))
      (block $rowDone
        (loop $windows
          (local.set $at ${add(get("row"), `(i32.shl ${get("ow")} (i32.const 3))`)})
          (local.set $below ${add(get("at"), words("width"))})
          (local.set $best (v128.load ${add(get("y"), words("ow"))}))
          ;; Adding 0 turns -0 into the 0 that a sum of gradients has.
          (local.set $g (f32x4.add (v128.load ${add(get("dy"), words("ow"))}) ${get("zero")}))
          (local.set $g (v128.and ${get("g")} (v128.or ${get("pass")} (f32x4.gt ${get("best")} ${get("zero")}))))
          ${loadRow("at", "a", "b")}
          ${loadRow("below", "c", "d")}
          (local.set $open (f32x4.eq ${get("zero")} ${get("zero")}))
          ${["a", "b", "c", "d"].map(settle).join("")}
          ${storeRow("at", "a", "b")}
          ${storeRow("below", "c", "d")}
          (local.set $ow ${add(get("ow"), "(i32.const 4)")})
          (br_if $rowDone (i32.ge_s ${get("ow")} ${get("outWidth")}))
          (if (i32.gt_s ${add(get("ow"), "(i32.const 4)")} ${get("outWidth")}) (then
            (local.set $ow (i32.sub ${get("outWidth")} (i32.const 4)))))
          (br $windows)))
      (local.set $y ${add(get("y"), words("outWidth"))})
      (local.set $dy ${add(get("dy"), words("outWidth"))})
      (br_if $outRow (i32.lt_s (local.tee $oh ${add(get("oh"), "(i32.const 1)")}) ${get("outHeight")})))
    (local.set $x ${add(get("x"), `(i32.shl (i32.mul ${get("height")} ${get("width")}) (i32.const 2))`)})
    (br_if $plane (local.tee $planes (i32.sub ${get("planes")} (i32.const 1))))))`;
