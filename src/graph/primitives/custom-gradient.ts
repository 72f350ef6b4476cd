import { FLOAT } from "../families.js";
import { checkArity, checkDType, misfit, sameDims } from "../fit.js";
import type { Primitive } from "../primitive.js";
import { Substitution } from "../substitute.js";
import type { Value } from "../value.js";

/**
 * (value, x…, residual…) -> the value itself, bit for bit. Its gradient does not go on to what the value was computed
 * from, but to each x, as the rule states it; the rule's gradients are ordinary values, so they have gradients again.
 */
export const customGradient: Primitive<"customGradient"> = {
  name: "customGradient",
  rows: (_node, [value]) => value!,
  type(inputs, { rule }) {
    const { arriving, gradients, residuals } = rule;
    checkArity("customGradient", inputs, 1 + gradients.length + residuals.length);
    checkDType("customGradient", inputs, 0, FLOAT);
    const value = inputs[0]!;
    const rest = inputs.slice(1 + gradients.length);
    const fits = residuals.every(({ shape, dtype }, i) => dtype === rest[i]!.dtype && sameDims(shape, rest[i]!.shape));
    if (!fits || !sameDims(value.shape, arriving.shape)) {
      throw misfit("customGradient", inputs, "the operands for which its gradient was stated");
    }
    return { shape: value.shape, dtype: value.dtype };
  },
  gradient({ inputs, attrs: { rule } }, dy) {
    const { arriving, gradients, residuals } = rule;
    const given = new Map<Value, Value>([[arriving, dy]]);
    for (const [i, residual] of residuals.entries()) given.set(residual, inputs[1 + gradients.length + i]!);
    const own = new Substitution((value) => given.get(value) ?? null);
    return [null, ...gradients.map((dx) => dx && own.of(dx)), ...residuals.map(() => null)];
  },
};
