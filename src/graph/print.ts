import type { Tensor } from "../core/tensor.js";
import { is } from "./passes/rewrite.js";
import { isScan, placeholders, type Scan } from "./step.js";
import type { Value } from "./value.js";
import { reachable } from "./walk.js";

/**
 * A graph as text, one value per line, numbered from 0 in order of creation. Equal graphs give equal text whatever was
 * made before them, so tests can compare it with a file.
 */
export function print(outputs: readonly Value[]): string {
  const numbers = new Map<Value, number>();
  const lines = reachable(outputs).map((value, i) => {
    numbers.set(value, i);
    const operands = value.inputs.map((input) => ` %${numbers.get(input)}`).join("");
    const attrs = isScan(value) ? scanText(value) : is(value, "customGradient") ? ruleText(value) : attrsText(value);
    return `%${i} = ${value.op}${operands}${attrs} : ${value.dtype}[${value.shape.join(", ")}]`;
  });
  return `${[...lines, `return ${outputs.map((output) => `%${numbers.get(output)}`).join(", ")}`].join("\n")}\n`;
}

/** The placeholders of a step are printed with it, in the order of the operands. */
function scanText({ attrs: { step, of, last } }: Scan): string {
  const names = placeholders(step).map(({ attrs }) => attrs.name);
  const head = ` {last=${last}, reverse=${step.reverse}, states=${step.states.length}, operands=[${names.join(", ")}]`;
  return `${head}, next and result:\n${print([...step.next, of]).replace(/^(?=.)/gm, "  ")}}`;
}

/** The graph of the stated gradients. */
function ruleText({ attrs: { rule } }: Value<"customGradient">): string {
  const none = rule.gradients.map((dx) => (dx === null ? "none" : "one")).join(", ");
  const gradients = print(rule.gradients.filter((dx) => dx !== null));
  return ` {residuals=${rule.residuals.length}, gradients=[${none}]:\n${gradients.replace(/^(?=.)/gm, "  ")}}`;
}

function attrsText(value: Value): string {
  const entries = Object.entries(value.attrs).filter(([key]) => value.op !== "input" || key === "name");
  if (entries.length === 0 || ((value.op === "reshape" || value.op === "broadcast") && entries.length === 1)) return "";
  const text = entries.map(([key, x]) => `${key}=${key === "tensor" ? tensorText(x as Tensor) : attrText(x)}`);
  return ` {${text.join(", ")}}`;
}

/** JSON, plus NaN and infinities. */
export function attrText(x: unknown): string {
  if (Array.isArray(x)) return `[${x.map(attrText).join(", ")}]`;
  return typeof x === "number" ? (Object.is(x, -0) ? "-0" : String(x)) : JSON.stringify(x);
}

function tensorText({ data, size }: Tensor): string {
  const shown = Array.from({ length: Math.min(size, 8) }, (_, i) => attrText(Number(data[i])));
  return size > 8 ? `[${shown.join(", ")}, … ${size} in all]` : `[${shown.join(", ")}]`;
}
