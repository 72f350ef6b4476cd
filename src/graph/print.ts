import type { Tensor } from "../core/tensor.js";
import type { Value } from "./value.js";
import { reachable } from "./walk.js";

/**
 * A graph as text, one value a line, numbered from 0 in order of creation: the same for equal graphs whatever was made
 * before them, so that tests can compare it with a file.
 */
export function print(outputs: readonly Value[]): string {
  const numbers = new Map<Value, number>();
  const lines = reachable(outputs).map((value, i) => {
    numbers.set(value, i);
    const operands = value.inputs.map((input) => ` %${numbers.get(input)}`).join("");
    return `%${i} = ${value.op}${operands}${attrsText(value)} : ${value.dtype}[${value.shape.join(", ")}]`;
  });
  return `${[...lines, `return ${outputs.map((output) => `%${numbers.get(output)}`).join(", ")}`].join("\n")}\n`;
}

function attrsText(value: Value): string {
  const entries = Object.entries(value.attrs).filter(([key]) => value.op !== "input" || key === "name");
  if (entries.length === 0 || ((value.op === "reshape" || value.op === "broadcast") && entries.length === 1)) return "";
  const text = entries.map(([key, x]) => `${key}=${key === "tensor" ? tensorText(x as Tensor) : attrText(x)}`);
  return ` {${text.join(", ")}}`;
}

/** JSON, but with the numbers that it does not have. */
export function attrText(x: unknown): string {
  if (Array.isArray(x)) return `[${x.map(attrText).join(", ")}]`;
  return typeof x === "number" ? (Object.is(x, -0) ? "-0" : String(x)) : JSON.stringify(x);
}

function tensorText({ data, size }: Tensor): string {
  const shown = Array.from({ length: Math.min(size, 8) }, (_, i) => attrText(Number(data[i])));
  return size > 8 ? `[${shown.join(", ")}, … ${size} in all]` : `[${shown.join(", ")}]`;
}
