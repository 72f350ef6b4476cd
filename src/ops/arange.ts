import { charge } from "../core/budget.js";
import { OptionError } from "../core/errors.js";
import { Tensor } from "../core/tensor.js";
import { build, type Value } from "../graph/index.js";

/**
 * `start`, `start + step`, … below `stop`; with one number, from 0 to it. int32 for whole numbers, else float32.
 * @throws {OptionError} when no number of steps leads there
 */
export function arange(start: number, stop?: number, step = 1): Value {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  const count = Math.max(0, Math.ceil((to - from) / step));
  if (!Number.isSafeInteger(count)) {
    throw new OptionError({
      code: "arange",
      what: "arange needs finite numbers and a step other than 0",
      received: `from ${from} to ${to} by ${step}`,
    });
  }
  const isWhole = [from, to, step].every(Number.isInteger);
  charge("arange of so many numbers", 16 * count);
  const numbers = Array.from({ length: count }, (_, i) => from + i * step);
  return build.constant(new Tensor(numbers, [count], isWhole ? "int32" : "float32"));
}
