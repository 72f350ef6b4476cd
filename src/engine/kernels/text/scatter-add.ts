import { add, bytes, get, int, mul, set } from "../../wasm/words.js";

/** Adds one vector, or one number, of a row of updates to the table and advances by its bytes. */
const step = (load: string, store: string, sum: string, bytes: number): string => `
  (${store} ${get("to")} (${sum} (${load} ${get("to")}) (${load} ${get("updates")})))
  ${set("to", add(get("to"), int(bytes)))}
  ${set("updates", add(get("updates"), int(bytes)))}`;

/**
 * Clears a table of `rows` rows of `width` numbers and adds, for each of `count` ids in turn, a row of updates to the
 * row at the id. Returns 0, or 1 + the position of the first id outside the table.
 */
export const scatterAddText = (type: "f32" | "i32"): string => `
(func $scatterAdd (param $ids i32) (param $updates i32) (param $out i32) (param $count i32) (param $width i32)
  (param $rows i32) (result i32) (local $i i32) (local $id i32) (local $to i32) (local $end i32)
  (memory.fill ${get("out")} ${int(0)} ${bytes(mul(get("rows"), get("width")))})
  (loop $next
    ${set("id", `(i32.load ${get("ids")})`)}
    (if (i32.ge_u ${get("id")} ${get("rows")}) (then (return ${add(get("i"), int(1))})))
    ${set("to", add(get("out"), bytes(mul(get("id"), get("width")))))}
    ${set("end", add(get("to"), bytes(get("width"))))}
    (block $vectors (loop $vector
      (br_if $vectors (i32.gt_u ${add(get("to"), int(16))} ${get("end")}))
      ${step("v128.load", "v128.store", `${type}x4.add`, 16)}
      (br $vector)))
    (block $row (loop $number
      (br_if $row (i32.ge_u ${get("to")} ${get("end")}))
      ${step(`${type}.load`, `${type}.store`, `${type}.add`, 4)}
      (br $number)))
    ${set("ids", add(get("ids"), int(4)))}
    (br_if $next (i32.lt_u (local.tee $i ${add(get("i"), int(1))}) ${get("count")})))
  ${int(0)})`;
