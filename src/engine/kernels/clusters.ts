import type { Value } from "../../graph/value.js";
import { usersOf } from "../../graph/walk.js";
import { isScalar, LANE_OPS, laneInputs } from "./lanes.js";

/** Element-wise operations over tensors of one shape that are computed together in one pass over memory. */
export interface Cluster {
  readonly shape: readonly number[];
  /** Everything that is computed, operands first. */
  readonly members: readonly Value[];
  /** Tensors of the shape, and scalars. */
  readonly inputs: readonly Value[];
  /** The members that are read from outside. */
  readonly outputs: readonly Value[];
}

/** Fewest operations: a single one gains nothing outside a session, and several on a single number little. */
const MIN_MEMBERS = 2;
const MIN_MEMBERS_OF_ONE = 8;
/** Largest number of tensors: a processor can prefetch only so many streams of memory. */
export const MAX_TENSORS = 100;

/**
 * The clusters that compute `roots` (a stage's outputs: mostly new values of variables), as large as possible without
 * an input that depends on their own members. Values with a batch axis are left to sessions, where exponentials and the
 * like are faster.
 */
export function findClusters(given: ReadonlySet<Value>, roots: readonly Value[], order: readonly Value[]): Cluster[] {
  const users = usersOf(order.filter((value) => !given.has(value)));
  const isRoot = new Set(roots);
  return groups(roots, given).flatMap((members) => close(members, given, isRoot, users) ?? []);
}

/** For each root the values that can be in its cluster; roots that share some of them share a cluster. */
function groups(roots: readonly Value[], given: ReadonlySet<Value>): Set<Value>[] {
  let all: Set<Value>[] = [];
  for (const root of roots) {
    if (root.dtype !== "float32" || !canJoin(root, root.shape, given)) continue;
    const members = new Set<Value>();
    const pending = [root];
    for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
      if (members.has(value)) continue;
      members.add(value);
      pending.push(...operandsOf(value).filter((operand) => canJoin(operand, root.shape, given)));
    }
    const touching = all.filter((other) => [...members].some((member) => other.has(member)));
    all = all.filter((other) => !touching.includes(other));
    all.push(new Set([...touching.flatMap((other) => [...other]), ...members]));
  }
  return all;
}

/** The members as a cluster, without those that one of its own inputs depends on. */
function close(
  members: Set<Value>,
  given: ReadonlySet<Value>,
  isRoot: ReadonlySet<Value>,
  users: ReadonlyMap<Value, readonly Value[]>,
): Cluster | null {
  for (;;) {
    const before = ancestors(inputsOf(members), given);
    const cyclic = [...members].filter((member) => before.has(member));
    if (cyclic.length === 0) break;
    for (const member of cyclic) members.delete(member);
  }
  const ordered = [...members].sort((a, b) => a.id - b.id);
  const outputs = ordered.filter(
    (value) => isRoot.has(value) || (users.get(value) ?? []).some((user) => !members.has(user)),
  );
  const inputs = inputsOf(members);
  const isPlain = [...inputs, ...outputs].every(
    (value) => value.dtype === "float32" || (value.dtype === "bool" && isScalar(value)),
  );
  const least = ordered.length > 0 && isScalar(ordered[0]!) ? MIN_MEMBERS_OF_ONE : MIN_MEMBERS;
  if (ordered.length < least || outputs.length === 0 || !isPlain || inputs.length + outputs.length > MAX_TENSORS)
    return null;
  return { shape: ordered[0]!.shape, members: ordered, inputs, outputs };
}

/** Operands, scalars read before they are repeated. */
export function operandsOf(value: Value): readonly Value[] {
  return laneInputs(value).map((input) =>
    input.op === "broadcast" && isScalar(input.inputs[0]!) ? input.inputs[0]! : input,
  );
}

function canJoin(value: Value, shape: readonly number[], given: ReadonlySet<Value>): boolean {
  if (given.has(value) || !(value.op in LANE_OPS) || !isSame(value.shape, shape)) return false;
  // Numbers without axes are what steps share: rates and counters, which sessions make from others.
  if (shape.length === 0 || shape.some((dim) => dim <= 0)) return false;
  return operandsOf(value).every(
    (operand) => operand.dtype !== "int32" && (isScalar(operand) || isSame(operand.shape, shape)),
  );
}

function inputsOf(members: ReadonlySet<Value>): Value[] {
  const inputs = new Set<Value>();
  for (const member of members)
    for (const operand of operandsOf(member)) if (!members.has(operand)) inputs.add(operand);
  return [...inputs].filter((input) => !(isScalar(input) && input.op === "constant")).sort((a, b) => a.id - b.id);
}

function ancestors(values: readonly Value[], given: ReadonlySet<Value>): Set<Value> {
  const seen = new Set<Value>();
  const pending = [...values];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (seen.has(value)) continue;
    seen.add(value);
    if (!given.has(value)) pending.push(...value.inputs);
  }
  return seen;
}

const isSame = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === b.length && a.every((dim, i) => dim === b[i]);
