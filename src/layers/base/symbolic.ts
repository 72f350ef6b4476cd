import { type DType, isFloat } from "../../core/dtype.js";
import { EngineError, ShapeError } from "../../core/errors.js";
import { bool, type Field, nullable, resolveOptions } from "../../core/options.js";
import { withScope } from "../../core/scope.js";
import { formatShape, type Shape } from "../../core/shape.js";
import type { Dims, GraphDType, Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext, CalledLayer } from "./call-context.js";
import { CallTrace, rootContext } from "./graph-context.js";
import { markFed } from "./host-stage.js";
import { checkInputs } from "./input-spec.js";
import { isList } from "./inputs.js";
import { invoke } from "./invoke.js";
import {
  type CallOptions,
  KerasTensor,
  type KnownDims,
  mapTensorOptions,
  type OutputType,
  optionTensors,
} from "./keras-tensor.js";

/** The dtype that a tensor of `dtype` has inside a graph. */
export function graphDType(dtype: DType): GraphDType {
  if (dtype === "bool") return "bool";
  if (isFloat(dtype)) return "float32";
  if (dtype !== "string") return "int32";
  throw new EngineError({
    code: "string-tensor",
    what: "Strings cannot be computed on",
    fix: "Put a layer in front that turns them into numbers: TextVectorization, StringLookup or Hashing",
  });
}

interface Leaf {
  readonly name: string;
  readonly dims: KnownDims;
  readonly dtype: DType;
}

/** A leaf with the shape of a Keras tensor; `unknown` stands in for dimensions other than the batch that are not known. */
export function placeholder({ name, dims, dtype }: Leaf, unknown: number): Value {
  return ops.input(
    name,
    dims.map((dim) => dim ?? unknown),
    graphDType(dtype),
  );
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
  const sizes = new Set(tensors.flatMap(rowsOf));
  const batch = sizes.size === 1 ? [...sizes][0]! : null;
  // Built for the shapes as they are; the leaves below have numbers where the shapes have none.
  const shapes = tensors.map((tensor) => tensor.shape);
  checkBatchSizes(layer, sizes, shapes);
  checkInputs(layer, shapes);
  layer.ensureBuilt(shapes);
  const stage = layer.hostStage;
  if (stage?.isWhole === true) return onlyOne(stage.types(tensors));
  const leaves = stage === null ? tensors : stage.types(tensors).map((type, i) => ({ ...type, ...leafOf(type, i) }));
  const single = stage === null ? inputs instanceof KerasTensor : leaves.length === 1;
  const run = (unknown: number) => {
    const values = leaves.map((leaf) => placeholder(leaf, unknown));
    if (stage !== null) values.forEach(markFed);
    const root = rootContext(layer, {
      training: false,
      rows: ops.input("rows", [], "float32"),
      trace: new CallTrace(),
    });
    return withScope(layer.name, layer, () =>
      invoke(layer, single ? values[0]! : values, withOptions(root, layer, options, unknown)),
    );
  };
  const first = run(STAND_INS[0]);
  const certain = [...leaves, ...optionTensors(options)].every((tensor) => tensor.dims.every((dim) => dim !== null));
  const second = certain ? first : run(STAND_INS[1]);
  const typeOf = (a: Value, b: Value): OutputType => {
    const dims = mergedDims(a.shape, b.shape);
    return { shape: shapeAt(dims, batch), dtype: a.dtype, dims };
  };
  if (!isList(first)) return typeOf(first, second as Value);
  return first.map((value, i) => typeOf(value, (second as readonly Value[])[i]!));
}

const onlyOne = (types: readonly OutputType[]): OutputType | readonly OutputType[] =>
  types.length === 1 ? types[0]! : types;

function leafOf({ shape, dims, dtype }: OutputType, i: number): Leaf {
  return { name: `fed${i}`, dims: dims ?? shape.map((dim, axis) => (axis === 0 ? -1 : dim)), dtype };
}

/** The rows of the batch that a tensor's shape fixes; the unknown ones are null. Nothing for a tensor without a batch. */
function rowsOf({ shape, dims }: KerasTensor): (number | null)[] {
  return dims.flatMap((dim, axis) => {
    const size = shape[axis]!;
    return dim === null || dim >= 0 ? [] : [size === null ? null : size / -dim];
  });
}

/** As Keras: rows of several inputs belong to each other, so fixed numbers of them must agree. */
function checkBatchSizes(layer: CalledLayer, sizes: ReadonlySet<number | null>, shapes: readonly Shape[]): void {
  if ([...sizes].filter((size) => size !== null).length <= 1) return;
  throw new ShapeError({
    code: "batch-sizes",
    what: `${layer.label} cannot take inputs of different batch sizes`,
    received: shapes.map(formatShape).join(" and "),
    expected: "one batch size",
    fix: "Give the Inputs one batchShape, or shapes without the batch",
    data: { layer: layer.name },
  });
}

/** What differs is not known, unless it is some multiple of the batch. */
function mergedDims(a: Dims, b: Dims): KnownDims {
  return a.map((dim, axis) => {
    if (dim === b[axis]) return dim;
    return dim < 0 ? -1 : null;
  });
}

function shapeAt(dims: KnownDims, batch: number | null): Shape {
  return dims.map((dim) => {
    if (dim === null || dim >= 0) return dim;
    return batch === null ? null : -dim * batch;
  });
}

// A layer that is applied stands for itself, not for a layer inside a model.
function withOptions(root: CallContext, layer: CalledLayer, options: CallOptions, unknown: number): CallContext {
  if (Object.keys(options).length === 0) return root;
  const leaf = (tensor: KerasTensor) => placeholder(tensor, unknown);
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
