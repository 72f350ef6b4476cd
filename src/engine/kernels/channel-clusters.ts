import type { Dims, Value } from "../../graph/value.js";
import { type ChannelLayout, ChannelOps, isNumber, type Operand } from "./channel-ops.js";
import { MAX_TENSORS } from "./clusters.js";

/** Operations over tensors of one shape that are computed together in one pass. */
export interface ChannelCluster {
  readonly layout: ChannelLayout;
  readonly shape: Dims;
  /** Everything that is computed, operands first. Sums over all but the channels are the last of their kind. */
  readonly members: readonly Value[];
  readonly operandsOf: (member: Value) => readonly Operand[];
  /** What is read, and how it broadcasts along the tensors. */
  readonly inputs: readonly Operand[];
  /** The members that are read from outside: whole tensors and sums. */
  readonly outputs: readonly Value[];
}

/**
 * The channel clusters of a stage. Operations belong together when they have the same depth (see `depthsOf`) and one
 * reads the other or both read the same tensor. A value that comes from few tensors and is read only by other clusters
 * is recomputed in each of them.
 */
export function findChannelClusters(
  layout: ChannelLayout,
  given: ReadonlySet<Value>,
  roots: readonly Value[],
  order: readonly Value[],
): ChannelCluster[] {
  const ops = new ChannelOps(layout, given, roots, order);
  const groups = groupsOf(ops, given, order).filter((group) => isWorthIt(ops, group));
  const groupOf = new Map(groups.flatMap((group) => group.map((value) => [value, group] as const)));
  const isStored = (value: Value): boolean =>
    value.dtype === "float32" &&
    (roots.includes(value) ||
      ops.usersOf(value).some((user) => {
        const reader = groupOf.get(user);
        return reader === undefined || (reader !== groupOf.get(value) && !ops.isRepeatable(value));
      }));
  return groups.flatMap((group) => {
    const outputs = group.filter((value) => ops.isSum(value) || isStored(value));
    return outputs.length === 0 ? [] : (close(ops, group, outputs, groupOf, isStored) ?? []);
  });
}

function close(
  ops: ChannelOps,
  group: readonly Value[],
  outputs: readonly Value[],
  groupOf: ReadonlyMap<Value, readonly Value[]>,
  isStored: (value: Value) => boolean,
): ChannelCluster | null {
  const members = new Set<Value>();
  const inputs = new Map<Value, Operand>();
  const pending = [...outputs];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (members.has(value)) continue;
    members.add(value);
    for (const operand of ops.operandsOf(value)) {
      const from = operand.value;
      const isOwn = groupOf.get(from) === group;
      const isAgain = ops.isRepeatable(from) || (groupOf.has(from) && !isStored(from));
      if (operand.reach === "full" && ops.isLane(from) && (isOwn || isAgain)) pending.push(from);
      else if (!isNumber(from)) inputs.set(from, operand);
    }
  }
  // Kernels take the number of rows from one of the tensors.
  const isAnchored = [...inputs.values()].some(({ reach }) => reach === "full");
  const isPlain = [...inputs.keys()].every(({ dtype }) => dtype === "float32");
  if (!isAnchored || !isPlain || inputs.size + outputs.length > MAX_TENSORS) return null;
  return {
    layout: ops.layout,
    shape: ops.shapeOf(outputs[0]!),
    members: [...members].sort((a, b) => a.id - b.id),
    operandsOf: (member) => ops.operandsOf(member),
    inputs: [...inputs.values()].sort((a, b) => a.value.id - b.value.id),
    outputs,
  };
}

/** Sessions read and write a tensor per operation, but leaving one costs as much as some passes over a small one. */
function isWorthIt(ops: ChannelOps, group: readonly Value[]): boolean {
  if (ops.layout === "last") return group.length >= 2 && group.some((value) => usesStatistics(ops, value));
  if (group.some((value) => ops.isSum(value))) return true;
  const lanes = new Set(group);
  for (const lane of group)
    for (const { value, reach } of ops.operandsOf(lane))
      if (reach === "full" && ops.isRepeatable(value)) lanes.add(value);
  const floats = [...lanes].filter((lane) => lane.dtype === "float32");
  return floats.length >= 2 && floats.some((lane) => ops.operandsOf(lane).some(({ reach }) => reach === "channel"));
}

/** What comes from the weights or the data as it is. */
const GIVEN_OPS = ["input", "constant"];

/** Whether it uses something that was computed for each channel, unlike a bias: sessions are good at the rest. */
function usesStatistics(ops: ChannelOps, value: Value): boolean {
  if (!ops.isOp(value)) return false;
  return ops
    .operandsOf(value)
    .some(({ value: from, reach }) =>
      reach === "channel"
        ? !GIVEN_OPS.includes(from.op)
        : reach === "full" && ops.isRepeatable(from) && usesStatistics(ops, from),
    );
}

/** Connected operations of the same depth and shape. */
function groupsOf(ops: ChannelOps, given: ReadonlySet<Value>, order: readonly Value[]): Value[][] {
  const depths = depthsOf(ops, given, order);
  const groups = new Map<Value, Value[]>();
  const byTensor = new Map<string, Value[]>();
  for (const value of order) {
    if (!ops.isOp(value)) continue;
    const kind = `${depths.get(value)} ${ops.shapeOf(value).join()}`;
    let group = [value];
    groups.set(value, group);
    const tensors = ops.operandsOf(value).flatMap(({ value: from, reach }) => (reach === "full" ? [from] : []));
    for (const tensor of [value, ...tensors]) {
      const key = `${kind} ${tensor.id}`;
      const other = groups.get(byTensor.get(key)?.[0] ?? value)!;
      if (other !== group) {
        other.push(...group);
        for (const member of group) groups.set(member, other);
        group = other;
      }
      byTensor.set(key, group);
    }
  }
  return [...new Set(groups.values())].map((group) => group.sort((a, b) => a.id - b.id));
}

/**
 * The depth of each value: how many kernels must finish before it. A value that depends on an operation through a
 * session, or through an operand of less than full size, is deeper, so operations of one depth never wait for each
 * other.
 */
function depthsOf(ops: ChannelOps, given: ReadonlySet<Value>, order: readonly Value[]): Map<Value, number> {
  const depths = new Map<Value, number>();
  const after = (value: Value): number => depths.get(value)! + (ops.isOp(value) ? 1 : 0);
  for (const value of order) {
    const before = given.has(value)
      ? []
      : ops.isOp(value)
        ? ops
            .operandsOf(value)
            .map(({ value: from, reach }) =>
              depths.has(from) ? (reach === "full" ? depths.get(from)! : after(from)) : 0,
            )
        : value.inputs.map(after);
    depths.set(value, Math.max(0, ...before));
  }
  return depths;
}
