import { CENTRAL_BOTTOM, CENTRAL_TOP, LN2, TAIL_BOTTOM, TAIL_TOP } from "../../../core/normal.js";
import { get, set } from "../../wasm/words.js";

const number = (value: number): string => `(f64.const ${value})`;
const add = (a: string, b: string): string => `(f64.add ${a} ${b})`;
const sub = (a: string, b: string): string => `(f64.sub ${a} ${b})`;
const mul = (a: string, b: string): string => `(f64.mul ${a} ${b})`;

/** A polynomial in a local, by Horner's rule. Coefficients from the constant term on. */
const polynomial = (x: string, coefficients: readonly number[]): string =>
  coefficients.slice(0, -1).reduceRight((sum, c) => add(mul(sum, get(x)), number(c)), number(coefficients.at(-1)!));

const ratio = (top: readonly number[], bottom: readonly number[]): string =>
  `(f64.div ${polynomial("r", top)} ${polynomial("r", bottom)})`;

/** 1, 1 / 3, … 1 / 23: the series of artanh. */
const SERIES = Array.from({ length: 12 }, (_, i) => 1 / (2 * i + 1));

/** The natural logarithm of $m, into $m. */
const LOG = `
  ${set("e", number(0))}
  (block $scaled (loop $double
    (br_if $scaled (f64.ge ${get("m")} ${number(0.75)}))
    ${set("m", mul(get("m"), number(2)))}
    ${set("e", sub(get("e"), number(1)))}
    (br $double)))
  ${set("s", `(f64.div ${sub(get("m"), number(1))} ${add(get("m"), number(1))})`)}
  ${set("z", mul(get("s"), get("s")))}
  ${set("m", add(mul(mul(number(2), get("s")), polynomial("z", SERIES)), mul(get("e"), number(LN2))))}`;

const isTail = `(i32.or (f64.lt ${get("x")} ${number(-0.425)}) (f64.gt ${get("x")} ${number(0.425)}))`;

/** Turns a word into its quantile, by the operations of core/normal.ts in the same order, so with the same bits. */
const quantile = (offset: number): string => `
  ${set("x", sub(mul(add(`(f64.convert_i32_u (i32.load offset=${offset} ${get("out")}))`, number(0.5)), number(2 ** -32)), number(0.5)))}
  (if ${isTail}
    (then
      ${set("m", sub(number(0.5), get("x")))}
      (if (f64.lt ${get("x")} ${number(0)}) (then ${set("m", add(get("x"), number(0.5)))}))
      ${LOG}
      ${set("r", sub(`(f64.sqrt (f64.neg ${get("m")}))`, number(1.6)))}
      ${set("r", ratio(TAIL_TOP, TAIL_BOTTOM))}
      (if (f64.lt ${get("x")} ${number(0)}) (then ${set("r", `(f64.neg ${get("r")})`)}))
      ${set("x", get("r"))})
    (else
      ${set("r", sub(number(0.180625), mul(get("x"), get("x"))))}
      ${set("x", mul(get("x"), ratio(CENTRAL_TOP, CENTRAL_BOTTOM)))}))
  (f32.store offset=${offset} ${get("out")} (f32.demote_f64 ${get("x")}))`;

export const NORMAL_LOCALS: string = ["x", "r", "m", "e", "s", "z"].map((name) => `(local $${name} f64)`).join(" ");

/** Turns the four words at $out into normal random numbers. */
export const NORMAL: string = [0, 4, 8, 12].map(quantile).join("");
