import { OptionError, ShapeError } from "../../core/errors.js";
import { Tensor, type TensorLike, tensorFrom } from "../../core/tensor.js";
import { isPlainObject } from "../../core/value-text.js";
import type { Value } from "../../graph/value.js";
import { isValue } from "../../ops/operand.js";
import { isKerasTensor, type KerasTensor } from "../base/keras-tensor.js";
import type { AnyOp, ArgumentsWith, Data, Row, Symbolic, SymbolicResult } from "./row.js";

/** An op as users have it: on values and data it gives values, on tensors of a network it adds to the network. */
export type SymbolicOp<F extends AnyOp> = {
  (...args: ArgumentsWith<Parameters<F>, Value | Data>): ReturnType<F>;
  (...args: ArgumentsWith<Parameters<F>, KerasTensor | Data>): SymbolicResult<ReturnType<F>>;
};

/**
 * The op for both. Data among its operands (tensors, nested arrays of numbers) become constants.
 * @param name for messages
 */
export function symbolic<F extends AnyOp>(name: string, op: F, row: Row<F>): SymbolicOp<F> {
  const called = (...given: unknown[]): unknown => {
    const { operands } = row;
    const places = "from" in operands ? given.map((_, at) => at).slice(operands.from) : operands;
    const found = places.map((at) => given[at]);
    const network = found.some((item) => holds(item, isKerasTensor));
    if (network && found.some((item) => holds(item, isValue))) throw mixed(name);
    const args = [...given];
    for (const at of places) if (at < given.length) args[at] = dataOf(given[at], `ops.${name}`);
    return network ? named(name, () => (row.apply as AnyOp)(...(args as Symbolic[]))) : op(...args);
  };
  Object.defineProperty(called, "name", { value: name });
  return called as unknown as SymbolicOp<F>;
}

const holds = (item: unknown, is: (one: unknown) => boolean): boolean =>
  is(item) || (Array.isArray(item) && item.some(is));

/** An operand with its data as tensors. A list in which tensors or values stand is a list of operands. */
function dataOf(given: unknown, where: string): unknown {
  if (Array.isArray(given)) {
    const isList = given.some((item) => isKerasTensor(item) || isValue(item) || isTensorLike(item));
    return isList ? given.map((item) => dataOf(item, where)) : tensorFrom(given, where);
  }
  if (given instanceof Tensor || !isTensorLike(given)) return typeof given === "boolean" ? Number(given) : given;
  return tensorFrom(given, where);
}

function isTensorLike(item: unknown): item is TensorLike {
  return (
    item instanceof Tensor || ArrayBuffer.isView(item) || (isPlainObject(item) && "data" in item && "shape" in item)
  );
}

/** A KerasTensor and a value are of two worlds. */
function mixed(name: string): OptionError {
  return new OptionError({
    code: "mixed-operands",
    what: `ops.${name} cannot compute on a tensor of a network (a KerasTensor) together with a value of the graph that is being traced`,
    expected: "tensors of the network and data, or values and data",
    fix: "In a layer's call compute on its inputs; what else it needs is given to it by apply([x, other])",
    data: { op: name },
  });
}

/** What is wrong with operands is said of the op that the user called. */
function named<T>(name: string, task: () => T): T {
  try {
    return task();
  } catch (error) {
    if (!(error instanceof ShapeError) || error.message.includes(`ops.${name}`)) throw error;
    throw new ShapeError({ ...error.parts, what: `ops.${name}: ${error.parts.what}`, cause: error });
  }
}
