const add = (a: string, b: string): string => `(i32.add ${a} ${b})`;
const get = (name: string): string => `(local.get $${name})`;
const words = (name: string): string => `(i32.shl ${get(name)} (i32.const 2))`;

/** Gives the gradient to the element at an address, if it is the maximum. */
const tryAt = (address: string): string =>
  `(if (f32.eq (f32.load ${address}) ${get("best")}) (then
      (f32.store ${add(address, get("shift"))} (f32.add (f32.load ${add(address, get("shift"))}) ${get("g")})) (br $found)))`;

/** A maximum that a ReLU has cut off gets no gradient. */
const MASK = `(if (i32.and ${get("positiveOnly")} (i32.eqz (f32.gt ${get("best")} (f32.const 0)))) (then (local.set $g (f32.const 0))))`;

/**
 * Gradient of a maximum over windows of two axes: for each plane and output, the first element of the window (row by
 * row) that equals the output gets the output's gradient added. dx must be zero before. Padding is given as `top`
 * and `left`; what lies outside of the plane is skipped. Sizes are in elements, x, y, dy and dx are addresses. With `positiveOnly`
 * the gradient of the ReLU that made x is taken too.
 */
export const MAX_POOL_GRAD = `
(func $maxPoolGrad (param $x i32) (param $y i32) (param $dy i32) (param $dx i32) (param $planes i32)
  (param $height i32) (param $width i32) (param $outHeight i32) (param $outWidth i32)
  (param $windowHeight i32) (param $windowWidth i32) (param $down i32) (param $right i32) (param $top i32) (param $left i32) (param $positiveOnly i32)
  (local $shift i32) (local $oh i32) (local $ow i32) (local $row i32) (local $column i32) (local $rowEnd i32)
  (local $columnStart i32) (local $columnEnd i32) (local $rowStart i32) (local $at i32) (local $best f32) (local $g f32)
  (local.set $shift (i32.sub ${get("dx")} ${get("x")}))
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
    (br_if $plane (local.tee $planes (i32.sub ${get("planes")} (i32.const 1))))))

;; Windows of 2 x 2 that touch, without padding: the usual case, with no bounds to look at.
(func $maxPoolGrad2 (param $x i32) (param $y i32) (param $dy i32) (param $dx i32) (param $planes i32)
  (param $height i32) (param $width i32) (param $outHeight i32) (param $outWidth i32) (param $positiveOnly i32)
  (local $shift i32) (local $oh i32) (local $end i32) (local $at i32) (local $below i32) (local $best f32) (local $g f32)
  (local.set $shift (i32.sub ${get("dx")} ${get("x")}))
  (loop $plane
    (local.set $oh (i32.const 0))
    (loop $outRow
      (local.set $at ${add(get("x"), `(i32.shl (i32.mul ${get("oh")} ${get("width")}) (i32.const 3))`)})
      (local.set $below ${add(get("at"), words("width"))})
      (local.set $end ${add(get("y"), words("outWidth"))})
      (loop $outColumn
        (local.set $best (f32.load ${get("y")}))
        (local.set $g (f32.load ${get("dy")}))
        ${MASK}
        (block $found
          ${[get("at"), add(get("at"), "(i32.const 4)"), get("below"), add(get("below"), "(i32.const 4)")].map(tryAt).join("\n")})
        (local.set $at ${add(get("at"), "(i32.const 8)")})
        (local.set $below ${add(get("below"), "(i32.const 8)")})
        (local.set $dy ${add(get("dy"), "(i32.const 4)")})
        (br_if $outColumn (i32.lt_u (local.tee $y ${add(get("y"), "(i32.const 4)")}) ${get("end")})))
      (br_if $outRow (i32.lt_s (local.tee $oh ${add(get("oh"), "(i32.const 1)")}) ${get("outHeight")})))
    (local.set $x ${add(get("x"), `(i32.shl (i32.mul ${get("height")} ${get("width")}) (i32.const 2))`)})
    (br_if $plane (local.tee $planes (i32.sub ${get("planes")} (i32.const 1))))))`;
