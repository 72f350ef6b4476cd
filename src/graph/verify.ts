import { StateError } from "../core/errors.js";
import { PRIMITIVES } from "./apply.js";
import { checkDims, describe, sameDims } from "./fit.js";
import type { Primitive } from "./primitive.js";
import type { Value } from "./value.js";
import { reachable } from "./walk.js";

/**
 * Checks that a graph is well formed: ids rise from inputs to users (so there is no cycle), every type follows from its
 * primitive's rule, and dimensions are whole numbers. Tests run it after every pass.
 * @throws {StateError} naming the first wrong value
 */
export function verify(outputs: readonly Value[]): void {
  const seen = new Set<number>();
  for (const value of reachable(outputs)) {
    const fail = (why: string): never => {
      throw new StateError({
        code: "graph-invalid",
        what: `Value ${value.id} (${value.op}) of the graph is not well formed: ${why}`,
        data: { id: value.id, op: value.op },
      });
    };
    if (seen.has(value.id)) fail("its id is taken");
    seen.add(value.id);
    if (value.inputs.some((input) => input.id >= value.id)) fail("an input is younger than its user");
    checkDims(value.op, value.inputs, value.shape);
    const type = (PRIMITIVES[value.op] as Primitive<typeof value.op>).type(value.inputs, value.attrs);
    if (type.dtype !== value.dtype || !sameDims(type.shape, value.shape)) {
      fail(`it is ${describe(value)}, and by its rule ${describe(type)}`);
    }
  }
}
