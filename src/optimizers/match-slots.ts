import { FormatError } from "../core/errors.js";
import { formatShape, sameShape } from "../core/shape.js";
import type { Tensor } from "../core/tensor.js";
import type { Variable } from "../engine/variable.js";
import { bareName, type NamedTensor } from "./named-tensor.js";
import type { SlotSpec, UnusedSlot } from "./slots.js";
import type { OptimizerState, Slot } from "./state.js";

/**
 * Finds a tensor for every slot. By name where names say enough, because order differs between versions of Keras;
 * else by the order of a role's tensors; else by order alone. Scalars that belong to no weight may be missing.
 * @param unused slots that some versions of Keras write although these options have no use for them
 * @param order the weights in the order in which the file has the slots of one name
 * @throws {FormatError}
 */
export function matchSlots(
  owner: string,
  state: OptimizerState,
  unused: readonly UnusedSlot[],
  list: readonly NamedTensor[],
  order: readonly Variable[] = state.params,
): ReadonlyMap<Variable, Tensor> {
  const specs = [...new Set(state.roles.map(({ spec }) => spec))];
  const used = list.filter((entry) => roleOf(entry.name, specs) !== null || !isUnused(entry, unused));
  const roles = inOrder(state, order);
  return byName(state, used) ?? byRole(owner, roles, specs, used) ?? byOrder(owner, state, roles, unused, used);
}

/** All slots of one name after those of another, in an order of the weights. */
function inOrder({ roles, params }: OptimizerState, order: readonly Variable[]): readonly Slot[] {
  if (order === params) return roles;
  const place = ({ param }: Slot): number => (param === null ? 0 : order.indexOf(params[param]!));
  const specs = [...new Set(roles.map(({ spec }) => spec))];
  return specs.flatMap((spec) => roles.filter((slot) => slot.spec === spec).sort((a, b) => place(a) - place(b)));
}

/**
 * All by full name: "adam/dense_kernel_momentum" of Keras 3, "Adam/m/dense/kernel:0" of tf.keras from 2.11,
 * "Adam/dense/kernel/m:0" before that.
 */
function byName(state: OptimizerState, list: readonly NamedTensor[]): Map<Variable, Tensor> | null {
  const found = new Map<string, Tensor>();
  for (const { name, tensor } of list) found.set(canonical(name), tensor);
  const matched = new Map<Variable, Tensor>();
  for (const slot of state.roles) {
    const tensor = slotNames(state, slot)
      .map((name) => found.get(name))
      .find((candidate) => candidate !== undefined && sameShape(candidate.shape, slot.variable.shape));
    if (tensor !== undefined) matched.set(slot.variable, tensor);
    else if (slot.param !== null) return null;
  }
  return list.length === matched.size ? matched : null;
}

/** Names without the optimizer's, with "_" for "/". */
function slotNames(state: OptimizerState, { spec, param, variable }: Slot): string[] {
  if (param === null) return [canonical(variable.path), ...(spec.aliases ?? [])];
  const path = state.params[param]!.path.replaceAll("/", "_");
  const short = path.split("_").length > 1 ? state.params[param]!.path.split("/").slice(1).join("_") : path;
  return [spec.name, ...(spec.aliases ?? [])].flatMap((role) =>
    [path, short].flatMap((base) => [`${base}_${role}`, `${role}_${base}`]),
  );
}

