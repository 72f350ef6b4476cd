//#region src/core/dtype.d.ts
/** Element types of a {@link Tensor}. float16 and bfloat16 are for storage only; strings stay on the host. */
type DType = "bool" | "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float16" | "bfloat16" | "float32" | "float64" | "string";
/** The array that holds elements of each dtype. float16 and bfloat16 are kept as their 16 bits. */
interface DTypeArrays {
  bool: Uint8Array;
  int8: Int8Array;
  uint8: Uint8Array;
  int16: Int16Array;
  uint16: Uint16Array;
  int32: Int32Array;
  uint32: Uint32Array;
  int64: BigInt64Array;
  uint64: BigUint64Array;
  float16: Uint16Array;
  bfloat16: Uint16Array;
  float32: Float32Array;
  float64: Float64Array;
  string: string[];
}
/** Any array that can back a tensor. */
type TensorData = DTypeArrays[DType];
//#endregion
//#region src/core/shape.d.ts
/** A user's shape: `null` is a dimension that is only known when data comes (the batch). */
type Shape = readonly (number | null)[];
/** A shape of which every dimension is known. */
type StaticShape = readonly number[];
//#endregion
//#region src/core/tensor.d.ts
/** Anything with data, shape and dtype is a tensor; no class is asked for. */
interface TensorLike {
  readonly data: ArrayLike<number> | ArrayLike<bigint> | readonly string[];
  readonly shape: StaticShape;
  readonly dtype?: DType;
}
/** Nested arrays of numbers, e.g. `[[1, 2], [3, 4]]`. */
type NestedNumbers = number | readonly NestedNumbers[];
/** A dense, row-major array on the host. It is yours: never a view of memory that training goes on writing. */
declare class Tensor {
  readonly data: TensorData;
  readonly shape: StaticShape;
  readonly dtype: DType;
  /**
  * @param data row-major elements, kept as they are when they already have the array type of `dtype`
  * @param shape defaults to one dimension
  * @param dtype defaults to that of the typed array; number[] and Float64Array become float32
  * @throws {ShapeError} when the number of elements does not fit the shape
  */
  constructor(data: TensorLike["data"], shape?: StaticShape, dtype?: DType);
  get size(): number;
  get byteLength(): number;
  static zeros(shape: StaticShape, dtype?: DType): Tensor;
  static full(shape: StaticShape, value: number, dtype?: DType): Tensor;
  static scalar(value: number, dtype?: DType): Tensor;
  /** From nested arrays, a typed array or any object with data and shape. */
  static from(value: NestedNumbers | TensorLike | ArrayBufferView, dtype?: DType): Tensor;
  cast(dtype: DType): Tensor;
  reshape(shape: StaticShape): Tensor;
  clone(): Tensor;
  /** Rows `start … end - 1` of the first axis, copied. */
  slice(start: number, end: number): Tensor;
  /** Elements as nested arrays of numbers (int64 too), in the tensor's shape; a scalar gives a number. */
  tolist(): NestedNumbers;
  /** The only element of a tensor of one element. */
  item(): number;
}
//#endregion
//#region src/graph/primitive.d.ts
/** Spatial parameters of convolutions, channels first: x (N, C, *spatial), kernel (out, in / groups, *spatial). */
interface ConvAttrs {
  readonly strides: readonly number[];
  /** Zeros before and after, an entry a spatial axis. */
  readonly padding: readonly (readonly [number, number])[];
  readonly dilations: readonly number[];
  readonly groups: number;
}
/** Windows of poolings, channels first. Padding never wins a maximum and adds nothing to a sum. */
interface PoolAttrs {
  readonly window: readonly number[];
  readonly strides: readonly number[];
  readonly padding: readonly (readonly [number, number])[];
}
type None = Readonly<Record<string, never>>;
interface Axes {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}
interface Axis {
  readonly axis: number;
}
/**
* All primitives and their attributes: the whole instruction set. Binary ones broadcast as NumPy does. Each has a file
* in primitives/ (shape rule and gradient), a rule in the interpreter (its meaning) and one in each engine.
*/
interface PrimitiveAttrs {
  /** Fed from outside. `name` is for people; identity is the value itself. */
  input: {
    readonly name: string;
    readonly shape: Dims;
    readonly dtype: GraphDType;
  };
  constant: {
    readonly tensor: Tensor;
  };
  /**
  * Philox 4x32-10 numbers for (seed, stream, iteration), element by element of the whole batch in row-major order:
  * "uniform" in [0, 1) with 24 bits, "normal" by rational inverse CDF (core/normal.ts). Seed and iteration come with
  * each run. Only the first axis can be the batch.
  */
  random: {
    readonly stream: number;
    readonly distribution: "uniform" | "normal";
    readonly shape: Dims;
  };
  neg: None;
  abs: None;
  sign: None;
  exp: None;
  log: None;
  sqrt: None;
  sin: None;
  cos: None;
  tanh: None;
  erf: None;
  sigmoid: None;
  softplus: None;
  relu: None;
  floor: None;
  /** Half to even. */
  round: None;
  /** bool -> bool */
  not: None;
  /** float32 -> bool */
  isNan: None;
  cast: {
    readonly dtype: GraphDType;
  };
  /** Itself, and no gradient flows back. */
  stopGradient: None;
  add: None;
  sub: None;
  mul: None;
  /** For int32 truncates towards zero. */
  div: None;
  pow: None;
  maximum: None;
  minimum: None;
  /** Remainder with the sign of the divisor, as Python's %. */
  mod: None;
  /** -> bool */
  equal: None;
  greater: None;
  greaterEqual: None;
  and: None;
  or: None;
  /** (bool condition, a, b), broadcasting */
  where: None;
  reshape: {
    readonly shape: Dims;
  };
  transpose: {
    readonly perm: readonly number[];
  };
  broadcast: {
    readonly shape: Dims;
  };
  /** A range along one axis: start <= index < end, step >= 1. Never the batch axis. */
  slice: Axis & {
    readonly start: number;
    readonly end: number;
    readonly step: number;
  };
  /** `before` and `after` an entry an axis. */
  pad: {
    readonly before: readonly number[];
    readonly after: readonly number[];
    readonly value: number;
  };
  concat: Axis;
  reverse: Axis;
  sum: Axes;
  max: Axes;
  /** -> int32, first of equals, axis removed. */
  argmax: Axis;
  cumsum: Axis & {
    readonly exclusive: boolean;
    readonly reverse: boolean;
  };
  /** Values in descending order. Has no gradient: use it under stopGradient. */
  sortDescending: Axis;
  softmax: Axis;
  logSoftmax: Axis;
  /** (table (R, ...rest), int32 ids (...i)) -> (...i, ...rest) */
  gather: None;
  /** (int32 ids (...i), updates (...i, ...rest)) -> (rows, ...rest); equal ids add up in row-major order. */
  scatterAdd: {
    readonly rows: number;
  };
  /** (x (...i, C), int32 ids (...i)) -> (...i): the element of each last axis that its id names. */
  take: None;
  /** Batched over leading axes with broadcasting, as NumPy's matmul for operands of rank >= 2. */
  matmul: {
    readonly transposeA: boolean;
    readonly transposeB: boolean;
  };
  /** (x, kernel) -> y */
  conv: ConvAttrs;
  /** (dy, kernel) -> dx; `spatial` is x's. */
  convInput: ConvAttrs & {
    readonly spatial: readonly number[];
  };
  /** (x, dy) -> dkernel, summed over the batch; `spatial` is the kernel's. */
  convKernel: ConvAttrs & {
    readonly spatial: readonly number[];
  };
  /** x -> (positions of the window * channels, rows * outputs): what each position of a convolution's kernel sees. */
  patches: Omit<ConvAttrs, "groups"> & {
    readonly window: readonly number[];
  };
  maxPool: PoolAttrs;
  /** (x, y, dy) -> dx; the first maximum of a window, in row-major order, gets it. */
  maxPoolGrad: PoolAttrs;
  /** Sum over each window. */
  sumPool: PoolAttrs;
  /** dy -> dx; `spatial` is x's. */
  sumPoolGrad: PoolAttrs & {
    readonly spatial: readonly number[];
  };
  /** Sum over the shards of a batch in a fixed binary tree; identity for one shard. Its gradient is itself. */
  allSum: None;
}
type PrimitiveName = keyof PrimitiveAttrs;
//#endregion
//#region src/graph/value.d.ts
/** Element types of values inside a graph. Other dtypes are cast on the host before they are fed. */
type GraphDType = "float32" | "int32" | "bool";
/**
* Dimensions of a value. A negative number -k stands for k times the rows of the batch (of the shard, when a batch is
* computed in shards), so one graph serves every batch size: -1 is the batch axis, -28 what reshaping (-1, 28) to one
* axis gives. At most one dimension of a shape is negative. Products work as they are: -1 * 28 = -28.
*/
type Dims = readonly number[];
/**
* A node of the graph and its result. Values are immutable and made only through primitives; a graph is nothing but
* the values that its outputs reach.
*/
interface Value<P extends PrimitiveName = PrimitiveName> {
  /** Rises in the order of creation, so inputs always have smaller ids than their users. */
  readonly id: number;
  readonly op: P;
  readonly inputs: readonly Value[];
  readonly attrs: PrimitiveAttrs[P];
  readonly shape: Dims;
  readonly dtype: GraphDType;
}
/** A leaf that is fed from outside: data, a scalar, or a variable's present value. */
type InputValue = Value<"input">;
//#endregion
//#region src/activations/celu.d.ts
interface CeluOptions {
  /** Default 1. */
  alpha?: number;
}
/** max(x, 0) + min(0, alpha (exp(x / alpha) - 1)). Barron 2017, arXiv:1704.07483. */
declare function celu(x: Value, {
  alpha
}?: CeluOptions): Value;
//#endregion
//#region src/activations/elu.d.ts
interface EluOptions {
  /** Default 1. */
  alpha?: number;
}
/** x above 0, alpha (exp(x) - 1) below. Clevert et al. 2016, arXiv:1511.07289. */
declare function elu(x: Value, {
  alpha
}?: EluOptions): Value;
//#endregion
//#region src/activations/exponential.d.ts
/** exp(x). */
declare function exponential(x: Value): Value;
//#endregion
//#region src/activations/gelu.d.ts
interface GeluOptions {
  /** Use the tanh formula. Default false. */
  approximate?: boolean;
}
/** x Phi(x), exactly or by the tanh formula. Hendrycks and Gimpel 2016, arXiv:1606.08415. */
declare function gelu(x: Value, {
  approximate
}?: GeluOptions): Value;
//#endregion
//#region src/activations/glu.d.ts
interface GluOptions {
  /** Axis that is cut in two; negative ones count from the end. Default -1. */
  axis?: number;
}
/**
* a sigmoid(b), where a and b are the halves of x along the axis. Dauphin et al. 2017, arXiv:1612.08083.
* @throws {ShapeError} when the axis has an odd size
*/
declare function glu(x: Value, {
  axis
}?: GluOptions): Value;
//#endregion
//#region src/activations/hard-shrink.d.ts
interface HardShrinkOptions {
  /** Default 0.5. */
  threshold?: number;
}
/** x where |x| > threshold, 0 elsewhere. */
declare function hardShrink(x: Value, {
  threshold
}?: HardShrinkOptions): Value;
//#endregion
//#region src/activations/hard-sigmoid.d.ts
/** relu6(x + 3) / 6. */
declare function hardSigmoid(x: Value): Value;
//#endregion
//#region src/activations/hard-silu.d.ts
/** x hard_sigmoid(x), also called hard swish. Howard et al. 2019, arXiv:1905.02244. */
declare function hardSilu(x: Value): Value;
//#endregion
//#region src/activations/hard-tanh.d.ts
/** x clipped to [-1, 1]. */
declare function hardTanh(x: Value): Value;
//#endregion
//#region src/activations/leaky-relu.d.ts
interface LeakyReluOptions {
  /** Default 0.2. */
  negativeSlope?: number;
}
/** x from 0 upwards, negative_slope x below. */
declare function leakyRelu(x: Value, {
  negativeSlope
}?: LeakyReluOptions): Value;
//#endregion
//#region src/activations/linear.d.ts
/** x itself. */
declare function linear(x: Value): Value;
//#endregion
//#region src/activations/log-sigmoid.d.ts
/** log(sigmoid(x)). */
declare function logSigmoid(x: Value): Value;
//#endregion
//#region src/activations/softmax.d.ts
interface SoftmaxOptions$1 {
  /** Axis along which the results add up to 1; negative ones count from the end. Default -1. */
  axis?: number;
}
/** exp(x) / sum(exp(x)) along an axis. */
declare function softmax$1(x: Value, {
  axis
}?: SoftmaxOptions$1): Value;
//#endregion
//#region src/activations/log-softmax.d.ts
/** log(softmax(x)) along an axis. */
declare function logSoftmax$1(x: Value, {
  axis
}?: SoftmaxOptions$1): Value;
//#endregion
//#region src/activations/mish.d.ts
/** x tanh(softplus(x)). Misra 2019, arXiv:1908.08681. */
declare function mish(x: Value): Value;
//#endregion
//#region src/activations/relu.d.ts
interface ReluOptions {
  /** Slope below the threshold. Default 0. */
  negativeSlope?: number;
  /** Upper bound, or null. Default null. */
  maxValue?: number | null;
  /** Where the function starts to pass x. Default 0. */
  threshold?: number;
}
/** max(x, 0); with options: bounded above, with another threshold, with a slope below it. */
declare function relu$1(x: Value, {
  negativeSlope,
  maxValue,
  threshold
}?: ReluOptions): Value;
//#endregion
//#region src/activations/relu6.d.ts
/** min(max(x, 0), 6). */
declare function relu6(x: Value): Value;
//#endregion
//#region src/activations/selu.d.ts
/** scale elu(x, alpha), with the constants that keep mean 0 and variance 1. Klambauer et al. 2017, arXiv:1706.02515. */
declare function selu(x: Value): Value;
//#endregion
//#region src/activations/sigmoid.d.ts
/** 1 / (1 + exp(-x)). */
declare function sigmoid$1(x: Value): Value;
//#endregion
//#region src/activations/silu.d.ts
/** x sigmoid(x), also called swish. Ramachandran et al. 2017, arXiv:1710.05941. */
declare function silu(x: Value): Value;
//#endregion
//#region src/activations/soft-shrink.d.ts
interface SoftShrinkOptions {
  /** Default 0.5. */
  threshold?: number;
}
/** x moved towards 0 by the threshold, 0 within it. */
declare function softShrink(x: Value, {
  threshold
}?: SoftShrinkOptions): Value;
//#endregion
//#region src/activations/softplus.d.ts
/** log(1 + exp(x)). */
declare function softplus$1(x: Value): Value;
//#endregion
//#region src/activations/softsign.d.ts
/** x / (1 + |x|). */
declare function softsign(x: Value): Value;
//#endregion
//#region src/activations/sparse-plus.d.ts
/** 0 up to -1, x from 1 on, (x + 1)² / 4 between. */
declare function sparsePlus(x: Value): Value;
//#endregion
//#region src/activations/sparse-sigmoid.d.ts
/** 0 up to -1, 1 from 1 on, (x + 1) / 2 between. */
declare function sparseSigmoid(x: Value): Value;
//#endregion
//#region src/activations/sparsemax.d.ts
/**
* Keras's sparsemax along an axis: max(x - tau, 0), where tau = (sum of the cumulative sums of the support - 1) / size of
* the support. Of Martins and Astudillo 2016 (arXiv:1602.02068) it differs when the support has several elements: there
* the last cumulative sum alone is meant. Every backend of Keras computes it so, and models must predict the same here.
*
* Needs memory for the square of the axis's size.
* @throws {ShapeError} along the batch axis
*/
declare function sparsemax(x: Value, {
  axis
}?: SoftmaxOptions$1): Value;
//#endregion
//#region src/activations/squareplus.d.ts
interface SquareplusOptions {
  /** Smoothness. Default 4. */
  b?: number;
}
/** (x + sqrt(x² + b)) / 2. Barron 2021, arXiv:2112.11687. */
declare function squareplus(x: Value, {
  b
}?: SquareplusOptions): Value;
//#endregion
//#region src/activations/tanh.d.ts
/** (exp(x) - exp(-x)) / (exp(x) + exp(-x)). */
declare function tanh$1(x: Value): Value;
//#endregion
//#region src/activations/tanh-shrink.d.ts
/** x - tanh(x). */
declare function tanhShrink(x: Value): Value;
//#endregion
//#region src/activations/threshold.d.ts
interface ThresholdOptions {
  threshold: number;
  /** What stands where x is not above the threshold. */
  defaultValue: number;
}
/**
* x above the threshold, `defaultValue` elsewhere.
* @throws {OptionError} without options: there are no defaults, so the bare name is no activation
*/
declare function threshold$1(x: Value, options?: ThresholdOptions): Value;
declare namespace catalogue_d_exports$6 {
  export { celu, elu, exponential, gelu, glu, hardShrink as hard_shrink, hardSigmoid as hard_sigmoid, hardSilu as hard_silu, hardSilu as hard_swish, hardTanh as hard_tanh, leakyRelu as leaky_relu, linear, logSigmoid as log_sigmoid, logSoftmax$1 as log_softmax, mish, relu$1 as relu, relu6, selu, sigmoid$1 as sigmoid, silu, softShrink as soft_shrink, softmax$1 as softmax, softplus$1 as softplus, softsign, sparsePlus as sparse_plus, sparseSigmoid as sparse_sigmoid, sparsemax, squareplus, silu as swish, tanh$1 as tanh, tanhShrink as tanh_shrink, threshold$1 as threshold };
}
//#endregion
//#region src/core/class-names.d.ts
type IsCapital<C extends string> = C extends Lowercase<C> ? false : true;
type IsSmall<C extends string> = C extends Uppercase<C> ? false : true;
/** What goes before a character of a class name: see `snakeCase` in names.ts, which this follows. */
type Gap<Before extends string, C extends string, Rest extends string> = Before extends "" ? "" : IsCapital<C> extends false ? "" : IsSmall<Before> extends true ? "_" : Rest extends `${infer Next}${string}` ? IsSmall<Next> extends true ? "_" : "" : "";
/** Keras's snake case of a class name, as a type: `KLDivergence` -> `kl_divergence`. */
type SnakeCase<S extends string, Before extends string = ""> = S extends `${infer C}${infer Rest}` ? `${Gap<Before, C, Rest>}${Lowercase<C>}${SnakeCase<Rest, C>}` : "";
/** The names that strings may have for classes exported under `Name`: the class's own, and its snake case. */
type ClassNames<Name> = Name extends string ? Name | SnakeCase<Name> : never;
/** The full name of something registered, as files have it too: `package>Name`, where the package is "Custom" by default. */
type RegisteredName = `${string}>${string}`;
//#endregion
//#region src/core/stateful.d.ts
/** Plain data that survives JSON. Non-finite numbers are written as the strings "NaN", "Infinity", "-Infinity". */
type Json = null | boolean | number | string | readonly Json[] | {
  readonly [key: string]: Json;
};
/** A piece of training state: plain data, and tensors by name. */
interface StateValue {
  readonly json: Json;
  readonly tensors: Readonly<Record<string, Tensor>>;
}
/** Whatever outlives a step and changes declares itself: saving copies the value, resuming sets it. */
interface Stateful {
  getState(): StateValue | Promise<StateValue>;
  setState(value: StateValue): void | Promise<void>;
}
//#endregion
//#region src/activations/get.d.ts
/** An element-wise (or axis-wise) function of a layer's output. */
type Activation$1 = (x: Value) => Value;
/** The names that Keras has for activations. */
type ActivationName = keyof typeof catalogue_d_exports$6;
/** What options take: a name (a registered one as `package>name`), a function, or null for none. */
type ActivationIdentifier = ActivationName | RegisteredName | Activation$1 | null;
/**
* The function that an identifier names.
* @param where for messages, e.g. "Dense.activation"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
declare function get$6(identifier: ActivationIdentifier | string | {
  readonly [key: string]: Json;
}, where?: string): Activation$1;
/**
* The name that files have for an activation: Keras's own, or `Custom>name` for a registered one.
* @throws {OptionError} for a function that nobody registered
*/
declare function serialize$8(activation: Activation$1): string;
/** The function that a file's name (or Keras's dictionary for a function) stands for. */
declare function deserialize$8(json: Json, where?: string): Activation$1;
/** Makes a function of your own known by a name, so that files can name it. */
declare function register$8(name: string, activation: Activation$1, packageName?: string): Activation$1;
declare namespace index_d_exports {
  export { Activation$1 as Activation, ActivationIdentifier, ActivationName, celu, deserialize$8 as deserialize, elu, exponential, gelu, get$6 as get, glu, hardShrink as hard_shrink, hardSigmoid as hard_sigmoid, hardSilu as hard_silu, hardSilu as hard_swish, hardTanh as hard_tanh, leakyRelu as leaky_relu, linear, logSigmoid as log_sigmoid, logSoftmax$1 as log_softmax, mish, register$8 as register, relu$1 as relu, relu6, selu, serialize$8 as serialize, sigmoid$1 as sigmoid, silu, softShrink as soft_shrink, softmax$1 as softmax, softplus$1 as softplus, softsign, sparsePlus as sparse_plus, sparseSigmoid as sparse_sigmoid, sparsemax, squareplus, silu as swish, tanh$1 as tanh, tanhShrink as tanh_shrink, threshold$1 as threshold };
}
//#endregion
//#region src/training/arrays.d.ts
/** One array of data: nested arrays of numbers, a typed array (one dimension), or anything with data and shape. */
type ArrayLikeData = NestedNumbers | TensorLike | ArrayBufferView;
/** Arrays for several inputs or outputs: a list in the model's order, or an object by name. */
type TensorsLike = ArrayLikeData | readonly (ArrayLikeData | null)[] | {
  readonly [name: string]: ArrayLikeData | null;
};
//#endregion
//#region src/core/vfs.d.ts
/**
* The file operations that Pawl needs, and all that it uses: a disk, a memory, a browser's private file system or a
* faulty disk in a test look the same. Paths use "/" and are relative to nothing in particular.
* Failures are errors with Node's `code` (ENOENT, ENOSPC, EACCES, …).
*/
interface Vfs {
  readFile(path: string): Promise<Uint8Array>;
  /** Bytes `start … start + length - 1`; fewer at the end of the file. */
  readRange(path: string, start: number, length: number): Promise<Uint8Array>;
  /** Creates or replaces the file, not durable before {@link fsync}. */
  writeFile(path: string, bytes: Uint8Array | readonly Uint8Array[]): Promise<void>;
  appendFile(path: string, bytes: Uint8Array): Promise<void>;
  truncate(path: string, length: number): Promise<void>;
  /** Forces the file's bytes to the disk. */
  fsync(path: string): Promise<void>;
  /** Forces the folder's entries to the disk (nothing on Windows). */
  fsyncFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  remove(path: string): Promise<void>;
  makeFolder(path: string): Promise<void>;
  /** Names in the folder, sorted. */
  list(path: string): Promise<string[]>;
  /** Undefined when there is nothing at the path. */
  stat(path: string): Promise<FileStat | undefined>;
  /** Creates the file only if it does not exist (EEXIST otherwise). Others may see it before all bytes are in it. */
  createExclusive(path: string, bytes: Uint8Array): Promise<void>;
  /**
  * Gives the file a second name, only if that name is free (EEXIST otherwise): whoever sees it sees all bytes. File
  * systems without hard links say EPERM, ENOTSUP or ENOSYS.
  */
  link(from: string, to: string): Promise<void>;
}
interface FileStat {
  readonly kind: "file" | "folder" | "other";
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modified: number;
}
//#endregion
//#region src/core/errors.d.ts
/** What every Pawl error is made of; the message is put together from it in one place. */
interface ErrorParts {
  /** Stable identifier, listed in docs/errors.md, e.g. "unknown-option". */
  readonly code: string;
  /** What happened and where, e.g. `Dense "dense_1" has no option "unit"`. */
  readonly what: string;
  /** What was received and what would have been right. */
  readonly received?: string;
  readonly expected?: string;
  /** How to mend it. */
  readonly fix?: string;
  /** Machine-readable details. */
  readonly data?: Readonly<Record<string, unknown>>;
  readonly cause?: unknown;
}
/** Base of all errors that Pawl throws. */
declare class PawlError extends Error {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;
  constructor(parts: ErrorParts);
}
/** An option, argument or name that Pawl does not know or cannot use. */
declare class OptionError extends PawlError {}
/** Shapes or dtypes that do not fit each other. */
declare class ShapeError extends PawlError {}
/** An operation that the present state does not allow (not compiled, not built, torn). */
declare class StateError extends PawlError {}
/** A file that is damaged, hostile, missing or of another kind. */
declare class FormatError extends PawlError {}
/** The engine could not load, compile or run. */
declare class EngineError extends PawlError {}
declare namespace options_d_exports {
  export { Field, Fields, Resolved, bool, float, int, ints, nullable, oneOf, optionsFromConfig, optionsToConfig, resolveOptions, text, wrongOption };
}
/**
* One option of a class, declared once: its default, its check, its spelling and its form on disk. Everything else
* (unknown-option errors, getConfig, fromConfig) follows from the table.
*/
interface Field<T> {
  /** Absent: the option is required. */
  readonly default?: T;
  /** Keras's name when it is not the snake case of ours, e.g. "beta_1". */
  readonly keras?: string;
  /** Turns what a user (or a file) gave into the value, or throws an OptionError. `where` is e.g. `Dense.units`. */
  readonly parse: (value: unknown, where: string) => T;
  /** The value as Keras's config has it. Default: the value itself. */
  readonly toConfig?: (value: T) => Json;
  /** The value from Keras's config. Default: `parse`. */
  readonly fromConfig?: (json: Json, where: string) => T;
  /** Not written to the config (e.g. a runtime-only option). */
  readonly transient?: boolean;
}
/** The table of all options of a class; TypeScript refuses a table in which an option is missing. */
type Fields<O> = { readonly [K in keyof Required<O>]-?: Field<Exclude<Required<O>[K], never>> };
/** Options with every default filled in. */
type Resolved<O> = { readonly [K in keyof O]-?: Exclude<O[K], undefined> };
/**
* Checks `options` against the table and fills in the defaults.
* @throws {OptionError} for an unknown, missing or wrong option
*/
declare function resolveOptions<O extends object>(owner: string, fields: Fields<O>, options: O | undefined): Resolved<O>;
/** The options in Keras's spelling, as they are written to files. */
declare function optionsToConfig<O extends object>(fields: Fields<O>, options: Resolved<O>): Record<string, Json>;
/**
* Options from a Keras config. Keys that the table does not have are handed to `unknown` (default: ignored), since
* newer and older Keras versions write keys that mean nothing to us.
*/
declare function optionsFromConfig<O extends object>(owner: string, fields: Fields<O>, config: {
  readonly [key: string]: Json;
}, unknown?: (key: string, value: Json) => void): O;
/** The OptionError for a value that is not what the option takes. */
declare function wrongOption(where: string, expected: string, received: unknown, fix?: string): OptionError;
interface Range {
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
}
type Extra<T> = Partial<Omit<Field<T>, "parse">>;
declare function int(range?: Range, extra?: Extra<number>): Field<number>;
declare function float(range?: Range, extra?: Extra<number>): Field<number>;
declare function bool(value: boolean, extra?: Extra<boolean>): Field<boolean>;
declare function text(extra?: Extra<string>): Field<string>;
/** One of a few strings, spelled as in Keras. */
declare function oneOf<const T extends string>(choices: readonly T[], extra?: Extra<T>): Field<T>;
/** The field, or null (the default). */
declare function nullable<T>(field: Field<T>, extra?: Extra<T | null>): Field<T | null>;
/** A list of `length` integers, or one integer that stands for all of them. */
declare function ints(length: number, range?: Range, extra?: Extra<readonly number[]>): Field<readonly number[]>;
//#endregion
//#region src/training/keep-options.d.ts
/** Which checkpoints are kept: all that any of the entries asks for, and always the newest with finite numbers. */
interface KeepOptions {
  /** The newest so many. Default 2. */
  readonly last?: number;
  /** The best so many by `monitor`. Default 0. */
  readonly best?: number;
  /** Key of the logs that tells which are best. Default "val_loss". */
  readonly monitor?: string;
  /** Which way is better. Default "auto": as the metric has it. */
  readonly mode?: "auto" | "min" | "max";
  /** Every n-th of those ever written. Default null: none. */
  readonly every?: number | null;
  /** Those written in the last so many seconds. Default null: none. */
  readonly seconds?: number | null;
  /** Those that were written after these training steps. */
  readonly pinned?: readonly number[];
  /** Together they should need no more bytes than this: the oldest go first. Default null: no limit. */
  readonly bytes?: number | null;
}
type ResolvedKeep = Resolved<KeepOptions>;
//#endregion
//#region src/training/run-options.d.ts
/** When a run's state is saved. */
interface SaveEvery {
  /** At the end of every so many epochs. Default 1; null: not for that reason. */
  readonly epochs?: number | null;
  /** Also after every so many steps. */
  readonly steps?: number | null;
  /** Also when so many seconds have gone by since the last save; "auto": so seldom that saving costs less than 1 %. */
  readonly seconds?: number | "auto" | null;
}
/** A folder that makes a training durable. */
interface RunOptions {
  readonly dir: string;
  /**
  * How often the state is saved; at the end it always is. Default: at the end of each epoch. "auto": at any step, so
  * seldom that saving costs less than 1 % of the time.
  */
  readonly every?: "auto" | SaveEvery;
  /** Checkpoints that are kept: the last so many, or more rules. Default 2. */
  readonly keep?: number | KeepOptions;
  /**
  * What to do when the folder belongs to a training that differs in what its results depend on. "refuse" (default):
  * a StateError that lists the differences. "accept": go on with the new arguments. "fork": the same, in a folder
  * beside it, named after the step.
  */
  readonly onChange?: "refuse" | "accept" | "fork";
}
interface ResolvedRun {
  readonly dir: string;
  readonly every: Required<SaveEvery>;
  readonly keep: ResolvedKeep;
  readonly onChange: "refuse" | "accept" | "fork";
  /** Whether a training that ends well leaves no checkpoints behind. */
  readonly deleteAtEnd: boolean;
}
//#endregion
//#region src/training/callback.d.ts
/**
* Logs of a batch or an epoch: "loss", metrics, and "val_…" after validation. Hooks share one object and may add keys,
* which then appear in the history.
*/
type Logs = Record<string, number>;
/** A key that the logs of a training have. */
interface LogKey {
  /** e.g. "val_loss", "out_accuracy". */
  readonly key: string;
  /** Which way is better; null where neither is (a plain Mean, a Sum). */
  readonly direction: "min" | "max" | null;
  /** Whether logs of batches have it too (keys of validation do not). */
  readonly batch: boolean;
}
/** What a training is going to do; given to every callback before the first hook. */
interface CallbackParams {
  /** Number of the last epoch, as in `fit`. */
  readonly epochs: number;
  /** Zero-based epoch that this call starts with. */
  readonly initialEpoch: number;
  /** Batches an epoch; null when only the end of the data will tell. */
  readonly steps: number | null;
  readonly verbose: 0 | 1 | 2;
  /** All keys that the logs will have, with what the callbacks of this call add ({@link withAddedLogs}). */
  readonly logs: readonly LogKey[];
  /** Whether other keys may turn up, because some callback may add them. */
  readonly logsMayGrow: boolean;
}
/** A file that a callback wants to be written. The loop saves one snapshot when every hook of the event has run. */
interface SaveRequest {
  readonly path: string;
  readonly weightsOnly: boolean;
  /** False: a file that is there already is an error. A callback asks for true on files it wrote itself. */
  readonly overwrite: boolean;
  /** False: the training waits until the file is durable. */
  readonly async: boolean;
  /** Called when the file is durable. */
  readonly saved?: () => void | Promise<void>;
}
/** What a hook can ask of the loop. */
interface CallbackContext {
  /** Asks for a save at the coming cut. Allowed in onTrainBatchEnd, onEpochEnd and onTrainEnd. */
  requestSave(request: SaveRequest): void;
  /** Resolves when every save requested at earlier cuts is durable. */
  flush(): Promise<void>;
  /** Prints text as it is, in order with the progress output; the caller adds line ends. */
  print(text: string): void;
  /** Reports something the user should know, once per text. */
  warn(text: string): void;
  /** Where files of callbacks live. */
  readonly files: Vfs;
  /** Not null when this training goes on from saved state; `epoch` is the zero-based one it goes on with. */
  readonly resumed: {
    readonly epoch: number;
  } | null;
}
/** The learning rate as callbacks see it. */
interface LearningRateHandle {
  numpy(): number;
  assign(value: number): void;
}
/** As much of an optimizer as callbacks need. */
interface TrainingOptimizer {
  readonly name: string;
  readonly learningRate: LearningRateHandle;
  /** True when a schedule computes the rate, so that nobody can assign it. */
  readonly hasSchedule: boolean;
}
/** As much of a model as callbacks need. */
interface TrainingModel {
  readonly name: string;
  /** Set to true in a hook: the training ends after the hooks of this epoch (validation still runs). */
  stopTraining: boolean;
  readonly optimizer: TrainingOptimizer;
  /** Copies of all weights in Keras's order. */
  getWeights(): Promise<Tensor[]>;
  setWeights(weights: readonly Tensor[]): Promise<void>;
}
type Done = void | Promise<void>;
/**
* Base of all callbacks: override the hooks you need. Hooks may be async and are awaited, in the order of the list.
*
* What a callback remembers between hooks belongs in its state (`getState`, `setState`), then it survives a resume. A
* training that resumes runs `onTrainBegin` first and then `setState`.
* @typeParam M what `this.model` is
*/
declare class Callback<M extends TrainingModel = TrainingModel> implements Stateful {
  #private;
  /**
  * Keys that this callback adds to the logs of epochs; null (the default) when it may add any. Monitors are checked
  * against them before training.
  */
  readonly addsLogs: readonly string[] | null;
  /**
  * True for callbacks that only watch or save: the training is the same without them, so a resume need not tell that
  * their saved state found no taker.
  */
  readonly watchesOnly: boolean;
  /** Not null on a callback that makes the training durable in a folder, as `run` does. */
  readonly durable: ResolvedRun | null;
  /** The model in training. Only valid inside hooks. */
  get model(): M;
  get params(): CallbackParams;
  setModel(model: M): void;
  setParams(params: CallbackParams): void;
  getState(): StateValue | Promise<StateValue>;
  setState(_state: StateValue): Done;
  onTrainBegin(_logs: Logs, _context: CallbackContext): Done;
  onTrainEnd(_logs: Logs, _context: CallbackContext): Done;
  onEpochBegin(_epoch: number, _logs: Logs, _context: CallbackContext): Done;
  onEpochEnd(_epoch: number, _logs: Logs, _context: CallbackContext): Done;
  onTrainBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): Done;
  onTrainBatchEnd(_batch: number, _logs: Logs, _context: CallbackContext): Done;
  onTestBegin(_logs: Logs, _context: CallbackContext): Done;
  onTestEnd(_logs: Logs, _context: CallbackContext): Done;
  onTestBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): Done;
  onTestBatchEnd(_batch: number, _logs: Logs, _context: CallbackContext): Done;
  onPredictBegin(_logs: Logs, _context: CallbackContext): Done;
  onPredictEnd(_logs: Logs, _context: CallbackContext): Done;
  onPredictBatchBegin(_batch: number, _logs: Logs, _context: CallbackContext): Done;
  onPredictBatchEnd(_batch: number, _logs: Logs, _context: CallbackContext): Done;
}
/** The names of all hooks. */
type Hook = Extract<keyof Callback, `on${string}`>;
//#endregion
//#region src/training/class-weight.d.ts
/** Weight of each class; classes that are not there weigh 1. */
type ClassWeight = {
  readonly [label: number]: number;
} | ReadonlyMap<number, number>;
//#endregion
//#region src/losses/align.d.ts
/**
* Keras's `squeeze_or_expand_to_same_rank`: where ranks differ by one and the longer shape ends in 1, that axis goes,
* or, when the other is a vector, the vector gets one.
*/
declare function alignRanks(a: Value, b: Value): [Value, Value];
//#endregion
//#region src/core/registry.d.ts
/** A class that can be made again from a file by its name. */
interface NamedClass {
  readonly className: string;
}
//#endregion
//#region src/core/parts.d.ts
/** A config as Keras writes it: keys in snake case. */
type Config = {
  readonly [key: string]: Json;
};
/** Keras's dictionary for an object in a file. */
type SerializedPart = {
  readonly module: string | null;
  readonly class_name: string;
  readonly config: Config;
  readonly registered_name: string | null;
};
/** Something that files describe by class name and config: an initializer, a loss, a metric, … */
interface Part {
  getConfig(): Record<string, Json>;
}
/** Base of parts of which everything follows from their option table. */
declare abstract class OptionPart<O extends object> implements Part {
  #private;
  readonly options: Resolved<O>;
  constructor(fields: Fields<O>, options: Resolved<O>);
  getConfig(): Record<string, Json>;
}
/** The class of a part with any options, as registries collect them. */
interface AnyPartClass<T extends Part> {
  new (options: any): T;
  readonly className: string;
  readonly fields: object;
}
//#endregion
//#region src/losses/loss.d.ts
/** How the losses of samples become one number; see {@link reduceLoss}. */
type Reduction = "sum_over_batch_size" | "sum" | "mean" | "mean_with_sample_weight" | "none";
interface LossOptions {
  /** Default: the loss's name in Keras. */
  name?: string;
  /** Default "sum_over_batch_size". */
  reduction?: Reduction;
}
/** The options that every loss has. */
declare function lossFields(name: string): Fields<LossOptions>;
/**
* A loss of targets and predictions. Own ones: subclass, define `call` with `ops`, and register the class to save it.
*/
declare abstract class Loss<O extends LossOptions = LossOptions> extends OptionPart<O> {
  get name(): string;
  get reduction(): Reduction;
  /** Losses of the samples: usually of the predictions' shape without its last axis. */
  abstract call(yTrue: Value, yPred: Value): Value;
  /** Which losses count (bool, of the losses' shape); null: all. Like Keras's masks, it scales the mean up. */
  mask(_yTrue: Value, _yPred: Value): Value | null;
  /** Number of classes when targets are class indices from 0, for checking them; null when they are not. */
  classes(_yPred: Dims): number | null;
}
/** Base of the built-in losses: targets and predictions come as float32 and with one rank, as Keras brings them there. */
declare abstract class PairLoss<O extends LossOptions = LossOptions> extends Loss<O> {
  override call(yTrue: Value, yPred: Value): Value;
  protected abstract compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/binary-crossentropy.d.ts
interface BinaryCrossentropyOptions$1 extends LossOptions {
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Moves targets towards the middle, 0 to 1. Default 0. */
  labelSmoothing?: number;
  /** Axis of the mean. Default -1. */
  axis?: number;
}
/** Crossentropy of yes-or-no targets (0 and 1, or between), mean over an axis. */
declare class BinaryCrossentropy$1 extends PairLoss<BinaryCrossentropyOptions$1> {
  static readonly className = "BinaryCrossentropy";
  static readonly fields: Fields<BinaryCrossentropyOptions$1>;
  constructor(options?: BinaryCrossentropyOptions$1);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/binary-focal-crossentropy.d.ts
interface BinaryFocalCrossentropyOptions extends LossOptions {
  /** Weigh class 1 by alpha and class 0 by 1 - alpha. Default false. */
  applyClassBalancing?: boolean;
  /** Default 0.25. */
  alpha?: number;
  /** Default 2. */
  gamma?: number;
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Moves targets towards the middle, 0 to 1. Default 0. */
  labelSmoothing?: number;
  /** Axis of the mean. Default -1. */
  axis?: number;
}
/** Binary crossentropy times (1 - p of the truth)^gamma. Lin et al. 2018, arXiv:1708.02002. */
declare class BinaryFocalCrossentropy extends PairLoss<BinaryFocalCrossentropyOptions> {
  static readonly className = "BinaryFocalCrossentropy";
  static readonly fields: Fields<BinaryFocalCrossentropyOptions>;
  constructor(options?: BinaryFocalCrossentropyOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/categorical-crossentropy.d.ts
interface CategoricalCrossentropyOptions$1 extends LossOptions {
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Moves targets towards the middle, 0 to 1. Default 0. */
  labelSmoothing?: number;
  /** Axis of the classes. Default -1. */
  axis?: number;
}
/** Crossentropy of one-hot targets (or distributions): -sum t log p over the classes. */
declare class CategoricalCrossentropy$1 extends PairLoss<CategoricalCrossentropyOptions$1> {
  static readonly className = "CategoricalCrossentropy";
  static readonly fields: Fields<CategoricalCrossentropyOptions$1>;
  constructor(options?: CategoricalCrossentropyOptions$1);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/categorical-focal-crossentropy.d.ts
interface CategoricalFocalCrossentropyOptions extends LossOptions {
  /** Default 0.25. */
  alpha?: number;
  /** Default 2. */
  gamma?: number;
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Moves targets towards the middle, 0 to 1. Default 0. */
  labelSmoothing?: number;
  /** Axis of the classes. Default -1. */
  axis?: number;
}
/** Crossentropy of one-hot targets with each class times alpha (1 - p)^gamma. Lin et al. 2018, arXiv:1708.02002. */
declare class CategoricalFocalCrossentropy extends PairLoss<CategoricalFocalCrossentropyOptions> {
  static readonly className = "CategoricalFocalCrossentropy";
  static readonly fields: Fields<CategoricalFocalCrossentropyOptions>;
  constructor(options?: CategoricalFocalCrossentropyOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/categorical-generalized-cross-entropy.d.ts
interface CategoricalGeneralizedCrossEntropyOptions extends LossOptions {
  /** Between 0 (crossentropy) and 1 (mean absolute error), both excluded. Default 0.5. */
  q?: number;
}
/**
* (1 - p^q) / q for the right class's p: robust to wrong labels. Targets are class indices. Zhang and Sabuncu 2018,
* arXiv:1805.07836.
*/
declare class CategoricalGeneralizedCrossEntropy extends Loss<CategoricalGeneralizedCrossEntropyOptions> {
  static readonly className = "CategoricalGeneralizedCrossEntropy";
  static readonly fields: Fields<CategoricalGeneralizedCrossEntropyOptions>;
  constructor(options?: CategoricalGeneralizedCrossEntropyOptions);
  override call(yTrue: Value, yPred: Value): Value;
  override classes(yPred: Dims): number | null;
}
//#endregion
//#region src/losses/categorical-hinge.d.ts
/** max(best score of a wrong class - score of the right class + 1, 0); targets one-hot. */
declare class CategoricalHinge$1 extends PairLoss {
  static readonly className = "CategoricalHinge";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/cosine-similarity.d.ts
interface CosineSimilarityOptions$1 extends LossOptions {
  /** Default -1. */
  axis?: number;
}
/** -cos of the angle between targets and predictions along an axis: -1 for the same direction. */
declare class CosineSimilarity$1 extends PairLoss<CosineSimilarityOptions$1> {
  static readonly className = "CosineSimilarity";
  static readonly fields: Fields<CosineSimilarityOptions$1>;
  constructor(options?: CosineSimilarityOptions$1);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/dice.d.ts
interface DiceOptions extends LossOptions {
  /** Axes that are added up; null: all, the batch too. Default null. */
  axis?: number | readonly number[] | null;
}
/** 1 - 2 |overlap| / (|targets| + |predictions|), over the whole batch unless axes are given. */
declare class Dice extends PairLoss<DiceOptions> {
  static readonly className = "Dice";
  static readonly fields: Fields<DiceOptions>;
  constructor(options?: DiceOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/hinge.d.ts
/** mean max(1 - yTrue yPred, 0) over the last axis; targets of -1 and 1, or 0 and 1. */
declare class Hinge$1 extends PairLoss {
  static readonly className = "Hinge";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/huber.d.ts
interface HuberOptions extends LossOptions {
  /** Where squares end. Default 1. */
  delta?: number;
}
/** Half squares up to `delta`, straight lines beyond; mean over the last axis. */
declare class Huber extends PairLoss<HuberOptions> {
  static readonly className = "Huber";
  static readonly fields: Fields<HuberOptions>;
  constructor(options?: HuberOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/kl-divergence.d.ts
/** sum yTrue log(yTrue / yPred) over the last axis, both clipped to [1e-7, 1]. */
declare class KLDivergence$1 extends PairLoss {
  static readonly className = "KLDivergence";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/log-cosh.d.ts
/** mean log(cosh(yPred - yTrue)) over the last axis. */
declare class LogCosh extends PairLoss {
  static readonly className = "LogCosh";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/mean-absolute-error.d.ts
/** mean |yTrue - yPred| over the last axis. */
declare class MeanAbsoluteError$1 extends PairLoss {
  static readonly className = "MeanAbsoluteError";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/mean-absolute-percentage-error.d.ts
/** 100 mean |(yTrue - yPred) / yTrue| over the last axis, with |yTrue| taken as at least 1e-7. */
declare class MeanAbsolutePercentageError$1 extends PairLoss {
  static readonly className = "MeanAbsolutePercentageError";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/mean-squared-error.d.ts
/** mean (yTrue - yPred)² over the last axis. */
declare class MeanSquaredError$1 extends PairLoss {
  static readonly className = "MeanSquaredError";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/mean-squared-logarithmic-error.d.ts
/** mean (log(yTrue + 1) - log(yPred + 1))² over the last axis; values below 1e-7 count as that. */
declare class MeanSquaredLogarithmicError$1 extends PairLoss {
  static readonly className = "MeanSquaredLogarithmicError";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/poisson.d.ts
/** mean (yPred - yTrue log(yPred)) over the last axis. */
declare class Poisson$1 extends PairLoss {
  static readonly className = "Poisson";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/sparse-categorical-crossentropy.d.ts
interface SparseCategoricalCrossentropyOptions$1 extends LossOptions {
  /** Predictions are logits, not probabilities. Default false. */
  fromLogits?: boolean;
  /** Class whose samples do not count, e.g. -1 or 255 in segmentation; null for none. Default null. */
  ignoreClass?: number | null;
}
/** Crossentropy of class indices: -log p of the right class. Classes are the last axis of the predictions. */
declare class SparseCategoricalCrossentropy$1 extends Loss<SparseCategoricalCrossentropyOptions$1> {
  #private;
  static readonly className = "SparseCategoricalCrossentropy";
  static readonly fields: Fields<SparseCategoricalCrossentropyOptions$1>;
  constructor(options?: SparseCategoricalCrossentropyOptions$1);
  /** @throws {ShapeError} when targets do not have the predictions' shape without (or with 1 as) its last axis */
  override call(yTrue: Value, yPred: Value): Value;
  override mask(yTrue: Value, yPred: Value): Value | null;
  override classes(yPred: Dims): number | null;
}
//#endregion
//#region src/losses/squared-hinge.d.ts
/** mean max(1 - yTrue yPred, 0)² over the last axis; targets of -1 and 1, or 0 and 1. */
declare class SquaredHinge$1 extends PairLoss {
  static readonly className = "SquaredHinge";
  static readonly fields: Fields<LossOptions>;
  constructor(options?: LossOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/tversky.d.ts
interface TverskyOptions extends LossOptions {
  /** Weight of what predictions miss. Default 0.5. */
  alpha?: number;
  /** Weight of what predictions have too much. Default 0.5. */
  beta?: number;
  /** Axes that are added up; null: all, the batch too. Default null. */
  axis?: number | readonly number[] | null;
}
/** 1 - overlap / (overlap + alpha misses + beta false alarms), over the whole batch unless axes are given. Salehi et al. 2017, arXiv:1706.05721. */
declare class Tversky extends PairLoss<TverskyOptions> {
  static readonly className = "Tversky";
  static readonly fields: Fields<TverskyOptions>;
  constructor(options?: TverskyOptions);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
declare namespace catalogue_d_exports$5 {
  export { BinaryCrossentropy$1 as BinaryCrossentropy, BinaryCrossentropyOptions$1 as BinaryCrossentropyOptions, BinaryFocalCrossentropy, BinaryFocalCrossentropyOptions, CategoricalCrossentropy$1 as CategoricalCrossentropy, CategoricalCrossentropyOptions$1 as CategoricalCrossentropyOptions, CategoricalFocalCrossentropy, CategoricalFocalCrossentropyOptions, CategoricalGeneralizedCrossEntropy, CategoricalGeneralizedCrossEntropyOptions, CategoricalHinge$1 as CategoricalHinge, CosineSimilarity$1 as CosineSimilarity, CosineSimilarityOptions$1 as CosineSimilarityOptions, Dice, DiceOptions, Hinge$1 as Hinge, Huber, HuberOptions, KLDivergence$1 as KLDivergence, LogCosh, MeanAbsoluteError$1 as MeanAbsoluteError, MeanAbsolutePercentageError$1 as MeanAbsolutePercentageError, MeanSquaredError$1 as MeanSquaredError, MeanSquaredLogarithmicError$1 as MeanSquaredLogarithmicError, Poisson$1 as Poisson, SparseCategoricalCrossentropy$1 as SparseCategoricalCrossentropy, SparseCategoricalCrossentropyOptions$1 as SparseCategoricalCrossentropyOptions, SquaredHinge$1 as SquaredHinge, Tversky, TverskyOptions };
}
//#endregion
//#region src/losses/function-loss.d.ts
/** The losses of samples from targets and predictions, written with `ops`. */
type LossFunction = (yTrue: Value, yPred: Value) => Value;
/** A loss made of a function. Files cannot name it: to save and load it, write a class and register it. */
declare class FunctionLoss extends PairLoss {
  #private;
  static readonly className = "FunctionLoss";
  static readonly fields: Fields<LossOptions>;
  constructor(fn: LossFunction);
  protected override compute(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/losses/get.d.ts
declare const ALIASES$2: {
  bce: string;
  BCE: string;
  kld: string;
  KLD: string;
  kullback_leibler_divergence: string;
  logcosh: string;
  mae: string;
  MAE: string;
  mape: string;
  MAPE: string;
  mse: string;
  MSE: string;
  msle: string;
  MSLE: string;
};
/** The names that Keras has for losses. `crossentropy` and `ce` are binary, sparse or categorical as the shapes are. */
type LossName = ClassNames<keyof typeof catalogue_d_exports$5> | keyof typeof ALIASES$2 | "crossentropy" | "ce";
/** What `compile` takes as a loss: a name as in Keras (`package>Name` if registered), an instance, a function, or a config. */
type LossIdentifier = LossName | RegisteredName | Loss | LossFunction | {
  readonly [key: string]: Json;
};
/**
* The loss that an identifier names.
* @param where for messages, e.g. "compile: loss"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
declare function get$5(identifier: LossIdentifier | string, where?: string): Loss;
/**
* The name that Keras reads back: `mse` and `MeanSquaredError` are `mean_squared_error`. Keras 3 cannot read its own
* files that say "mse".
*/
declare function canonicalName(name: string): string;
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
declare function serialize$7(loss: Loss): SerializedPart;
/** The loss that Keras's dictionary (or a name) describes. */
declare function deserialize$7(json: Json, where?: string): Loss;
/** Makes a class of your own known by its `className`, so that files can name it. */
declare function register$7<C extends AnyPartClass<Loss>>(cls: C, packageName?: string): C;
//#endregion
//#region src/losses/reduce.d.ts
/**
* The loss of a batch as a scalar: this shard's part, so that the parts of all shards add up to Keras's number.
* @param sampleWeight weights of samples (rows), or of every loss; null for none
* @param rows rows of the whole batch, a float32 scalar
*/
declare function lossValue(loss: Loss, yTrue: Value, yPred: Value, sampleWeight: Value | null, rows: Value): Value;
/**
* Keras's `reduce_weighted_values`: weighted losses, added up, and divided
* - for "sum_over_batch_size" and "mean" by their number (weights do not count),
* - for "mean_with_sample_weight" by the sum of the weights,
* - for "sum" not at all.
*
* Gives this shard's part of the batch's number.
* @throws {OptionError} for "none", which leaves nothing to minimize
*/
declare function reduceLoss(values: Value, sampleWeight: Value | null, reduction: Reduction, rows: Value): Value;
declare namespace index_d_exports$6 {
  export { BinaryCrossentropy$1 as BinaryCrossentropy, BinaryCrossentropyOptions$1 as BinaryCrossentropyOptions, BinaryFocalCrossentropy, BinaryFocalCrossentropyOptions, CategoricalCrossentropy$1 as CategoricalCrossentropy, CategoricalCrossentropyOptions$1 as CategoricalCrossentropyOptions, CategoricalFocalCrossentropy, CategoricalFocalCrossentropyOptions, CategoricalGeneralizedCrossEntropy, CategoricalGeneralizedCrossEntropyOptions, CategoricalHinge$1 as CategoricalHinge, CosineSimilarity$1 as CosineSimilarity, CosineSimilarityOptions$1 as CosineSimilarityOptions, Dice, DiceOptions, FunctionLoss, Hinge$1 as Hinge, Huber, HuberOptions, KLDivergence$1 as KLDivergence, LogCosh, Loss, LossFunction, LossIdentifier, LossName, LossOptions, MeanAbsoluteError$1 as MeanAbsoluteError, MeanAbsolutePercentageError$1 as MeanAbsolutePercentageError, MeanSquaredError$1 as MeanSquaredError, MeanSquaredLogarithmicError$1 as MeanSquaredLogarithmicError, PairLoss, Poisson$1 as Poisson, Reduction, SparseCategoricalCrossentropy$1 as SparseCategoricalCrossentropy, SparseCategoricalCrossentropyOptions$1 as SparseCategoricalCrossentropyOptions, SquaredHinge$1 as SquaredHinge, Tversky, TverskyOptions, alignRanks, canonicalName, deserialize$7 as deserialize, get$5 as get, lossFields, lossValue, reduceLoss, register$7 as register, serialize$7 as serialize };
}
//#endregion
//#region src/engine/arena.d.ts
/** WebAssembly as far as the arena needs it (the ES library of the compiler does not declare it). */
interface Memory {
  readonly buffer: ArrayBuffer | SharedArrayBuffer;
  grow(pages: number): number;
}
/** One WebAssembly memory. */
declare class Segment {
  #private;
  readonly memory: Memory;
  constructor(memory: Memory, maximum: number);
  /** Offset of `bytes` fresh bytes (a multiple of the alignment), or undefined when they do not fit any more. */
  allocate(bytes: number): number | undefined;
  free(offset: number, bytes: number): void;
  get usedBytes(): number;
}
/** A piece of the arena. Views are made anew on each call, because unshared memory moves its buffer when it grows. */
declare class Block {
  #private;
  readonly segment: Segment;
  readonly offset: number;
  readonly byteLength: number;
  constructor(segment: Segment, offset: number, byteLength: number);
  /** The elements `start … start + length - 1`, counted from the block's beginning. */
  view<D extends "float32" | "int32" | "bool" | "int64" | "uint32">(dtype: D, length: number, start?: number): DTypeArrays[D];
  free(): void;
}
//#endregion
//#region src/engine/session.d.ts
/** A tensor in the arena as a session sees it. Equal places are the same object, so that machines can keep handles. */
interface Slot {
  readonly block: Block;
  /** Elements before the first one. */
  readonly start: number;
  readonly dims: readonly number[];
  readonly dtype: GraphDType | "int64";
}
//#endregion
//#region src/engine/variable.d.ts
/** What a variable is made with. */
interface VariableOptions {
  /** Last part of the path, e.g. "kernel". */
  readonly name: string;
  /** Path in its model as Keras has it, e.g. "sequential/dense/kernel". Default: the name. */
  readonly path?: string;
  readonly shape: StaticShape;
  readonly dtype?: GraphDType;
  /** Row-major initial elements, or what writes them all to where they lie; default zeros. */
  readonly initial?: ArrayLike<number> | ((out: Variable["data"]) => void);
  readonly trainable?: boolean;
  /** Penalty as a scalar value, added to the loss once per step. */
  readonly regularizer?: ((weight: Value) => Value) | null;
  /** Projection applied after each update. */
  readonly constraint?: ((weight: Value) => Value) | null;
}
/**
* A tensor that outlives steps: a weight, an optimizer slot, a counter. It owns its memory, so models and programs can
* share it; the memory goes back when nothing refers to the variable any more.
*/
declare class Variable {
  #private;
  readonly name: string;
  path: string;
  readonly shape: StaticShape;
  readonly dtype: GraphDType;
  trainable: boolean;
  readonly regularizer: ((weight: Value) => Value) | null;
  readonly constraint: ((weight: Value) => Value) | null;
  /** The variable's present value as a leaf of graphs. */
  readonly value: InputValue;
  readonly size: number;
  /** @throws {ShapeError} when `initial` has another number of elements than the shape */
  constructor(options: VariableOptions);
  get byteLength(): number;
  /**
  * The present elements themselves, not a copy. Valid until the next program run that updates this variable: a step
  * writes the new value beside the old one and exchanges the two. Not for users.
  */
  get data(): Float32Array | Int32Array | Uint8Array;
  /** A copy of the present value. */
  read(): Tensor;
  /**
  * Sets the value. Numbers are converted to the variable's dtype.
  * @throws {ShapeError} when shape or number of elements differ
  */
  write(value: TensorLike | ArrayLike<number>): void;
  /** Where the present value lies. Engine only. */
  get present(): Slot;
  /** Where a program writes the next value; taken from the arena on first use. Engine only. */
  get next(): Slot;
  /** Makes what was written to {@link next} the present value. Engine only. */
  commit(): void;
}
//#endregion
//#region src/metrics/metric.d.ts
/** Whether more is better; null when that depends on the use. Callbacks with `mode: "auto"` ask it. */
type Direction = "max" | "min" | null;
/** One number, or one a threshold or class where a metric was asked for several. */
type MetricResult = number | readonly number[];
/** What every metric takes. */
interface MetricOptions {
  /** The key in logs. */
  readonly name?: string | null;
  /** Accumulators are float32, as they are in Keras. */
  readonly dtype?: "float32";
}
/** What a metric knows of the step that updates it. */
interface MetricContext {
  /** float32 scalar: rows of the whole batch. */
  readonly rows: Value;
}
/**
* Something measured over many batches. Accumulators are variables; {@link update} says symbolically what a batch adds
* to them (the whole batch: sums over rows go through allSum), and {@link result} works the number out on the host.
*/
declare abstract class Metric<O extends MetricOptions = MetricOptions> extends OptionPart<O> {
  #private;
  /** Name in files; equal to the export's name. */
  static readonly className: string;
  /** The key in logs. `compile` sets it to what the user wrote. */
  name: string;
  abstract readonly direction: Direction;
  constructor(fields: Fields<O>, options: Resolved<O>);
  /** The accumulators. Those of some metrics depend on shapes: {@link build} makes them, or the first {@link update}. */
  get variables(): readonly Variable[];
  /**
  * Makes the accumulators that depend on shapes, once.
  * @throws {ShapeError} when the metric cannot measure predictions of this shape
  */
  build(_yPred: Dims): void;
  /**
  * What a batch makes of the accumulators.
  * @param sampleWeight weights of rows (or of rows' elements); a mask is a weight of zeros and ones
  * @throws {ShapeError} when the metric cannot compare these shapes
  */
  abstract update(yTrue: Value, yPred: Value, sampleWeight: Value | null, context: MetricContext): Map<Variable, Value>;
  /** The metric over everything since the last {@link reset}. */
  abstract result(): MetricResult;
  /** Starts anew. */
  reset(): void;
  override getConfig(): Record<string, Json>;
  /** An accumulator of zeros. */
  protected addVariable(name: string, shape: StaticShape): Variable;
}
/** The options that all metrics share. @param name the default; null for the class's name in snake case, numbered */
declare function metricFields(name: string | null): Fields<MetricOptions>;
//#endregion
//#region src/metrics/mean-base.d.ts
/** What all weighted means share. */
declare abstract class MeanBase<O extends MetricOptions = MetricOptions> extends Metric<O> {
  #private;
  constructor(fields: Fields<O>, options: Resolved<O>);
  /** What values of a batch add: their weighted sum, and the sum of the weights (the rows, without weights). */
  accumulate(values: Value, sampleWeight: Value | null, context: MetricContext): Map<Variable, Value>;
  /** 0 before the first value. */
  result(): number;
}
/** A mean of values that a function of labels and predictions gives. */
declare abstract class MeanOfValues<O extends MetricOptions = MetricOptions> extends MeanBase<O> {
  /** One value a row, or one a leading element of a row. */
  abstract values(yTrue: Value, yPred: Value): Value;
  update(yTrue: Value, yPred: Value, sampleWeight: Value | null, context: MetricContext): Map<Variable, Value>;
}
//#endregion
//#region src/metrics/accuracy.d.ts
/** How often a prediction equals its label exactly. `"accuracy"` in `compile` means another: see `resolve`. */
declare class Accuracy extends MeanOfValues {
  static override readonly className = "Accuracy";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
  values(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/metrics/curve.d.ts
/** Counts at rising thresholds. */
interface CurveCounts {
  readonly truePositives: readonly number[];
  readonly falsePositives: readonly number[];
  readonly trueNegatives: readonly number[];
  readonly falseNegatives: readonly number[];
}
type Curve = "ROC" | "PR" | "PRGAIN";
type Summation = "interpolation" | "minoring" | "majoring";
//#endregion
//#region src/metrics/auc.d.ts
interface AucOptions extends MetricOptions {
  /** Points of the curve, at least 2. Default 200. */
  readonly numThresholds?: number;
  /** Default "ROC". */
  readonly curve?: Curve;
  /** Heights of the strips under the curve. Default "interpolation". */
  readonly summationMethod?: Summation;
  /** The thresholds themselves, in (0, 1), instead of `numThresholds`. Default null. */
  readonly thresholds?: readonly number[] | null;
  /** The mean of the areas of each label (last axis). Default false. */
  readonly multiLabel?: boolean;
  readonly numLabels?: number | null;
  /** Weights of the labels in that mean, or of the last axis in the counts. Default null. */
  readonly labelWeights?: readonly number[] | null;
  /** Predictions are logits instead of probabilities. Default false. */
  readonly fromLogits?: boolean;
}
/** The area under the ROC or a precision-recall curve, from counts at many thresholds. */
declare class AUC extends Metric<AucOptions> {
  #private;
  static override readonly className = "AUC";
  static readonly fields: Fields<AucOptions>;
  readonly direction: Direction;
  constructor(options?: AucOptions);
  override build(yPred: Dims): void;
  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value>;
  /** 0 before the first batch. */
  result(): number;
  /** As Keras: thresholds only where they were given, and `num_thresholds` counts the two ends. */
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/metrics/binary-accuracy.d.ts
interface BinaryAccuracyOptions extends MetricOptions {
  /** A prediction above it counts as 1. Default 0.5. */
  readonly threshold?: number;
}
/** How often predictions, cut at a threshold, equal labels of 0 and 1. */
declare class BinaryAccuracy extends MeanOfValues<BinaryAccuracyOptions> {
  static override readonly className = "BinaryAccuracy";
  static readonly fields: Fields<BinaryAccuracyOptions>;
  readonly direction: Direction;
  constructor(options?: BinaryAccuracyOptions);
  values(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/metrics/loss-metric.d.ts
/** The mean of a loss over rows. */
declare abstract class LossMetric<O extends MetricOptions = MetricOptions> extends MeanOfValues<O> {
  #private;
  constructor(loss: Loss, fields: Fields<O>, options: Resolved<O>);
  values(yTrue: Value, yPred: Value): Value;
  /** As in Keras, what a loss leaves out (`ignoreClass`) lowers the weights, if there are any. */
  override update(yTrue: Value, yPred: Value, sampleWeight: Value | null, context: MetricContext): Map<Variable, Value>;
}
//#endregion
//#region src/metrics/binary-crossentropy.d.ts
interface BinaryCrossentropyOptions extends MetricOptions {
  /** Predictions are logits instead of probabilities. Default false. */
  readonly fromLogits?: boolean;
  /** Move labels towards 0.5 by this part. Default 0. */
  readonly labelSmoothing?: number;
}
/** The mean crossentropy of yes or no labels. */
declare class BinaryCrossentropy extends LossMetric<BinaryCrossentropyOptions> {
  static override readonly className = "BinaryCrossentropy";
  static readonly fields: Fields<BinaryCrossentropyOptions>;
  readonly direction: Direction;
  constructor(options?: BinaryCrossentropyOptions);
}
//#endregion
//#region src/metrics/categorical-accuracy.d.ts
/** How often the largest prediction is at the largest label (one-hot labels). */
declare class CategoricalAccuracy extends MeanOfValues {
  static override readonly className = "CategoricalAccuracy";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
  values(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/metrics/categorical-crossentropy.d.ts
interface CategoricalCrossentropyOptions extends MetricOptions {
  /** Predictions are logits instead of probabilities. Default false. */
  readonly fromLogits?: boolean;
  /** Move labels towards equal parts by this much. Default 0. */
  readonly labelSmoothing?: number;
  /** Of the classes. Default -1. */
  readonly axis?: number;
}
/** The mean crossentropy of one-hot labels. */
declare class CategoricalCrossentropy extends LossMetric<CategoricalCrossentropyOptions> {
  static override readonly className = "CategoricalCrossentropy";
  static readonly fields: Fields<CategoricalCrossentropyOptions>;
  readonly direction: Direction;
  constructor(options?: CategoricalCrossentropyOptions);
}
//#endregion
//#region src/metrics/categorical-hinge.d.ts
/** The mean of the hinge loss between the right class and the best wrong one (one-hot labels). */
declare class CategoricalHinge extends LossMetric {
  static override readonly className = "CategoricalHinge";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/correlation.d.ts
interface CorrelationOptions extends MetricOptions {
  /** Along which labels and predictions are compared. Default -1. */
  readonly axis?: number;
}
//#endregion
//#region src/metrics/concordance-correlation.d.ts
/** The mean concordance (Lin 1989, in Keras's form) of each row's labels and predictions. */
declare class ConcordanceCorrelation extends MeanOfValues<CorrelationOptions> {
  static override readonly className = "ConcordanceCorrelation";
  static readonly fields: Fields<CorrelationOptions>;
  readonly direction: Direction;
  constructor(options?: CorrelationOptions);
  /** @throws {ShapeError} when the axis is that of the rows */
  values(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/metrics/cosine-similarity.d.ts
interface CosineSimilarityOptions extends MetricOptions {
  /** Along which vectors lie. Default -1. */
  readonly axis?: number;
}
/** The mean cosine between labels and predictions. */
declare class CosineSimilarity extends MeanOfValues<CosineSimilarityOptions> {
  #private;
  static override readonly className = "CosineSimilarity";
  static readonly fields: Fields<CosineSimilarityOptions>;
  readonly direction: Direction;
  constructor(options?: CosineSimilarityOptions);
  values(yTrue: Value, yPred: Value): Value;
  /** As Keras, which does not write the axis; another than the default is written, so that it is not lost. */
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/metrics/fbeta-score.d.ts
interface F1ScoreOptions extends MetricOptions {
  /** How the classes become one number; null (the default): a number each. */
  readonly average?: "micro" | "macro" | "weighted" | null;
  /** Predictions above it are positive; null (the default): the largest of each row is. */
  readonly threshold?: number | null;
}
interface FBetaScoreOptions extends F1ScoreOptions {
  /** How much more recall counts than precision. Default 1. */
  readonly beta?: number;
}
/** What the F scores share: `(1 + beta²) * precision * recall / (beta² * precision + recall)`, class by class. */
declare abstract class FScore<O extends F1ScoreOptions> extends Metric<O> {
  #private;
  readonly direction: Direction;
  constructor(beta: number, fields: Fields<O>, options: Resolved<O>);
  override build(yPred: Dims): void;
  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value>;
  /** 0 before the first batch. */
  result(): MetricResult;
}
/** The weighted harmonic mean of precision and recall. */
declare class FBetaScore extends FScore<FBetaScoreOptions> {
  static override readonly className = "FBetaScore";
  static readonly fields: Fields<FBetaScoreOptions>;
  constructor(options?: FBetaScoreOptions);
}
//#endregion
//#region src/metrics/f1-score.d.ts
/** The harmonic mean of precision and recall. */
declare class F1Score extends FScore<F1ScoreOptions> {
  static override readonly className = "F1Score";
  static readonly fields: Fields<F1ScoreOptions>;
  constructor(options?: F1ScoreOptions);
}
//#endregion
//#region src/metrics/confusion.d.ts
/**
* Weighted counts of a batch at each threshold: (thresholds), or (thresholds, labels) for multi-label. A prediction is
* positive when it is above the threshold. What nobody uses is never computed.
*/
interface Confusion {
  readonly truePositives: Value;
  readonly falsePositives: Value;
  readonly trueNegatives: Value;
  readonly falseNegatives: Value;
}
//#endregion
//#region src/metrics/thresholds.d.ts
/** A threshold, several, or the default. */
type Thresholds = number | readonly number[] | null;
//#endregion
//#region src/metrics/condition-count.d.ts
interface ConditionCountOptions extends MetricOptions {
  /** One in [0, 1] or several; a result each. Default 0.5. */
  readonly thresholds?: Thresholds;
}
/** What the four counts of a confusion matrix share. */
declare abstract class ConditionCount extends Metric<ConditionCountOptions> {
  #private;
  readonly direction: Direction;
  constructor(condition: keyof Confusion, fields: Fields<ConditionCountOptions>, options: Resolved<ConditionCountOptions>);
  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value>;
  result(): MetricResult;
}
//#endregion
//#region src/metrics/false-negatives.d.ts
/** How many rows were predicted negative but are not, by weight. */
declare class FalseNegatives extends ConditionCount {
  static override readonly className = "FalseNegatives";
  static readonly fields: Fields<ConditionCountOptions>;
  constructor(options?: ConditionCountOptions);
}
//#endregion
//#region src/metrics/false-positives.d.ts
/** How many rows were predicted positive but are not, by weight. */
declare class FalsePositives extends ConditionCount {
  static override readonly className = "FalsePositives";
  static readonly fields: Fields<ConditionCountOptions>;
  constructor(options?: ConditionCountOptions);
}
//#endregion
//#region src/metrics/hinge.d.ts
/** The mean of `max(1 - label * prediction, 0)`, labels -1 or 1 (0 counts as -1). */
declare class Hinge extends LossMetric {
  static override readonly className = "Hinge";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/kl-divergence.d.ts
/** Kullback and Leibler's divergence of predicted distributions from the labels'. */
declare class KLDivergence extends LossMetric {
  static override readonly className = "KLDivergence";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/log-cosh-error.d.ts
/** The mean of the logarithm of the hyperbolic cosine of differences. */
declare class LogCoshError extends LossMetric {
  static override readonly className = "LogCoshError";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/mean.d.ts
/** The weighted mean of values, fed to {@link accumulate}. It compares nothing, so `compile` cannot use it. */
declare class Mean extends MeanBase {
  static override readonly className = "Mean";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
  /** @throws {StateError} always */
  update(_yTrue: Value, _yPred: Value, _sampleWeight: Value | null, _context: MetricContext): Map<Variable, Value>;
}
//#endregion
//#region src/metrics/mean-absolute-error.d.ts
/** The mean of absolute differences. */
declare class MeanAbsoluteError extends LossMetric {
  static override readonly className = "MeanAbsoluteError";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/mean-absolute-percentage-error.d.ts
/** The mean of absolute differences in percent of the labels. */
declare class MeanAbsolutePercentageError extends LossMetric {
  static override readonly className = "MeanAbsolutePercentageError";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/mean-metric-wrapper.d.ts
/** Compares labels and predictions: one value a row (or a leading element of a row), written with `ops`. */
type MetricFunction = (yTrue: Value, yPred: Value) => Value;
interface MeanMetricWrapperOptions extends MetricOptions {
  readonly fn: MetricFunction;
}
/** The mean of what a function says about each row. */
declare class MeanMetricWrapper extends MeanOfValues<MeanMetricWrapperOptions> {
  static override readonly className = "MeanMetricWrapper";
  static readonly fields: Fields<MeanMetricWrapperOptions>;
  readonly direction: Direction;
  constructor(options: MeanMetricWrapperOptions);
  values(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/metrics/mean-squared-error.d.ts
/** The mean of squared differences. */
declare class MeanSquaredError extends LossMetric {
  static override readonly className = "MeanSquaredError";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/mean-squared-logarithmic-error.d.ts
/** The mean of squared differences of `log(1 + x)`. */
declare class MeanSquaredLogarithmicError extends LossMetric {
  static override readonly className = "MeanSquaredLogarithmicError";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/pearson-correlation.d.ts
/** The mean of Pearson's correlation of each row's labels and predictions. */
declare class PearsonCorrelation extends MeanOfValues<CorrelationOptions> {
  static override readonly className = "PearsonCorrelation";
  static readonly fields: Fields<CorrelationOptions>;
  readonly direction: Direction;
  constructor(options?: CorrelationOptions);
  /** @throws {ShapeError} when the axis is that of the rows */
  values(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/metrics/poisson.d.ts
/** The mean of Poisson's loss `prediction - label * log(prediction)`. */
declare class Poisson extends LossMetric {
  static override readonly className = "Poisson";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/positive-ratio.d.ts
interface RatioOptions extends MetricOptions {
  /** One in [0, 1] or several; a result each. Default 0.5, with `topK` none. */
  readonly thresholds?: Thresholds;
  /** Count only the k largest predictions of a row as positive. Default null. */
  readonly topK?: number | null;
  /** Look at this class only. Default null. */
  readonly classId?: number | null;
}
/** What precision and recall share: true positives beside another count. */
declare abstract class PositiveRatio extends Metric<RatioOptions> {
  #private;
  readonly direction: Direction;
  constructor(other: keyof Confusion, name: string, fields: Fields<RatioOptions>, options: Resolved<RatioOptions>);
  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value>;
  result(): MetricResult;
}
//#endregion
//#region src/metrics/precision.d.ts
/** The part of positive predictions that is right: TP / (TP + FP). 0 where there is none. */
declare class Precision extends PositiveRatio {
  static override readonly className = "Precision";
  static readonly fields: Fields<RatioOptions>;
  constructor(options?: RatioOptions);
}
//#endregion
//#region src/metrics/best-under.d.ts
interface BestUnderOptions extends MetricOptions {
  /** Thresholds that are tried, spread evenly over [0, 1]. Default 200. */
  readonly numThresholds?: number;
  /** Look at this class only. Default null. */
  readonly classId?: number | null;
}
/** Ratios of counts, one a threshold. */
declare const RATIOS: {
  /** Recall, true positive rate. */sensitivity: (c: CurveCounts) => number[];
  specificity: (c: CurveCounts) => number[];
  precision: (c: CurveCounts) => number[];
};
/** What "the best X at Y" share: of the thresholds where one ratio reaches a bound, the largest other ratio. */
declare abstract class BestUnder<O extends BestUnderOptions> extends Metric<O> {
  #private;
  readonly direction: Direction;
  /** @param least what `bounded` must reach */
  constructor(best: keyof typeof RATIOS, bounded: keyof typeof RATIOS, least: number, fields: Fields<O>, options: Resolved<O>);
  update(yTrue: Value, yPred: Value, sampleWeight: Value | null): Map<Variable, Value>;
  /** 0 where no threshold reaches the bound. */
  result(): number;
}
//#endregion
//#region src/metrics/precision-at-recall.d.ts
interface PrecisionAtRecallOptions extends BestUnderOptions {
  /** What must be reached, 0 to 1. */
  readonly recall: number;
}
/** The best precision of the thresholds with at least a given recall. */
declare class PrecisionAtRecall extends BestUnder<PrecisionAtRecallOptions> {
  static override readonly className = "PrecisionAtRecall";
  static readonly fields: Fields<PrecisionAtRecallOptions>;
  constructor(options: PrecisionAtRecallOptions);
}
//#endregion
//#region src/metrics/r2-score.d.ts
interface R2ScoreOptions extends MetricOptions {
  /** How outputs become one number; null: a number each. Default "uniform_average". */
  readonly classAggregation?: "uniform_average" | "variance_weighted_average" | null;
  /** Independent variables of the model, for the adjusted score; 0 (the default) for the plain one. */
  readonly numRegressors?: number;
}
/** The part of the labels' variance that predictions explain: 1 - residual / total, for each output. */
declare class R2Score extends Metric<R2ScoreOptions> {
  #private;
  static override readonly className = "R2Score";
  static readonly fields: Fields<R2ScoreOptions>;
  readonly direction: Direction;
  constructor(options?: R2ScoreOptions);
  override build(yPred: Dims): void;
  update(yTrue: Value, yPred: Value, sampleWeight: Value | null, {
    rows
  }: MetricContext): Map<Variable, Value>;
  /** 0 before the first batch, and for an output whose labels are all equal. */
  result(): MetricResult;
}
//#endregion
//#region src/metrics/recall.d.ts
/** The part of positive rows that was found: TP / (TP + FN). 0 where there is none. */
declare class Recall extends PositiveRatio {
  static override readonly className = "Recall";
  static readonly fields: Fields<RatioOptions>;
  constructor(options?: RatioOptions);
}
//#endregion
//#region src/metrics/recall-at-precision.d.ts
interface RecallAtPrecisionOptions extends BestUnderOptions {
  /** What must be reached, 0 to 1. */
  readonly precision: number;
}
/** The best recall of the thresholds with at least a given precision. */
declare class RecallAtPrecision extends BestUnder<RecallAtPrecisionOptions> {
  static override readonly className = "RecallAtPrecision";
  static readonly fields: Fields<RecallAtPrecisionOptions>;
  constructor(options: RecallAtPrecisionOptions);
}
//#endregion
//#region src/metrics/root-mean-squared-error.d.ts
/** The root of the mean of squared differences. */
declare class RootMeanSquaredError extends MeanOfValues {
  static override readonly className = "RootMeanSquaredError";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
  values(yTrue: Value, yPred: Value): Value;
  override result(): number;
}
//#endregion
//#region src/metrics/sensitivity-at-specificity.d.ts
interface SensitivityAtSpecificityOptions extends BestUnderOptions {
  /** What must be reached, 0 to 1. */
  readonly specificity: number;
}
/** The best sensitivity of the thresholds with at least a given specificity. */
declare class SensitivityAtSpecificity extends BestUnder<SensitivityAtSpecificityOptions> {
  static override readonly className = "SensitivityAtSpecificity";
  static readonly fields: Fields<SensitivityAtSpecificityOptions>;
  constructor(options: SensitivityAtSpecificityOptions);
}
//#endregion
//#region src/metrics/sparse-categorical-accuracy.d.ts
/** How often the largest prediction is at the label (labels are class numbers). */
declare class SparseCategoricalAccuracy extends MeanOfValues {
  static override readonly className = "SparseCategoricalAccuracy";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
  values(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/metrics/sparse-categorical-crossentropy.d.ts
interface SparseCategoricalCrossentropyOptions extends MetricOptions {
  /** Predictions are logits instead of probabilities. Default false. */
  readonly fromLogits?: boolean;
  /** Labels of this class count 0. Default null. */
  readonly ignoreClass?: number | null;
  /** Of the classes. Default -1. */
  readonly axis?: number;
}
/** The mean crossentropy of labels that are class numbers. */
declare class SparseCategoricalCrossentropy extends LossMetric<SparseCategoricalCrossentropyOptions> {
  #private;
  static override readonly className = "SparseCategoricalCrossentropy";
  static readonly fields: Fields<SparseCategoricalCrossentropyOptions>;
  readonly direction: Direction;
  constructor(options?: SparseCategoricalCrossentropyOptions);
  /** @throws {ShapeError} for an axis that the predictions do not have */
  override update(yTrue: Value, yPred: Value, sampleWeight: Value | null, context: MetricContext): Map<Variable, Value>;
}
//#endregion
//#region src/metrics/sparse-top-k-categorical-accuracy.d.ts
interface SparseTopKCategoricalAccuracyOptions extends MetricOptions {
  /** Default 5. */
  readonly k?: number;
  /** Predictions are class numbers, the likeliest first, instead of scores. Default false. */
  readonly fromSortedIds?: boolean;
}
/** How often the label (a class number) is among the k largest predictions. */
declare class SparseTopKCategoricalAccuracy extends MeanOfValues<SparseTopKCategoricalAccuracyOptions> {
  static override readonly className = "SparseTopKCategoricalAccuracy";
  static readonly fields: Fields<SparseTopKCategoricalAccuracyOptions>;
  readonly direction: Direction;
  constructor(options?: SparseTopKCategoricalAccuracyOptions);
  values(yTrue: Value, yPred: Value): Value;
  /** As Keras, which writes `from_sorted_ids` only when it is set. */
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/metrics/specificity-at-sensitivity.d.ts
interface SpecificityAtSensitivityOptions extends BestUnderOptions {
  /** What must be reached, 0 to 1. */
  readonly sensitivity: number;
}
/** The best specificity of the thresholds with at least a given sensitivity. */
declare class SpecificityAtSensitivity extends BestUnder<SpecificityAtSensitivityOptions> {
  static override readonly className = "SpecificityAtSensitivity";
  static readonly fields: Fields<SpecificityAtSensitivityOptions>;
  constructor(options: SpecificityAtSensitivityOptions);
}
//#endregion
//#region src/metrics/squared-hinge.d.ts
/** The mean of the squared hinge loss, labels -1 or 1 (0 counts as -1). */
declare class SquaredHinge extends LossMetric {
  static override readonly className = "SquaredHinge";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
}
//#endregion
//#region src/metrics/sum.d.ts
/** The weighted sum of values, fed to {@link accumulate}. It compares nothing, so `compile` cannot use it. */
declare class Sum extends Metric {
  #private;
  static override readonly className = "Sum";
  static readonly fields: Fields<MetricOptions>;
  readonly direction: Direction;
  constructor(options?: MetricOptions);
  accumulate(values: Value, sampleWeight: Value | null): Map<Variable, Value>;
  /** @throws {StateError} always */
  update(_yTrue: Value, _yPred: Value, _sampleWeight: Value | null, _context: MetricContext): Map<Variable, Value>;
  result(): number;
}
//#endregion
//#region src/metrics/top-k-categorical-accuracy.d.ts
interface TopKCategoricalAccuracyOptions extends MetricOptions {
  /** Default 5. */
  readonly k?: number;
}
/** How often the label (one-hot) is among the k largest predictions. */
declare class TopKCategoricalAccuracy extends MeanOfValues<TopKCategoricalAccuracyOptions> {
  static override readonly className = "TopKCategoricalAccuracy";
  static readonly fields: Fields<TopKCategoricalAccuracyOptions>;
  readonly direction: Direction;
  constructor(options?: TopKCategoricalAccuracyOptions);
  values(yTrue: Value, yPred: Value): Value;
}
//#endregion
//#region src/metrics/true-negatives.d.ts
/** How many rows are negative and were predicted so, by weight. */
declare class TrueNegatives extends ConditionCount {
  static override readonly className = "TrueNegatives";
  static readonly fields: Fields<ConditionCountOptions>;
  constructor(options?: ConditionCountOptions);
}
//#endregion
//#region src/metrics/true-positives.d.ts
/** How many rows are positive and were predicted so, by weight. */
declare class TruePositives extends ConditionCount {
  static override readonly className = "TruePositives";
  static readonly fields: Fields<ConditionCountOptions>;
  constructor(options?: ConditionCountOptions);
}
declare namespace catalogue_d_exports$4 {
  export { AUC, AucOptions as AUCOptions, Accuracy, BinaryAccuracy, BinaryAccuracyOptions, BinaryCrossentropy, BinaryCrossentropyOptions, CategoricalAccuracy, CategoricalCrossentropy, CategoricalCrossentropyOptions, CategoricalHinge, ConcordanceCorrelation, CosineSimilarity, CosineSimilarityOptions, F1Score, F1ScoreOptions, FBetaScore, FBetaScoreOptions, FalseNegatives, FalsePositives, Hinge, KLDivergence, LogCoshError, Mean, MeanAbsoluteError, MeanAbsolutePercentageError, MeanMetricWrapper, MeanMetricWrapperOptions, MeanSquaredError, MeanSquaredLogarithmicError, PearsonCorrelation, Poisson, Precision, PrecisionAtRecall, PrecisionAtRecallOptions, R2Score, R2ScoreOptions, Recall, RecallAtPrecision, RecallAtPrecisionOptions, RootMeanSquaredError, SensitivityAtSpecificity, SensitivityAtSpecificityOptions, SparseCategoricalAccuracy, SparseCategoricalCrossentropy, SparseCategoricalCrossentropyOptions, SparseTopKCategoricalAccuracy, SparseTopKCategoricalAccuracyOptions, SpecificityAtSensitivity, SpecificityAtSensitivityOptions, SquaredHinge, Sum, TopKCategoricalAccuracy, TopKCategoricalAccuracyOptions, TrueNegatives, TruePositives };
}
//#endregion
//#region src/metrics/get.d.ts
declare const ALIASES$1: {
  bce: string;
  BCE: string;
  mse: string;
  MSE: string;
  mae: string;
  MAE: string;
  mape: string;
  MAPE: string;
  msle: string;
  MSLE: string;
};
/** The names that Keras has for metrics. Accuracy and cross-entropy are binary, sparse or categorical as the shapes are. */
type MetricName = ClassNames<keyof typeof catalogue_d_exports$4> | keyof typeof ALIASES$1 | "accuracy" | "acc" | "crossentropy" | "ce";
/** What `compile` takes: a name as in Keras (`package>Name` if registered), a metric, a function of labels and predictions, or Keras's config. */
type MetricIdentifier = MetricName | RegisteredName | Metric | MetricFunction | {
  readonly [key: string]: Json;
};
/**
* The metric that an identifier names. A name becomes the metric's key in logs as it was written.
* @param where for messages, e.g. "compile.metrics[0]"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
declare function get$4(identifier: MetricIdentifier | string, where?: string): Metric;
/**
* Like {@link get}, where labels and predictions are known: "accuracy" and "acc" (in any case) then mean binary, sparse
* or categorical accuracy, as Keras chooses.
*/
declare function resolve(identifier: MetricIdentifier | string, yTrue: Shape, yPred: Shape, where?: string): Metric;
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
declare function serialize$6(metric: Metric): SerializedPart;
/** The metric that a dictionary of Keras 2 or 3 describes. */
declare function deserialize$6(json: Json, where?: string): Metric;
/** Makes a class of your own known by its `className`, so that files can name it. */
declare function register$6<C extends AnyPartClass<Metric>>(cls: C, packageName?: string): C;
declare namespace index_d_exports$7 {
  export { AUC, AucOptions as AUCOptions, Accuracy, BinaryAccuracy, BinaryAccuracyOptions, BinaryCrossentropy, BinaryCrossentropyOptions, CategoricalAccuracy, CategoricalCrossentropy, CategoricalCrossentropyOptions, CategoricalHinge, ConcordanceCorrelation, ConditionCountOptions, CorrelationOptions, CosineSimilarity, CosineSimilarityOptions, Direction, F1Score, F1ScoreOptions, FBetaScore, FBetaScoreOptions, FalseNegatives, FalsePositives, Hinge, KLDivergence, LogCoshError, Mean, MeanAbsoluteError, MeanAbsolutePercentageError, MeanMetricWrapper, MeanMetricWrapperOptions, MeanOfValues, MeanSquaredError, MeanSquaredLogarithmicError, Metric, MetricContext, MetricFunction, MetricIdentifier, MetricName, MetricOptions, MetricResult, PearsonCorrelation, Poisson, Precision, PrecisionAtRecall, PrecisionAtRecallOptions, R2Score, R2ScoreOptions, RatioOptions, Recall, RecallAtPrecision, RecallAtPrecisionOptions, RootMeanSquaredError, SensitivityAtSpecificity, SensitivityAtSpecificityOptions, SparseCategoricalAccuracy, SparseCategoricalCrossentropy, SparseCategoricalCrossentropyOptions, SparseTopKCategoricalAccuracy, SparseTopKCategoricalAccuracyOptions, SpecificityAtSensitivity, SpecificityAtSensitivityOptions, SquaredHinge, Sum, TopKCategoricalAccuracy, TopKCategoricalAccuracyOptions, TrueNegatives, TruePositives, deserialize$6 as deserialize, get$4 as get, metricFields, register$6 as register, resolve, serialize$6 as serialize };
}
//#endregion
//#region src/optimizers/entry.d.ts
/** One element of an optimizer's state, in the order and with the name that Keras 3 gives it. */
interface OptimizerEntry {
  /** e.g. "adam/iteration", "adam/sequential_dense_kernel_momentum" */
  readonly name: string;
  readonly shape: StaticShape;
  /** A copy. iteration is int64, all else float32. */
  read(): Tensor;
  /** @throws {ShapeError} when the shape is another */
  write(tensor: Tensor): void;
  /** Absent for the step counter, which lives on the host. */
  readonly variable?: Variable;
}
//#endregion
//#region src/schedules/schedule.d.ts
/**
* A learning rate that follows the step. It is computed on the host for each step and fed to the training graph, so a
* schedule of one's own is a subclass with an option table and `at`; nothing has to be expressed in `ops`.
*/
declare abstract class LearningRateSchedule<O extends object = object> extends OptionPart<O> {
  /** Name in files; equal to the export's name. */
  static readonly className: string;
  /** The rate for the update that is made at `step` (0 for the first). */
  abstract at(step: number): number;
}
//#endregion
//#region src/schedules/cosine-decay.d.ts
interface CosineDecayOptions {
  /** The rate at step 0: start of the warm-up if there is one, else of the decay. */
  readonly initialLearningRate: number;
  /** Steps of the decay, after the warm-up. */
  readonly decaySteps: number;
  /** The rate at the end as a fraction of that at the start of the decay. Default 0. */
  readonly alpha?: number;
  readonly name?: string;
  /** Rate at the end of a linear warm-up, from which the decay starts; null (the default) for none. */
  readonly warmupTarget?: number | null;
  /** Steps of the warm-up. Default 0. */
  readonly warmupSteps?: number;
}
/** Half a cosine from the start's rate to `alpha` times it (Loshchilov & Hutter 2016), after an optional warm-up. */
declare class CosineDecay extends LearningRateSchedule<CosineDecayOptions> {
  static override readonly className = "CosineDecay";
  static readonly fields: Fields<CosineDecayOptions>;
  constructor(options: CosineDecayOptions);
  at(step: number): number;
}
//#endregion
//#region src/schedules/cosine-decay-restarts.d.ts
interface CosineDecayRestartsOptions {
  readonly initialLearningRate: number;
  /** Steps of the first period. */
  readonly firstDecaySteps: number;
  /** Each period is this many times as long as the one before, at least 1. Default 2. */
  readonly tMul?: number;
  /** Each period starts with this many times the rate of the one before. Default 1. */
  readonly mMul?: number;
  /** The lowest rate as a fraction of `initialLearningRate`. Default 0. */
  readonly alpha?: number;
  readonly name?: string;
}
/** Cosine decay that starts again and again (SGDR, Loshchilov & Hutter 2016). */
declare class CosineDecayRestarts extends LearningRateSchedule<CosineDecayRestartsOptions> {
  static override readonly className = "CosineDecayRestarts";
  static readonly fields: Fields<CosineDecayRestartsOptions>;
  constructor(options: CosineDecayRestartsOptions);
  at(step: number): number;
}
//#endregion
//#region src/schedules/exponential-decay.d.ts
interface ExponentialDecayOptions {
  readonly initialLearningRate: number;
  /** Steps after which the rate has been multiplied by `decayRate` once. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Decay at whole multiples of `decaySteps` only. Default false. */
  readonly staircase?: boolean;
  readonly name?: string;
}
/** `initialLearningRate * decayRate ^ (step / decaySteps)`. */
declare class ExponentialDecay extends LearningRateSchedule<ExponentialDecayOptions> {
  static override readonly className = "ExponentialDecay";
  static readonly fields: Fields<ExponentialDecayOptions>;
  constructor(options: ExponentialDecayOptions);
  at(step: number): number;
}
//#endregion
//#region src/schedules/inverse-time-decay.d.ts
interface InverseTimeDecayOptions {
  readonly initialLearningRate: number;
  /** Steps that count as one period. */
  readonly decaySteps: number;
  readonly decayRate: number;
  /** Decay at whole multiples of `decaySteps` only. Default false. */
  readonly staircase?: boolean;
  readonly name?: string;
}
/** `initialLearningRate / (1 + decayRate * step / decaySteps)`. */
declare class InverseTimeDecay extends LearningRateSchedule<InverseTimeDecayOptions> {
  static override readonly className = "InverseTimeDecay";
  static readonly fields: Fields<InverseTimeDecayOptions>;
  constructor(options: InverseTimeDecayOptions);
  at(step: number): number;
}
//#endregion
//#region src/schedules/piecewise-constant-decay.d.ts
interface PiecewiseConstantDecayOptions {
  /** Rising steps; a value holds up to and including its boundary. Fractions are cut off, as Keras does. */
  readonly boundaries: readonly number[];
  /** One rate more than there are boundaries. */
  readonly values: readonly number[];
  readonly name?: string;
}
/** `values[0]` up to step `boundaries[0]`, then `values[1]` up to `boundaries[1]`, … */
declare class PiecewiseConstantDecay extends LearningRateSchedule<PiecewiseConstantDecayOptions> {
  static override readonly className = "PiecewiseConstantDecay";
  static readonly fields: Fields<PiecewiseConstantDecayOptions>;
  constructor(options: PiecewiseConstantDecayOptions);
  at(step: number): number;
}
//#endregion
//#region src/schedules/polynomial-decay.d.ts
interface PolynomialDecayOptions {
  readonly initialLearningRate: number;
  /** Steps until `endLearningRate` is reached. */
  readonly decaySteps: number;
  /** Default 0.0001. */
  readonly endLearningRate?: number;
  /** Default 1, a straight line. */
  readonly power?: number;
  /** Past `decaySteps`, stretch the curve to the next multiple of it instead of staying at the end. Default false. */
  readonly cycle?: boolean;
  readonly name?: string;
}
/** From one rate to another along `(1 - step / decaySteps) ^ power`. */
declare class PolynomialDecay extends LearningRateSchedule<PolynomialDecayOptions> {
  static override readonly className = "PolynomialDecay";
  static readonly fields: Fields<PolynomialDecayOptions>;
  constructor(options: PolynomialDecayOptions);
  at(step: number): number;
}
//#endregion
//#region src/schedules/get.d.ts
/** Keras's dictionary for a schedule. */
declare function serialize$5(schedule: LearningRateSchedule): SerializedPart;
/** The schedule that Keras's dictionary describes. */
declare function deserialize$5(json: Json, where?: string): LearningRateSchedule;
/** Makes a class of your own known by its `className`, so that files can name it. */
declare function register$5<C extends AnyPartClass<LearningRateSchedule>>(cls: C, packageName?: string): C;
//#endregion
//#region src/schedules/name-field.d.ts
/** The option `name`. Keras 2 writes null where no name was given. */
declare function nameField(fallback: string): Field<string>;
declare namespace index_d_exports$11 {
  export { CosineDecay, CosineDecayOptions, CosineDecayRestarts, CosineDecayRestartsOptions, ExponentialDecay, ExponentialDecayOptions, InverseTimeDecay, InverseTimeDecayOptions, LearningRateSchedule, PiecewiseConstantDecay, PiecewiseConstantDecayOptions, PolynomialDecay, PolynomialDecayOptions, deserialize$5 as deserialize, nameField, register$5 as register, serialize$5 as serialize };
}
//#endregion
//#region src/optimizers/options.d.ts
/** A rate, a schedule, or a function of the step (0 for the first update). */
type LearningRateOption = number | LearningRateSchedule | ((step: number) => number);
/** What every optimizer takes. */
interface OptimizerOptions {
  /** Default: Keras's class name in snake case, with a number if it is taken. */
  readonly name?: string | null;
  readonly learningRate?: LearningRateOption;
  /** Before each update every weight shrinks by `weight * weightDecay * learningRate`. Default null: not at all. */
  readonly weightDecay?: number | null;
  /** Largest L2 norm of each gradient. At most one of the three clippings may be set; 0 is none, as in Keras. */
  readonly clipnorm?: number | null;
  /** Largest L2 norm of all gradients together. */
  readonly globalClipnorm?: number | null;
  /** Largest magnitude of each element of a gradient. */
  readonly clipvalue?: number | null;
  /** Keep an exponential moving average of the weights. Default false. */
  readonly useEma?: boolean;
  /** Weight of the old average in the new one, 0 to 1. Default 0.99. */
  readonly emaMomentum?: number;
  /** Every so many updates the weights are set to their averages; null (the default): only when training ends. */
  readonly emaOverwriteFrequency?: number | null;
  /**
  * Factor by which Keras scales the loss, and unscales its gradients again, so that float16 does not underflow. Kept
  * for files; computing in float32, where the two cancel, needs no scaling.
  */
  readonly lossScaleFactor?: number | null;
  /** Update once in so many steps, with the mean of their gradients; at least 2. Default null: every step. */
  readonly gradientAccumulationSteps?: number | null;
}
/** The options that all optimizers share, in the order of Keras's config. */
declare function commonFields(defaults: {
  learningRate: number;
  weightDecay?: number;
}): Fields<OptimizerOptions>;
//#endregion
//#region src/optimizers/learning-rate.d.ts
/** The handle of an optimizer's learning rate: read it, and set it unless it follows a schedule. */
declare class LearningRate {
  #private;
  /** Holds the rate as float32; null when it follows a schedule or a function. */
  readonly variable: Variable | null;
  /** What the rate follows, if anything. */
  readonly schedule: LearningRateSchedule | ((step: number) => number) | null;
  /**
  * @param owner name of the optimizer
  * @param iteration its steps so far
  */
  constructor(option: LearningRateOption, owner: string, iteration: () => number);
  /** The rate of the next step, as float32 has it. */
  numpy(): number;
  /** The rate of the step that follows `iteration` others. */
  at(iteration: number): number;
  /**
  * Sets the rate from the next step on. Nothing is compiled anew.
  * @throws {StateError} when the rate follows a schedule
  */
  assign(rate: number): void;
}
//#endregion
//#region src/optimizers/named-tensor.d.ts
/** An optimizer's variable as a file has it. Files without names number them: "0", "1", … */
interface NamedTensor {
  readonly name: string;
  readonly tensor: Tensor;
}
//#endregion
//#region src/optimizers/slots.d.ts
/** A kind of state that an optimizer keeps, e.g. Adam's momentum. */
interface SlotSpec {
  /** Last part of its variables' names, as in Keras 3. */
  readonly name: string;
  /** Every element at the start. Default 0. */
  readonly initial?: number;
  /** What Keras 2 calls it in files, e.g. "m". */
  readonly aliases?: readonly string[];
}
/** A slot that other options would need, and that some versions of Keras write all the same. */
interface UnusedSlot extends SlotSpec {
  /** Whether it may be dropped whatever it holds; otherwise only zeros are. */
  readonly whatever: boolean;
}
/** The scalars of one update. */
interface StepScalars {
  /** float32 */
  readonly learningRate: Value;
  /** float32; the number of this update, 1 for the first. Steps that only accumulate gradients do not count. */
  readonly step: Value;
}
/** A weight and the slots that belong to it, after an update. */
interface Updated<S> {
  readonly param: Value;
  readonly slots: S;
}
/**
* How one weight changes; the scalars that all weights share are already in it. (The type of a method, not of a function:
* an optimizer with slots of its own must still be an `Optimizer` to TypeScript.)
*/
type UpdateRule<S> = {
  rule(param: Value, gradient: Value, slots: S): Updated<S>;
}["rule"];
//#endregion
//#region src/optimizers/load-entries.d.ts
/** What of a state was found. */
interface LoadedEntries {
  /** False: the file has no step counter (Keras 2.2's RMSprop, Adagrad and Adadelta); ours was left alone. */
  readonly iteration: boolean;
  /** False: the file has no rate (Keras 2), or a schedule decides here. */
  readonly learningRate: boolean;
}
//#endregion
//#region src/optimizers/weight-decay.d.ts
/** Which variables do not decay. */
interface DecayExclusion {
  readonly variables?: readonly Variable[];
  /** Parts of names: a variable is left out when its name (e.g. "bias") contains one of them. */
  readonly names?: readonly string[];
}
//#endregion
//#region src/optimizers/optimizer.d.ts
/** The scalars that a training program feeds to {@link Optimizer.apply} at each step. */
interface ApplyScalars {
  /** float32: `optimizer.learningRate.at(optimizer.iteration)`. */
  readonly learningRate: Value;
  /** int32: `optimizer.iteration`, the steps made before this one. */
  readonly iteration: Value;
}
/**
* Turns gradients into new weights. A leaf declares its slots and the rule for one weight; everything that all
* optimizers share (accumulation, clipping, weight decay, averages, constraints) is done here, in Keras's order.
* An optimizer never runs anything itself: it says, symbolically, what becomes of the weights and of its own state.
*
* `O` are its options, `S` the slots of one weight.
*/
declare abstract class Optimizer<O extends OptimizerOptions = OptimizerOptions, S = object> extends OptionPart<O> {
  #private;
  /** Name in files; equal to the export's name. */
  static readonly className: string;
  readonly name: string;
  readonly learningRate: LearningRate;
  /** Steps made so far, those that only accumulate gradients included. The training loop counts. */
  iteration: number;
  constructor(fields: Fields<O>, options: Resolved<O>);
  /** Slots of each weight. Those of one group are interleaved weight by weight in files; groups follow each other. */
  abstract slotGroups(): readonly (readonly SlotSpec[])[];
  /** The rule for one weight. Scalars that all weights share are computed once, before the rule is returned. */
  abstract rule(scalars: StepScalars, shared: Readonly<Record<string, Value>>): UpdateRule<S>;
  /** Scalars that belong to no weight. */
  sharedSlots(): readonly SlotSpec[];
  /** Their values in an update, before the weights change; what {@link rule} gets. */
  updateShared(shared: Readonly<Record<string, Value>>, _scalars: StepScalars): Record<string, Value>;
  /** The shared scalars after so many updates, for states that lack them: Keras 2 never saved any. */
  sharedAfter(_updates: number): Readonly<Record<string, number>>;
  /** Slots that other options would need, and that some versions of Keras write all the same. */
  unusedSlots(): readonly UnusedSlot[];
  /** Updates made in so many steps. */
  updatesIn(steps: number): number;
  /** True when a schedule or a function computes the rate, so that it cannot be assigned. */
  get hasSchedule(): boolean;
  /** Keras's name for {@link iteration}. */
  get iterations(): number;
  get built(): boolean;
  /** All state in Keras 3's order: iteration, learning rate, averages, accumulators, slots. */
  get variables(): readonly OptimizerEntry[];
  /** Moving averages of the weights, in the order they were built in; empty without `useEma`. */
  get averages(): readonly Variable[];
  /** The weights that the optimizer was built for and has slots of. */
  get trainable(): readonly Variable[];
  /** Those of them that {@link apply} updates. */
  get active(): readonly Variable[];
  /**
  * Leaves variables out of weight decay. Only before the optimizer is built.
  * @throws {StateError} afterwards
  */
  excludeFromWeightDecay(exclusion: DecayExclusion): void;
  /**
  * Makes the slots of the weights that will be trained. Called again with some of these weights, it narrows
  * {@link apply} to them and keeps all slots.
  * @throws {StateError} when built for other weights
  */
  build(trainable: readonly Variable[]): void;
  /** Forgets all slots and makes those of other weights, to take the state of a file that has them. */
  rebuild(trainable: readonly Variable[]): void;
  /**
  * What becomes of the weights and of all own state in one step: accumulation, clipping, weight decay, update,
  * averages, constraints.
  * @param gradients one for each variable of {@link build}, those of the whole batch (after allSum)
  * @throws {StateError} when not built, or built for another number of weights
  */
  apply(gradients: readonly Value[], scalars: ApplyScalars): Map<Variable, Value>;
  /** Sets the weights to their averages; Keras does so when training ends. Nothing without `useEma`. */
  finalizeVariables(): void;
  /**
  * Takes over a state as a file has it: lists of Keras 3 with or without a learning rate, of Keras 2 by name or in
  * grouped order, without a step counter where there was none. A learning rate is ignored when a schedule has it.
  * @throws {StateError} when not built
  * @throws {FormatError} naming what does not fit; nothing has been changed then
  */
  loadEntries(list: readonly NamedTensor[]): LoadedEntries;
  override getConfig(): Record<string, Json>;
  /** The options that all optimizers have. */
  get common(): Resolved<OptimizerOptions>;
}
//#endregion
//#region src/optimizers/adadelta.d.ts
interface AdadeltaOptions extends OptimizerOptions {
  /** Decay of the means. Default 0.95. */
  readonly rho?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}
interface AdadeltaSlots {
  readonly accumulated_grad: Value;
  readonly accumulated_delta_var: Value;
}
/** Adadelta (Zeiler 2012): steps as large as recent ones were, in relation to the gradients. */
declare class Adadelta extends Optimizer<AdadeltaOptions, AdadeltaSlots> {
  static override readonly className = "Adadelta";
  static readonly fields: Fields<AdadeltaOptions>;
  constructor(options?: AdadeltaOptions);
  slotGroups(): readonly (readonly SlotSpec[])[];
  rule({
    learningRate
  }: StepScalars): UpdateRule<AdadeltaSlots>;
}
//#endregion
//#region src/optimizers/adagrad.d.ts
interface AdagradOptions extends OptimizerOptions {
  /** Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Added to the sum of squares, under the root. Default 1e-7. */
  readonly epsilon?: number;
}
interface AdagradSlots {
  readonly accumulator: Value;
}
/** Adagrad (Duchi et al. 2011): the rate of each element shrinks with the squares of its gradients so far. */
declare class Adagrad extends Optimizer<AdagradOptions, AdagradSlots> {
  static override readonly className = "Adagrad";
  static readonly fields: Fields<AdagradOptions>;
  constructor(options?: AdagradOptions);
  slotGroups(): readonly (readonly SlotSpec[])[];
  rule({
    learningRate
  }: StepScalars): UpdateRule<AdagradSlots>;
}
//#endregion
//#region src/optimizers/adam.d.ts
interface AdamOptions extends OptimizerOptions {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** The paper's "epsilon hat". Default 1e-7. */
  readonly epsilon?: number;
  /** Use the largest mean of squares so far (Reddi et al. 2018). Default false. */
  readonly amsgrad?: boolean;
}
interface AdamSlots {
  readonly momentum: Value;
  readonly velocity: Value;
  readonly velocity_hat?: Value;
}
/** What Adam and AdamW share; they differ in their defaults. */
declare abstract class AdamBase extends Optimizer<AdamOptions, AdamSlots> {
  slotGroups(): readonly (readonly SlotSpec[])[];
  override unusedSlots(): readonly UnusedSlot[];
  rule({
    learningRate,
    step
  }: StepScalars): UpdateRule<AdamSlots>;
}
/** Adam (Kingma & Ba 2014), with the bias corrections folded into the rate as in their section 2. */
declare class Adam extends AdamBase {
  static override readonly className = "Adam";
  static readonly fields: Fields<AdamOptions>;
  constructor(options?: AdamOptions);
}
//#endregion
//#region src/optimizers/adamax.d.ts
interface AdamaxOptions extends OptimizerOptions {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the largest gradient. Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}
interface AdamaxSlots {
  readonly momentum: Value;
  readonly norm: Value;
}
/** Adamax: Adam with the infinity norm (Kingma & Ba 2014, section 7). */
declare class Adamax extends Optimizer<AdamaxOptions, AdamaxSlots> {
  static override readonly className = "Adamax";
  static readonly fields: Fields<AdamaxOptions>;
  constructor(options?: AdamaxOptions);
  slotGroups(): readonly (readonly SlotSpec[])[];
  rule({
    learningRate,
    step
  }: StepScalars): UpdateRule<AdamaxSlots>;
}
//#endregion
//#region src/optimizers/adamw.d.ts
/** Adam with decoupled weight decay (Loshchilov & Hutter 2017): {@link Adam} with `weightDecay: 0.004`. */
declare class AdamW extends AdamBase {
  static override readonly className = "AdamW";
  static readonly fields: Fields<AdamOptions>;
  constructor(options?: AdamOptions);
}
//#endregion
//#region src/optimizers/ftrl.d.ts
interface FtrlOptions extends OptimizerOptions {
  /** Power of the accumulators in the rate, at most 0. Default -0.5. */
  readonly learningRatePower?: number;
  /** Default 0.1. */
  readonly initialAccumulatorValue?: number;
  /** Default 0. */
  readonly l1RegularizationStrength?: number;
  /** Default 0. */
  readonly l2RegularizationStrength?: number;
  /** A penalty on size that acts on the gradients. Default 0. */
  readonly l2ShrinkageRegularizationStrength?: number;
  /** Default 0. */
  readonly beta?: number;
}
interface FtrlSlots {
  readonly accumulator: Value;
  readonly linear: Value;
}
/** Follow the regularized leader (McMahan et al. 2013), for wide and sparse models. */
declare class Ftrl extends Optimizer<FtrlOptions, FtrlSlots> {
  static override readonly className = "Ftrl";
  static readonly fields: Fields<FtrlOptions>;
  constructor(options?: FtrlOptions);
  slotGroups(): readonly (readonly SlotSpec[])[];
  rule({
    learningRate
  }: StepScalars): UpdateRule<FtrlSlots>;
}
//#endregion
//#region src/optimizers/lamb.d.ts
interface LambOptions extends OptimizerOptions {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}
interface LambSlots {
  readonly momentum: Value;
  readonly velocity: Value;
}
/** LAMB (You et al. 2019): Adam with steps in proportion to the norm of each weight. */
declare class Lamb extends Optimizer<LambOptions, LambSlots> {
  static override readonly className = "Lamb";
  static readonly fields: Fields<LambOptions>;
  constructor(options?: LambOptions);
  slotGroups(): readonly (readonly SlotSpec[])[];
  rule({
    learningRate,
    step
  }: StepScalars): UpdateRule<LambSlots>;
}
//#endregion
//#region src/optimizers/lion.d.ts
interface LionOptions extends OptimizerOptions {
  /** Weight of the momentum beside the gradient in a step, above 0. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the momentum. Default 0.99. */
  readonly beta2?: number;
}
interface LionSlots {
  readonly momentum: Value;
}
/** Lion (Chen et al. 2023): steps of one size, in the direction of the sign. */
declare class Lion extends Optimizer<LionOptions, LionSlots> {
  static override readonly className = "Lion";
  static readonly fields: Fields<LionOptions>;
  constructor(options?: LionOptions);
  slotGroups(): readonly (readonly SlotSpec[])[];
  rule({
    learningRate
  }: StepScalars): UpdateRule<LionSlots>;
}
//#endregion
//#region src/optimizers/nadam.d.ts
interface NadamOptions extends OptimizerOptions {
  /** Decay of the mean of gradients. Default 0.9. */
  readonly beta1?: number;
  /** Decay of the mean of squared gradients. Default 0.999. */
  readonly beta2?: number;
  /** Default 1e-7. */
  readonly epsilon?: number;
}
interface NadamSlots {
  readonly momentum: Value;
  readonly velocity: Value;
}
/** Adam with Nesterov's momentum (Dozat 2015), with his schedule of the momentum's decay. */
declare class Nadam extends Optimizer<NadamOptions, NadamSlots> {
  #private;
  static override readonly className = "Nadam";
  static readonly fields: Fields<NadamOptions>;
  constructor(options?: NadamOptions);
  slotGroups(): readonly (readonly SlotSpec[])[];
  override sharedSlots(): readonly SlotSpec[];
  override sharedAfter(updates: number): Readonly<Record<string, number>>;
  override updateShared(shared: Readonly<Record<string, Value>>, {
    step
  }: StepScalars): Record<string, Value>;
  rule({
    learningRate,
    step
  }: StepScalars, shared: Readonly<Record<string, Value>>): UpdateRule<NadamSlots>;
}
//#endregion
//#region src/optimizers/rmsprop.d.ts
interface RmspropOptions extends OptimizerOptions {
  /** Decay of the mean of squared gradients. Default 0.9. */
  readonly rho?: number;
  /** Default 0. */
  readonly momentum?: number;
  /** Added to the mean of squares, under the root. Default 1e-7. */
  readonly epsilon?: number;
  /** Divide by the variance instead of the second moment. Default false. */
  readonly centered?: boolean;
}
interface RmspropSlots {
  readonly velocity: Value;
  readonly momentum?: Value;
  readonly average_gradient?: Value;
}
/** RMSprop (Hinton 2012), plain momentum included; centered as in Graves 2013. */
declare class RMSprop extends Optimizer<RmspropOptions, RmspropSlots> {
  static override readonly className = "RMSprop";
  static readonly fields: Fields<RmspropOptions>;
  constructor(options?: RmspropOptions);
  slotGroups(): readonly (readonly SlotSpec[])[];
  rule({
    learningRate
  }: StepScalars): UpdateRule<RmspropSlots>;
}
//#endregion
//#region src/optimizers/sgd.d.ts
interface SgdOptions extends OptimizerOptions {
  /** 0 to 1. Default 0. */
  readonly momentum?: number;
  /** Nesterov's momentum (Sutskever et al. 2013). Default false. */
  readonly nesterov?: boolean;
}
interface SgdSlots {
  readonly momentum?: Value;
}
/** Gradient descent: `param - learningRate * gradient`, with momentum or without. */
declare class SGD extends Optimizer<SgdOptions, SgdSlots> {
  static override readonly className = "SGD";
  static readonly fields: Fields<SgdOptions>;
  constructor(options?: SgdOptions);
  slotGroups(): readonly (readonly SlotSpec[])[];
  /** tf_keras keeps each step there although momentum 0 makes nothing of it. */
  override unusedSlots(): readonly UnusedSlot[];
  rule({
    learningRate
  }: StepScalars): UpdateRule<SgdSlots>;
}
declare namespace catalogue_d_exports$3 {
  export { Adadelta, AdadeltaOptions, Adagrad, AdagradOptions, Adam, AdamOptions, AdamW, Adamax, AdamaxOptions, Ftrl, FtrlOptions, Lamb, LambOptions, Lion, LionOptions, Nadam, NadamOptions, RMSprop, RmspropOptions as RMSpropOptions, SGD, SgdOptions as SGDOptions };
}
//#endregion
//#region src/optimizers/get.d.ts
/** The names that Keras has for optimizers. */
type OptimizerName = Lowercase<keyof typeof catalogue_d_exports$3> | keyof typeof catalogue_d_exports$3;
/** What `compile` takes: a name (`package>Name` if registered), an optimizer, or Keras's config. */
type OptimizerIdentifier = OptimizerName | RegisteredName | Optimizer | {
  readonly [key: string]: Json;
};
/**
* An optimizer from what `compile` takes: an optimizer, a name as Keras has it (`"adam"`, `"rmsprop"`; case does not
* matter), or Keras's dictionary.
* @throws {OptionError} for an unknown name, with the nearest right one
*/
declare function get$3(identifier: unknown, where?: string): Optimizer;
/** Keras's dictionary for an optimizer. */
declare function serialize$4(optimizer: Optimizer): SerializedPart;
/** The optimizer that a dictionary of Keras 2 or 3 describes. */
declare function deserialize$4(json: Json, where?: string): Optimizer;
/** Makes a class of your own known by its `className`, so that files and names can refer to it. */
declare function register$4<C extends AnyPartClass<Optimizer>>(cls: C, packageName?: string): C;
declare namespace index_d_exports$9 {
  export { Adadelta, AdadeltaOptions, Adagrad, AdagradOptions, Adam, AdamOptions, AdamW, Adamax, AdamaxOptions, ApplyScalars, DecayExclusion, Ftrl, FtrlOptions, Lamb, LambOptions, LearningRate, LearningRateOption, Lion, LionOptions, LoadedEntries, Nadam, NadamOptions, NamedTensor, Optimizer, OptimizerEntry, OptimizerIdentifier, OptimizerName, OptimizerOptions, RMSprop, RmspropOptions as RMSpropOptions, SGD, SgdOptions as SGDOptions, SlotSpec, StepScalars, UpdateRule, Updated, commonFields, deserialize$4 as deserialize, get$3 as get, register$4 as register, serialize$4 as serialize };
}
//#endregion
//#region src/training/compile.d.ts
/** A loss by name, as object, as Keras's config, or as a function of (yTrue, yPred) that gives the loss of each sample. */
type LossLike = LossIdentifier;
/** A metric by name, as object, as Keras's config, or as a function of (yTrue, yPred) that is averaged. */
type MetricLike = MetricIdentifier;
/** One loss for all outputs, one an output (null: none), or by output name. */
type LossSpec = LossLike | readonly (LossLike | null)[] | {
  readonly [output: string]: LossLike | null;
};
type LossWeights = number | readonly number[] | {
  readonly [output: string]: number;
};
type MetricsSpec = readonly (MetricLike | null | readonly MetricLike[])[] | {
  readonly [output: string]: MetricLike | null | readonly MetricLike[];
};
/** Options of `model.compile`, as in Keras. */
interface CompileOptions {
  /** Default "rmsprop". */
  readonly optimizer?: OptimizerIdentifier;
  readonly loss?: LossSpec | null;
  /** Factors of the losses of several outputs. Default 1. */
  readonly lossWeights?: LossWeights | null;
  readonly metrics?: MetricsSpec | null;
  /** Metrics that sample weights and class weights apply to. */
  readonly weightedMetrics?: MetricsSpec | null;
  /** Batches between two calls of the batch hooks. Default 1. */
  readonly stepsPerExecution?: number;
  /** Has no effect here; kept for files. */
  readonly runEagerly?: boolean;
  /** Has no effect here; kept for files. */
  readonly jitCompile?: boolean | "auto";
  /** Has no effect here (losses are float32); kept for files. */
  readonly autoScaleLoss?: boolean;
  /** Contiguous parts that a batch is computed in; the bits of a training depend on it. Default "auto". */
  readonly shards?: number | "auto";
}
/** What `compile` was given, checked, with defaults, and with the optimizer made. Losses and metrics stay as given. */
type CompileArgs = Omit<Resolved<CompileOptions>, "optimizer"> & {
  readonly optimizer: Optimizer;
};
//#endregion
//#region src/data/dataset.d.ts
/** Rows that one training step uses. Every tensor has `rows` rows. */
interface Batch {
  readonly rows: number;
  /** One tensor an input of the model. */
  readonly x: readonly Tensor[];
  /** One tensor an output; none for data without labels. */
  readonly y: readonly Tensor[];
  /** None, or one for all outputs, or one an output. */
  readonly sampleWeight: readonly Tensor[];
}
/** Which batches, in which order. Equal orders give equal batches, in any process. */
interface BatchOrder {
  readonly batchSize: number;
  /** true: a new order of all rows each pass; "batch": rows change places inside each batch only, as in Keras. */
  readonly shuffle: boolean | "batch";
  readonly seed: number;
  /** How often training has begun with this data before; a key of the order. */
  readonly pass: number;
  /** Index of the first batch wanted (default 0). */
  readonly from?: number;
  /** What {@link BatchStream.getState} gave at batch `from`. */
  readonly state?: Json;
}
/** Batches one after the other. */
interface BatchStream {
  /** The next batch, or null at the end of the pass. */
  next(): Promise<Batch | null>;
  /** The position after the last batch given, for {@link BatchOrder.state}; null when the batch's index says it all. */
  getState(): Promise<Json>;
  /** Takes back a batch that nobody looks at any more: a later one may come in its memory. */
  recycle?(batch: Batch): void;
  /** Lets go of what the source holds; harmless when called twice. */
  close(): Promise<void>;
}
/** Where batches come from. */
interface Dataset {
  /** Rows of one pass, or null when only the end tells. */
  readonly rows: number | null;
  /** "index": any batch is reached at once; "state": positions are saved and set; "replay": batches before are made and dropped. */
  readonly seek: "index" | "state" | "replay";
  /** False: the source decides order and size of batches, `batchSize` and `shuffle` mean nothing. */
  readonly ordered: boolean;
  /** Batches of one pass, the last one perhaps smaller; null when only the end tells. */
  batchesPerPass(batchSize: number): number | null;
  open(order: BatchOrder): BatchStream;
  /** A digest of contents, shapes and dtypes, or null when there is nothing to look at without using it up. */
  fingerprint(): Promise<string | null>;
}
/** Whether a value offers what training needs of a {@link Dataset}. */
declare function isDataset(value: unknown): value is Dataset;
//#endregion
//#region src/data/to-tensors.d.ts
/** One array: nested numbers, a typed array, or anything with data and shape. */
type ArrayInput = NestedNumbers | TensorLike | ArrayBufferView;
/** One array, or a list of arrays (for several inputs or outputs). */
type ArraysInput = ArrayInput | readonly (TensorLike | ArrayBufferView)[];
/**
* A list of tensors of what a user gave for `what` ("x", "y", "sampleWeight"). A list is one array a place when its
* items are typed arrays or tensors; nested numbers are one array.
* @throws {OptionError} when it is no data
*/
declare function toTensors(value: ArraysInput, what: string): Tensor[];
//#endregion
//#region src/data/array-dataset.d.ts
/** Arrays as a user gives them: one each, or a list for several inputs or outputs. */
interface DatasetArrays {
  readonly x: ArraysInput;
  readonly y?: ArraysInput | null;
  /** One number a sample; a list for several outputs. */
  readonly sampleWeight?: ArraysInput | null;
}
/** Samples in memory: rows of arrays that all have equally many. */
declare class ArrayDataset implements Dataset {
  readonly x: readonly Tensor[];
  readonly y: readonly Tensor[];
  readonly sampleWeight: readonly Tensor[];
  readonly rows: number;
  readonly seek = "index";
  readonly ordered = true;
  /** @throws {ShapeError} when the arrays have different numbers of samples, or none */
  constructor(arrays: DatasetArrays);
  batchesPerPass(batchSize: number): number;
  open(order: BatchOrder): BatchStream;
  /** Rows `start … end - 1` as a dataset of their own, over the same memory. */
  slice(start: number, end: number): ArrayDataset;
  fingerprint(): Promise<string>;
  /** The same over a sample of large arrays: fast enough for each call of `fit`. */
  sampledFingerprint(): Promise<string>;
  private range;
  private pick;
}
/**
* The number of samples that all arrays have.
* @throws {ShapeError} naming every array with its size when they differ
*/
declare function commonRows(arrays: Readonly<Record<string, readonly Tensor[]>>): number;
//#endregion
//#region src/data/fingerprint.d.ts
type Arrays = Readonly<Record<string, readonly Tensor[]>>;
/** 32 hexadecimal digits of SHA-256 over names, shapes, dtypes and contents. */
declare function fingerprintOf(arrays: Arrays): Promise<string>;
//#endregion
//#region src/data/generator-dataset.d.ts
/** A batch as a generator gives it: `[x]`, `[x, y]`, `[x, y, sampleWeight]`, or an object. Never bare x. */
type GeneratedBatch = readonly [ArraysInput] | readonly [ArraysInput, ArraysInput | null] | readonly [ArraysInput, ArraysInput | null, ArraysInput | null] | {
  readonly x: ArraysInput;
  readonly y?: ArraysInput | null;
  readonly sampleWeight?: ArraysInput | null;
};
type AnyIterable = Iterable<GeneratedBatch> | AsyncIterable<GeneratedBatch>;
/** An iterator that can save where it is and go back there. */
interface Positioned {
  getState(): Json | Promise<Json>;
  setState(state: Json): void | Promise<void>;
}
/** How a source of batches is used. */
interface GeneratorOptions {
  /** Batches of one pass, when known. */
  readonly batchesPerPass?: number;
  /** Rows of one pass, when known. */
  readonly rows?: number;
  /** A name for this data that changes when the data does; part of what identifies a run. */
  readonly fingerprint?: string;
}
/**
* Batches from a function that is called once a pass and gives an iterable (a generator function), or from an iterable
* that starts anew each time it is iterated. An iterator (or iterable) with `getState` and `setState` is put back
* where it was on a resume; any other is replayed up to there.
*/
declare function fromGenerator(source: ((pass: number) => AnyIterable) | AnyIterable, options?: GeneratorOptions): Dataset;
//#endregion
//#region src/data/permutation.d.ts
/**
* The order of `n` rows in pass number `pass`: Fisher-Yates from the last row to the first, with word k of the Philox
* stream (seed, "shuffle", pass) for its k-th swap. Part of the format of saved training states: never to change.
*/
declare function permutation(n: number, seed: number, pass: number): Uint32Array;
/** The order inside batch number `batch` of `rows` rows, for `shuffle: "batch"`. */
declare function permutationInBatch(rows: number, seed: number, pass: number, batch: number): Uint32Array;
//#endregion
//#region src/data/split.d.ts
/**
* Keras's `validation_split`: the last n - floor(n (1 - fraction)) samples in the order given, taken before any
* shuffling.
* @throws {ShapeError} when either side would be empty
*/
declare function splitValidation(data: ArrayDataset, fraction: number): {
  readonly training: ArrayDataset;
  readonly validation: ArrayDataset;
};
declare namespace index_d_exports$3 {
  export { ArrayDataset, ArrayInput, ArraysInput, Batch, BatchOrder, BatchStream, Dataset, DatasetArrays, GeneratedBatch, GeneratorOptions, Positioned, commonRows, fingerprintOf, fromGenerator, isDataset, permutation, permutationInBatch, splitValidation, toTensors };
}
//#endregion
//#region src/layers/inputs.d.ts
/** What a layer computes on and gives: one value, or a list in Keras's order. */
type Inputs = Value | readonly Value[];
declare function isList(inputs: Inputs): inputs is readonly Value[];
declare function valuesOf(inputs: Inputs): readonly Value[];
//#endregion
//#region src/regularizers/regularizer.d.ts
/** A penalty on a weight, added to the loss once a step. Own ones: subclass, and register the class to save it. */
declare abstract class Regularizer<O extends object = object> extends OptionPart<O> {
  /** Keeps what is no regularizer (a constraint has the same methods) from passing for one. */
  protected readonly part: "regularizer";
  /** The penalty as a float32 scalar. */
  abstract apply(weight: Value): Value;
}
//#endregion
//#region src/regularizers/l1.d.ts
interface L1Options {
  /** Factor, >= 0. Default 0.01. */
  l1?: number;
}
/** l1 * sum |w|. */
declare class L1 extends Regularizer<L1Options> {
  static readonly className = "L1";
  static readonly fields: Fields<L1Options>;
  constructor(options?: L1Options);
  override apply(weight: Value): Value;
}
//#endregion
//#region src/regularizers/l1-l2.d.ts
interface L1L2Options {
  /** Factor of the absolute values, >= 0. Default 0. */
  l1?: number;
  /** Factor of the squares, >= 0. Default 0. */
  l2?: number;
}
/** l1 * sum |w| + l2 * sum w². */
declare class L1L2 extends Regularizer<L1L2Options> {
  static readonly className = "L1L2";
  static readonly fields: Fields<L1L2Options>;
  constructor(options?: L1L2Options);
  override apply(weight: Value): Value;
}
//#endregion
//#region src/regularizers/l2.d.ts
interface L2Options {
  /** Factor, >= 0. Default 0.01. */
  l2?: number;
}
/** l2 * sum w². */
declare class L2 extends Regularizer<L2Options> {
  static readonly className = "L2";
  static readonly fields: Fields<L2Options>;
  constructor(options?: L2Options);
  override apply(weight: Value): Value;
}
//#endregion
//#region src/regularizers/orthogonal-regularizer.d.ts
interface OrthogonalRegularizerOptions {
  /** Factor, >= 0. Default 0.01. */
  factor?: number;
  /** Which vectors are to be orthogonal to each other. Default "rows". */
  mode?: "rows" | "columns";
}
/** Pushes the rows (or columns) of a matrix apart: factor / 2 * sum of |cosine| over all pairs / number of pairs. */
declare class OrthogonalRegularizer extends Regularizer<OrthogonalRegularizerOptions> {
  static readonly className = "OrthogonalRegularizer";
  static readonly fields: Fields<OrthogonalRegularizerOptions>;
  constructor(options?: OrthogonalRegularizerOptions);
  /** @throws {ShapeError} for weights that are not matrices */
  override apply(weight: Value): Value;
}
declare namespace catalogue_d_exports$2 {
  export { L1, L1L2, L1L2Options, L1Options, L2, L2Options, OrthogonalRegularizer, OrthogonalRegularizerOptions };
}
//#endregion
//#region src/regularizers/get.d.ts
/** The names that Keras has for regularizers. */
type RegularizerName = ClassNames<keyof typeof catalogue_d_exports$2> | "l1_l2";
/** What options take: a name as in Keras (a registered one as `package>Name`), an instance, or Keras's config. */
type RegularizerIdentifier = RegularizerName | RegisteredName | Regularizer | {
  readonly [key: string]: Json;
};
/**
* The regularizer that an identifier names.
* @param where for messages, e.g. "Dense.kernelRegularizer"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
declare function get$2(identifier: RegularizerIdentifier | string, where?: string): Regularizer;
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
declare function serialize$3(regularizer: Regularizer): SerializedPart;
/** The regularizer that Keras's dictionary describes. */
declare function deserialize$3(json: Json, where?: string): Regularizer;
/** Makes a class of your own known by its `className`, so that files can name it. */
declare function register$3<C extends AnyPartClass<Regularizer>>(cls: C, packageName?: string): C;
declare namespace index_d_exports$10 {
  export { L1, L1L2, L1L2Options, L1Options, L2, L2Options, OrthogonalRegularizer, OrthogonalRegularizerOptions, Regularizer, RegularizerIdentifier, RegularizerName, deserialize$3 as deserialize, get$2 as get, register$3 as register, serialize$3 as serialize };
}
//#endregion
//#region src/layers/input-spec.d.ts
/** What one input of a layer must look like. */
interface InputSpec {
  readonly rank?: number;
  readonly minRank?: number;
  /** Sizes of axes (negative ones count from the end), e.g. `{ [-1]: 10 }`. */
  readonly axes?: {
    readonly [axis: number]: number;
  };
}
//#endregion
//#region src/layers/node.d.ts
/** Options of one call of a layer, e.g. `{ training: false }`. */
type CallOptions = {
  readonly [option: string]: Json;
};
/** Shape and dtype of one result of a call. */
interface OutputType {
  readonly shape: Shape;
  readonly dtype: DType;
}
/** One call of a layer: an edge bundle of the network. A shared layer has a node for each of its calls. */
declare class Node {
  readonly layer: Layer;
  /** Position among the layer's calls. */
  readonly index: number;
  readonly inputs: readonly KerasTensor[];
  /** Whether the layer was given a list (of perhaps one tensor) rather than one tensor. */
  readonly takesList: boolean;
  readonly options: CallOptions;
  readonly outputs: readonly KerasTensor[];
  readonly givesList: boolean;
  constructor(layer: Layer, inputs: KerasTensor | readonly KerasTensor[], options: CallOptions, outputs: OutputType | readonly OutputType[]);
  /** An entry point of networks: the call of an InputLayer. */
  get isInput(): boolean;
  /** What the call gave: one tensor, or the list. */
  get result(): KerasTensor | readonly KerasTensor[];
}
//#endregion
//#region src/layers/keras-tensor.d.ts
/** What is known of a tensor before there is data: shape and dtype, and which call of which layer makes it. */
declare class KerasTensor {
  /** `null` is a dimension that only data fixes; the first one is the batch. */
  readonly shape: Shape;
  readonly dtype: DType;
  readonly name: string;
  /** The call that this tensor comes out of. */
  readonly node: Node;
  /** Which output of that call it is. */
  readonly tensorIndex: number;
  constructor(shape: Shape, dtype: DType, name: string, node: Node, tensorIndex: number);
  toString(): string;
}
/** Keras tensors as callers group them: one, a list, or a record by name. */
type Tensors = KerasTensor | readonly KerasTensor[] | {
  readonly [name: string]: KerasTensor;
};
declare function isKerasTensor(value: unknown): value is KerasTensor;
/** The tensors of a group in Keras's order: lists as they are, records by sorted key. */
declare function flattenTensors(tensors: Tensors): readonly KerasTensor[];
//#endregion
//#region src/constraints/constraint.d.ts
/** A projection applied to a weight after each update. Own ones: subclass, and register the class to save it. */
declare abstract class Constraint<O extends object = object> extends OptionPart<O> {
  /** Keeps what is no constraint (a regularizer has the same methods) from passing for one. */
  protected readonly part: "constraint";
  /** The nearest allowed weight, of the same shape. */
  abstract apply(weight: Value): Value;
}
//#endregion
//#region src/constraints/max-norm.d.ts
interface MaxNormOptions {
  /** Largest norm, >= 0. Default 2. */
  maxValue?: number;
  /** Axis (or axes) of one weight vector: 0 for Dense kernels, [0, 1, 2] for Conv2D kernels. Default 0. */
  axis?: number | readonly number[];
}
/** Scales down every weight vector that is longer than `maxValue`. */
declare class MaxNorm extends Constraint<MaxNormOptions> {
  static readonly className = "MaxNorm";
  static readonly fields: Fields<MaxNormOptions>;
  constructor(options?: MaxNormOptions);
  override apply(weight: Value): Value;
}
//#endregion
//#region src/constraints/min-max-norm.d.ts
interface MinMaxNormOptions {
  /** Smallest norm, >= 0. Default 0. */
  minValue?: number;
  /** Largest norm, >= 0. Default 1. */
  maxValue?: number;
  /** How far each update goes: 1 all the way, less approaches it. Default 1. */
  rate?: number;
  /** Axis (or axes) of one weight vector. Default 0. */
  axis?: number | readonly number[];
}
/** Keeps the norm of every weight vector between two values. */
declare class MinMaxNorm extends Constraint<MinMaxNormOptions> {
  static readonly className = "MinMaxNorm";
  static readonly fields: Fields<MinMaxNormOptions>;
  constructor(options?: MinMaxNormOptions);
  override apply(weight: Value): Value;
}
//#endregion
//#region src/constraints/non-neg.d.ts
/** Sets negative weights to 0. */
declare class NonNeg extends Constraint {
  static readonly className = "NonNeg";
  static readonly fields: {};
  constructor(options?: object);
  override apply(weight: Value): Value;
}
//#endregion
//#region src/constraints/unit-norm.d.ts
interface UnitNormOptions {
  /** Axis (or axes) of one weight vector. Default 0. */
  axis?: number | readonly number[];
}
/** Scales every weight vector to length 1. */
declare class UnitNorm extends Constraint<UnitNormOptions> {
  static readonly className = "UnitNorm";
  static readonly fields: Fields<UnitNormOptions>;
  constructor(options?: UnitNormOptions);
  override apply(weight: Value): Value;
}
declare namespace catalogue_d_exports$1 {
  export { MaxNorm, MaxNormOptions, MinMaxNorm, MinMaxNormOptions, NonNeg, UnitNorm, UnitNormOptions };
}
//#endregion
//#region src/constraints/get.d.ts
/** The names that Keras has for constraints. */
type ConstraintName = ClassNames<keyof typeof catalogue_d_exports$1>;
/** What options take: a name as in Keras (a registered one as `package>Name`), an instance, or Keras's config. */
type ConstraintIdentifier = ConstraintName | RegisteredName | Constraint | {
  readonly [key: string]: Json;
};
/**
* The constraint that an identifier names.
* @param where for messages, e.g. "Dense.kernelConstraint"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
declare function get$1(identifier: ConstraintIdentifier | string, where?: string): Constraint;
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
declare function serialize$2(constraint: Constraint): SerializedPart;
/** The constraint that Keras's dictionary describes. */
declare function deserialize$2(json: Json, where?: string): Constraint;
/** Makes a class of your own known by its `className`, so that files can name it. */
declare function register$2<C extends AnyPartClass<Constraint>>(cls: C, packageName?: string): C;
declare namespace index_d_exports$2 {
  export { Constraint, ConstraintIdentifier, ConstraintName, MaxNorm, MaxNormOptions, MinMaxNorm, MinMaxNormOptions, NonNeg, UnitNorm, UnitNormOptions, deserialize$2 as deserialize, get$1 as get, register$2 as register, serialize$2 as serialize };
}
//#endregion
//#region src/initializers/initializer.d.ts
/** Makes the first values of a weight. Own ones: subclass, and register the class to save it. */
declare abstract class Initializer<O extends object = object> extends OptionPart<O> {
  /**
  * Row-major elements for a weight of this shape. The same shape and seed always give the same bits.
  * @param seed used when the initializer has no seed of its own
  */
  abstract initialize(shape: StaticShape, seed: number): Float32Array;
}
/** An initializer that makes its elements where the weight lies: large weights need no second copy. */
declare abstract class FillingInitializer<O extends object = object> extends Initializer<O> {
  /** Writes the elements of {@link initialize} to `out`. */
  abstract fill(out: Float32Array, shape: StaticShape, seed: number): void;
  override initialize(shape: StaticShape, seed: number): Float32Array;
}
//#endregion
//#region src/initializers/constant.d.ts
interface ConstantOptions {
  /** A number, or nested arrays that broadcast to the weight's shape. Default 0. */
  value?: NestedNumbers;
}
/** The same value everywhere, or given values. */
declare class Constant extends Initializer<ConstantOptions> {
  static readonly className = "Constant";
  static readonly fields: Fields<ConstantOptions>;
  constructor(options?: ConstantOptions);
  /** @throws {ShapeError} when the given values do not broadcast to the shape */
  override initialize(shape: StaticShape, _seed?: number): Float32Array;
}
//#endregion
//#region src/initializers/seed.d.ts
interface SeedOption {
  /** A whole number: every weight made with this initializer then gets the same numbers. Default: the model's seeds. */
  seed?: number | null;
}
//#endregion
//#region src/initializers/scaling.d.ts
interface FanOptions extends SeedOption {
  /** Axes of the weight that count as inputs; needs `outputAxes` too. Default: from the shape. */
  inputAxes?: readonly number[] | null;
  outputAxes?: readonly number[] | null;
}
/** How numbers are scaled to the fans of a weight. */
interface Scaling {
  readonly scale: number;
  readonly mode: "fan_in" | "fan_out" | "fan_avg";
  readonly distribution: "truncated_normal" | "untruncated_normal" | "uniform";
}
/** Base of the initializers whose variance is scale / fan. */
declare abstract class ScalingInitializer<O extends FanOptions> extends FillingInitializer<O> {
  protected abstract scaling(): Scaling;
  override fill(out: Float32Array, shape: StaticShape, seed: number): void;
}
//#endregion
//#region src/initializers/glorot-normal.d.ts
/** Truncated normal of variance 2 / (inputs + outputs). Glorot and Bengio 2010. */
declare class GlorotNormal extends ScalingInitializer<FanOptions> {
  static readonly className = "GlorotNormal";
  static readonly fields: Fields<FanOptions>;
  constructor(options?: FanOptions);
  protected override scaling(): Scaling;
}
//#endregion
//#region src/initializers/glorot-uniform.d.ts
/** Uniform within sqrt(6 / (inputs + outputs)). Glorot and Bengio 2010. */
declare class GlorotUniform extends ScalingInitializer<FanOptions> {
  static readonly className = "GlorotUniform";
  static readonly fields: Fields<FanOptions>;
  constructor(options?: FanOptions);
  protected override scaling(): Scaling;
}
//#endregion
//#region src/initializers/he-normal.d.ts
/** Truncated normal of variance 2 / inputs. He et al. 2015, arXiv:1502.01852. */
declare class HeNormal extends ScalingInitializer<FanOptions> {
  static readonly className = "HeNormal";
  static readonly fields: Fields<FanOptions>;
  constructor(options?: FanOptions);
  protected override scaling(): Scaling;
}
//#endregion
//#region src/initializers/he-uniform.d.ts
/** Uniform within sqrt(6 / inputs). He et al. 2015, arXiv:1502.01852. */
declare class HeUniform extends ScalingInitializer<FanOptions> {
  static readonly className = "HeUniform";
  static readonly fields: Fields<FanOptions>;
  constructor(options?: FanOptions);
  protected override scaling(): Scaling;
}
//#endregion
//#region src/initializers/identity.d.ts
interface IdentityOptions {
  /** Factor of the matrix. Default 1. */
  gain?: number;
}
/** The identity matrix, times `gain`. Only for weights of two dimensions. */
declare class Identity$1 extends Initializer<IdentityOptions> {
  static readonly className = "Identity";
  static readonly fields: Fields<IdentityOptions>;
  constructor(options?: IdentityOptions);
  /** @throws {ShapeError} for weights that are not matrices */
  override initialize(shape: StaticShape, _seed?: number): Float32Array;
}
//#endregion
//#region src/initializers/lecun-normal.d.ts
/** Truncated normal of variance 1 / inputs. Klambauer et al. 2017, arXiv:1706.02515. */
declare class LecunNormal extends ScalingInitializer<FanOptions> {
  static readonly className = "LecunNormal";
  static readonly fields: Fields<FanOptions>;
  constructor(options?: FanOptions);
  protected override scaling(): Scaling;
}
//#endregion
//#region src/initializers/lecun-uniform.d.ts
/** Uniform within sqrt(3 / inputs). LeCun et al. 1998. */
declare class LecunUniform extends ScalingInitializer<FanOptions> {
  static readonly className = "LecunUniform";
  static readonly fields: Fields<FanOptions>;
  constructor(options?: FanOptions);
  protected override scaling(): Scaling;
}
//#endregion
//#region src/initializers/ones.d.ts
/** All 1. */
declare class Ones extends Initializer {
  static readonly className = "Ones";
  static readonly fields: {};
  constructor(options?: object);
  override initialize(shape: StaticShape, _seed?: number): Float32Array;
}
//#endregion
//#region src/initializers/orthogonal.d.ts
interface OrthogonalOptions extends SeedOption {
  /** Factor of the matrix. Default 1. */
  gain?: number;
}
/**
* A random orthogonal matrix (all dimensions but the last are taken as one), times `gain`: the orthogonal factor of a
* normal matrix with positive diagonal in R. Saxe et al. 2014, arXiv:1312.6120.
*/
declare class Orthogonal extends Initializer<OrthogonalOptions> {
  static readonly className = "Orthogonal";
  static readonly fields: Fields<OrthogonalOptions>;
  constructor(options?: OrthogonalOptions);
  /** @throws {ShapeError} for weights of fewer than two dimensions */
  override initialize(shape: StaticShape, seed: number): Float32Array;
}
//#endregion
//#region src/initializers/random-normal.d.ts
interface RandomNormalOptions extends SeedOption {
  /** Default 0. */
  mean?: number;
  /** Default 0.05. */
  stddev?: number;
}
/** Normal with the given mean and standard deviation. */
declare class RandomNormal extends FillingInitializer<RandomNormalOptions> {
  static readonly className = "RandomNormal";
  static readonly fields: Fields<RandomNormalOptions>;
  constructor(options?: RandomNormalOptions);
  override fill(out: Float32Array, _shape: StaticShape, seed: number): void;
}
//#endregion
//#region src/initializers/random-uniform.d.ts
interface RandomUniformOptions extends SeedOption {
  /** Default -0.05. */
  minval?: number;
  /** Default 0.05. */
  maxval?: number;
}
/** Uniform in [minval, maxval). */
declare class RandomUniform extends FillingInitializer<RandomUniformOptions> {
  static readonly className = "RandomUniform";
  static readonly fields: Fields<RandomUniformOptions>;
  constructor(options?: RandomUniformOptions);
  override fill(out: Float32Array, _shape: StaticShape, seed: number): void;
}
//#endregion
//#region src/initializers/truncated-normal.d.ts
interface TruncatedNormalOptions extends SeedOption {
  /** Default 0. */
  mean?: number;
  /** Standard deviation before the cut. Default 0.05. */
  stddev?: number;
}
/** Normal with the given mean and standard deviation, cut at two standard deviations. */
declare class TruncatedNormal extends FillingInitializer<TruncatedNormalOptions> {
  static readonly className = "TruncatedNormal";
  static readonly fields: Fields<TruncatedNormalOptions>;
  constructor(options?: TruncatedNormalOptions);
  override fill(out: Float32Array, _shape: StaticShape, seed: number): void;
}
//#endregion
//#region src/initializers/variance-scaling.d.ts
interface VarianceScalingOptions extends FanOptions {
  /** Variance times fan, > 0. Default 1. */
  scale?: number;
  /** Default "fan_in". */
  mode?: "fan_in" | "fan_out" | "fan_avg";
  /** "normal" means "truncated_normal". Default "truncated_normal". */
  distribution?: "truncated_normal" | "untruncated_normal" | "uniform" | "normal";
}
/** Variance scale / fan, where fan is the number of inputs, of outputs, or their mean. */
declare class VarianceScaling extends ScalingInitializer<VarianceScalingOptions> {
  static readonly className = "VarianceScaling";
  static readonly fields: Fields<VarianceScalingOptions>;
  constructor(options?: VarianceScalingOptions);
  protected override scaling(): Scaling;
}
//#endregion
//#region src/initializers/zeros.d.ts
/** All 0. */
declare class Zeros extends Initializer {
  static readonly className = "Zeros";
  static readonly fields: {};
  constructor(options?: object);
  override initialize(shape: StaticShape, _seed?: number): Float32Array;
}
declare namespace catalogue_d_exports {
  export { Constant, ConstantOptions, GlorotNormal, GlorotUniform, HeNormal, HeUniform, Identity$1 as Identity, IdentityOptions, LecunNormal, LecunUniform, Ones, Orthogonal, OrthogonalOptions, RandomNormal, RandomNormalOptions, RandomUniform, RandomUniformOptions, TruncatedNormal, TruncatedNormalOptions, VarianceScaling, VarianceScalingOptions, Zeros };
}
//#endregion
//#region src/initializers/fans.d.ts
/** Inputs and outputs of one unit. */
interface Fans {
  readonly fanIn: number;
  readonly fanOut: number;
}
/**
* Keras's rule (`compute_fans`): (in, out) for matrices; for kernels (…window, in, out), each times the window's size.
* With both lists of axes given, the products of those dimensions.
*/
declare function computeFans(shape: StaticShape, inputAxes?: readonly number[] | null, outputAxes?: readonly number[] | null): Fans;
//#endregion
//#region src/initializers/get.d.ts
declare const ALIASES: {
  IdentityInitializer: string;
  OrthogonalInitializer: string;
  normal: string;
  uniform: string;
  one: string;
  zero: string;
};
/** The names that Keras has for initializers. */
type InitializerName = ClassNames<keyof typeof catalogue_d_exports> | keyof typeof ALIASES;
/** What options take: a name as in Keras (a registered one as `package>Name`), an instance, or Keras's config. */
type InitializerIdentifier = InitializerName | RegisteredName | Initializer | {
  readonly [key: string]: Json;
};
/**
* The initializer that an identifier names.
* @param where for messages, e.g. "Dense.kernelInitializer"
* @throws {OptionError} for an unknown name, with the nearest spelling
*/
declare function get(identifier: InitializerIdentifier | string, where?: string): Initializer;
/** Keras's dictionary `{ module, class_name, config, registered_name }`. */
declare function serialize$1(initializer: Initializer): SerializedPart;
/** The initializer that Keras's dictionary describes. */
declare function deserialize$1(json: Json, where?: string): Initializer;
/** Makes a class of your own known by its `className`, so that files can name it. */
declare function register$1<C extends AnyPartClass<Initializer>>(cls: C, packageName?: string): C;
declare namespace index_d_exports$4 {
  export { Constant, ConstantOptions, FanOptions, Fans, FillingInitializer, GlorotNormal, GlorotUniform, HeNormal, HeUniform, Identity$1 as Identity, IdentityOptions, Initializer, InitializerIdentifier, InitializerName, LecunNormal, LecunUniform, Ones, Orthogonal, OrthogonalOptions, RandomNormal, RandomNormalOptions, RandomUniform, RandomUniformOptions, SeedOption, TruncatedNormal, TruncatedNormalOptions, VarianceScaling, VarianceScalingOptions, Zeros, computeFans, deserialize$1 as deserialize, get, register$1 as register, serialize$1 as serialize };
}
//#endregion
//#region src/layers/layer-class.d.ts
/** What a weight is made with. */
interface WeightOptions {
  readonly shape: StaticShape;
  /** Default: "glorot_uniform" for float weights, "zeros" for others. */
  readonly initializer?: InitializerIdentifier;
  readonly regularizer?: Regularizer | null;
  readonly constraint?: Constraint | null;
  /** Default true. False for state that training changes otherwise, such as moving averages. */
  readonly trainable?: boolean;
  readonly dtype?: GraphDType;
}
/** How a layer turns its config back into itself. */
interface LayerClass {
  readonly className: string;
  new (...args: any[]): Layer;
  fromConfig(config: Config, resolve: Resolve): Layer;
}
/**
* Finds a class of layers by the name that a file has for it; whoever loads decides what there is. `registeredName` is
* Keras's `package>ClassName` of user classes.
*/
type Resolve = (className: string, registeredName: string | null) => LayerClass | undefined;
//#endregion
//#region src/layers/layer-options.d.ts
/** Options that every layer takes. */
interface LayerOptions {
  /** Unique in its model. Default: Keras's automatic name, e.g. "dense_1". */
  readonly name?: string | null;
  /** Default true. False keeps the weights as they are in training; takes effect with the next `compile`. */
  readonly trainable?: boolean;
  /** Dtype policy. All are computed in float32 and kept when saving. */
  readonly dtype?: string;
  /** Shape of one sample, for the first layer of a Sequential. */
  readonly inputShape?: Shape | null;
  /** As `inputShape`, with the batch in front. */
  readonly batchInputShape?: Shape | null;
  /** Penalty on what the layer gives out, added to the loss. */
  readonly activityRegularizer?: RegularizerIdentifier | null;
}
//#endregion
//#region src/layers/layer.d.ts
/**
* A step of a network: maps tensors to tensors, may own weights. Subclasses override `build` (make weights for the
* shapes of the inputs) and `call` (the computation, on graph values). Layers that they hold as properties, alone, in
* arrays or in plain objects, count as parts of them, in the order in which they were set.
*/
declare abstract class Layer {
  #private;
  /** The name that files have for the class. */
  static readonly className: string;
  /** @throws {OptionError} for a wrong common option */
  constructor(options?: LayerOptions);
  /** The class name as files have it. */
  get className(): string;
  get name(): string;
  /** How messages call this layer, e.g. `Dense "dense_1"`. */
  get label(): string;
  get dtype(): string;
  get activityRegularizer(): Regularizer | null;
  /** Shape with batch that the layer was told to expect by `inputShape` or `batchInputShape`. */
  get inputShapeOption(): Shape | null;
  /** Shape with batch of the only input, as far as it is known before the layer is applied. */
  get knownInputShape(): Shape | null;
  get trainable(): boolean;
  /** Freezes or thaws this layer and all inside it. As in Keras, it takes effect with the next `compile`. */
  set trainable(value: boolean);
  get built(): boolean;
  /** The shapes that the layer was built for; null before. */
  get buildShapes(): readonly Shape[] | null;
  /** The calls on Keras tensors so far. */
  get inboundNodes(): readonly Node[];
  /** Layers inside this one. */
  get sublayers(): readonly Layer[];
  /** All weights: own ones (trainable first), then those of the layers inside. */
  get weights(): readonly Variable[];
  /** Weights that belong to this layer itself: trainable ones, then others. */
  get ownWeights(): readonly Variable[];
  get trainableWeights(): readonly Variable[];
  get nonTrainableWeights(): readonly Variable[];
  /** Number of scalars in all weights. */
  countParams(): number;
  /** Copies of all weights, in the order of {@link weights}. */
  getWeights(): Promise<Tensor[]>;
  /**
  * Sets all weights, in the order of {@link weights}.
  * @throws {ShapeError} when number or shapes differ; nothing is set then
  */
  setWeights(tensors: readonly (Tensor | TensorLike)[]): Promise<void>;
  /** What the inputs must look like, one entry an input; null: anything goes. */
  get inputSpecs(): readonly InputSpec[] | null;
  /** For models used as layers: which kind, since files write the two differently. */
  get networkKind(): "functional" | "sequential" | null;
  /** Whether Keras's class of that name takes a mask in its call: files note an empty one then. */
  get takesMask(): boolean;
  /** Whether integer and boolean inputs become float32 before `call`. */
  get castsToFloat(): boolean;
  /** Names of options that a call takes besides `training`. */
  get callOptions(): readonly string[];
  /** Makes the weights for inputs of these shapes (`null` is the batch). Override it; layers without weights need not. */
  build(_inputShapes: readonly Shape[]): void;
  /** The computation. Runs whenever a graph is made, never on data. */
  abstract call(inputs: Inputs, context: CallContext): Inputs;
  /** Builds the layer unless it is built. */
  ensureBuilt(shapes: readonly Shape[]): void;
  /**
  * Adds this layer to a network: the tensor (or list) that it gives for these. Builds it at the first call.
  * @throws {ShapeError} when the layer cannot take tensors of these shapes
  */
  apply(inputs: KerasTensor, options?: CallOptions): KerasTensor;
  apply(inputs: readonly KerasTensor[], options?: CallOptions): KerasTensor;
  apply<T extends KerasTensor | readonly KerasTensor[]>(inputs: KerasTensor | readonly KerasTensor[], options?: CallOptions): T;
  /** Notes a call; `apply` does it for you. */
  addNode(inputs: KerasTensor | readonly KerasTensor[], options: CallOptions, outputs: ConstructorParameters<typeof Node>[3]): Node;
  /** What the first call of the layer took. */
  get input(): KerasTensor | readonly KerasTensor[];
  /** What the first call of the layer gave. */
  get output(): KerasTensor | readonly KerasTensor[];
  /** The config as Keras writes it. */
  getConfig(): Record<string, Json>;
  /**
  * The layer that a Keras config describes. Here: a call of the constructor with the config as one options object, in
  * our spelling. Override it together with `getConfig` where the constructor wants something else.
  */
  static fromConfig(config: Config, _resolve: Resolve): Layer;
  /**
  * A weight, initialized now.
  * @param name last part of its path, e.g. "kernel"
  */
  protected addWeight(name: string, options: WeightOptions): Variable;
}
//#endregion
//#region src/layers/call-context.d.ts
/** What a layer's `call` may use besides its inputs and weights. */
interface CallContext {
  readonly training: boolean;
  /** float32 scalar: rows of the whole batch, of which this graph may see only a shard. */
  readonly rows: Value;
  /** Options of this call, as given to `apply(x, options)`. */
  readonly options: CallOptions;
  /**
  * Fresh random numbers for each step, the same for the same (seed, place of the layer in its model, call, purpose,
  * iteration). "uniform" is in [0, 1), "normal" has mean 0 and deviation 1. `dims` as in {@link Dims}.
  */
  random(purpose: string, dims: Dims, distribution: "uniform" | "normal"): Value;
  /** The variable's value at this point of the step: what an earlier call assigned, else its present value. */
  read(variable: Variable): Value;
  /** The variable's value after this step. It must be the same for all shards: reduce over rows with `ops.allSum`. */
  assign(variable: Variable, value: Value): void;
  /** Adds a scalar to the loss: this shard's part of it, so that the parts of all shards add up to the whole. */
  addLoss(value: Value): void;
  /** The context for calling `layer` inside this one; counts the call. Prefer {@link apply}, which also builds. */
  child(layer: Layer, options?: CallOptions): CallContext;
  /** Calls `layer` inside this one: builds it at first use, checks and casts its inputs. */
  apply(layer: Layer, inputs: Inputs, options?: CallOptions): Inputs;
}
/** What calls leave behind while a graph is made: one for all contexts of a graph. */
declare class CallTrace {
  #private;
  readonly assigned: Map<Variable, Value>;
  readonly losses: Value[];
  /** Which call of this place it is, counted from 0. */
  count(path: string): number;
}
/** How a graph is made. */
interface ContextOptions {
  readonly training: boolean;
  /** float32 scalar: rows of the whole batch. */
  readonly rows: Value;
  /** Receives assignments and losses. */
  readonly trace: CallTrace;
}
/** The context of a model's call; its layers get theirs from it. */
declare function rootContext(model: Layer, options: ContextOptions): CallContext;
//#endregion
//#region src/network/summary.d.ts
/** Something that takes memory. */
interface Sized {
  readonly shape: StaticShape;
  readonly dtype: DType;
}
/** How {@link Functional.summary} prints. */
interface SummaryOptions {
  /** Receives the whole text. Default: the console. */
  readonly printFn?: (text: string) => void;
  /** Columns of the table. Default: 88, or 108 when the network is no plain chain; no more than the terminal has. */
  readonly lineLength?: number;
  /** Shows the layers of models inside. Default false. */
  readonly expandNested?: boolean;
  /** Adds a column that tells frozen layers. Default false. */
  readonly showTrainable?: boolean;
  /** Draws with + - | instead of box characters. Default false. */
  readonly ascii?: boolean;
}
//#endregion
//#region src/network/topology.d.ts
/** Which calls of which layers lie between the inputs and outputs of a network, in Keras's orders. */
interface Topology {
  readonly inputs: readonly KerasTensor[];
  readonly outputs: readonly KerasTensor[];
  /** Calls, those nearer to the inputs first; every call comes after the ones it depends on. */
  readonly nodes: readonly Node[];
  /** Layers by decreasing distance from the outputs, ties in the order in which a walk from the outputs meets them. */
  readonly layers: readonly Layer[];
}
//#endregion
//#region src/network/functional.d.ts
/**
* Name and freezing of a model. As in Keras, `trainable: false` here holds for the model as a whole and leaves the flags of
* its layers alone; setting `model.trainable = false` sets them all.
*/
type NetworkOptions = Pick<LayerOptions, "name" | "trainable" | "dtype">;
/** How callers grouped inputs and outputs; files keep it. */
interface Grouping {
  readonly inputs: Tensors;
  readonly outputs: Tensors;
}
/** A graph of layers between inputs and outputs; itself a layer. */
declare class Functional extends Layer {
  #private;
  static override readonly className: string;
  /**
  * @param inputs what `Input()` gave (or tensors in the middle of another network): one, a list or a record by name
  * @param outputs what layers gave for them; null makes a network that is wired later
  */
  constructor(inputs: Tensors | null, outputs: Tensors | null, options?: NetworkOptions);
  /** Sets, replaces or (null) drops the graph. For models that grow, such as Sequential. */
  rewire(grouping: Grouping | null): void;
  /** Whether inputs and outputs are known. */
  get wired(): boolean;
  get topology(): Topology;
  get grouping(): Grouping;
  override get networkKind(): "functional" | "sequential";
  override get built(): boolean;
  /** All layers in Keras's order, input layers among them; the order of weights and files. */
  get layers(): readonly Layer[];
  override get sublayers(): readonly Layer[];
  get inputs(): readonly KerasTensor[];
  get outputs(): readonly KerasTensor[];
  /** Names of the inputs, in order. */
  get inputNames(): readonly string[];
  /** Names of the layers that the outputs come from, in order. */
  get outputNames(): readonly string[];
  override get knownInputShape(): Shape | null;
  get inputShape(): Shape | readonly Shape[];
  get outputShape(): Shape | readonly Shape[];
  /** @throws {OptionError} with the nearest name when there is no such layer */
  getLayer(nameOrIndex: string | number): Layer;
  override get inputSpecs(): readonly InputSpec[] | null;
  override ensureBuilt(shapes: readonly Shape[]): void;
  override call(inputs: Inputs, context: CallContext): Inputs;
  /** The architecture as Keras writes it. */
  override getConfig(): Record<string, Json>;
  /** The network that a Keras config (of version 2 or 3) describes; `resolve` finds classes of layers. */
  static override fromConfig(config: Config, resolve: Resolve): Functional;
  /** Sizes of what else is counted in the summary: a model gives its optimizer's variables here once they exist. */
  protected get optimizerSizes(): readonly Sized[] | null;
  /** Prints Keras's table of layers, shapes and parameters (through `printFn`) and returns it. */
  summary(options?: SummaryOptions): string;
}
//#endregion
//#region src/layers/input-layer.d.ts
/** Options of {@link InputLayer} and of `Input()`. */
interface InputOptions {
  /** Shape of one sample; null where only data decides. One of `shape` and `batchShape` is needed. */
  readonly shape?: Shape | null;
  /** As `shape`, with the batch in front. */
  readonly batchShape?: Shape | null;
  /** Default "float32". */
  readonly dtype?: DType | null;
  readonly name?: string | null;
  /** Sparse, ragged and optional inputs of files are refused: only dense ones exist here. */
  readonly sparse?: boolean;
  readonly ragged?: boolean;
  readonly optional?: boolean;
}
/** The entry of a network: one input tensor. `Input()` makes one and gives its tensor. */
declare class InputLayer extends Layer {
  #private;
  static override readonly className = "InputLayer";
  readonly batchShape: Shape;
  readonly inputDtype: DType;
  constructor(options: InputOptions);
  /** The tensor that enters here. */
  get tensor(): KerasTensor;
  override call(inputs: Inputs): Inputs;
  override getConfig(): Record<string, Json>;
  /** From the config of Keras 3 or 2 (`batch_input_shape`). */
  static override fromConfig(config: Config): InputLayer;
}
//#endregion
//#region src/network/input.d.ts
/**
* An entry of a network: the tensor that the first layers are applied to.
* @example const x = Input({ shape: [28, 28, 1], name: "image" });
*/
declare function Input(options: InputOptions): KerasTensor;
//#endregion
//#region src/training/source.d.ts
type Iterables = Iterable<unknown> | AsyncIterable<unknown>;
/** Data that comes in batches: a data set, an iterable of `[x, y]` or `[x, y, sampleWeight]`, or a function that makes one. */
type BatchesLike = Dataset | Iterables | ((pass: number) => Iterables);
/** Everything that `fit`, `evaluate` and `predict` take as x. */
type DataLike = TensorsLike | BatchesLike;
//#endregion
//#region src/training/fit-options.d.ts
/** Progress on stdout: 0 none, 1 a bar, 2 a line an epoch. "auto" is 1. */
type Verbosity = "auto" | 0 | 1 | 2;
/** Data to validate on: `[x, y]`, `[x, y, sampleWeight]`, or anything that `fit` takes as a data set. */
type ValidationData = readonly [TensorsLike, TensorsLike, TensorsLike?] | BatchesLike;
/** Options of `model.fit`; names and defaults as in Keras. */
interface FitOptions {
  /** Rows of a batch. Default 32. Not for data that comes in batches. */
  readonly batchSize?: number | null;
  /** Number of the last epoch (not a count): epochs `initialEpoch … epochs - 1` run. Default 1. */
  readonly epochs?: number;
  readonly verbose?: Verbosity;
  readonly callbacks?: readonly Callback[] | Callback | null;
  /** Part of the rows, taken from the end before shuffling, that is validated on. Default 0. */
  readonly validationSplit?: number;
  readonly validationData?: ValidationData | null;
  /** true: all rows, anew for each pass; "batch": the rows of each batch; false. Default true. */
  readonly shuffle?: boolean | "batch";
  readonly classWeight?: ClassWeight | null;
  /** A weight for each row (or element). Several outputs: a list, or an object by output name. */
  readonly sampleWeight?: TensorsLike | null;
  /** Zero-based epoch to start with. Default 0. */
  readonly initialEpoch?: number | null;
  /** Batches an epoch. The data goes on from epoch to epoch then, instead of starting anew. */
  readonly stepsPerEpoch?: number | null;
  readonly validationSteps?: number | null;
  /** Default: `batchSize`. */
  readonly validationBatchSize?: number | null;
  /** n: validate after every n-th epoch; a list: after these epochs, counted from 1. Default 1. */
  readonly validationFreq?: number | readonly number[];
  /** Go on exactly where the loaded state stands, at the very batch, with the whole history. Default false. */
  readonly resume?: boolean;
  /** A folder that state and log live in: the same call, started again after anything, goes on where it was. */
  readonly run?: string | RunOptions | null;
  /** With `run`: whether SIGINT and SIGTERM finish the step, save, and end the process. Default true. */
  readonly signals?: boolean;
}
//#endregion
//#region src/training/history.d.ts
/** What `fit` returns: the logs of each epoch. */
declare class History extends Callback {
  override readonly addsLogs: readonly string[];
  /** Zero-based numbers of the epochs. */
  epoch: number[];
  /** One list a log key; lists of validation are shorter when not every epoch validates. */
  history: Record<string, number[]>;
  /** Whether the training was stopped by a signal, with its state saved. */
  interrupted: boolean;
  override onEpochEnd(epoch: number, logs: Logs): void;
  override getState(): StateValue;
  override setState({
    json
  }: StateValue): void;
}
//#endregion
//#region src/engine/workers.d.ts
/** How the process computes; nothing here changes results. */
interface Configuration {
  /**
  * Threads that compute at the same time at most, for parts of a batch and pieces of long tensors. null: as many as the
  * environment variable PAWL_WORKERS says, or else as the machine has cores.
  */
  readonly workers?: number | null;
}
/**
* Sets how the process computes, from the next step on.
* @throws {OptionError} for unknown or wrong options
*/
declare function configure(options: Configuration): void;
//#endregion
//#region src/training/savable.d.ts
/** A model as files see it. */
interface Savable {
  /** Keras's class of the model, which decides the form of its config. */
  readonly className: "Sequential" | "Functional";
  readonly network: Functional;
  /** Null before `compile`. */
  readonly compileArgs: CompileArgs | null;
  /** Built when the model is built and compiled; null before `compile`. */
  readonly optimizer: Optimizer | null;
  /** Makes slots of these weights and trains those, whatever `trainable` says; the optimizer's state is lost. */
  setTrained(withSlots: readonly Variable[], trained: readonly Variable[]): void;
  /** A copy of what else the training consists of, see TrainState; null when the model has never trained. */
  getTrainState(): StateValue | null;
  /**
  * Sets what {@link getTrainState} gave, for the next `fit` to go on with.
  * @throws {FormatError} when it cannot be understood
  */
  setTrainState(state: StateValue): void;
}
//#endregion
//#region src/training/evaluate.d.ts
/** Options of `model.evaluate`, as in Keras. */
interface EvaluateOptions extends Pick<FitOptions, "batchSize" | "verbose" | "callbacks" | "sampleWeight"> {
  /** Batches; default: all. */
  readonly steps?: number | null;
}
//#endregion
//#region src/training/on-batch.d.ts
/** Options of `trainOnBatch` and `testOnBatch`. */
interface BatchOptions {
  readonly sampleWeight?: TensorsLike | null;
  /** Training only. */
  readonly classWeight?: ClassWeight | null;
}
//#endregion
//#region src/training/predict.d.ts
/** Options of `model.predict`, as in Keras. */
interface PredictOptions extends Pick<FitOptions, "batchSize" | "verbose" | "callbacks"> {
  /** Batches; default: all. */
  readonly steps?: number | null;
}
//#endregion
//#region src/callbacks/backup-and-restore.d.ts
interface BackupAndRestoreOptions {
  /** "epoch": after each epoch; n: also after every n batches, counted across epochs. Default "epoch". */
  saveFreq?: "epoch" | number;
  /** Keep the backup before the last one too. Default false. */
  doubleCheckpoint?: boolean;
  /** Leave no backup behind when the training ends. Default true. */
  deleteCheckpoint?: boolean;
}
/**
* Makes a training survive interruptions: the whole state lives in `backupDir`, and the same call of `fit`, started
* again after anything, goes on where it was. It is `fit({ run })` with Keras's arguments.
*
* Unlike in Keras, a backup in mid-epoch goes on at the very batch, everything that trains is in it (the state of
* callbacks, metrics, random numbers and data, the history), a backup of another training is refused, and a later `fit`
* starts where it says.
*/
declare class BackupAndRestore extends Callback {
  static readonly className = "BackupAndRestore";
  override readonly addsLogs: readonly string[];
  override readonly watchesOnly = true;
  override readonly durable: ResolvedRun;
  readonly backupDir: string;
  /** @throws {OptionError} for wrong options */
  constructor(backupDir: string, options?: BackupAndRestoreOptions);
}
//#endregion
//#region src/callbacks/csv-logger.d.ts
interface CSVLoggerOptions {
  /** Default ",". */
  separator?: string;
  /** Go on after the rows of an existing file, instead of replacing it. Default false. */
  append?: boolean;
}
/**
* Writes a row of logs an epoch: the zero-based epoch and the keys in alphabetical order, `NA` where there is no value,
* exactly as Keras does. A resumed training goes on in the file, without the rows of epochs that are trained again.
*/
declare class CSVLogger extends Callback {
  #private;
  static readonly className = "CSVLogger";
  override readonly addsLogs: readonly string[];
  override readonly watchesOnly = true;
  readonly filename: string;
  readonly options: Resolved<CSVLoggerOptions>;
  constructor(filename: string, options?: CSVLoggerOptions);
  override onTrainBegin(_logs: Logs, {
    files,
    resumed
  }: CallbackContext): Promise<void>;
  override onEpochEnd(epoch: number, logs: Logs, {
    files
  }: CallbackContext): Promise<void>;
  override getState(): StateValue;
  override setState({
    json
  }: StateValue): void;
}
//#endregion
//#region src/callbacks/monitor.d.ts
/** Which way a monitored value is better. "auto": as the loss or metric of that name declares it. */
type Mode = "auto" | "min" | "max";
interface MonitorOptions {
  /** Key of the logs to watch, e.g. "val_loss", "accuracy", "out_accuracy". Default "val_loss". */
  monitor?: string;
  /** Default "auto". */
  mode?: Mode;
}
//#endregion
//#region src/callbacks/verbose.d.ts
interface VerboseOption {
  /** 0: silent, 1: says what it does. Default 0. */
  verbose?: number;
}
//#endregion
//#region src/callbacks/early-stopping.d.ts
interface EarlyStoppingOptions extends MonitorOptions, VerboseOption {
  /** Smallest change that counts as better. Default 0. */
  minDelta?: number;
  /** Epochs without improvement after which training stops. Default 0. */
  patience?: number;
  /** A value that must be beaten before patience starts anew; null for none. Default null. */
  baseline?: number | null;
  /** At the end, set the weights of the best epoch. Default false. */
  restoreBestWeights?: boolean;
  /** Epochs at the start that do not count. Default 0. */
  startFromEpoch?: number;
}
/** Stops training when a value has stopped getting better. What it has seen survives a resume, best weights included. */
declare class EarlyStopping extends Callback {
  #private;
  static readonly className = "EarlyStopping";
  override readonly addsLogs: readonly string[];
  readonly options: Resolved<EarlyStoppingOptions>;
  constructor(options?: EarlyStoppingOptions);
  /** The best value so far; null before the first. */
  get best(): number | null;
  /** Zero-based epoch of the best value. */
  get bestEpoch(): number;
  /** Epochs since the last improvement. */
  get wait(): number;
  /** Zero-based epoch that training was stopped in; 0 when it was not. */
  get stoppedEpoch(): number;
  override onTrainBegin(): void;
  override onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): Promise<void>;
  override onTrainEnd(_logs: Logs, context: CallbackContext): Promise<void>;
  override getState(): StateValue;
  override setState({
    json,
    tensors
  }: StateValue): void;
}
//#endregion
//#region src/callbacks/lambda-callback.d.ts
/** Any of the hooks, as functions. */
type LambdaHooks = { readonly [H in Hook]?: Callback[H] };
/** A callback made of functions. It remembers nothing across a resume; subclass Callback for that. */
declare class LambdaCallback extends Callback {
  static readonly className = "LambdaCallback";
  /** @throws {OptionError} for hooks that do not exist, with the nearest spelling, and for what is no function */
  constructor(hooks: LambdaHooks);
}
//#endregion
//#region src/callbacks/learning-rate-scheduler.d.ts
/** The learning rate for an epoch (zero-based), from that of the epoch before. */
type EpochSchedule = (epoch: number, learningRate: number) => number;
/**
* Sets the learning rate at the begin of each epoch. Adds `learning_rate` to the logs. Epochs are absolute and the rate
* is part of the optimizer's state, so a resumed training goes on as it was.
*/
declare class LearningRateScheduler extends Callback {
  #private;
  static readonly className = "LearningRateScheduler";
  override readonly addsLogs: readonly string[];
  readonly options: Resolved<VerboseOption>;
  constructor(schedule: EpochSchedule, options?: VerboseOption);
  override onTrainBegin(): void;
  /** @throws {OptionError} when the schedule does not give a number */
  override onEpochBegin(epoch: number, _logs: Logs, context: CallbackContext): void;
  override onEpochEnd(_epoch: number, logs: Logs): void;
}
//#endregion
//#region src/callbacks/model-checkpoint.d.ts
interface ModelCheckpointOptions extends MonitorOptions, VerboseOption {
  /** Save only when the monitored value is better than all before. Default false. */
  saveBestOnly?: boolean;
  /** Save weights (and optimizer state) without the architecture. Default false. */
  saveWeightsOnly?: boolean;
  /** "epoch": after each epoch; n: after every n batches, counted across epochs. Default "epoch". */
  saveFreq?: "epoch" | number;
  /** A value that must be beaten by the first save of saveBestOnly; null for none. Default null. */
  initialValueThreshold?: number | null;
  /** False: a file that this run did not write is an error. Default true. */
  overwrite?: boolean;
  /**
  * Keep only the newest so many files of this run, or what more rules ask for (`monitor` of the callback is theirs too,
  * and `pinned` are epochs, from 1); null: all. Default null.
  */
  maxToKeep?: number | KeepOptions | null;
  /** Write while training goes on; false: wait for the file. Default true. */
  async?: boolean;
}
/**
* Saves the model (or its weights) while it trains, with everything that training needs to go on. The path may have
* placeholders: `{epoch:02d}` (from 1), with a numeric saveFreq `{batch:04d}` (from 1), and any key of the logs,
* `{val_loss:.2f}`. `.keras` or `.h5` for whole models, `.weights.h5` or `.h5` for weights.
*
* Unlike in Keras, the best value survives a resume, keys and formats are checked before training, and an epoch
* without the monitored value saves nothing under saveBestOnly.
*/
declare class ModelCheckpoint extends Callback {
  #private;
  static readonly className = "ModelCheckpoint";
  override readonly addsLogs: readonly string[];
  override readonly watchesOnly = true;
  readonly filepath: string;
  readonly options: Resolved<ModelCheckpointOptions>;
  /** @throws {OptionError} for wrong options, extensions and placeholders */
  constructor(filepath: string, options?: ModelCheckpointOptions);
  /** The best value so far; null before the first. */
  get best(): number | null;
  override onTrainBegin(_logs: Logs, context: CallbackContext): Promise<void>;
  override onEpochBegin(epoch: number): void;
  override onTrainBatchEnd(batch: number, logs: Logs, context: CallbackContext): void;
  override onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): void;
  override getState(): StateValue;
  override setState({
    json
  }: StateValue): void;
}
//#endregion
//#region src/callbacks/reduce-lr-on-plateau.d.ts
interface ReduceLROnPlateauOptions extends MonitorOptions, VerboseOption {
  /** What the rate is multiplied by, below 1. Default 0.1. */
  factor?: number;
  /** Epochs without improvement after which the rate is reduced. Default 10. */
  patience?: number;
  /** Smallest change that counts as better. Default 1e-4. */
  minDelta?: number;
  /** Epochs after a reduction that do not count. Default 0. */
  cooldown?: number;
  /** The rate is never reduced below this. Default 0. */
  minLr?: number;
}
/** Reduces the learning rate when a value has stopped getting better. Adds `learning_rate` to the logs. */
declare class ReduceLROnPlateau extends Callback {
  #private;
  static readonly className = "ReduceLROnPlateau";
  override readonly addsLogs: readonly string[];
  readonly options: Resolved<ReduceLROnPlateauOptions>;
  constructor(options?: ReduceLROnPlateauOptions);
  get best(): number | null;
  /** Epochs since the last improvement or reduction. */
  get wait(): number;
  /** Epochs that do not count yet. */
  get cooldownCounter(): number;
  override onTrainBegin(): void;
  override onEpochEnd(epoch: number, logs: Logs, context: CallbackContext): void;
  override getState(): StateValue;
  override setState({
    json
  }: StateValue): void;
}
//#endregion
//#region src/callbacks/terminate-on-nan.d.ts
interface TerminateOnNaNOptions {
  /** Throw instead of ending the training in order. Default false. */
  raiseError?: boolean;
}
/** Ends the training when the loss of a batch is NaN or infinite. */
declare class TerminateOnNaN extends Callback {
  static readonly className = "TerminateOnNaN";
  override readonly addsLogs: readonly string[];
  readonly options: Resolved<TerminateOnNaNOptions>;
  constructor(options?: TerminateOnNaNOptions);
  /** @throws {StateError} with raiseError */
  override onTrainBatchEnd(batch: number, logs: Logs, context: CallbackContext): void;
}
declare namespace index_d_exports$1 {
  export { BackupAndRestore, BackupAndRestoreOptions, CSVLogger, CSVLoggerOptions, Callback, CallbackContext, CallbackParams, EarlyStopping, EarlyStoppingOptions, EpochSchedule, History, Hook, LambdaCallback, LambdaHooks, LearningRateScheduler, LogKey, Logs, Mode, ModelCheckpoint, ModelCheckpointOptions, MonitorOptions, ReduceLROnPlateau, ReduceLROnPlateauOptions, SaveRequest, TerminateOnNaN, TerminateOnNaNOptions, TrainingModel };
}
//#endregion
//#region src/core/seed.d.ts
/**
* From now on all seeds follow from `seed`: what is made after this call, in the same order, gets the same random
* numbers in every process.
* @param seed an integer from 0 to 2^32 - 1
*/
declare function setRandomSeed(seed: number): void;
/** Forgets the seed of {@link setRandomSeed}: seeds are fresh again. */
declare function clearRandomSeed(): void;
//#endregion
//#region src/layers/data-format.d.ts
/** Where the channels are: last, or right after the batch. */
type DataFormat$1 = "channels_last" | "channels_first";
//#endregion
//#region src/layers/given.d.ts
type GivenValue<T> = T extends Initializer ? InitializerIdentifier : T extends Regularizer ? RegularizerIdentifier : T extends Constraint ? ConstraintIdentifier : T extends Activation$1 ? ActivationIdentifier : T extends readonly number[] ? number | readonly number[] : T;
/**
* What users may give for a layer's settings: each may be left out, parts may be names, a list may be one number for all
* axes; and the options of every layer. Settings in `P` are arguments of the constructor.
*/
type Given<S, P extends keyof S = never> = { readonly [K in Exclude<keyof S, P>]?: GivenValue<S[K]> } & LayerOptions;
//#endregion
//#region src/layers/table-layer.d.ts
interface TableLayerClass {
  readonly className: string;
  readonly fields: object;
  readonly positional: readonly string[];
}
/**
* A layer whose options are declared once, in the static table `fields`: checks, defaults, `getConfig` and
* `fromConfig` follow from it. `positional` names the options that the constructor takes as arguments.
*/
declare abstract class TableLayer<O extends object> extends Layer {
  static readonly fields: object;
  static readonly positional: readonly string[];
  readonly options: Resolved<O>;
  protected constructor(options: Given<O>);
  override getConfig(): Record<string, Json>;
  /** The layer that a Keras config (of version 2 or 3) describes. */
  static override fromConfig<T extends Layer>(this: TableLayerClass & (new (...args: never[]) => T), config: Config): T;
}
//#endregion
//#region src/layers/base-pooling.d.ts
interface PoolSettings {
  /** Size of the window, an entry a spatial axis. Default 2. */
  readonly poolSize: readonly number[];
  /** "same" lets windows reach over the edge, where nothing counts. Default "valid". */
  readonly padding: "valid" | "same";
  /** Default: the window, so that windows do not overlap. */
  readonly strides: readonly number[] | null;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
}
type PoolOptions$1 = Given<PoolSettings, "poolSize">;
/** A pooling over windows. Keras writes strides that were not given as the window. */
declare abstract class BasePooling extends TableLayer<PoolSettings> {
  static override readonly positional: readonly string[];
  constructor(poolSize?: number | readonly number[], options?: PoolOptions$1);
  protected abstract get spatialRank(): number;
  override get castsToFloat(): boolean;
  override get inputSpecs(): readonly InputSpec[];
  override getConfig(): ReturnType<TableLayer<PoolSettings>["getConfig"]>;
}
//#endregion
//#region src/layers/average-pooling1d.d.ts
/** The mean of each window over 1 spatial axis. */
declare class AveragePooling1D extends BasePooling {
  static override readonly className: string;
  static override readonly fields: Fields<PoolSettings>;
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/average-pooling2d.d.ts
/** The mean of each window over 2 spatial axes. */
declare class AveragePooling2D extends BasePooling {
  static override readonly className: string;
  static override readonly fields: Fields<PoolSettings>;
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/average-pooling3d.d.ts
/** The mean of each window over 3 spatial axes. */
declare class AveragePooling3D extends BasePooling {
  static override readonly className: string;
  static override readonly fields: Fields<PoolSettings>;
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/conv-settings.d.ts
/** How a window moves over the spatial axes. */
interface WindowSettings {
  /** Size of the window, an entry a spatial axis. */
  readonly kernelSize: readonly number[];
  /** Default 1. */
  readonly strides: readonly number[];
  /** "same" keeps the size (at stride 1) with zeros around; "causal" (one axis only) pads before. Default "valid". */
  readonly padding: "valid" | "same" | "causal";
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
  /** Distance of the window's elements. Default 1. */
  readonly dilationRate: readonly number[];
}
/** What follows the products of a convolution. */
interface BiasSettings {
  /** Default: none. */
  readonly activation: Activation$1;
  /** Default true. */
  readonly useBias: boolean;
  /** Default "zeros". */
  readonly biasInitializer: Initializer;
  readonly biasRegularizer: Regularizer | null;
  readonly activityRegularizer: Regularizer | null;
  readonly biasConstraint: Constraint | null;
}
interface ConvSettings extends WindowSettings, BiasSettings {
  /** Number of output channels. */
  readonly filters: number;
  /** Blocks of channels that are convolved apart. Default 1. */
  readonly groups: number;
  /** Default "glorot_uniform". */
  readonly kernelInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
}
//#endregion
//#region src/layers/base-conv.d.ts
/** What all convolutions share: rank and channels of the input, bias and activation. */
declare abstract class ConvLayer<S extends BiasSettings & {
  readonly dataFormat: DataFormat$1;
}> extends TableLayer<S> {
  bias: Variable | null;
  /** Number of spatial axes. */
  protected abstract get spatialRank(): number;
  override get castsToFloat(): boolean;
  override get inputSpecs(): readonly InputSpec[];
  /** Input channels of the shape. */
  protected channels(shape: Shape): number;
  protected addBias(channels: number): void;
  /** Bias and activation. */
  protected finish(products: Value): Value;
}
type ConvOptions$1 = Given<ConvSettings, "filters" | "kernelSize">;
/** Convolution of any number of spatial axes. Weights: kernel (...window, in / groups, filters), bias (filters). */
declare abstract class BaseConv extends ConvLayer<ConvSettings> {
  #private;
  static override readonly positional: readonly string[];
  kernel: Variable;
  constructor(filters: number, kernelSize: number | readonly number[], options?: ConvOptions$1);
  override build([shape]: readonly Shape[]): void;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/conv1d.d.ts
/** Convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
declare class Conv1D extends BaseConv {
  static override readonly className: string;
  static override readonly fields: Fields<ConvSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/base-conv-transpose.d.ts
interface ConvTransposeSettings extends Omit<WindowSettings, "padding">, BiasSettings {
  /** Number of output channels. */
  readonly filters: number;
  /** "same": the output is strides times the input. Default "valid". */
  readonly padding: "valid" | "same";
  /** Elements added at the end of each axis, less than the stride. Default: what the padding asks for. */
  readonly outputPadding: readonly number[] | null;
  /** Default "glorot_uniform". */
  readonly kernelInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
}
type ConvTransposeOptions$1 = Given<ConvTransposeSettings, "filters" | "kernelSize">;
/** Transposed ("de-") convolution. Weights: kernel (...window, filters, in), bias (filters). */
declare abstract class BaseConvTranspose extends ConvLayer<ConvTransposeSettings> {
  static override readonly positional: readonly string[];
  kernel: Variable;
  constructor(filters: number, kernelSize: number | readonly number[], options?: ConvTransposeOptions$1);
  override build([shape]: readonly Shape[]): void;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/conv1d-transpose.d.ts
/** Transposed convolution over 1 spatial axis. */
declare class Conv1DTranspose extends BaseConvTranspose {
  static override readonly className: string;
  static override readonly fields: Fields<ConvTransposeSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/conv2d.d.ts
/** Convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come second. */
declare class Conv2D extends BaseConv {
  static override readonly className: string;
  static override readonly fields: Fields<ConvSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/conv2d-transpose.d.ts
/** Transposed convolution over 2 spatial axes. */
declare class Conv2DTranspose extends BaseConvTranspose {
  static override readonly className: string;
  static override readonly fields: Fields<ConvTransposeSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/conv3d.d.ts
/** Convolution over (batch, depth, height, width, channels); with dataFormat "channels_first" the channels come second. */
declare class Conv3D extends BaseConv {
  static override readonly className: string;
  static override readonly fields: Fields<ConvSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/conv3d-transpose.d.ts
/** Transposed convolution over 3 spatial axes. */
declare class Conv3DTranspose extends BaseConvTranspose {
  static override readonly className: string;
  static override readonly fields: Fields<ConvTransposeSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/base-global-pooling.d.ts
interface GlobalPoolSettings {
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
  /** Keeps the spatial axes, with size 1. Default false. */
  readonly keepdims: boolean;
}
type GlobalPoolOptions = Given<GlobalPoolSettings>;
/** A pooling over all of the spatial axes. */
declare abstract class BaseGlobalPooling extends TableLayer<GlobalPoolSettings> {
  static override readonly fields: Fields<GlobalPoolSettings>;
  protected abstract get spatialRank(): number;
  override get castsToFloat(): boolean;
  override get inputSpecs(): readonly InputSpec[];
}
//#endregion
//#region src/layers/global-average-pooling1d.d.ts
/** The mean of each channel: (batch, ...1 spatial axis, channels) -> (batch, channels). */
declare class GlobalAveragePooling1D extends BaseGlobalPooling {
  static override readonly className: string;
  constructor(options?: Given<GlobalPoolSettings>);
  protected override get spatialRank(): number;
  override get takesMask(): boolean;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/global-average-pooling2d.d.ts
/** The mean of each channel: (batch, ...2 spatial axes, channels) -> (batch, channels). */
declare class GlobalAveragePooling2D extends BaseGlobalPooling {
  static override readonly className: string;
  constructor(options?: Given<GlobalPoolSettings>);
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/global-average-pooling3d.d.ts
/** The mean of each channel: (batch, ...3 spatial axes, channels) -> (batch, channels). */
declare class GlobalAveragePooling3D extends BaseGlobalPooling {
  static override readonly className: string;
  constructor(options?: Given<GlobalPoolSettings>);
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/global-max-pooling1d.d.ts
/** The largest element of each channel: (batch, ...1 spatial axis, channels) -> (batch, channels). */
declare class GlobalMaxPooling1D extends BaseGlobalPooling {
  static override readonly className: string;
  constructor(options?: Given<GlobalPoolSettings>);
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/global-max-pooling2d.d.ts
/** The largest element of each channel: (batch, ...2 spatial axes, channels) -> (batch, channels). */
declare class GlobalMaxPooling2D extends BaseGlobalPooling {
  static override readonly className: string;
  constructor(options?: Given<GlobalPoolSettings>);
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/global-max-pooling3d.d.ts
/** The largest element of each channel: (batch, ...3 spatial axes, channels) -> (batch, channels). */
declare class GlobalMaxPooling3D extends BaseGlobalPooling {
  static override readonly className: string;
  constructor(options?: Given<GlobalPoolSettings>);
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/max-pooling1d.d.ts
/** The largest element of each window over 1 spatial axis. */
declare class MaxPooling1D extends BasePooling {
  static override readonly className: string;
  static override readonly fields: Fields<PoolSettings>;
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/max-pooling2d.d.ts
/** The largest element of each window over 2 spatial axes. */
declare class MaxPooling2D extends BasePooling {
  static override readonly className: string;
  static override readonly fields: Fields<PoolSettings>;
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/max-pooling3d.d.ts
/** The largest element of each window over 3 spatial axes. */
declare class MaxPooling3D extends BasePooling {
  static override readonly className: string;
  static override readonly fields: Fields<PoolSettings>;
  protected override get spatialRank(): number;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/base-depthwise-conv.d.ts
interface DepthwiseSettings extends WindowSettings, BiasSettings {
  /** Output channels for each input channel. Default 1. */
  readonly depthMultiplier: number;
  /** Default "glorot_uniform". */
  readonly depthwiseInitializer: Initializer;
  readonly depthwiseRegularizer: Regularizer | null;
  readonly depthwiseConstraint: Constraint | null;
}
type DepthwiseOptions = Given<DepthwiseSettings, "kernelSize">;
/** A convolution of each channel alone. Weights: kernel (...window, in, depthMultiplier), bias (in * depthMultiplier). */
declare abstract class BaseDepthwiseConv extends ConvLayer<DepthwiseSettings> {
  static override readonly positional: readonly string[];
  kernel: Variable;
  constructor(kernelSize: number | readonly number[], options?: DepthwiseOptions);
  override build([shape]: readonly Shape[]): void;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/base-separable-conv.d.ts
interface SeparableSettings extends DepthwiseSettings {
  /** Number of output channels. */
  readonly filters: number;
  /** Default "glorot_uniform". */
  readonly pointwiseInitializer: Initializer;
  readonly pointwiseRegularizer: Regularizer | null;
  readonly pointwiseConstraint: Constraint | null;
}
type SeparableOptions = Given<SeparableSettings, "filters" | "kernelSize">;
/**
* A depthwise convolution and then one of window 1 over the channels. Weights: depthwise_kernel
* (...window, in, depthMultiplier), pointwise_kernel (...1, in * depthMultiplier, filters), bias (filters).
*/
declare abstract class BaseSeparableConv extends ConvLayer<SeparableSettings> {
  static override readonly positional: readonly string[];
  depthwiseKernel: Variable;
  pointwiseKernel: Variable;
  constructor(filters: number, kernelSize: number | readonly number[], options?: SeparableOptions);
  override build([shape]: readonly Shape[]): void;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/separable-conv1d.d.ts
/** Separable convolution over 1 spatial axis. */
declare class SeparableConv1D extends BaseSeparableConv {
  static override readonly className: string;
  static override readonly fields: Fields<SeparableSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/separable-conv2d.d.ts
/** Separable convolution over 2 spatial axes. */
declare class SeparableConv2D extends BaseSeparableConv {
  static override readonly className: string;
  static override readonly fields: Fields<SeparableSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/activation.d.ts
interface ActivationSettings {
  /** The function. */
  readonly activation: Activation$1;
}
type ActivationOptions = Given<ActivationSettings, "activation">;
/** An activation as a layer of its own. */
declare class Activation extends TableLayer<ActivationSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<ActivationSettings>;
  constructor(activation: ActivationIdentifier, options?: ActivationOptions);
  override get castsToFloat(): boolean;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/activity-regularization.d.ts
interface ActivityRegularizationSettings {
  /** Factor of the sum of absolute values. Default 0. */
  readonly l1: number;
  /** Factor of the sum of squares. Default 0. */
  readonly l2: number;
}
type ActivityRegularizationOptions = Given<ActivityRegularizationSettings>;
/** Gives what it takes and adds a penalty on it, divided by the rows of the batch, to the loss. */
declare class ActivityRegularization extends TableLayer<ActivityRegularizationSettings> {
  static override readonly className: string;
  static override readonly fields: Fields<ActivityRegularizationSettings>;
  constructor(options?: ActivityRegularizationOptions);
  override get castsToFloat(): boolean;
  override call(x: Value, context: CallContext): Value;
}
//#endregion
//#region src/layers/base-merge.d.ts
/** Element-wise merging of a list of tensors that broadcast. Those of lower rank get axes of size 1 after the batch. */
declare abstract class BaseMerge extends TableLayer<object> {
  constructor(options?: LayerOptions);
  protected abstract merge(inputs: readonly Value[]): Value;
  override get castsToFloat(): boolean;
  override build(shapes: readonly Shape[]): void;
  override call(inputs: Inputs): Value;
}
//#endregion
//#region src/layers/add.d.ts
/** The sum of the inputs. */
declare class Add extends BaseMerge {
  static override readonly className: string;
  protected override merge(inputs: readonly Value[]): Value;
}
//#endregion
//#region src/layers/alpha-dropout.d.ts
interface AlphaDropoutSettings {
  /** Fraction of the elements that is dropped, 0 to 1. */
  readonly rate: number;
  /** Makes the mask another one than that of a layer in the same place with another seed. */
  readonly seed: number | null;
  /** Shape of the mask, as in Dropout. */
  readonly noiseShape: Shape | null;
}
type AlphaDropoutOptions = Given<AlphaDropoutSettings, "rate">;
/** Dropout that keeps mean and variance of SELU networks (Klambauer et al. 2017, https://arxiv.org/abs/1706.02515). */
declare class AlphaDropout extends TableLayer<AlphaDropoutSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<AlphaDropoutSettings>;
  constructor(rate: number, options?: AlphaDropoutOptions);
  override get castsToFloat(): boolean;
  override call(x: Value, context: CallContext): Value;
}
//#endregion
//#region src/layers/average.d.ts
/** The mean of the inputs, element by element. */
declare class Average extends BaseMerge {
  static override readonly className: string;
  protected override merge(inputs: readonly Value[]): Value;
}
//#endregion
//#region src/layers/normalization-settings.d.ts
/** Scale (gamma) and offset (beta) that follow a normalization. */
interface AffineSettings {
  /** Whether there is an offset beta. Default true. */
  readonly center: boolean;
  /** Whether there is a scale gamma. Default true. */
  readonly scale: boolean;
  /** Default "zeros". */
  readonly betaInitializer: Initializer;
  /** Default "ones". */
  readonly gammaInitializer: Initializer;
  readonly betaRegularizer: Regularizer | null;
  readonly gammaRegularizer: Regularizer | null;
  readonly betaConstraint: Constraint | null;
  readonly gammaConstraint: Constraint | null;
}
//#endregion
//#region src/layers/affine-layer.d.ts
/** A normalization with scale and offset. Weights: gamma, beta, where wanted. */
declare abstract class AffineLayer<S extends AffineSettings> extends TableLayer<S> {
  gamma: Variable | null;
  beta: Variable | null;
  override get castsToFloat(): boolean;
  protected addAffine(shape: StaticShape): void;
  /** (x - mean) / sqrt(variance + epsilon) * gamma + beta; weights are reshaped to `dims` to broadcast. */
  protected normalize(x: Value, mean: Value, variance: Value, epsilon: number, dims: StaticShape): Value;
}
//#endregion
//#region src/layers/batch-normalization.d.ts
interface BatchNormalizationSettings extends AffineSettings {
  /** Axis of the features; all others are averaged over. Default -1. */
  readonly axis: number;
  /** Share of the old value in the moving statistics. Default 0.99. */
  readonly momentum: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon: number;
  /** Default "zeros". */
  readonly movingMeanInitializer: Initializer;
  /** Default "ones". */
  readonly movingVarianceInitializer: Initializer;
  /** Changes nothing: statistics are always those of the whole batch, also when it is computed in shards. */
  readonly synchronized: boolean;
  readonly renorm: false;
  readonly renormClipping: null;
  readonly renormMomentum: number;
}
type BatchNormalizationOptions = Given<BatchNormalizationSettings>;
/**
* Normalizes each feature over the batch (Ioffe & Szegedy 2015, https://arxiv.org/abs/1502.03167). In training with the
* statistics of the whole batch, which move the moving ones (with the biased variance, as Keras); else, and while
* `trainable` is false, with the moving ones. Weights: gamma, beta, moving_mean, moving_variance.
*/
declare class BatchNormalization extends AffineLayer<BatchNormalizationSettings> {
  #private;
  static override readonly className: string;
  static override readonly fields: Fields<BatchNormalizationSettings>;
  movingMean: Variable;
  movingVariance: Variable;
  constructor(options?: BatchNormalizationOptions);
  override get inputSpecs(): readonly InputSpec[];
  override build([shape]: readonly Shape[]): void;
  override get takesMask(): boolean;
  override call(x: Value, context: CallContext): Value;
}
//#endregion
//#region src/layers/concatenate.d.ts
interface ConcatenateSettings {
  /** Default -1. Not 0, the batch. */
  readonly axis: number;
}
type ConcatenateOptions = Given<ConcatenateSettings>;
/** Its inputs one after the other along an axis; all other axes must agree. */
declare class Concatenate extends TableLayer<ConcatenateSettings> {
  static override readonly className: string;
  static override readonly fields: Fields<ConcatenateSettings>;
  constructor(options?: ConcatenateOptions);
  override build(shapes: readonly Shape[]): void;
  override call(inputs: Inputs): Value;
}
//#endregion
//#region src/layers/borders-field.d.ts
/** Widths before and after, an entry a spatial axis. */
type Borders = readonly (readonly [number, number])[];
/** What users give: one number, one a spatial axis, or [before, after] for each (for the only one). */
type GivenBorders = number | readonly number[] | Borders;
//#endregion
//#region src/layers/cropping1d.d.ts
interface Cropping1DSettings {
  /** What is cut off at both ends. Default 1. */
  readonly cropping: Borders;
}
type Cropping1DOptions = Given<Cropping1DSettings, "cropping">;
/** Cuts off the ends of 1 spatial axis. */
declare class Cropping1D extends TableLayer<Cropping1DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<Cropping1DSettings>;
  constructor(cropping?: GivenBorders, options?: Cropping1DOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/cropping2d.d.ts
interface Cropping2DSettings {
  /** What is cut off at both ends. Default 0. */
  readonly cropping: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
}
type Cropping2DOptions = Given<Cropping2DSettings, "cropping">;
/** Cuts off the ends of 2 spatial axes. */
declare class Cropping2D extends TableLayer<Cropping2DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<Cropping2DSettings>;
  constructor(cropping?: GivenBorders, options?: Cropping2DOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/cropping3d.d.ts
interface Cropping3DSettings {
  /** What is cut off at both ends. Default 1. */
  readonly cropping: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
}
type Cropping3DOptions = Given<Cropping3DSettings, "cropping">;
/** Cuts off the ends of 3 spatial axes. */
declare class Cropping3D extends TableLayer<Cropping3DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<Cropping3DSettings>;
  constructor(cropping?: GivenBorders, options?: Cropping3DOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/dense.d.ts
interface DenseSettings {
  /** Size of the output's last axis. */
  readonly units: number;
  /** Default: none. */
  readonly activation: Activation$1;
  /** Default true. */
  readonly useBias: boolean;
  /** Default "glorot_uniform". */
  readonly kernelInitializer: Initializer;
  /** Default "zeros". */
  readonly biasInitializer: Initializer;
  readonly kernelRegularizer: Regularizer | null;
  readonly biasRegularizer: Regularizer | null;
  readonly kernelConstraint: Constraint | null;
  readonly biasConstraint: Constraint | null;
  readonly quantizationConfig: null;
}
type DenseOptions = Given<DenseSettings, "units">;
/**
* `activation(x . kernel + bias)` along the last axis: (batch, ..., in) -> (batch, ..., units). Weights: kernel
* (in, units), bias (units).
*/
declare class Dense extends TableLayer<DenseSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<DenseSettings>;
  kernel: Variable;
  bias: Variable | null;
  constructor(units: number, options?: DenseOptions);
  override get castsToFloat(): boolean;
  override get inputSpecs(): readonly InputSpec[];
  override build([shape]: readonly Shape[]): void;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/depthwise-conv1d.d.ts
/** Depthwise convolution over (batch, steps, channels); with dataFormat "channels_first" the channels come second. */
declare class DepthwiseConv1D extends BaseDepthwiseConv {
  static override readonly className: string;
  static override readonly fields: Fields<DepthwiseSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/depthwise-conv2d.d.ts
/** Depthwise convolution over (batch, height, width, channels); with dataFormat "channels_first" the channels come second. */
declare class DepthwiseConv2D extends BaseDepthwiseConv {
  static override readonly className: string;
  static override readonly fields: Fields<DepthwiseSettings>;
  protected override get spatialRank(): number;
}
//#endregion
//#region src/layers/dropout.d.ts
interface DropoutSettings {
  /** Fraction of the elements that is dropped, 0 to 1. */
  readonly rate: number;
  /** Makes the mask another one than that of a layer in the same place with another seed. */
  readonly seed: number | null;
  /** Shape of the mask; null dimensions are those of the input, 1 shares the mask along the axis. */
  readonly noiseShape: Shape | null;
}
type DropoutOptions = Given<DropoutSettings, "rate">;
/** In training, sets a fraction `rate` of the elements to 0 and scales the others up by 1 / (1 - rate). */
declare class Dropout extends TableLayer<DropoutSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<DropoutSettings>;
  constructor(rate: number, options?: DropoutOptions);
  override get castsToFloat(): boolean;
  override call(x: Value, context: CallContext): Value;
}
//#endregion
//#region src/layers/elu.d.ts
interface ELUSettings {
  /** Limit below. Default 1. */
  readonly alpha: number;
}
type ELUOptions = Given<ELUSettings>;
/** x above 0, alpha * (exp(x) - 1) below. */
declare class ELU extends TableLayer<ELUSettings> {
  static override readonly className: string;
  static override readonly fields: Fields<ELUSettings>;
  constructor(options?: ELUOptions);
  override get castsToFloat(): boolean;
  override call(x: Value): Value;
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/layers/embedding.d.ts
interface EmbeddingSettings {
  /** Number of different ids: they go from 0 to inputDim - 1. */
  readonly inputDim: number;
  /** Size of a vector. */
  readonly outputDim: number;
  /** Default "uniform". */
  readonly embeddingsInitializer: Initializer;
  readonly embeddingsRegularizer: Regularizer | null;
  readonly activityRegularizer: Regularizer | null;
  readonly embeddingsConstraint: Constraint | null;
  readonly maskZero: false;
  readonly quantizationConfig: null;
}
type EmbeddingOptions = Given<EmbeddingSettings, "inputDim" | "outputDim">;
/** A vector for each id: (batch, ...) of whole numbers -> (batch, ..., outputDim). Weight: embeddings (inputDim, outputDim). */
declare class Embedding extends TableLayer<EmbeddingSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<EmbeddingSettings>;
  embeddings: Variable;
  constructor(inputDim: number, outputDim: number, options?: EmbeddingOptions);
  override build(): void;
  override call(ids: Value): Value;
}
//#endregion
//#region src/layers/flatten.d.ts
interface FlattenSettings {
  /** Default "channels_last". With "channels_first" the channels still end up last. */
  readonly dataFormat: DataFormat$1;
}
type FlattenOptions = Given<FlattenSettings>;
/** (batch, ...rest) -> (batch, product of rest). */
declare class Flatten extends TableLayer<FlattenSettings> {
  static override readonly className: string;
  static override readonly fields: Fields<FlattenSettings>;
  constructor(options?: FlattenOptions);
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/gaussian-dropout.d.ts
interface GaussianDropoutSettings {
  /** As the rate of Dropout: the noise has deviation sqrt(rate / (1 - rate)). 0 to 1, 1 excluded. */
  readonly rate: number;
  /** Makes the mask another one than that of a layer in the same place with another seed. */
  readonly seed: number | null;
}
type GaussianDropoutOptions = Given<GaussianDropoutSettings, "rate">;
/** In training, multiplies by normal noise of mean 1. */
declare class GaussianDropout extends TableLayer<GaussianDropoutSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<GaussianDropoutSettings>;
  constructor(rate: number, options?: GaussianDropoutOptions);
  override get castsToFloat(): boolean;
  override call(x: Value, context: CallContext): Value;
}
//#endregion
//#region src/layers/gaussian-noise.d.ts
interface GaussianNoiseSettings {
  /** Standard deviation of the noise. */
  readonly stddev: number;
  /** Makes the mask another one than that of a layer in the same place with another seed. */
  readonly seed: number | null;
}
type GaussianNoiseOptions = Given<GaussianNoiseSettings, "stddev">;
/** In training, adds normal noise of mean 0. */
declare class GaussianNoise extends TableLayer<GaussianNoiseSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<GaussianNoiseSettings>;
  constructor(stddev: number, options?: GaussianNoiseOptions);
  override get castsToFloat(): boolean;
  override call(x: Value, context: CallContext): Value;
}
//#endregion
//#region src/layers/group-normalization.d.ts
interface GroupNormalizationSettings extends AffineSettings {
  /** Number of groups of channels; -1: one a channel. Default 32. */
  readonly groups: number;
  /** Axis of the channels. Default -1. */
  readonly axis: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon: number;
}
type GroupNormalizationOptions = Given<GroupNormalizationSettings>;
/**
* Normalizes each sample over groups of channels (Wu & He 2018, https://arxiv.org/abs/1803.08494). Weights: gamma, beta, an
* entry a channel.
*/
declare class GroupNormalization extends AffineLayer<GroupNormalizationSettings> {
  #private;
  static override readonly className: string;
  static override readonly fields: Fields<GroupNormalizationSettings>;
  constructor(options?: GroupNormalizationOptions);
  override build([shape]: readonly Shape[]): void;
  override call(x: Value): Value;
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/layers/identity.d.ts
/** Gives what it takes. */
declare class Identity extends TableLayer<object> {
  static override readonly className: string;
  constructor(options?: LayerOptions);
  override call(inputs: Inputs): Inputs;
}
//#endregion
//#region src/layers/layer-normalization.d.ts
interface LayerNormalizationSettings extends AffineSettings {
  /** Axis, or axes, to normalize over. Default -1. */
  readonly axis: number | readonly number[];
  /** Added to the variance. Default 0.001. */
  readonly epsilon: number;
  readonly rmsScaling: false;
}
type LayerNormalizationOptions = Given<LayerNormalizationSettings>;
/**
* Normalizes each sample over its features (Ba et al. 2016, https://arxiv.org/abs/1607.06450). Weights: gamma and beta of
* the shape of the normalized axes.
*/
declare class LayerNormalization extends AffineLayer<LayerNormalizationSettings> {
  #private;
  static override readonly className: string;
  static override readonly fields: Fields<LayerNormalizationSettings>;
  constructor(options?: LayerNormalizationOptions);
  override get inputSpecs(): readonly InputSpec[];
  override build([shape]: readonly Shape[]): void;
  override call(x: Value): Value;
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/layers/leaky-relu.d.ts
interface LeakyReLUSettings {
  /** Slope below 0. Default 0.3. */
  readonly negativeSlope: number;
}
type LeakyReLUOptions = Given<LeakyReLUSettings>;
/** x above 0, negativeSlope * x below. */
declare class LeakyReLU extends TableLayer<LeakyReLUSettings> {
  static override readonly className: string;
  static override readonly fields: Fields<LeakyReLUSettings>;
  constructor(options?: LeakyReLUOptions);
  override get castsToFloat(): boolean;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/maximum.d.ts
/** The largest of the inputs, element by element. */
declare class Maximum extends BaseMerge {
  static override readonly className: string;
  protected override merge(inputs: readonly Value[]): Value;
}
//#endregion
//#region src/layers/minimum.d.ts
/** The least of the inputs, element by element. */
declare class Minimum extends BaseMerge {
  static override readonly className: string;
  protected override merge(inputs: readonly Value[]): Value;
}
//#endregion
//#region src/layers/multiply.d.ts
/** The product of the inputs, element by element. */
declare class Multiply extends BaseMerge {
  static override readonly className: string;
  protected override merge(inputs: readonly Value[]): Value;
}
//#endregion
//#region src/layers/permute.d.ts
interface PermuteSettings {
  /** Axes of the input in the order of the output, counted from 1 after the batch. */
  readonly dims: readonly number[];
}
type PermuteOptions = Given<PermuteSettings, "dims">;
/** Reorders the axes of a sample. */
declare class Permute extends TableLayer<PermuteSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<PermuteSettings>;
  constructor(dims: readonly number[], options?: PermuteOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/prelu.d.ts
interface PReLUSettings {
  /** Default "zeros". */
  readonly alphaInitializer: Initializer;
  readonly alphaRegularizer: Regularizer | null;
  readonly alphaConstraint: Constraint | null;
  /** Axes (counted from 1 after the batch) along which one slope serves all elements. Default: none. */
  readonly sharedAxes: readonly number[] | null;
}
type PReLUOptions = Given<PReLUSettings>;
/** x above 0, alpha * x below with learned slopes (He et al. 2015). Weight: alpha, of a sample's shape. */
declare class PReLU extends TableLayer<PReLUSettings> {
  static override readonly className: string;
  static override readonly fields: Fields<PReLUSettings>;
  alpha: Variable;
  constructor(options?: PReLUOptions);
  override get castsToFloat(): boolean;
  override get inputSpecs(): readonly InputSpec[] | null;
  override build([shape]: readonly Shape[]): void;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/relu.d.ts
interface ReLUSettings {
  /** Upper limit. Default: none. */
  readonly maxValue: number | null;
  /** Slope below the threshold. Default 0. */
  readonly negativeSlope: number;
  /** Values up to here count as negative. Default 0. */
  readonly threshold: number;
}
type ReLUOptions = Given<ReLUSettings>;
/** Rectifier with optional slope, threshold and limit: `activations.relu`. */
declare class ReLU extends TableLayer<ReLUSettings> {
  static override readonly className: string;
  static override readonly fields: Fields<ReLUSettings>;
  constructor(options?: ReLUOptions);
  override get castsToFloat(): boolean;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/repeat-vector.d.ts
interface RepeatVectorSettings {
  /** How often. */
  readonly n: number;
}
type RepeatVectorOptions = Given<RepeatVectorSettings, "n">;
/** (batch, features) -> (batch, n, features). */
declare class RepeatVector extends TableLayer<RepeatVectorSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<RepeatVectorSettings>;
  constructor(n: number, options?: RepeatVectorOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/rescaling.d.ts
interface RescalingSettings {
  /** Factor; or one for each entry of the last axis. */
  readonly scale: number | readonly number[];
  /** Added afterwards; or one for each entry of the last axis. Default 0. */
  readonly offset: number | readonly number[];
}
type RescalingOptions = Given<RescalingSettings, "scale">;
/** x * scale + offset, e.g. `new Rescaling(1 / 255)` for bytes of images. */
declare class Rescaling extends TableLayer<RescalingSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<RescalingSettings>;
  constructor(scale: number | readonly number[], options?: RescalingOptions);
  override get castsToFloat(): boolean;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/reshape.d.ts
interface ReshapeSettings {
  /** Shape of a sample; one -1 is what the others leave. */
  readonly targetShape: readonly number[];
}
type ReshapeOptions = Given<ReshapeSettings, "targetShape">;
/** (batch, ...rest) -> (batch, ...targetShape). */
declare class Reshape extends TableLayer<ReshapeSettings> {
  #private;
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<ReshapeSettings>;
  constructor(targetShape: readonly number[], options?: ReshapeOptions);
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/rms-normalization.d.ts
interface RMSNormalizationSettings {
  /** Axis, or axes, to normalize over. Default -1. */
  readonly axis: number | readonly number[];
  /** Added to the mean square. Default 1e-6. */
  readonly epsilon: number;
}
type RMSNormalizationOptions = Given<RMSNormalizationSettings>;
/** Divides by the root mean square of the features (Zhang & Sennrich 2019). Weight: scale. */
declare class RMSNormalization extends TableLayer<RMSNormalizationSettings> {
  #private;
  static override readonly className: string;
  static override readonly fields: Fields<RMSNormalizationSettings>;
  scale: Variable;
  constructor(options?: RMSNormalizationOptions);
  override get castsToFloat(): boolean;
  override build([shape]: readonly Shape[]): void;
  override call(x: Value): Value;
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/layers/softmax.d.ts
interface SoftmaxSettings {
  /** Axis, or several to normalize over together. Default -1. */
  readonly axis: number | readonly number[];
}
type SoftmaxOptions = Given<SoftmaxSettings>;
/** exp(x) over its sum along an axis. */
declare class Softmax extends TableLayer<SoftmaxSettings> {
  static override readonly className: string;
  static override readonly fields: Fields<SoftmaxSettings>;
  constructor(options?: SoftmaxOptions);
  override get castsToFloat(): boolean;
  override get takesMask(): boolean;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/spatial-dropout1d.d.ts
interface SpatialDropout1DSettings {
  /** Fraction of the elements that is dropped, 0 to 1. */
  readonly rate: number;
  /** Makes the mask another one than that of a layer in the same place with another seed. */
  readonly seed: number | null;
}
type SpatialDropout1DOptions = Given<SpatialDropout1DSettings, "rate">;
/** Dropout of whole feature maps: input of rank 3. */
declare class SpatialDropout1D extends TableLayer<SpatialDropout1DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<SpatialDropout1DSettings>;
  constructor(rate: number, options?: SpatialDropout1DOptions);
  override get castsToFloat(): boolean;
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value, context: CallContext): Value;
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/layers/spatial-dropout2d.d.ts
interface SpatialDropout2DSettings {
  /** Fraction of the elements that is dropped, 0 to 1. */
  readonly rate: number;
  /** Makes the mask another one than that of a layer in the same place with another seed. */
  readonly seed: number | null;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
}
type SpatialDropout2DOptions = Given<SpatialDropout2DSettings, "rate">;
/** Dropout of whole feature maps: input of rank 4. */
declare class SpatialDropout2D extends TableLayer<SpatialDropout2DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<SpatialDropout2DSettings>;
  constructor(rate: number, options?: SpatialDropout2DOptions);
  override get castsToFloat(): boolean;
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value, context: CallContext): Value;
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/layers/spatial-dropout3d.d.ts
interface SpatialDropout3DSettings {
  /** Fraction of the elements that is dropped, 0 to 1. */
  readonly rate: number;
  /** Makes the mask another one than that of a layer in the same place with another seed. */
  readonly seed: number | null;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
}
type SpatialDropout3DOptions = Given<SpatialDropout3DSettings, "rate">;
/** Dropout of whole feature maps: input of rank 5. */
declare class SpatialDropout3D extends TableLayer<SpatialDropout3DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<SpatialDropout3DSettings>;
  constructor(rate: number, options?: SpatialDropout3DOptions);
  override get castsToFloat(): boolean;
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value, context: CallContext): Value;
  override getConfig(): Record<string, Json>;
}
//#endregion
//#region src/layers/subtract.d.ts
/** The first of two inputs minus the second. */
declare class Subtract extends BaseMerge {
  static override readonly className: string;
  protected override merge(inputs: readonly Value[]): Value;
}
//#endregion
//#region src/layers/unit-normalization.d.ts
interface UnitNormalizationSettings {
  /** Axis, or axes that are normalized together. Default -1. */
  readonly axis: number | readonly number[];
}
type UnitNormalizationOptions = Given<UnitNormalizationSettings>;
/** Scales to Euclidean length 1 along an axis. */
declare class UnitNormalization extends TableLayer<UnitNormalizationSettings> {
  static override readonly className: string;
  static override readonly fields: Fields<UnitNormalizationSettings>;
  constructor(options?: UnitNormalizationOptions);
  override get castsToFloat(): boolean;
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/up-sampling1d.d.ts
interface UpSampling1DSettings {
  /** How often each step. Default 2. */
  readonly size: number;
}
type UpSampling1DOptions = Given<UpSampling1DSettings, "size">;
/** Repeats each step: (batch, steps, channels) -> (batch, size * steps, channels). */
declare class UpSampling1D extends TableLayer<UpSampling1DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<UpSampling1DSettings>;
  constructor(size?: number, options?: UpSampling1DOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/up-sampling2d.d.ts
interface UpSampling2DSettings {
  /** How often each element, an entry a spatial axis. Default 2. */
  readonly size: readonly number[];
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
  /** Only "nearest", the default. */
  readonly interpolation: "nearest";
}
type UpSampling2DOptions = Given<UpSampling2DSettings, "size">;
/** Repeats each element along 2 spatial axes. */
declare class UpSampling2D extends TableLayer<UpSampling2DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<UpSampling2DSettings>;
  constructor(size?: number | readonly number[], options?: UpSampling2DOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/up-sampling3d.d.ts
interface UpSampling3DSettings {
  /** How often each element, an entry a spatial axis. Default 2. */
  readonly size: readonly number[];
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
}
type UpSampling3DOptions = Given<UpSampling3DSettings, "size">;
/** Repeats each element along 3 spatial axes. */
declare class UpSampling3D extends TableLayer<UpSampling3DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<UpSampling3DSettings>;
  constructor(size?: number | readonly number[], options?: UpSampling3DOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/zero-padding1d.d.ts
interface ZeroPadding1DSettings {
  /** Zeros before and after. Default 1. */
  readonly padding: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
}
type ZeroPadding1DOptions = Given<ZeroPadding1DSettings, "padding">;
/** Adds zeros around 1 spatial axis. */
declare class ZeroPadding1D extends TableLayer<ZeroPadding1DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<ZeroPadding1DSettings>;
  constructor(padding?: GivenBorders, options?: ZeroPadding1DOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/zero-padding2d.d.ts
interface ZeroPadding2DSettings {
  /** Zeros before and after. Default 1. */
  readonly padding: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
}
type ZeroPadding2DOptions = Given<ZeroPadding2DSettings, "padding">;
/** Adds zeros around 2 spatial axes. */
declare class ZeroPadding2D extends TableLayer<ZeroPadding2DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<ZeroPadding2DSettings>;
  constructor(padding?: GivenBorders, options?: ZeroPadding2DOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/zero-padding3d.d.ts
interface ZeroPadding3DSettings {
  /** Zeros before and after. Default 1. */
  readonly padding: Borders;
  /** Default "channels_last". */
  readonly dataFormat: DataFormat$1;
}
type ZeroPadding3DOptions = Given<ZeroPadding3DSettings, "padding">;
/** Adds zeros around 3 spatial axes. */
declare class ZeroPadding3D extends TableLayer<ZeroPadding3DSettings> {
  static override readonly className: string;
  static override readonly positional: readonly string[];
  static override readonly fields: Fields<ZeroPadding3DSettings>;
  constructor(padding?: GivenBorders, options?: ZeroPadding3DOptions);
  override get inputSpecs(): readonly InputSpec[];
  override call(x: Value): Value;
}
//#endregion
//#region src/layers/get.d.ts
/** Finds Pawl's own layers and those that users registered. Models are not among them: see model/. */
declare const resolveLayer: Resolve;
/** Makes a layer class of your own known by its `className`, so that files can name it. */
declare function register<C extends LayerClass & NamedClass>(cls: C, packageName?: string): C;
//#endregion
//#region src/layers/serialize.d.ts
/** How a layer is written: "keras" is that of `.keras` files, "legacy" that of `.h5` files (class name and config only). */
type ConfigStyle = "keras" | "legacy";
/** Runs `body` with configs of layers inside layers written in that style. */
declare function withStyle<T>(wanted: ConfigStyle, body: () => T): T;
/** Keras's dictionary for a layer, in the present style (see {@link withStyle}). */
declare function serialize(layer: Layer): {
  readonly [key: string]: Json;
};
/** Marks classes as Pawl's own, which files name without a registration. */
declare function markBuiltIn(classes: Iterable<unknown>): void;
/**
* The layer that a dictionary describes (`{ module, class_name, config, registered_name }`, or the older
* `{ class_name, config }`).
* @throws {FormatError} for a class that nobody knows, or a config that the class cannot take
*/
declare function deserialize(json: Json, resolve: Resolve, where?: string): Layer;
//#endregion
//#region src/layers/symbolic.d.ts
/** The dtype that a tensor of `dtype` has inside a graph. */
declare function graphDType(dtype: DType): GraphDType;
//#endregion
//#region src/layers/weight-budget.d.ts
/**
* Runs `body`, which makes layers from a file's config, and lets their weights take no more memory than the weights in
* the file (and 1 MiB): a config of a few bytes can ask for a layer of any size.
* @param bytes that the file's weights take
*/
declare function withWeightBudget<T>(bytes: number, where: string, body: () => T): T;
declare namespace index_d_exports$5 {
  export { Activation, ActivationOptions, ActivityRegularization, ActivityRegularizationOptions, Add, AlphaDropout, AlphaDropoutOptions, Average, AveragePooling1D, AveragePooling2D, AveragePooling3D, AveragePooling1D as AvgPool1D, AveragePooling2D as AvgPool2D, AveragePooling3D as AvgPool3D, BatchNormalization, BatchNormalizationOptions, CallContext, CallOptions, CallTrace, Concatenate, ConcatenateOptions, ConfigStyle, ContextOptions, Conv1D, Conv1DTranspose, Conv2D, Conv2DTranspose, Conv3D, Conv3DTranspose, ConvOptions$1 as ConvOptions, ConvTransposeOptions$1 as ConvTransposeOptions, Conv1D as Convolution1D, Conv1DTranspose as Convolution1DTranspose, Conv2D as Convolution2D, Conv2DTranspose as Convolution2DTranspose, Conv3D as Convolution3D, Conv3DTranspose as Convolution3DTranspose, Cropping1D, Cropping1DOptions, Cropping2D, Cropping2DOptions, Cropping3D, Cropping3DOptions, DataFormat$1 as DataFormat, Dense, DenseOptions, DepthwiseConv1D, DepthwiseConv2D, DepthwiseOptions, Dropout, DropoutOptions, ELU, ELUOptions, Embedding, EmbeddingOptions, Flatten, FlattenOptions, GaussianDropout, GaussianDropoutOptions, GaussianNoise, GaussianNoiseOptions, Given, GlobalAveragePooling1D, GlobalAveragePooling2D, GlobalAveragePooling3D, GlobalAveragePooling1D as GlobalAvgPool1D, GlobalAveragePooling2D as GlobalAvgPool2D, GlobalAveragePooling3D as GlobalAvgPool3D, GlobalMaxPooling1D as GlobalMaxPool1D, GlobalMaxPooling2D as GlobalMaxPool2D, GlobalMaxPooling3D as GlobalMaxPool3D, GlobalMaxPooling1D, GlobalMaxPooling2D, GlobalMaxPooling3D, GlobalPoolOptions, GroupNormalization, GroupNormalizationOptions, Identity, InputLayer, InputOptions, InputSpec, Inputs, KerasTensor, Layer, LayerClass, LayerNormalization, LayerNormalizationOptions, LayerOptions, LeakyReLU, LeakyReLUOptions, MaxPooling1D as MaxPool1D, MaxPooling2D as MaxPool2D, MaxPooling3D as MaxPool3D, MaxPooling1D, MaxPooling2D, MaxPooling3D, Maximum, Minimum, Multiply, Node, PReLU, PReLUOptions, Permute, PermuteOptions, PoolOptions$1 as PoolOptions, RMSNormalization, RMSNormalizationOptions, ReLU, ReLUOptions, RepeatVector, RepeatVectorOptions, Rescaling, RescalingOptions, Reshape, ReshapeOptions, Resolve, SeparableConv1D, SeparableConv2D, SeparableConv1D as SeparableConvolution1D, SeparableConv2D as SeparableConvolution2D, SeparableOptions, Softmax, SoftmaxOptions, SpatialDropout1D, SpatialDropout1DOptions, SpatialDropout2D, SpatialDropout2DOptions, SpatialDropout3D, SpatialDropout3DOptions, Subtract, TableLayer, Tensors, UnitNormalization, UnitNormalizationOptions, UpSampling1D, UpSampling1DOptions, UpSampling2D, UpSampling2DOptions, UpSampling3D, UpSampling3DOptions, WeightOptions, ZeroPadding1D, ZeroPadding1DOptions, ZeroPadding2D, ZeroPadding2DOptions, ZeroPadding3D, ZeroPadding3DOptions, deserialize, flattenTensors, graphDType, isKerasTensor, isList, markBuiltIn, register, resolveLayer, rootContext, serialize, valuesOf, withStyle, withWeightBudget };
}
//#endregion
//#region src/model/model.d.ts
/** Options of `save` and `saveWeights`. */
interface SaveFileOptions {
  /** Default true. False: a file that is there already is an error. */
  readonly overwrite?: boolean;
}
/** Options of `loadWeights`. */
interface LoadWeightsOptions {
  /** Default true. False: weights alone, for a model that is compiled with another optimizer or starts anew. */
  readonly optimizer?: boolean;
  /** Default false. True: a file that another program changed gives weights and optimizer; the rest is dropped. */
  readonly allowEdited?: boolean;
}
/**
* A network that can be trained, evaluated and saved.
* @example
* const x = Input({ shape: [8] });
* const model = new Model(x, new layers.Dense(1).apply(x));
*/
declare class Model extends Functional implements TrainingModel {
  #private;
  static override readonly className: string;
  /** Set to true in a hook of a callback, training ends after the hooks of this epoch. */
  stopTraining: boolean;
  /** What the last `fit` returned. */
  history: History | null;
  /**
  * @param inputs what `Input()` gave: one tensor, a list, or an object by name
  * @param outputs what layers gave for them
  */
  constructor(inputs: Tensors | null, outputs: Tensors | null, options?: NetworkOptions);
  /** The optimizer of `compile`. @throws {StateError} before it */
  get optimizer(): Optimizer;
  /** Keras's summary counts the optimizer once it has its variables. */
  protected override get optimizerSizes(): readonly Sized[] | null;
  /** The training side of this model, for files. */
  get savable(): Savable;
  /** Says how to train: optimizer, losses, metrics. A new optimizer starts without state, as in Keras. */
  compile(options?: CompileOptions): void;
  /**
  * Trains for epochs `initialEpoch … epochs - 1`. See {@link training.FitOptions}; data that comes in batches (a data
  * set, an iterable, a generator function) brings its own targets, and options come second.
  */
  fit(x: BatchesLike, options?: FitOptions): Promise<History>;
  fit(x: TensorsLike, y?: TensorsLike | null, options?: FitOptions): Promise<History>;
  /** Losses and metrics over the data, by name. */
  evaluate(x: BatchesLike, options?: EvaluateOptions): Promise<Logs>;
  evaluate(x: TensorsLike, y?: TensorsLike | null, options?: EvaluateOptions): Promise<Logs>;
  /** The output for all rows: a tensor, or a list of them for several outputs. */
  predict(x: DataLike, options?: PredictOptions): Promise<Tensor | Tensor[]>;
  /** One step of training; loss and metrics of these rows, by name. */
  trainOnBatch(x: TensorsLike, y?: TensorsLike | null, options?: BatchOptions): Promise<Logs>;
  /** The same without training. */
  testOnBatch(x: TensorsLike, y?: TensorsLike | null, options?: BatchOptions): Promise<Logs>;
  predictOnBatch(x: TensorsLike): Promise<Tensor | Tensor[]>;
  /** Starts losses and metrics anew; whatever trains or evaluates does so by itself. */
  resetMetrics(): void;
  /**
  * Writes model, optimizer and training state to a `.keras` or `.h5` file. In a hook of a callback, prefer
  * `context.requestSave`: it saves when all hooks have run.
  */
  save(path: string, options?: SaveFileOptions): Promise<void>;
  /** Writes weights, optimizer and training state to a `.weights.h5` file, or an `.h5` file in Keras 2's layout. */
  saveWeights(path: string, options?: SaveFileOptions): Promise<void>;
  /**
  * Takes weights from a file (of weights or of a whole model), and, when compiled, optimizer and training state.
  * @throws {FormatError} naming what does not fit; nothing has changed then
  */
  loadWeights(path: string, options?: LoadWeightsOptions): Promise<void>;
}
//#endregion
//#region src/model/load-model.d.ts
/** Classes and functions of yours, by the name that the file has for them. */
type CustomObjects = {
  readonly [name: string]: unknown;
};
interface LoadModelOptions {
  /** Layers, losses, metrics, optimizers and loss functions of yours that the file names. */
  readonly customObjects?: CustomObjects;
  /** Whether to compile as the file says, with the optimizer's state. Default true. */
  readonly compile?: boolean;
  /** Take weights and optimizer of a file that another program has changed. Default false. */
  readonly allowEdited?: boolean;
}
/**
* Opens a whole model: `.keras` or `.h5`, written by Pawl or by Keras 2 or 3. It is compiled, and training goes on where
* it stood: give `fit` the epoch as `initialEpoch`, or `resume: true`.
* @throws {FormatError} when the file is missing, damaged, edited by another program, or names an unknown class
*/
declare function loadModel(path: string, options?: LoadModelOptions): Promise<Model>;
//#endregion
//#region src/model/sequential.d.ts
/**
* Layers one after the other.
* @example new Sequential([new layers.Dense(10, { activation: "relu", inputShape: [4] }), new layers.Dense(1)])
*/
declare class Sequential extends Model {
  #private;
  static override readonly className: string;
  static readonly module: string;
  /** @param layers the first one may be an `Input()`, or carry `inputShape`; else the data decides the input's shape */
  constructor(layers?: readonly (Layer | KerasTensor)[], options?: NetworkOptions);
  override get networkKind(): "functional" | "sequential";
  /** The layers that were added, without the input. */
  override get layers(): readonly Layer[];
  override get sublayers(): readonly Layer[];
  add(layer: Layer | KerasTensor): void;
  /** Takes the last layer off and returns it. */
  pop(): Layer;
  /** Sets the shape of the input, with the batch in front. */
  override build(shapes: Shape | readonly Shape[]): void;
  override getConfig(): Record<string, Json>;
  static override fromConfig(config: Config, resolve: Resolve): Sequential;
}
declare namespace random_d_exports {
  export { RandomOptions, integers, normal, uniform };
}
/** Options of all draws: with the same seed, the same numbers; else they follow from `setRandomSeed`, or are fresh. */
interface RandomOptions {
  readonly seed?: number;
}
/** float32 numbers from [min, max), evenly spread; [0, 1) by default. */
declare function uniform(shape: StaticShape, options?: RandomOptions & {
  readonly min?: number;
  readonly max?: number;
}): Tensor;
/** float32 numbers of a normal distribution. */
declare function normal(shape: StaticShape, options?: RandomOptions & {
  readonly mean?: number;
  readonly stddev?: number;
}): Tensor;
/** int32 numbers from `low` to `high - 1`, evenly spread. */
declare function integers(low: number, high: number, shape: StaticShape, options?: RandomOptions): Tensor;
//#endregion
//#region src/ops/operand.d.ts
/** What operations take: a value of a graph, or a number or tensor that becomes a constant. */
type Operand = Value | Tensor | number;
//#endregion
//#region src/ops/abs.d.ts
/** |x|; its gradient at 0 is 0. */
declare function abs(x: Operand): Value;
//#endregion
//#region src/ops/add.d.ts
/** a + b, broadcasting; int32 with float32 gives float32. */
declare function add(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/axes.d.ts
/** Which axes a reduction goes over (default: all; negative ones count from the end) and whether they stay as 1. */
interface ReduceOptions {
  readonly axes?: number | readonly number[];
  readonly keepDims?: boolean;
}
//#endregion
//#region src/ops/all.d.ts
/** True where all elements hold. */
declare function all(x: Operand, options?: ReduceOptions): Value;
//#endregion
//#region src/ops/all-sum.d.ts
/** Sum over the shards of a batch of what each shard has; x itself for one shard, and when all shards have the same. */
declare function allSum(x: Operand): Value;
//#endregion
//#region src/ops/any.d.ts
/** True where one of the elements holds. */
declare function any(x: Operand, {
  axes,
  keepDims
}?: ReduceOptions): Value;
//#endregion
//#region src/ops/argmax.d.ts
/** Index of the first maximum along an axis, which goes, as int32. */
declare function argmax(x: Operand, axis: number): Value;
//#endregion
//#region src/ops/argmin.d.ts
/** Index of the first minimum along an axis, which goes, as int32. */
declare function argmin(x: Operand, axis: number): Value;
//#endregion
//#region src/ops/spatial.d.ts
/** Where the channels are: last (Keras's default) or right after the batch. */
type DataFormat = "channels_last" | "channels_first";
/** Zeros around an operand: as many as keep the size, none, only before (one axis), or an entry [before, after] an axis. */
type Padding = "same" | "valid" | "causal" | readonly (readonly [number, number])[];
/** One number for all axes, or one an axis. */
type PerAxis = number | readonly number[];
//#endregion
//#region src/ops/pooling.d.ts
/** Windows of a pooling, in Keras's terms. */
interface PoolOptions {
  /** An entry a spatial axis. */
  readonly poolSize: readonly number[];
  /** Default: the window. */
  readonly strides?: PerAxis | null;
  /** Default "valid". */
  readonly padding?: Exclude<Padding, "causal">;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}
//#endregion
//#region src/ops/average-pool.d.ts
/** The mean of each window; padding does not count, as in Keras. */
declare function averagePool(x: Operand, options: PoolOptions): Value;
//#endregion
//#region src/ops/batch-rows.d.ts
/** Rows of the whole batch as a float32 scalar, counted in the graph itself. */
declare function batchRows(): Value;
//#endregion
//#region src/ops/broadcast-to.d.ts
/** x repeated to a shape, by NumPy's rules. */
declare function broadcastTo(x: Operand, dims: Dims): Value;
//#endregion
//#region src/ops/cast.d.ts
/** x in another dtype. Whole numbers are cut towards zero; anything but 0 is true. */
declare function cast(x: Operand, dtype: GraphDType): Value;
//#endregion
//#region src/ops/ceil.d.ts
/** Smallest whole number that is not below x. */
declare function ceil(x: Operand): Value;
//#endregion
//#region src/ops/clip.d.ts
/** x, not below `min` and not above `max`. Where x equals a bound half of the gradient passes, as in JAX. */
declare function clip(x: Operand, min: Operand, max: Operand): Value;
//#endregion
//#region src/ops/concatenate.d.ts
/** Operands one after the other along an axis, in the smallest dtype that holds all. */
declare function concatenate(xs: readonly Operand[], axis: number): Value;
//#endregion
//#region src/ops/constant.d.ts
/** A tensor or number as a value; floats become float32, whole numbers of a tensor int32. */
declare function constant(x: Operand): Value;
//#endregion
//#region src/ops/conv.d.ts
/** How a convolution moves over its operand. */
interface ConvOptions {
  /** Default 1. */
  readonly strides?: PerAxis;
  /** Default "valid". */
  readonly padding?: Padding;
  /** Default 1. */
  readonly dilations?: PerAxis;
  /** Default 1. */
  readonly groups?: number;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}
/**
* Convolution (cross-correlation) over any number of spatial axes, in Keras's layouts: x (batch, ...spatial, in) or
* (batch, in, ...spatial), kernel (...window, in / groups, out) in both cases.
*/
declare function conv(x: Operand, kernel: Operand, options?: ConvOptions): Value;
//#endregion
//#region src/ops/conv-transpose.d.ts
/** How a transposed convolution spreads its operand. */
interface ConvTransposeOptions {
  /** Default 1. */
  readonly strides?: PerAxis;
  /** Default "valid". */
  readonly padding?: "same" | "valid";
  /** Entries added at the end of each axis of the result; default: what Keras derives from padding. */
  readonly outputPadding?: PerAxis | null;
  /** Default 1. */
  readonly dilations?: PerAxis;
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}
/**
* Transposed convolution: what the gradient of {@link conv} for its operand is. x (batch, ...spatial, in), kernel
* (...window, out, in). Sizes and cropping follow keras.src.backend.common.backend_utils.
*/
declare function convTranspose(x: Operand, kernel: Operand, options?: ConvTransposeOptions): Value;
//#endregion
//#region src/ops/cos.d.ts
/** Cosine of radians. */
declare function cos(x: Operand): Value;
//#endregion
//#region src/ops/cumsum.d.ts
/** What a running sum can do besides. */
interface CumsumOptions {
  /** Leave out the element itself. */
  readonly exclusive?: boolean;
  /** Run from the end. */
  readonly reverse?: boolean;
}
/** Running sum along an axis. */
declare function cumsum(x: Operand, axis: number, {
  exclusive,
  reverse
}?: CumsumOptions): Value;
//#endregion
//#region src/ops/divide.d.ts
/** a / b as float32, also of whole numbers. */
declare function divide(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/equal.d.ts
/** a = b, as bool. */
declare function equal(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/erf.d.ts
/** Error function. */
declare function erf(x: Operand): Value;
//#endregion
//#region src/ops/exp.d.ts
/** e to the power of x. */
declare function exp(x: Operand): Value;
//#endregion
//#region src/ops/expand-dims.d.ts
/** x with a new axis of size 1; a negative axis counts from the end of the result. */
declare function expandDims(x: Operand, axis: number): Value;
//#endregion
//#region src/ops/expm1.d.ts
/** exp(x) - 1, precise near 0 in float32 too: 2 t / (1 - t) with t = tanh(x / 2) there. */
declare function expm1(x: Operand): Value;
//#endregion
//#region src/ops/flatten2d.d.ts
/** (batch, rest): all axes but the first as one. */
declare function flatten2d(x: Operand): Value;
//#endregion
//#region src/ops/floor.d.ts
/** Largest whole number that is not above x. */
declare function floor(x: Operand): Value;
//#endregion
//#region src/ops/floor-divide.d.ts
/** Largest whole number that is not above a / b; int32 when both are. */
declare function floorDivide(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/full.d.ts
/** A value of the shape, filled with a scalar. */
declare function full(dims: Dims, value: Operand): Value;
//#endregion
//#region src/ops/gather.d.ts
/** Rows of a table: (table (R, ...rest), ids (...i)) -> (...i, ...rest). */
declare function gather(table: Operand, ids: Operand): Value;
//#endregion
//#region src/ops/greater.d.ts
/** a > b, as bool. */
declare function greater(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/greater-equal.d.ts
/** a >= b, as bool. */
declare function greaterEqual(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/input.d.ts
/** A leaf that is fed from outside. `name` is for people. */
declare function input(name: string, dims: Dims, dtype?: GraphDType): InputValue;
//#endregion
//#region src/ops/iota.d.ts
/** 0, 1, …, n - 1 as int32. */
declare function iota(n: number): Value;
//#endregion
//#region src/ops/is-nan.d.ts
/** True where x is not a number. */
declare function isNan(x: Operand): Value;
//#endregion
//#region src/ops/l2-norm.d.ts
/** Square root of the sum of squares. */
declare function l2Norm(x: Operand, {
  axes,
  keepDims
}?: ReduceOptions): Value;
//#endregion
//#region src/ops/less.d.ts
/** a < b, as bool. */
declare function less(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/less-equal.d.ts
/** a <= b, as bool. */
declare function lessEqual(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/log.d.ts
/** Natural logarithm. */
declare function log(x: Operand): Value;
//#endregion
//#region src/ops/log-softmax.d.ts
/** log of softmax, without overflow. */
declare function logSoftmax(x: Operand, axis?: number): Value;
//#endregion
//#region src/ops/log-sum-exp.d.ts
/** log of the sum of exp, without overflow. */
declare function logSumExp(x: Operand, {
  axes,
  keepDims
}?: ReduceOptions): Value;
//#endregion
//#region src/ops/log1p.d.ts
/** log(1 + x), precise near 0 in float32 too: the rounding error of 1 + x is added back to first order. */
declare function log1p(x: Operand): Value;
//#endregion
//#region src/ops/logical-and.d.ts
/** True where both hold. */
declare function logicalAnd(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/logical-not.d.ts
/** True where the condition does not hold. */
declare function logicalNot(x: Operand): Value;
//#endregion
//#region src/ops/logical-or.d.ts
/** True where one of the two holds. */
declare function logicalOr(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/matmul.d.ts
/** Which operands' last two axes are exchanged first. */
interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}
/** Matrix product over the last two axes, batched over leading axes, which broadcast. */
declare function matmul(a: Operand, b: Operand, {
  transposeA,
  transposeB
}?: MatmulOptions): Value;
//#endregion
//#region src/ops/max.d.ts
/** Largest element; equal ones share the gradient. */
declare function max(x: Operand, {
  axes,
  keepDims
}?: ReduceOptions): Value;
//#endregion
//#region src/ops/max-pool.d.ts
/** The largest element of each window; the first of equals gets the gradient. Padding never wins. */
declare function maxPool(x: Operand, options: PoolOptions): Value;
//#endregion
//#region src/ops/maximum.d.ts
/** The larger of each pair; equal ones share the gradient, as in JAX. */
declare function maximum(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/mean.d.ts
/** Mean, as float32. Over the batch axis it is that of the whole batch, whatever the shards. */
declare function mean(x: Operand, {
  axes,
  keepDims
}?: ReduceOptions): Value;
//#endregion
//#region src/ops/min.d.ts
/** Smallest element; equal ones share the gradient. */
declare function min(x: Operand, options?: ReduceOptions): Value;
//#endregion
//#region src/ops/minimum.d.ts
/** The smaller of each pair; equal ones share the gradient, as in JAX. */
declare function minimum(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/mod.d.ts
/** Remainder with the sign of b, as Python's %. */
declare function mod(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/move-axis.d.ts
/** x with one axis moved to another place; the others keep their order. */
declare function moveAxis(x: Operand, from: number, to: number): Value;
//#endregion
//#region src/ops/multiply.d.ts
/** a b, broadcasting. */
declare function multiply(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/neg.d.ts
/** -x */
declare function neg(x: Operand): Value;
//#endregion
//#region src/ops/not-equal.d.ts
/** a ≠ b, as bool. NaN differs from everything. */
declare function notEqual(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/one-hot.d.ts
/** 1 at each id, else 0, as float32, on a new last axis; ids outside 0 … depth - 1 give zeros. */
declare function oneHot(ids: Operand, depth: number): Value;
//#endregion
//#region src/ops/ones-like.d.ts
/** Ones of the shape and dtype of x. */
declare function onesLike(x: Value): Value;
//#endregion
//#region src/ops/pad.d.ts
/** x with `value` around it: `before` and `after` an entry an axis, 0 for the batch. */
declare function pad(x: Operand, before: readonly number[], after: readonly number[], value?: number): Value;
//#endregion
//#region src/ops/power.d.ts
/** a to the power of b, as float32. */
declare function power(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/prod.d.ts
/** Product, multiplied up in halves; right gradients also where factors are 0. Never over the batch axis. */
declare function prod(x: Operand, {
  axes,
  keepDims
}?: ReduceOptions): Value;
//#endregion
//#region src/ops/random.d.ts
/** Random numbers of a stream: uniform in [0, 1), or of mean 0 and variance 1. Only the first axis can be the batch. */
declare function random(dims: Dims, stream: number, distribution: "uniform" | "normal"): Value;
//#endregion
//#region src/ops/reciprocal.d.ts
/** 1 / x */
declare function reciprocal(x: Operand): Value;
//#endregion
//#region src/ops/relu.d.ts
/** max(x, 0); its gradient at 0 is 0. */
declare function relu(x: Operand): Value;
//#endregion
//#region src/ops/repeat.d.ts
/** Each entry of an axis `times` times in a row (Keras's repeat). */
declare function repeat(x: Operand, times: number, axis: number): Value;
//#endregion
//#region src/ops/reshape.d.ts
/** The same elements in another shape. The batch is written as in `x.shape`: -1, or -k for k times its rows. */
declare function reshape(x: Operand, dims: Dims): Value;
//#endregion
//#region src/ops/reverse.d.ts
/** x with the order along an axis reversed. */
declare function reverse$1(x: Operand, axis: number): Value;
//#endregion
//#region src/ops/round.d.ts
/** Nearest whole number, half to even. */
declare function round(x: Operand): Value;
//#endregion
//#region src/ops/rsqrt.d.ts
/** 1 / √x */
declare function rsqrt(x: Operand): Value;
//#endregion
//#region src/ops/scatter-add.d.ts
/** (ids (...i), updates (...i, ...rest)) -> (rows, ...rest), equal ids added up. */
declare function scatterAdd(ids: Operand, updates: Operand, rows: number): Value;
//#endregion
//#region src/ops/sigmoid.d.ts
/** 1 / (1 + exp(-x)). */
declare function sigmoid(x: Operand): Value;
//#endregion
//#region src/ops/sign.d.ts
/** -1, 0 or 1. */
declare function sign(x: Operand): Value;
//#endregion
//#region src/ops/sin.d.ts
/** Sine of radians. */
declare function sin(x: Operand): Value;
//#endregion
//#region src/ops/slice.d.ts
/** Elements start, start + step, … below end of one axis; negative bounds count from the end. Never the batch axis. */
declare function slice(x: Operand, axis: number, start: number, end: number, step?: number): Value;
//#endregion
//#region src/ops/softmax.d.ts
/** exp(x) divided by its sum along an axis. */
declare function softmax(x: Operand, axis?: number): Value;
//#endregion
//#region src/ops/softplus.d.ts
/** log(1 + exp(x)), without overflow. */
declare function softplus(x: Operand): Value;
//#endregion
//#region src/ops/sort-descending.d.ts
/** Values in descending order along an axis. No gradient flows through it. */
declare function sortDescending(x: Operand, axis?: number): Value;
//#endregion
//#region src/ops/split.d.ts
/** Equal parts of x along an axis. @throws {ShapeError} when the axis cannot be divided so */
declare function split(x: Operand, parts: number, axis: number): Value[];
//#endregion
//#region src/ops/sqrt.d.ts
/** Square root. */
declare function sqrt(x: Operand): Value;
//#endregion
//#region src/ops/square.d.ts
/** x x */
declare function square(x: Operand): Value;
//#endregion
//#region src/ops/squeeze.d.ts
/** x without an axis of size 1. */
declare function squeeze(x: Operand, axis: number): Value;
//#endregion
//#region src/ops/stack.d.ts
/** Operands of one shape as entries of a new axis. */
declare function stack(xs: readonly Operand[], axis: number): Value;
//#endregion
//#region src/ops/stop-gradient.d.ts
/** x, and no gradient flows back. */
declare function stopGradient(x: Operand): Value;
//#endregion
//#region src/ops/subtract.d.ts
/** a - b, broadcasting. */
declare function subtract(a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/sum.d.ts
/** Sum. Over the batch axis it is the sum of this shard's rows: `allSum` of it is that of the whole batch. */
declare function sum(x: Operand, {
  axes,
  keepDims
}?: ReduceOptions): Value;
//#endregion
//#region src/ops/swap-axes.d.ts
/** x with two axes exchanged. */
declare function swapAxes(x: Operand, a: number, b: number): Value;
//#endregion
//#region src/ops/take.d.ts
/** The element of each last axis that its id names: (x (...i, C), ids (...i)) -> (...i). */
declare function take(x: Operand, ids: Operand): Value;
//#endregion
//#region src/ops/tanh.d.ts
/** Hyperbolic tangent. */
declare function tanh(x: Operand): Value;
//#endregion
//#region src/ops/tile.d.ts
/** An axis `times` times one after the other. Not the batch axis, whose rows would no longer be contiguous. */
declare function tile(x: Operand, times: number, axis: number): Value;
//#endregion
//#region src/ops/transpose.d.ts
/** Axis i of the result is axis perm[i] of x; without perm the axes are reversed. */
declare function transpose(x: Operand, perm?: readonly number[]): Value;
//#endregion
//#region src/ops/variance.d.ts
/** Variance (divided by the number of elements), in two passes. Over the batch axis it is that of the whole batch. */
declare function variance(x: Operand, options?: ReduceOptions): Value;
//#endregion
//#region src/ops/where.d.ts
/** a where the condition holds, else b; broadcasting. */
declare function where$1(condition: Operand, a: Operand, b: Operand): Value;
//#endregion
//#region src/ops/zeros-like.d.ts
/** Zeros of the shape and dtype of x. */
declare function zerosLike(x: Value): Value;
declare namespace index_d_exports$8 {
  export { ConvOptions, Operand, PoolOptions, ReduceOptions, abs, add, all, allSum, any, argmax, argmin, averagePool, batchRows, broadcastTo, cast, ceil, clip, concatenate, constant, conv, convTranspose, cos, cumsum, divide, equal, erf, exp, expandDims, expm1, flatten2d, floor, floorDivide, full, gather, greater, greaterEqual, input, iota, isNan, l2Norm, less, lessEqual, log, log1p, logSoftmax, logSumExp, logicalAnd, logicalNot, logicalOr, matmul, max, maxPool, maximum, mean, min, minimum, mod, moveAxis, multiply, neg, notEqual, oneHot, onesLike, pad, power, prod, random, reciprocal, relu, repeat, reshape, reverse$1 as reverse, round, rsqrt, scatterAdd, sigmoid, sign, sin, slice, softmax, softplus, sortDescending, split, sqrt, square, squeeze, stack, stopGradient, subtract, sum, swapAxes, take, tanh, tile, transpose, variance, where$1 as where, zerosLike };
}
//#endregion
export { type ArrayLikeData, type BatchOptions, type BatchesLike, type ClassWeight, type CompileOptions, type Config, type Configuration, type CustomObjects, type DType, type DataLike, type Dims, EngineError, type EvaluateOptions, type FitOptions, FormatError, type History, Input, type Json, type KeepOptions, type LoadModelOptions, type LoadWeightsOptions, type Logs, Model, type NestedNumbers, type NetworkOptions, OptionError, PawlError, type PredictOptions, type RunOptions, type SaveEvery, type SaveFileOptions, Sequential, type Shape, ShapeError, StateError, type StateValue, type Stateful, type StaticShape, Tensor, type TensorLike, type TensorsLike, type ValidationData, type Value, Variable, type Verbosity, index_d_exports as activations, index_d_exports$1 as callbacks, clearRandomSeed, configure, index_d_exports$2 as constraints, index_d_exports$3 as data, index_d_exports$4 as initializers, index_d_exports$5 as layers, loadModel, index_d_exports$6 as losses, index_d_exports$7 as metrics, index_d_exports$8 as ops, index_d_exports$9 as optimizers, options_d_exports as options, random_d_exports as random, index_d_exports$10 as regularizers, index_d_exports$11 as schedules, setRandomSeed };