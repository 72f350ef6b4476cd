/** Which checkpoints to keep: those that any rule asks for, and always the newest good one. */
export interface RetentionPolicy {
  /** How many of the newest checkpoints to keep. */
  readonly last: number;
  /** How many of the best checkpoints by score to keep; 0 for none. */
  readonly best: number;
  /** Whether a smaller or a larger score is better. */
  readonly mode: "min" | "max";
  /** Keep every n-th checkpoint ever written; null for none. */
  readonly every: number | null;
  /** Keep the checkpoints of the last `seconds`; null for none. */
  readonly seconds: number | null;
  /** Keep the checkpoints written after these training steps. */
  readonly pinned: readonly number[];
  /** Most bytes of all checkpoints together; null for no limit. The oldest go first; the newest, the newest good and pinned ones stay. */
  readonly bytes: number | null;
}

/** A durable checkpoint as retention sees it. */
export interface Kept {
  /** Number of the checkpoint; the largest is the newest. */
  readonly ordinal: number;
  /** Training steps done. */
  readonly step: number;
  /** Value of the monitored log; null without one. */
  readonly score: number | null;
  /** Whether loss and weights are finite numbers. */
  readonly finite: boolean;
  readonly bytes: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/**
 * The checkpoints to keep, of those that are durable.
 * @param now milliseconds since 1970
 */
export function retain<C extends Kept>(checkpoints: readonly C[], policy: RetentionPolicy, now: number): Set<C> {
  const newestFirst = [...checkpoints].sort((a, b) => b.ordinal - a.ordinal);
  const newest = newestFirst[0];
  if (newest === undefined) return new Set();
  const firm = new Set([newest, newestFirst.find(({ finite }) => finite) ?? newest]);
  for (const each of newestFirst) if (policy.pinned.includes(each.step)) firm.add(each);

  const wanted = new Set<C>([...firm, ...newestFirst.slice(0, policy.last), ...bestOf(newestFirst, policy)]);
  for (const each of newestFirst) {
    const nth = policy.every !== null && each.ordinal % policy.every === 0;
    const young = policy.seconds !== null && now - each.time <= policy.seconds * 1000;
    if (nth || young) wanted.add(each);
  }
  return policy.bytes === null ? wanted : withinBytes(wanted, firm, policy.bytes);
}

/** Scores that are not finite never count as best; of equal scores the newer is better. */
function bestOf<C extends Kept>(newestFirst: readonly C[], { best, mode }: RetentionPolicy): C[] {
  const sign = mode === "min" ? 1 : -1;
  return newestFirst
    .filter(({ score, finite }) => score !== null && Number.isFinite(score) && finite)
    .sort((a, b) => sign * (a.score! - b.score!))
    .slice(0, best);
}

function withinBytes<C extends Kept>(wanted: Set<C>, firm: ReadonlySet<C>, limit: number): Set<C> {
  let total = 0;
  for (const { bytes } of wanted) total += bytes;
  for (const each of [...wanted].sort((a, b) => a.ordinal - b.ordinal)) {
    if (total <= limit) break;
    if (firm.has(each)) continue;
    wanted.delete(each);
    total -= each.bytes;
  }
  return wanted;
}
