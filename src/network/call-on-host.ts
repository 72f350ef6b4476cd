import { withScope } from "../core/scope.js";
import { Tensor } from "../core/tensor.js";
import { withNumbers } from "../core/with-numbers.js";
import { variableOf } from "../engine/index.js";
import { interpret } from "../graph/interpreter/interpret.js";
import type { InputValue, Value } from "../graph/value.js";
import { reachable } from "../graph/walk.js";
import { CallTrace, rootContext } from "../layers/base/graph-context.js";
import { markFed } from "../layers/base/host-stage.js";
import { type Inputs, valuesOf } from "../layers/base/inputs.js";
import { invoke } from "../layers/base/invoke.js";
import type { Node } from "../layers/base/keras-tensor.js";
import { layerOf } from "../layers/base/layer.js";
import { graphDType } from "../layers/base/symbolic.js";
import * as ops from "../ops/index.js";

/**
 * What a call of a layer of the graph gives for data, computed by the interpreter: for layers without weights to train
 * that lead to one on the host.
 */
export function callOnHost(node: Node, operands: readonly Tensor[]): readonly Tensor[] {
  const layer = layerOf(node);
  const given = layer.hostStage?.compute(operands) ?? operands;
  const rows = given[0]!.shape[0]!;
  const feeds = new Map<Value, ArrayLike<number> | number>();
  const leaves = given.map((tensor, i) => {
    const leaf = markFed(ops.input(`x${i}`, [-1, ...tensor.shape.slice(1)], graphDType(tensor.dtype)));
    feeds.set(leaf, Array.from(withNumbers(tensor).data as ArrayLike<number | bigint>, Number));
    return leaf;
  });
  const count = ops.input("rows", [], "float32");
  feeds.set(count, rows);
  const context = rootContext(layer, { training: false, rows: count, trace: new CallTrace() });
  const inputs: Inputs = node.takesList || leaves.length > 1 ? leaves : leaves[0]!;
  const outputs = valuesOf(withScope(layer.name, layer, () => invoke(layer, inputs, context)));
  for (const value of reachable(outputs)) {
    const variable = value.op === "input" ? variableOf(value as InputValue) : undefined;
    if (variable !== undefined) feeds.set(value, variable.data);
  }
  return interpret(outputs, { feeds, rows }).map(({ data, shape }, i) => new Tensor(data, shape, outputs[i]!.dtype));
}
