import { type DType, isFloat } from "../../core/dtype.js";
import { EngineError, ShapeError } from "../../core/errors.js";
import { bool, type Field, nullable, resolveOptions } from "../../core/options.js";
import { withScope } from "../../core/scope.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Dims, GraphDType, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext, CalledLayer } from "./call-context.js";
import { CallTrace, rootContext } from "./graph-context.js";
import { checkInputs } from "./input-spec.js";
import { isList } from "./inputs.js";
import { invoke } from "./invoke.js";
import { type CallOptions, KerasTensor, mapTensorOptions, type OutputType, optionTensors } from "./keras-tensor.js";

/** The dtype that a tensor of `dtype` has inside a graph. */
export function graphDType(dtype: DType): GraphDType {
  if (dtype === "bool") return "bool";
  if (isFloat(dtype)) return "float32";
  if (dtype !== "string") return "int32";
  throw new EngineError({
    code: "string-tensor",
    what: "Strings cannot be computed on",
    fix: "Turn them into integers before they enter the model",
  });
}

/** A leaf with the shape of a Keras tensor; `unknown` stands in for dimensions other than the batch that are not known. */
export function placeholder(name: string, shape: Shape, dtype: DType, unknown: number): Value {
  return ops.input(name, placeholderDims(shape, unknown), graphDType(dtype));
}

function placeholderDims(shape: Shape, unknown: number): Dims {
  return shape.map((dim, axis) => (axis === 0 ? -1 : (dim ?? unknown)));
}

// Two stand-ins for an unknown dimension: whatever differs between the results of the two is unknown as well. Both are
// multiples of high powers of two so that strides, pools and reshapes divide them.
const STAND_INS = [192, 320] as const;

/** Shapes and dtypes that `layer` gives for the tensors, found by running its `call` on leaves without data. */
export function inferOutputs(
  layer: CalledLayer,
  inputs: KerasTensor | readonly KerasTensor[],
  options: CallOptions,
): OutputType | readonly OutputType[] {
  const tensors = inputs instanceof KerasTensor ? [inputs] : inputs;
  const batch = tensors.every((tensor) => tensor.shape[0] === tensors[0]?.shape[0])
    ? (tensors[0]?.shape[0] ?? null)
    : null;
  // Built for the shapes as they are; the leaves below have numbers where the shapes have none.
  const shapes = tensors.map((tensor) => tensor.shape);
  checkBatchSizes(layer, shapes);
  checkInputs(layer, shapes);
  layer.ensureBuilt(shapes);
  const run = (unknown: number) => {
    const values = tensors.map((tensor) => placeholder(tensor.name, tensor.shape, tensor.dtype, unknown));
    const root = rootContext(layer, {
      training: false,
      rows: ops.input("rows", [], "float32"),
      trace: new CallTrace(),
    });
    return withScope(layer.name, layer, () =>
      invoke(layer, inputs instanceof KerasTensor ? values[0]! : values, withOptions(root, layer, options, unknown)),
    );
  };
  const first = run(STAND_INS[0]);
  const certain = [...tensors, ...optionTensors(options)].every((tensor) =>
    tensor.shape.slice(1).every((dim) => dim !== null),
  );
  const second = certain ? first : run(STAND_INS[1]);
  const typeOf = (a: Value, b: Value): OutputType => ({ shape: mergedShape(a.shape, b.shape, batch), dtype: a.dtype });
  if (!isList(first)) return typeOf(first, second as Value);
  return first.map((value, i) => typeOf(value, (second as readonly Value[])[i]!));
}

/** As Keras: rows of several inputs belong to each other, so fixed numbers of them must agree. */
function checkBatchSizes(layer: CalledLayer, shapes: readonly Shape[]): void {
  const sizes = new Set(shapes.map(([rows]) => rows).filter((rows) => rows !== null && rows !== undefined));
  if (sizes.size <= 1) return;
  throw new ShapeError({
    code: "batch-sizes",
    what: `${layer.label} cannot take inputs of different batch sizes`,
    received: shapes.map(formatShape).join(" and "),
    expected: "one batch size",
    fix: "Give the Inputs one batchShape, or shapes without the batch",
    data: { layer: layer.name },
  });
}

function mergedShape(a: Dims, b: Dims, batch: number | null): Shape {
  return a.map((dim, axis) => {
    if (dim !== b[axis]) return null;
    if (dim >= 0) return dim;
    return batch === null ? null : -dim * batch;
  });
}

// A layer that is applied stands for itself, not for a layer inside a model.
function withOptions(root: CallContext, layer: CalledLayer, options: CallOptions, unknown: number): CallContext {
  if (Object.keys(options).length === 0) return root;
  const leaf = ({ name, shape, dtype }: KerasTensor) => placeholder(name, shape, dtype, unknown);
  return root.child(layer, mapTensorOptions(options, leaf));
}

const TRAINING = nullable(bool(false));
const AS_GIVEN: Field<unknown> = { default: null, parse: (value) => value };

/** Options of a call, checked against what the layer takes. */
export function checkCallOptions(layer: CalledLayer, options: CallOptions): void {
  const others = [...(layer.takesMask ? ["mask"] : []), ...layer.callOptions];
  const table: Record<string, Field<unknown>> = { training: TRAINING as Field<unknown> };
  for (const option of others) table[option] = AS_GIVEN;
  resolveOptions<Record<string, unknown>>(`A call of ${layer.label}`, table, options);
}
