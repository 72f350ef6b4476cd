export { apply, PRIMITIVES } from "./apply.js";
export { grad, gradFrom } from "./autodiff.js";
export { type Build, build } from "./build.js";
export { type Environment, interpret, type NumberArray } from "./interpreter/index.js";
export type { ComputeStage, OneShardReason, Plan, Stage, SumStage } from "./plan.js";
export type { ConvAttrs, PoolAttrs, Primitive, PrimitiveAttrs, PrimitiveName, ResultType } from "./primitive.js";
export { type Dims, dimAt, type GraphDType, type InputValue, shapeAt, type Value } from "./value.js";
