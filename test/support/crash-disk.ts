import { createHash } from "node:crypto";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";

/** A file's identity, which stays the same when it is renamed. */
type Inode = number;

/** What a crash may lose until it is synced: a change of a file's bytes, or of the names in a folder. */
type Change =
  | { readonly kind: "data"; readonly inode: Inode; readonly before: Uint8Array; readonly after: Uint8Array }
  | {
      readonly kind: "names";
      readonly folder: string;
      readonly add?: readonly [string, Inode];
      readonly drop?: string;
    };

/** What a disk holds for certain, and what it may hold. */
export interface DiskState {
  readonly names: ReadonlyMap<string, Inode>;
  readonly bytes: ReadonlyMap<Inode, Uint8Array>;
  readonly pending: readonly Change[];
}

export interface RecordedDisk extends Vfs {
  /** The disk after each operation that changes something or syncs. */
  readonly states: DiskState[];
}

const EMPTY = new Uint8Array(0);
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

/**
 * A disk in memory that keeps what POSIX promises of it, and nothing more: bytes of a file are durable after its fsync,
 * names in a folder after the folder's fsync; until then each change may be lost by itself, whatever came later.
 */
export function recordedDisk(): RecordedDisk {
  const disk = memoryVfs();
  const states: DiskState[] = [];
  const names = new Map<string, Inode>();
  const durableNames = new Map<string, Inode>();
  const bytes = new Map<Inode, Uint8Array>();
  let pending: Change[] = [];
  let inodes = 0;

  const record = (): void => {
    states.push({ names: new Map(durableNames), bytes: new Map(bytes), pending: [...pending] });
  };
  const addName = (path: string): Inode => {
    const inode = inodes++;
    names.set(path, inode);
    bytes.set(inode, EMPTY);
    pending.push({ kind: "names", folder: parentOf(path), add: [path, inode] });
    return inode;
  };
  const write = async (path: string): Promise<void> => {
    const inode = names.get(path) ?? addName(path);
    const own = pending.filter((change) => change.kind === "data" && change.inode === inode);
    const last = own.at(-1) as Extract<Change, { kind: "data" }> | undefined;
    const before = last?.after ?? bytes.get(inode)!;
    pending.push({ kind: "data", inode, before, after: await disk.readFile(path) });
    record();
  };
  const make = (folder: string): void => {
    if (folder === "" || names.has(folder)) return;
    make(parentOf(folder));
    names.set(folder, -1);
    pending.push({ kind: "names", folder: parentOf(folder), add: [folder, -1] });
  };
  const settle = (durable: (change: Change) => boolean): void => {
    for (const change of pending.filter(durable)) apply(durableNames, bytes, change);
    pending = pending.filter((change) => !durable(change));
    record();
  };

  return {
    ...disk,
    states,
    async writeFile(path, content) {
      await disk.writeFile(path, content);
      await write(path);
    },
    async appendFile(path, content) {
      await disk.appendFile(path, content);
      await write(path);
    },
    async truncate(path, length) {
      await disk.truncate(path, length);
      await write(path);
    },
    async createExclusive(path, content) {
      await disk.createExclusive(path, content);
      await write(path);
    },
    async fsync(path) {
      await disk.fsync(path);
      settle((change) => change.kind === "data" && change.inode === names.get(path));
    },
    async fsyncFolder(path) {
      await disk.fsyncFolder(path);
      settle((change) => change.kind === "names" && change.folder === (path === "." ? "" : path.replace(/\/$/, "")));
    },
    async rename(from, to) {
      await disk.rename(from, to);
      const inode = names.get(from)!;
      names.delete(from);
      names.set(to, inode);
      pending.push({ kind: "names", folder: parentOf(to), add: [to, inode], drop: from });
      record();
    },
    async link(from, to) {
      await disk.link(from, to);
      const inode = names.get(from)!;
      names.set(to, inode);
      pending.push({ kind: "names", folder: parentOf(to), add: [to, inode] });
      record();
    },
    async remove(path) {
      await disk.remove(path);
      names.delete(path);
      pending.push({ kind: "names", folder: parentOf(path), drop: path });
      record();
    },
    async makeFolder(path) {
      await disk.makeFolder(path);
      make(path);
      record();
    },
  };
}

function apply(names: Map<string, Inode>, bytes: Map<Inode, Uint8Array>, change: Change, content?: Uint8Array): void {
  if (change.kind === "data") bytes.set(change.inode, content ?? change.after);
  else {
    if (change.drop !== undefined) names.delete(change.drop);
    if (change.add !== undefined) names.set(...change.add);
  }
}

/** What a crash can leave of a change of bytes: lost, whole, or torn in several ways; null for lost. */
function outcomes(change: Change): readonly (Uint8Array | null | undefined)[] {
  if (change.kind === "names") return [null, undefined];
  const { before, after } = change;
  // An appending write is torn within what it appends.
  const start = after.length > before.length && before.every((byte, i) => after[i] === byte) ? before.length : 0;
  const torn = [1, Math.floor((after.length - start) / 2), after.length - start - 1]
    .filter((length, i, all) => length > 0 && length < after.length - start && all.indexOf(length) === i)
    .map((length) => after.slice(0, start + length));
  const zeros = after.slice();
  zeros.fill(0, start);
  return [null, undefined, after.slice(0, start), ...torn, zeros];
}

/** A disk as a crash may have left it. */
export interface Crashed {
  /** Tells it from others. */
  readonly key: string;
  mount(): Promise<Vfs>;
}

/** All disks that a crash in this state may leave: each pending change by itself lost, done or torn. */
export function* crashesOf({ names, bytes, pending }: DiskState): Generator<Crashed> {
  const choices = pending.map(outcomes);
  const picked = pending.map(() => 0);
  for (;;) {
    const leftNames = new Map(names);
    const leftBytes = new Map(bytes);
    pending.forEach((change, i) => {
      const outcome = choices[i]![picked[i]!];
      if (outcome !== null) apply(leftNames, leftBytes, change, outcome);
    });
    yield crashed(leftNames, leftBytes);
    let digit = 0;
    while (digit < picked.length && ++picked[digit]! === choices[digit]!.length) picked[digit++] = 0;
    if (digit === picked.length) return;
  }
}

function crashed(names: ReadonlyMap<string, Inode>, bytes: ReadonlyMap<Inode, Uint8Array>): Crashed {
  // A name whose folder's own name was lost cannot be reached.
  const reachable = (path: string): boolean => {
    const parent = parentOf(path);
    return parent === "" || (names.get(parent) === -1 && reachable(parent));
  };
  const found = [...names].filter(([path]) => reachable(path)).sort(([a], [b]) => (a < b ? -1 : 1));
  const hash = createHash("sha256");
  for (const [path, inode] of found) {
    const content = inode === -1 ? "folder" : bytes.get(inode)!;
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return {
    key: hash.digest("base64"),
    async mount() {
      const vfs = memoryVfs();
      for (const [path, inode] of found) {
        if (inode === -1) await vfs.makeFolder(path);
        else await vfs.writeFile(path, bytes.get(inode)!);
      }
      return vfs;
    },
  };
}
