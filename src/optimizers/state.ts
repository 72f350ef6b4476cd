import { Variable } from "../engine/variable.js";
import type { Elements } from "../engine/variable-options.js";
import type { OptimizerOptions } from "./options.js";
import type { SlotSpec } from "./slots.js";

/** What {@link buildState} needs to know of an optimizer. */
export interface SlotOwner {
  readonly name: string;
  readonly common: Pick<Required<OptimizerOptions>, "useEma" | "gradientAccumulationSteps">;
  slotGroups(): readonly (readonly SlotSpec[])[];
  sharedSlots(): readonly SlotSpec[];
}

/** A slot of one weight (or of none), with the variable that holds it. */
export interface Slot {
  readonly spec: SlotSpec;
  /** Index into {@link OptimizerState.params}; null for a shared scalar. */
  readonly param: number | null;
  readonly variable: Variable;
}

/** An optimizer's variables. */
export interface OptimizerState {
  readonly params: readonly Variable[];
  readonly averages: readonly Variable[];
  readonly accumulators: readonly Variable[];
  /** Own slots by weight, then by name. */
  readonly slots: readonly ReadonlyMap<string, Variable>[];
  readonly shared: ReadonlyMap<string, Variable>;
  /** Everything in Keras 3's order, with its role. */
  readonly ordered: readonly Variable[];
  readonly roles: readonly Slot[];
}

export const AVERAGE: SlotSpec = { name: "average" };
export const ACCUMULATOR: SlotSpec = { name: "gradient_accumulator" };

/** Makes the variables of an optimizer, named and ordered as Keras 3 does. */
export function buildState(owner: SlotOwner, params: readonly Variable[]): OptimizerState {
  const roles: Slot[] = [];
  const add = (spec: SlotSpec, index: number): Variable | null => {
    const param = params[index]!;
    const shape = spec.shapeOf === undefined ? param.shape : spec.shapeOf(param);
    if (shape === null) return null;
    const name = `${param.path.replaceAll("/", "_")}_${spec.name}`;
    const variable = new Variable({
      name,
      path: `${owner.name}/${name}`,
      shape,
      dtype: spec.dtypeOf?.(param) ?? "float32",
      initial: atStart(spec, param),
      trainable: false,
    });
    roles.push({ spec, param: index, variable });
    return variable;
  };
  const all = (spec: SlotSpec): Variable[] => params.map((_, index) => add(spec, index)!);

  const averages = owner.common.useEma ? all(AVERAGE) : [];
  const accumulators = owner.common.gradientAccumulationSteps === null ? [] : all(ACCUMULATOR);
  const slots = params.map(() => new Map<string, Variable>());
  for (const group of owner.slotGroups()) {
    for (const [index, map] of slots.entries()) {
      for (const spec of group) {
        const variable = add(spec, index);
        if (variable !== null) map.set(spec.name, variable);
      }
    }
  }
  const shared = new Map<string, Variable>();
  for (const spec of owner.sharedSlots()) {
    const variable = new Variable({
      name: spec.name,
      path: spec.name,
      shape: [],
      initial: atStart(spec, null),
      trainable: false,
    });
    roles.push({ spec, param: null, variable });
    shared.set(spec.name, variable);
  }
  return { params, averages, accumulators, slots, shared, ordered: roles.map((role) => role.variable), roles };
}

/** What writes the first elements; a weight is read only when its slot is needed, which may be after it was loaded. */
function atStart({ initial = 0 }: SlotSpec, param: Variable | null): ((out: Elements) => void) | null {
  if (initial === 0) return null;
  return (out) => {
    if (initial === "weight") out.set(param!.data);
    else out.fill(initial);
  };
}
