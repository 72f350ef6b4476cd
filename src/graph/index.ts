export { apply, PRIMITIVES } from "./apply.js";
export { arrivals, grad, gradFrom } from "./autodiff.js";
export { type Build, build } from "./build.js";
export { type Exchanged, exchange } from "./exchange.js";
export { type GradientRule, withGradient } from "./gradient-rule.js";
export { guarded } from "./guarded.js";
export {
  type BatchEnvironment,
  type Environment,
  interpret,
  interpretPlan,
  type NumberArray,
} from "./interpreter/index.js";
export { mapOver } from "./map-over.js";
export { optimize } from "./passes/index.js";
export { type ComputeStage, isRowExchange, type Plan, placeOf, plan, type Stage, type SumStage } from "./plan.js";
export type { ConvAttrs, PoolAttrs, Primitive, PrimitiveAttrs, PrimitiveName, ResultType } from "./primitive.js";
export { print } from "./print.js";
export type { Spread } from "./row-rule.js";
export { type RowRange, rowsOfShard, treeSum } from "./shards.js";
export { type Recurrence, recur, type Stepped } from "./trace-step.js";
export { type Dims, dimAt, type GraphDType, type InputValue, shapeAt, type Value } from "./value.js";
export { verify } from "./verify.js";
export { reachable, usersOf } from "./walk.js";
