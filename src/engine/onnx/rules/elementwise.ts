import type { PrimitiveName } from "../../../graph/primitive.js";
import type { Value } from "../../../graph/value.js";
import { type GraphBuilder, ONNX_TYPES } from "../graph-builder.js";
import type { Emit, Emits, Node } from "../rule.js";

type Unary = "neg" | "abs" | "sign" | "exp" | "log" | "sqrt" | "sin" | "cos" | "atan" | "tanh" | "erf" | "softplus";
type Binary = "add" | "sub" | "mul" | "pow" | "maximum" | "minimum" | "equal" | "and" | "bitAnd" | "or";

/** One ONNX node with the same operands. */
const as =
  (opType: string): Emit<PrimitiveName> =>
  (_node, inputs, graph) =>
    graph.node(opType, inputs);

/** Rounding integers changes nothing, and ONNX has these operators for floats only. */
const floatOnly =
  (opType: string): Emit<PrimitiveName> =>
  (node, inputs, graph) =>
    node.dtype === "float32" ? graph.node(opType, inputs) : inputs[0]!;

/** ONNX orders numbers only; false < true as 0 < 1. */
const compare =
  (opType: string): Emit<PrimitiveName> =>
  (node, inputs, graph) => {
    const isBool = node.inputs[0]!.dtype === "bool";
    const operands = isBool ? inputs.map((name) => graph.node("Cast", [name], { to: ONNX_TYPES.int32 })) : inputs;
    return graph.node(opType, operands);
  };

/** Dividing an integer by 0, or the least one by -1, can end the process: both divisors are replaced by 1. */
function safeDivisor(node: Node, b: string, graph: GraphBuilder): string {
  const divisor = node.inputs[1]!;
  if (divisor.op === "constant") {
    const { data } = (divisor as Value<"constant">).attrs.tensor;
    if (data.every((x: unknown) => x !== 0 && x !== -1)) return b;
  }
  const isEither = [0, -1].map((x) => graph.node("Equal", [b, graph.scalar(x, "int32")]));
  return graph.node("Where", [graph.node("Or", isEither), graph.scalar(1, "int32"), b]);
}

/** As in the interpreter, dividing by zero gives zero, and the least integer divided by -1 gives itself. */
const div: Emit<"div"> = (node, [a, b], graph) => {
  if (node.dtype !== "int32") return graph.node("Div", [a!, b!]);
  const divisor = safeDivisor(node, b!, graph);
  const quotient = graph.node("Div", [a!, divisor]);
  if (divisor === b) return quotient;
  // Divisors 0 and -1 were replaced by 1, so the quotient is a; it is multiplied by 0 or -1.
  const isOther = graph.node("Equal", [divisor, b!]);
  return graph.node("Where", [isOther, quotient, graph.node("Mul", [quotient, b!])]);
};

/** ONNX's float Mod is C's fmod, with the sign of the dividend; the divisor is added where the signs differ. */
const mod: Emit<"mod"> = (node, [a, b], graph) => {
  if (node.dtype === "int32") {
    return graph.node("Mod", [a!, safeDivisor(node, b!, graph)], { fmod: 0 });
  }
  const zero = graph.scalar(0);
  const rest = graph.node("Mod", [a!, b!], { fmod: 1 });
  const differs = graph.node("Less", [graph.node("Mul", [graph.node("Sign", [rest]), graph.node("Sign", [b!])]), zero]);
  return graph.node("Where", [differs, graph.node("Add", [rest, b!]), rest]);
};

/** ONNX Runtime's Sigmoid has an absolute error of 1e-7, which is too much for small results: below -18 it gives 0. */
const sigmoid: Emit<"sigmoid"> = (_node, [x], graph) => {
  const one = graph.scalar(1);
  return graph.node("Div", [one, graph.node("Add", [graph.node("Exp", [graph.negative(x!)]), one])]);
};

/** ONNX Runtime's Where has no boolean branches. */
const where: Emit<"where"> = (node, [condition, a, b], graph) => {
  if (node.dtype !== "bool") return graph.node("Where", [condition!, a!, b!]);
  const yes = graph.node("And", [condition!, a!]);
  return graph.node("Or", [yes, graph.node("And", [graph.node("Not", [condition!]), b!])]);
};

const cast: Emit<"cast"> = (node, [x], graph) => {
  if (node.dtype === (node.inputs[0] as Value).dtype) return x!;
  return graph.node("Cast", [x!], { to: ONNX_TYPES[node.dtype] });
};

const same: Emit<PrimitiveName> = (_node, inputs) => inputs[0]!;

const neg: Emit<"neg"> = (_node, [x], graph) => graph.negative(x!);

const plain: { readonly [P in Unary | Binary]: Emit<P> } = {
  neg,
  abs: as("Abs"),
  sign: as("Sign"),
  exp: as("Exp"),
  log: as("Log"),
  sqrt: as("Sqrt"),
  sin: as("Sin"),
  cos: as("Cos"),
  atan: as("Atan"),
  tanh: as("Tanh"),
  erf: as("Erf"),
  softplus: as("Softplus"),
  add: as("Add"),
  sub: as("Sub"),
  mul: as("Mul"),
  pow: as("Pow"),
  maximum: as("Max"),
  minimum: as("Min"),
  equal: as("Equal"),
  and: as("And"),
  bitAnd: as("BitwiseAnd"),
  or: as("Or"),
};

type Elementwise =
  | keyof typeof plain
  | "relu"
  | "floor"
  | "round"
  | "not"
  | "isNan"
  | "greater"
  | "greaterEqual"
  | "sigmoid"
  | "cast"
  | "div"
  | "mod"
  | "where"
  | "stopGradient"
  | "allSum"
  | "customGradient";

export const elementwise: Emits<Elementwise> = {
  ...plain,
  relu: as("Relu") as Emit<"relu">,
  floor: floatOnly("Floor") as Emit<"floor">,
  round: floatOnly("Round") as Emit<"round">,
  not: as("Not") as Emit<"not">,
  isNan: as("IsNaN") as Emit<"isNan">,
  greater: compare("Greater") as Emit<"greater">,
  greaterEqual: compare("GreaterOrEqual") as Emit<"greaterEqual">,
  sigmoid,
  cast,
  div,
  mod,
  where,
  stopGradient: same as Emit<"stopGradient">,
  allSum: same as Emit<"allSum">,
  customGradient: same as Emit<"customGradient">,
};
