import { standsFor } from "../../activations/get.js";
import * as inner from "../../activations/index.js";
import { lazily, lazyMembers } from "../../core/lazily.js";
import type { Config } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import type { Value } from "../../graph/value.js";
import { toValue } from "../../ops/operand.js";
import type { KerasTensor } from "../base/keras-tensor.js";
import type { OperationDefinition } from "../base/operation.js";
import { defineOperations } from "../base/operations.js";
import { multiply, softplus, tanh as tanhOp } from "./element-wise.js";
import { type AnyOp, NN, one, type Row } from "./row.js";
import { operand } from "./settings.js";
import { type SymbolicOp, symbolic } from "./symbolic.js";
import { ROWS } from "./table.js";

type Named = Exclude<keyof typeof inner, "deserialize" | "get" | "register" | "serialize">;
type Options = { readonly [option: string]: Json };

/** An activation that Keras has as an operation. @param settings Keras's names with ours, and defaults of Keras's */
function activation<F extends AnyOp>(
  className: string,
  fn: F,
  settings: { readonly [keras: string]: readonly [option: string, byDefault: Json] } = {},
  module: string = NN,
): Row<F> {
  const entries = Object.entries(settings);
  const fields: Config = Object.fromEntries(entries.map(([keras, [, byDefault]]) => [keras, byDefault]));
  const definition: OperationDefinition = {
    className,
    module,
    parameters: ["x"],
    fields,
    compute: (args, config) => {
      const options = Object.fromEntries(entries.map(([keras, [option]]) => [option, config[keras]]));
      return fn(toValue(operand(args, 0)), options) as Value;
    },
  };
  const apply = (x: KerasTensor, options: Options = {}): KerasTensor => {
    const given = entries.filter(([, [option]]) => options[option] !== undefined);
    return one(definition, [x], Object.fromEntries(given.map(([keras, [option]]) => [keras, options[option]!])));
  };
  return { definitions: [definition], operands: [0], apply: apply as unknown as Row<F>["apply"] };
}

/** One that Keras writes as the op of this name. */
const as = <F extends AnyOp>(row: unknown): Row<F> => ({ ...(row as Row<F>), definitions: [] });
const alongAxis = <F extends AnyOp>(row: unknown): Row<F> =>
  ({
    ...(row as Row<F>),
    definitions: [],
    apply: (x: KerasTensor, { axis = -1 }: Options = {}) => (row as Row).apply(x, axis),
  }) as unknown as Row<F>;

const hardSilu: Row<typeof inner.hard_silu> = activation("HardSilu", inner.hard_silu);
const silu: Row<typeof inner.silu> = activation("Silu", inner.silu);
const AXIS = { axis: ["axis", -1] } as const;
const THRESHOLD = { threshold: ["threshold", 0.5] } as const;

/** A row for each activation; a missing one does not compile. */
const rows = lazily((): { readonly [K in Named]: Row<(typeof inner)[K]> } => ({
  celu: activation("Celu", inner.celu, { alpha: ["alpha", 1] }),
  elu: activation("Elu", inner.elu, { alpha: ["alpha", 1] }),
  exponential: as(ROWS.exp),
  // Keras's activation and Keras's op differ in what is approximated when nothing is said.
  gelu: withDefaults(activation("Gelu", inner.gelu, { approximate: ["approximate", true] }), { approximate: false }),
  glu: activation("Glu", inner.glu, AXIS),
  hard_shrink: activation("HardShrink", inner.hard_shrink, THRESHOLD),
  hard_sigmoid: activation("HardSigmoid", inner.hard_sigmoid),
  hard_silu: hardSilu,
  hard_swish: hardSilu,
  hard_tanh: activation("HardTanh", inner.hard_tanh),
  leaky_relu: activation("LeakyRelu", inner.leaky_relu, { negative_slope: ["negativeSlope", 0.2] }),
  linear: { definitions: [], operands: [0], apply: (x) => x as KerasTensor },
  log_sigmoid: activation("LogSigmoid", inner.log_sigmoid),
  log_softmax: alongAxis(ROWS.logSoftmax),
  /** Keras has no operation for it. */
  mish: { definitions: [], operands: [0], apply: (x) => multiply.apply(x, tanhOp.apply(softplus.apply(x))) },
  relu: activation(
    "ReLU",
    inner.relu,
    { negative_slope: ["negativeSlope", 0], max_value: ["maxValue", null], threshold: ["threshold", 0] },
    "keras.src.activations.activations",
  ),
  relu6: activation("Relu6", inner.relu6),
  selu: activation("Selu", inner.selu),
  sigmoid: as(ROWS.sigmoid),
  silu,
  soft_shrink: activation("SoftShrink", inner.soft_shrink, THRESHOLD),
  softmax: alongAxis(ROWS.softmax),
  softplus: as(ROWS.softplus),
  softsign: activation("Softsign", inner.softsign),
  sparse_plus: activation("SparsePlus", inner.sparse_plus),
  sparse_sigmoid: activation("SparseSigmoid", inner.sparse_sigmoid),
  sparsemax: activation("Sparsemax", inner.sparsemax, AXIS),
  squareplus: activation("Squareplus", inner.squareplus, { b: ["b", 4] }),
  swish: silu,
  tanh: as(ROWS.tanh),
  tanh_shrink: activation("TanhShrink", inner.tanh_shrink),
  threshold: activation("Threshold", inner.threshold, {
    threshold: ["threshold", null],
    default_value: ["defaultValue", null],
  }),
}));

function withDefaults<F extends AnyOp>(row: Row<F>, defaults: Options): Row<F> {
  const apply = (x: KerasTensor, options: Options = {}): unknown =>
    (row as unknown as Row).apply(x, { ...defaults, ...options });
  return { ...row, apply: apply as Row<F>["apply"] };
}

defineOperations(() => Object.values<Row>(rows() as never).flatMap(({ definitions }) => definitions));

/** Activations for values of a graph, data, and tensors of a network alike. */
export type SymbolicActivations = {
  readonly [K in keyof typeof inner]: K extends Named ? SymbolicOp<(typeof inner)[K]> : (typeof inner)[K];
};

const all: { readonly [name: string]: AnyOp } = inner as never;

/** The activation of this name for tensors of a network too; an option takes either. */
function activationOf(name: string): unknown {
  const row = (rows() as unknown as { readonly [name: string]: Row | undefined })[name];
  if (row === undefined) return all[name];
  const own = symbolic(name, ((x: never, ...rest) => all[name]!(toValue(x), ...rest)) as AnyOp, row);
  standsFor(own as never, all[name] as never);
  return own;
}

/** Keras's activation functions, by its names; layers take them by these names too. */
export const activations: SymbolicActivations = lazyMembers(Object.keys(inner), activationOf);

// A bundle of declarations has one name for each type, which a namespace with the same name in it would hide.
interface Types {
  readonly Activation: inner.Activation;
  readonly ActivationIdentifier: inner.ActivationIdentifier;
  readonly ActivationName: inner.ActivationName;
}

/** Types of activations and of what options take for them. */
export declare namespace activations {
  type Activation = Types["Activation"];
  type ActivationIdentifier = Types["ActivationIdentifier"];
  type ActivationName = Types["ActivationName"];
}
