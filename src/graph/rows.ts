import { batchAxisOf, product } from "./fit.js";
import type { PrimitiveName } from "./primitive.js";
import { isScan, type Scan } from "./step.js";
import type { Value } from "./value.js";
import { reachable } from "./walk.js";

/**
 * What a shard's value is to the whole batch's:
 * - `replicated`: the same in every shard;
 * - `rows`: this shard's rows of it, along its batch axis;
 * - `partial`: a summand of it, the rest of which the other shards have;
 * - `mixed`: neither. A graph with such a value must be computed in one shard; `why` says what did it.
 */
export type Spread =
  | { readonly kind: "replicated" | "rows" | "partial" }
  | { readonly kind: "mixed"; readonly why: string };

type Kind = Spread["kind"];

const REPLICATED: Spread = { kind: "replicated" };
const ROWS: Spread = { kind: "rows" };
const PARTIAL: Spread = { kind: "partial" };
const mixed = (why: string): Spread => ({ kind: "mixed", why });

/** The spread of every value of a graph, given in the order of their ids. */
export function spreadOf(values: readonly Value[]): Map<Value, Spread> {
  const spreads = new Map<Value, Spread>();
  for (const value of values) {
    const inputs = value.inputs.map((input) => spreads.get(input)!);
    const bad = inputs.find((spread) => spread.kind === "mixed");
    spreads.set(
      value,
      bad ??
        spreadAfter(
          value,
          inputs.map((spread) => spread.kind),
        ),
    );
  }
  return spreads;
}

/** Linear in one operand at a time: one summand of it gives one summand of the result. */
const BILINEAR: ReadonlySet<PrimitiveName> = new Set(["mul", "matmul", "conv", "convInput", "convKernel"]);
/** Linear in all operands together. */
const LINEAR: ReadonlySet<PrimitiveName> = new Set([
  "neg",
  "stopGradient",
  "add",
  "sub",
  "reshape",
  "transpose",
  "broadcast",
  "slice",
  "concat",
  "reverse",
  "sum",
  "cumsum",
  "sumPool",
  "sumPoolGrad",
]);

function spreadAfter(value: Value, inputs: readonly Kind[]): Spread {
  if (value.op === "allSum") return REPLICATED;
  const crossing = crossesRows(value);
  if (crossing !== null) return mixed(crossing);
  if (inputs.includes("partial")) return afterPartial(value, inputs);
  if (isScan(value)) return spreadOfScan(value);
  if (batchAxisOf(value.shape) >= 0) return ROWS;
  return inputs.includes("rows") ? PARTIAL : REPLICATED;
}

/** A step's values spread as those of any graph do; a state must be the same thing before and after it. */
function spreadOfScan({ attrs: { step, of } }: Scan): Spread {
  const spreads = spreadOf(reachable([...step.next, of]));
  for (const next of step.next) {
    const spread = spreads.get(next)!;
    if (spread.kind === "mixed") return spread;
    if (spread.kind === "partial") return mixed("scan takes a sum over this shard's rows as the next state");
  }
  return spreads.get(of)!;
}

/** A summand of one shard stays one only under operations that are linear in it. */
function afterPartial(value: Value, inputs: readonly Kind[]): Spread {
  const { op } = value;
  if (batchAxisOf(value.shape) >= 0) return mixed(`${op} brings a sum over this shard's rows back to the rows`);
  const holds = (): boolean => {
    if (LINEAR.has(op)) return inputs.every((kind, i) => kind === "partial" || isZero(value.inputs[i]!));
    if (BILINEAR.has(op)) return inputs.filter((kind) => kind === "partial").length === 1 && !inputs.includes("rows");
    switch (op) {
      case "div":
      case "gather":
        return inputs[0] === "partial" && inputs[1] === "replicated";
      case "scatterAdd":
        return inputs[0] === "replicated";
      case "put":
        return inputs[0] === "partial" && inputs[1] === "replicated";
      case "take":
        return inputs[1] === "replicated";
      case "where":
        return inputs[0] === "replicated" && [1, 2].every((i) => inputs[i] === "partial" || isZero(value.inputs[i]!));
      case "pad":
        return (value as Value<"pad">).attrs.value === 0;
      case "cast":
        return value.dtype === "float32" && value.inputs[0]!.dtype !== "bool";
      default:
        return false;
    }
  };
  return holds() ? PARTIAL : mixed(`${op} takes a sum over this shard's rows as if it were that of the batch`);
}

function isZero(value: Value): boolean {
  if (value.op === "broadcast") return isZero(value.inputs[0]!);
  if (value.op !== "constant") return false;
  return (value as Value<"constant">).attrs.tensor.data.every((x: unknown) => x === 0);
}

/** Why a primitive brings rows together in another way than by adding them, or null. */
function crossesRows(value: Value): string | null {
  const batchAxes = value.inputs.map((input) => batchAxisOf(input.shape));
  if (batchAxes.every((axis) => axis < 0)) return null;
  const axis = batchAxes[0]!;
  switch (value.op) {
    case "reshape": {
      const before = (shape: readonly number[]): number => product(shape.slice(0, batchAxisOf(shape)));
      const [x] = value.inputs;
      return before(x!.shape) === before(value.shape) ? null : "reshape moves elements between rows";
    }
    case "concat":
      return (value as Value<"concat">).attrs.axis === axis ? "concat along the batch axis moves rows" : null;
    case "max":
      return (value as Value<"max">).attrs.axes.includes(axis) ? "max goes over the batch axis" : null;
    case "argmax":
    case "cumsum":
    case "reverse":
    case "softmax":
    case "logSoftmax":
    case "sortDescending":
      return (value as Value<"softmax">).attrs.axis === axis ? `${value.op} goes along the batch axis` : null;
    case "matmul":
      return matmulCrosses(value as Value<"matmul">);
    default:
      return null;
  }
}

/** A batch axis that both operands contract is a sum over rows; anything else keeps rows apart. */
function matmulCrosses({ inputs: [a, b], attrs, shape }: Value<"matmul">): string | null {
  const contractsA = a!.shape.at(attrs.transposeA ? -2 : -1)! < 0;
  const contractsB = b!.shape.at(attrs.transposeB ? -1 : -2)! < 0;
  return contractsA === contractsB || batchAxisOf(shape) < 0 ? null : "matmul contracts the batch axis with another";
}
