import { charge } from "../core/budget.js";
import { OptionError } from "../core/errors.js";
import { Tensor } from "../core/tensor.js";
import { build, type Value } from "../graph/index.js";

/**
 * `num` numbers in equal distances from `start` to `stop`, both included, as float32.
 * @param num default 50
 * @throws {OptionError} when it is not a whole number of at least 1
 */
export function linspace(start: number, stop: number, num = 50): Value {
  if (!Number.isSafeInteger(num) || num < 1) {
    throw new OptionError({
      code: "linspace",
      what: "linspace gives a whole number of numbers",
      received: `${num}`,
      expected: "1 or more",
    });
  }
  charge("linspace of so many numbers", 16 * num);
  const numbers = Array.from({ length: num }, (_, i) => (num === 1 ? start : start + ((stop - start) * i) / (num - 1)));
  return build.constant(new Tensor(numbers, [num], "float32"));
}