const canonical = (name: string): string => {
  const parts = bareName(name)
    .replace(/^training(_\d+)?\//, "")
    .split("/");
  return parts.slice(parts.length > 1 ? 1 : 0).join("_");
};

/** The role that a name states, whatever variable it is about; Keras 2.3 numbers the weights: "training/Adam/m_0:0". */
function roleOf(name: string, specs: readonly SlotSpec[]): string | null {
  const parts = bareName(name).split("/");
  for (const spec of [...specs].sort((a, b) => b.name.length - a.name.length)) {
    const words = [spec.name, ...(spec.aliases ?? [])];
    const last = parts.at(-1)!;
    if (
      words.some(
        (word) => parts[1] === word || (parts.length > 1 && parts[0] === word) || last.replace(NUMBERS, "") === word,
      )
    )
      return spec.name;
    if (parts.length === 2 && parts[1]!.endsWith(`_${spec.name}`)) return spec.name;
  }
  return null;
}

/** The number of a weight, and that which TensorFlow gives a name that was taken. */
const NUMBERS = /(_\d+){0,2}$/;

/** By role, and in the order of the weights within it: the variables of a model whose layers have other names. */
function byRole(
  owner: string,
  roles: readonly Slot[],
  specs: readonly SlotSpec[],
  list: readonly NamedTensor[],
): Map<Variable, Tensor> | null {
  const groups = new Map<string, NamedTensor[]>();
  for (const entry of list) {
    const role = roleOf(entry.name, specs);
    if (role === null) return null;
    groups.set(role, [...(groups.get(role) ?? []), entry]);
  }
  const matched = new Map<Variable, Tensor>();
  for (const slot of roles) {
    const entry = groups.get(slot.spec.name)?.shift();
    if (entry !== undefined) matched.set(slot.variable, fitting(owner, slot, entry));
    else if (slot.param !== null) throw missing(owner, slot, list.length, roles.length);
  }
  const left = [...groups.values()].flat();
  if (left.length > 0) throw surplus(owner, left);
  return matched;
}

/**
 * By order alone. Numbers come from Keras 3 and from tf.keras since 2.11; names that say nothing from before TensorFlow
 * had a Keras, when all slots of one name came before those of the next, with an element for each slot not in use.
 */
function byOrder(
  owner: string,
  state: OptimizerState,
  roles: readonly Slot[],
  unused: readonly UnusedSlot[],
  list: readonly NamedTensor[],
): Map<Variable, Tensor> {
  const isNumbered = list.every(({ name }) => isNumber(name));
  const ofWeights = ({ param }: Slot): boolean => param !== null;
  const orders = isNumbered
    ? [state.roles, state.roles.filter(ofWeights), grouped(state.roles)]
    : [grouped(roles.filter(ofWeights)), grouped(roles)];
  const extra = unused.length * state.params.length;
  const usedIn = (order: readonly Slot[]): readonly NamedTensor[] => {
    const drops =
      list.length === order.length + extra &&
      list.every(({ name }) => isAnonymous(name)) &&
      tailIsUnused(list.slice(order.length), unused);
    return drops ? list.slice(0, order.length) : list;
  };
  const fits = (order: readonly Slot[]): boolean => {
    const used = usedIn(order);
    return (
      used.length === order.length && order.every(({ variable }, i) => sameShape(variable.shape, used[i]!.tensor.shape))
    );
  };
  const order = orders.find(fits) ?? orders.find(({ length }) => length === list.length) ?? orders[0]!;
  const used = usedIn(order);
  const matched = new Map<Variable, Tensor>();
  for (const [i, slot] of order.entries()) {
    const entry = used[i];
    if (entry === undefined) throw missing(owner, slot, used.length, order.length);
    matched.set(slot.variable, fitting(owner, slot, entry));
  }
  if (used.length > order.length) throw surplus(owner, used.slice(order.length));
  return matched;
}

function grouped(roles: readonly Slot[]): Slot[] {
  const names = [...new Set(roles.map(({ spec }) => spec.name))];
  return names.flatMap((name) => roles.filter(({ spec }) => spec.name === name));
}

const isNumber = (name: string): boolean => /^\d+$/.test(name);
/** TensorFlow 1 says "Variable", Theano "variable", and Keras "param" where a backend says nothing. */
const isAnonymous = (name: string): boolean =>
  isNumber(name) || /(^|\/)([Vv]ariable|param)(_\d+)*$/.test(bareName(name));

function isUnused({ name, tensor }: NamedTensor, unused: readonly UnusedSlot[]): boolean {
  return unused.some((slot) => roleOf(name, [slot]) !== null && (slot.whatever || isZero(tensor)));
}

const tailIsUnused = (tail: readonly NamedTensor[], unused: readonly UnusedSlot[]): boolean =>
  unused.every(({ whatever }) => whatever) || tail.every(({ tensor }) => isZero(tensor));

const isZero = ({ data }: Tensor): boolean => (data as Float32Array).every((element) => element === 0);

function fitting(owner: string, { variable }: Slot, { name, tensor }: NamedTensor): Tensor {
  if (sameShape(tensor.shape, variable.shape)) return tensor;
  throw new FormatError({
    code: "optimizer-slot-shape",
    what: `The optimizer state does not fit ${owner}: "${name}" would be "${variable.path}"`,
    received: `shape ${formatShape(tensor.shape)}`,
    expected: `shape ${formatShape(variable.shape)}`,
    fix: "Load into the model and the optimizer that the file was saved with",
    data: { entry: name, variable: variable.path },
  });
}

function missing(owner: string, { variable }: Slot, received: number, expected: number): FormatError {
  return new FormatError({
    code: "optimizer-slot-missing",
    what: `The optimizer state does not fit ${owner}: it has nothing for "${variable.path}"`,
    received: `${received} slots`,
    expected: `${expected} slots`,
    fix: "Compile with the optimizer and the options that the file was saved with",
    data: { variable: variable.path },
  });
}

function surplus(owner: string, left: readonly NamedTensor[]): FormatError {
  return new FormatError({
    code: "optimizer-slot-surplus",
    what: `The optimizer state does not fit ${owner}: it has more than that keeps`,
    received: left.map(({ name }) => `"${name}"`).join(", "),
    fix: "Compile with the optimizer and the options that the file was saved with",
    data: { entries: left.map(({ name }) => name) },
  });
}
