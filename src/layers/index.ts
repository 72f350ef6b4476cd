export type { Grouped, Structure } from "../core/grouped.js";
export * from "./aliases.js";
export type { CallContext, CalledLayer, CallValues } from "./base/call-context.js";
export { carriedStates } from "./base/carried-state.js";
export type { Ends, SymbolicOf, TensorsOf, ValuesOf } from "./base/ends.js";
export type { Given } from "./base/given.js";
export { CallTrace, type ContextOptions, rootContext } from "./base/graph-context.js";
export type { InputSpec } from "./base/input-spec.js";
export { type Inputs, isList, valuesOf } from "./base/inputs.js";
export {
  type CallOptions,
  flattenTensors,
  isKerasTensor,
  KerasTensor,
  mapTensorOptions,
  mapTensors,
  Node,
  type Tensors,
} from "./base/keras-tensor.js";
export { Lambda, type LambdaFunction, type LambdaOptions, type LambdaShape } from "./base/lambda.js";
export {
  type AnyLayer,
  type ConfigStyle,
  Layer,
  type LayerClass,
  type LayerReading,
  type Resolve,
} from "./base/layer.js";
export type { WeightOptions } from "./base/make-weight.js";
export type { Mask, Masked } from "./base/masks.js";
export { copyLayer, deserialize, isBuiltIn, markBuiltIn, serialize } from "./base/serialize.js";
export { graphDType } from "./base/symbolic.js";
export { TableLayer } from "./base/table-layer.js";
export type { LayerTraits } from "./base/traits.js";
export { withWeightBudget } from "./base/weight-budget.js";
export { Wrapper, type WrapperSettings } from "./base/wrapper.js";
export * from "./catalogue.js";
export type { ConvOptions } from "./convolution/conv.js";
export type { ConvTransposeOptions } from "./convolution/conv-transpose.js";
export type { DepthwiseOptions } from "./convolution/depthwise-conv.js";
export type { SeparableOptions } from "./convolution/separable-conv.js";
export type { InputOptions } from "./core/input-layer.js";
export { register, resolveLayer } from "./get.js";
export { add, average, concatenate, dot, maximum, minimum, multiply, subtract } from "./merging/functional.js";
export type { DataFormat } from "./options/data-format.js";
export type { LayerOptions } from "./options/layer-options.js";
export type { GlobalPoolOptions } from "./pooling/global-pooling.js";
export type { PoolOptions } from "./pooling/pooling.js";
export type { Cell, StateSize } from "./rnn/recurrent-cell.js";
