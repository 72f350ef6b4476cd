import { FormatError } from "../../core/errors.js";
import { type Config, isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";

/** One of Keras's operations in place of one of TensorFlow's functions: its class, arguments and settings. */
interface Replacement {
  readonly className: string;
  readonly args: readonly Json[];
  readonly config?: Config;
}

/** The arguments by name of a call of one of TensorFlow's functions; notes which were asked for. */
type Named = (name: string, byDefault?: Json) => Json;
/** @param step adds an operation before the last one, and gives what stands for its result */
type Rule = (x: Json, named: Named, step: (before: Replacement) => Json) => Replacement;

const unary =
  (className: string, config?: (named: Named) => Config): Rule =>
  (x, named) => ({ className, args: [x], ...(config === undefined ? {} : { config: config(named) }) });
const binary =
  (className: string): Rule =>
  (x, named) => ({ className, args: [x, named("y")] });
const reduction = (className: string): Rule =>
  unary(className, (named) => ({ axis: named("axis"), keepdims: named("keepdims") === true }));
const alongAxis = (className: string): Rule => unary(className, (named) => ({ axis: named("axis", -1) }));

const transposed = (x: Json, isTransposed: Json, step: Parameters<Rule>[2]): Json =>
  isTransposed === true ? step({ className: "Swapaxes", args: [x], config: { axis1: -2, axis2: -1 } }) : x;

/** Where the parts end but the last. */
const ends = (sizes: Json): Json => {
  if (!Array.isArray(sizes)) return sizes;
  let end = 0;
  return sizes.slice(0, -1).map((size) => (end += Number(size)));
};

/** TensorFlow's functions that have a counterpart, by the names that files of Keras 2 have for them. */
const RULES: Readonly<Record<string, Rule>> = {
  "__operators__.add": binary("Add"),
  "__operators__.getitem": (x, named) => ({ className: "GetItem", args: [x, key(named("slice_spec"))] }),
  "math.add": binary("Add"),
  "math.subtract": binary("Subtract"),
  "math.multiply": binary("Multiply"),
  "math.divide": binary("Divide"),
  "math.truediv": binary("Divide"),
  "math.divide_no_nan": binary("DivideNoNan"),
  "math.pow": binary("Power"),
  "math.floormod": binary("Mod"),
  "math.floordiv": binary("FloorDivide"),
  "compat.v1.floor_div": binary("FloorDivide"),
  "math.maximum": binary("Maximum"),
  "math.minimum": binary("Minimum"),
  "math.equal": binary("Equal"),
  "math.not_equal": binary("NotEqual"),
  "math.greater": binary("Greater"),
  "math.greater_equal": binary("GreaterEqual"),
  "math.less": binary("Less"),
  "math.less_equal": binary("LessEqual"),
  "math.logical_and": binary("LogicalAnd"),
  "math.logical_or": binary("LogicalOr"),
  "math.squared_difference": (x, named, step) => ({
    className: "Square",
    args: [step({ className: "Subtract", args: [x, named("y")] })],
  }),
  "math.negative": unary("Negative"),
  "math.abs": unary("Absolute"),
  "math.exp": unary("Exp"),
  "math.expm1": unary("Expm1"),
  "math.log": unary("Log"),
  "math.log1p": unary("Log1p"),
  "math.sqrt": unary("Sqrt"),
  "math.rsqrt": unary("Rsqrt"),
  "math.square": unary("Square"),
  "math.reciprocal": unary("Reciprocal"),
  "math.sign": unary("Sign"),
  "math.sin": unary("Sin"),
  "math.cos": unary("Cos"),
  "math.tanh": unary("Tanh"),
  "math.erf": unary("Erf"),
  "math.floor": unary("Floor"),
  "math.ceil": unary("Ceil"),
  "math.round": unary("Round"),
  "math.sigmoid": unary("Sigmoid"),
  "math.softplus": unary("Softplus"),
  "math.logical_not": unary("LogicalNot"),
  "nn.relu": unary("Relu"),
  "nn.relu6": unary("Relu6"),
  "nn.elu": unary("Elu"),
  "nn.selu": unary("Selu"),
  "nn.silu": unary("Silu"),
  "nn.softsign": unary("Softsign"),
  "nn.leaky_relu": unary("LeakyRelu", (named) => ({ negative_slope: named("alpha", 0.2) })),
  "nn.gelu": unary("Gelu", (named) => ({ approximate: named("approximate", false) })),
  "nn.softmax": alongAxis("Softmax"),
  "nn.log_softmax": alongAxis("LogSoftmax"),
  stop_gradient: unary("StopGradient"),
  zeros_like: unary("ZerosLike"),
  ones_like: unary("OnesLike"),
  "math.reduce_mean": reduction("Mean"),
  "math.reduce_sum": reduction("Sum"),
  "math.reduce_max": reduction("Max"),
  "math.reduce_min": reduction("Min"),
  "math.reduce_prod": reduction("Prod"),
  "math.reduce_any": reduction("Any"),
  "math.reduce_all": reduction("All"),
  "math.reduce_std": reduction("Std"),
  "math.reduce_variance": reduction("Var"),
  "math.reduce_logsumexp": reduction("Logsumexp"),
  "math.argmax": unary("Argmax", (named) => ({ axis: named("axis", 0) })),
  "math.argmin": unary("Argmin", (named) => ({ axis: named("axis", 0) })),
  "math.cumsum": unary("Cumsum", (named) => ({ axis: named("axis", 0) })),
  "math.top_k": unary("TopK", (named) => ({ k: named("k", 1) })),
  concat: unary("Concatenate", (named) => ({ axis: named("axis") })),
  stack: unary("Stack", (named) => ({ axis: named("axis", 0) })),
  unstack: unary("Unstack", (named) => ({ axis: named("axis", 0) })),
  reshape: unary("Reshape", (named) => ({ newshape: named("shape") })),
  expand_dims: unary("ExpandDims", (named) => ({ axis: named("axis") })),
  squeeze: unary("Squeeze", (named) => ({ axis: named("axis") })),
  "compat.v1.squeeze": unary("Squeeze", (named) => ({ axis: named("axis") })),
  transpose: unary("Transpose", (named) => ({ axes: named("perm") })),
  "compat.v1.transpose": unary("Transpose", (named) => ({ axes: named("perm") })),
  reverse: unary("Flip", (named) => ({ axis: named("axis") })),
  tile: unary("Tile", (named) => ({ repeats: named("multiples") })),
  repeat: unary("Repeat", (named) => ({ repeats: named("repeats"), axis: named("axis") })),
  broadcast_to: unary("BroadcastTo", (named) => ({ shape: named("shape") })),
  split: unary("Split", (named) => ({
    indices_or_sections: ends(named("num_or_size_splits")),
    axis: named("axis", 0),
  })),
  "compat.v1.pad": padded,
  pad: padded,
  cast: unary("Cast", (named) => ({ dtype: named("dtype") })),
  clip_by_value: unary("Clip", (named) => ({ x_min: named("clip_value_min"), x_max: named("clip_value_max") })),
  where: (x, named) => ({ className: "Where", args: [x, named("x"), named("y")] }),
  one_hot: unary("OneHot", (named) => ({ num_classes: named("depth") })),
  gather: gathered,
  "compat.v1.gather": gathered,
  "linalg.matmul": (x, named, step) => ({
    className: "Matmul",
    args: [transposed(x, named("transpose_a"), step), transposed(named("b"), named("transpose_b"), step)],
  }),
};

/** What TensorFlow's functions are given when nothing is said, and what changes nothing. */
const WITHOUT_EFFECT: Config = {
  conjugate: false,
  exclusive: false,
  reverse: false,
  validate_indices: null,
  batch_dims: 0,
  sorted: true,
  adjoint_a: false,
  adjoint_b: false,
  a_is_sparse: false,
  b_is_sparse: false,
  output_type: "int64",
};

function padded(x: Json, named: Named): Replacement {
  const mode = named("mode", "CONSTANT");
  return {
    className: "Pad",
    args: [x, named("constant_values", 0)],
    config: { pad_width: named("paddings"), mode: typeof mode === "string" ? mode.toLowerCase() : mode },
  };
}

function gathered(x: Json, named: Named): Replacement {
  return { className: "Take", args: [x, named("indices")], config: { axis: named("axis", 0) } };
}

/** Ranges are dictionaries without a class here. */
function key(spec: Json): Json {
  if (Array.isArray(spec)) return (spec as readonly Json[]).map(key);
  if (!isConfig(spec)) return spec;
  return "start" in spec ? { class_name: "__slice__", config: spec } : { ...spec, config: {} };
}

/** Entries of a functional config in which TensorFlow's functions are Keras's operations. */
export function withOperations(entries: readonly Json[], where: string): readonly Json[] {
  return entries.flatMap((entry) => {
    const isFunction = isConfig(entry) && ["TFOpLambda", "SlicingOpLambda"].includes(String(entry["class_name"]));
    return isFunction ? replaced(entry, where) : [entry];
  });
}

function replaced(entry: Config, where: string): Json[] {
  const config = isConfig(entry["config"]) ? entry["config"] : {};
  const name = String(entry["name"] ?? config["name"]);
  const symbol = String(config["function"]);
  const rule = Object.hasOwn(RULES, symbol) ? RULES[symbol] : undefined;
  const nodes = entry["inbound_nodes"];
  const refuse = (what: string): FormatError =>
    new FormatError({
      code: "tensorflow-function",
      what: `${where}: ${name} is the function tf.${symbol}${what}`,
      fix: "Write that part of the model with operations of Keras 3, or as a layer of your own",
      data: { function: symbol },
    });
  if (rule === undefined) throw refuse(", which Pawl cannot compute yet");
  if (!Array.isArray(nodes) || nodes.length !== 1) throw refuse(", called in another way than Keras 2 calls it");
  const { first, kwargs } = argumentsOf(nodes[0]!);
  const asked = new Set(["name"]);
  const named: Named = (key, byDefault = null) => {
    asked.add(key);
    return kwargs[key] ?? byDefault;
  };
  const made: Json[] = [];
  const step = (one: Replacement): Json => {
    const own = `${name}_${made.length + 1}`;
    made.push(operation(one, own));
    return tensor(own, 0, 0);
  };
  const last = operation(rule(first, named, step), name);
  const other = Object.entries(kwargs).find(
    ([key, value]) => !asked.has(key) && value !== null && value !== false && value !== WITHOUT_EFFECT[key],
  );
  if (other !== undefined) throw refuse(` with ${other[0]}, which Pawl does not know`);
  return [...made, last];
}

function operation({ className, args, config = {} }: Replacement, name: string): Json {
  return {
    module: "keras.src.ops",
    class_name: className,
    config: { name, ...config },
    name,
    inbound_nodes: [{ args, kwargs: {}, legacy: true }],
  };
}

function tensor(layer: Json, node: Json, index: Json): Json {
  return { class_name: "__keras_tensor__", config: { keras_history: [layer, node, index] } };
}

/** The first argument, and those by name. Lists of tensors repeat the latter. */
function argumentsOf(node: Json): { readonly first: Json; readonly kwargs: { readonly [name: string]: Json } } {
  const isOne = Array.isArray(node) && typeof node[0] === "string";
  const items = (isOne ? [node] : Array.isArray(node) ? node : []) as readonly (readonly Json[])[];
  const given = items.map((item) => (Array.isArray(item) ? item[3] : null)).find(isConfig) ?? {};
  const kwargs = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, resolved(value)]));
  const tensors = items.map((item) => resolved(Array.isArray(item) ? item.slice(0, 3) : item));
  return { first: tensors.length === 1 ? tensors[0]! : tensors, kwargs };
}

function resolved(json: Json): Json {
  if (!Array.isArray(json)) return json;
  const [layer, node, index] = json as readonly Json[];
  if (json.length === 3 && layer === "_CONSTANT_VALUE" && node === -1) return index!;
  const isReference =
    json.length === 3 && typeof layer === "string" && Number.isInteger(node) && Number.isInteger(index);
  return isReference ? tensor(layer!, node!, index!) : (json as readonly Json[]).map(resolved);
}
