import type { Tensor } from "../core/tensor.js";

/** An optimizer's variable as a file has it. Files without names number them: "0", "1", … */
export interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}

/** Without TensorFlow's output number. */
export const bareName = (name: string): string => name.replace(/:\d+$/, "");

/**
 * What an optimizer that holds others has for one of them. Keras on TensorFlow names what the one inside made within the
 * scope of the one around it: "outer/adam/dense_kernel_momentum", where JAX says "adam/dense_kernel_momentum".
 * @param outer a variable of the optimizer around it
 */
export function inScopeOf({ name: outer }: NamedTensor, list: readonly NamedTensor[]): readonly NamedTensor[] {
  const scope = outer.slice(0, outer.lastIndexOf("/") + 1);
  const isWithin = (name: string): boolean =>
    scope !== "" && name.startsWith(scope) && name.indexOf("/", scope.length) > 0;
  return list.map((entry) => (isWithin(entry.name) ? { ...entry, name: entry.name.slice(scope.length) } : entry));
}
