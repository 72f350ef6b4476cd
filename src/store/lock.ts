import { StateError } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import { fileFailure } from "./file-failure.js";
import { create, encode, type Held, locksIn, parse, placeOf, read, replace, stateHere } from "./lock-file.js";
import { type Owner, ownerToName, thisOwner } from "./owner.js";

/** Timing that distinguishes a lock held on another machine from one left by a dead process. Milliseconds. */
export interface LockTiming {
  /** How often a holder gives a sign of life. */
  readonly beat: number;
  /** How long a holder on another machine may give no sign of life before it counts as dead. */
  readonly patience: number;
}

/** Options for taking a lock; the timing is for tests. */
export interface LockOptions extends LockTiming {
  /** Told why taking the lock takes long. */
  readonly tell?: (text: string) => void;
}

/** The real timing: a holder on another machine has 45 seconds. */
export const LOCK_TIMING: LockTiming = { beat: 5_000, patience: 45_000 };
/**
 * Locks are created and renewed atomically, so an unreadable one was left by a crash of the machine. The exception: on
 * a file system without hard links it may be half written right now, which takes less time than this.
 */
const TORN_MS = 1_000;
const TORN_LOOKS = 10;

/**
 * One writer at a time. The lock is a file `lock.N` that names its owner; the next owner makes `lock.N+1`, which only
 * one process can. A dead owner's lock does not count (same machine: no such process; another machine: no sign of life
 * for a while), nor does one copied along with another folder. After making its own, a process looks again and gives
 * way to any other living owner, so two never hold it. Each sign of life first checks that the lock is still this
 * process's own: the process may have been suspended so long that another took over, or the folder was removed.
 */
export class Lock {
  private readonly vfs: Vfs;
  private readonly folder: string;
  private readonly path: string;
  private readonly held: Held;
  private readonly timer: ReturnType<typeof setInterval>;
  private beats = 0;
  private looked = performance.now();
  private writing: Promise<void> = Promise.resolve();
  /** Why this process has lost the folder; null while it holds it, as of the last look. */
  lost: StateError | null = null;

  private constructor(vfs: Vfs, folder: string, path: string, held: Held, timing: LockTiming) {
    this.vfs = vfs;
    this.folder = folder;
    this.path = path;
    this.held = held;
    this.timer = setInterval(() => this.show(), timing.beat);
    (this.timer as { unref?: () => void }).unref?.();
  }

  /** @throws {StateError} when another living process holds it, or the folder cannot be written */
  static async take(vfs: Vfs, folder: string, { tell, ...timing }: LockOptions = LOCK_TIMING): Promise<Lock> {
    const owner = await thisOwner();
    try {
      const before = await locksIn(vfs, folder);
      for (const { name } of before) await refuseIfAlive(vfs, folder, name, timing, tell);
      const path = joinPath(folder, `lock.${(before.at(-1)?.number ?? 0) + 1}`);
      const held: Held = { owner, folder: await placeOf(vfs, folder), beat: 0 };
      await create(vfs, path, encode(held));
      for (const { name } of await locksIn(vfs, folder)) {
        if (joinPath(folder, name) === path || before.some((dead) => dead.name === name)) continue;
        await vfs.remove(path);
        throw taken(folder, (await read(vfs, folder, name))?.owner);
      }
      for (const { name } of before) await vfs.remove(joinPath(folder, name)).catch(() => undefined);
      return new Lock(vfs, folder, path, held, timing);
    } catch (error) {
      if (error instanceof StateError) throw error;
      if ((error as { code?: string }).code === "EEXIST") {
        const winner = (await locksIn(vfs, folder)).at(-1);
        throw taken(folder, winner && (await read(vfs, folder, winner.name))?.owner);
      }
      throw fileFailure("lock", folder, error);
    }
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await this.look();
    if (this.lost === null) await this.vfs.remove(this.path).catch(() => undefined);
  }

  /**
   * Checks whether this process still holds the folder, unless it has just done so.
   * @param now check in any case
   * @throws {StateError} with the reason when it does not
   */
  async check(now = false): Promise<void> {
    if (this.lost === null && (now || performance.now() - this.looked > FRESH_MS)) await this.look();
    if (this.lost !== null) throw this.lost;
  }

  /** A lock that cannot be read now may be readable next time. */
  private async look(): Promise<void> {
    this.looked = performance.now();
    let text: string;
    try {
      text = new TextDecoder().decode(await this.vfs.readFile(this.path));
    } catch (error) {
      if (GONE.has((error as { code?: unknown }).code)) this.lost ??= await this.reason();
      return;
    }
    const owner = parse(text)?.owner;
    if (owner === undefined || ownerToName(owner) === ownerToName(this.held.owner)) return;
    const why = `it was removed or emptied, and ${whoIs(owner)} has begun anew in it`;
    this.lost ??= lostBecause(this.folder, why, owner);
  }

  private async reason(): Promise<StateError> {
    const there = await this.vfs.stat(this.folder).catch(() => undefined);
    if (there === undefined) return lostBecause(this.folder, "the folder was removed");
    const other = (await locksIn(this.vfs, this.folder).catch(() => [])).at(-1);
    const holder = other && (await read(this.vfs, this.folder, other.name));
    return holder ? lostTo(this.folder, holder.owner) : lostBecause(this.folder, "its lock was removed");
  }

  /** Gives a sign of life; if it cannot be written, the next one may be. */
  private show(): void {
    const bytes = encode({ ...this.held, beat: ++this.beats });
    this.writing = this.writing
      .then(async () => {
        await this.look();
        if (this.lost === null) await replace(this.vfs, this.path, bytes);
        else clearInterval(this.timer);
      })
      .catch(() => undefined);
  }
}

/** Within this time of a look, another look is not worth it. */
const FRESH_MS = 1_000;
const GONE: ReadonlySet<unknown> = new Set(["ENOENT", "ENOTDIR"]);

async function refuseIfAlive(
  vfs: Vfs,
  folder: string,
  name: string,
  timing: LockTiming,
  tell?: LockOptions["tell"],
): Promise<void> {
  const seen = await readSoon(vfs, folder, name);
  const state = await stateHere(vfs, folder, seen);
  if (state === "dead") return;
  if (state === "alive") throw taken(folder, seen!.owner);
  // On another machine: wait for a sign of life.
  tell?.(
    `"${folder}" was last in use by ${whoIs(seen!.owner)}, which cannot be looked at from here. Waiting ` +
      `${timing.patience / 1000} s for a sign of life from it before going on.`,
  );
  for (let waited = 0; waited < timing.patience; waited += timing.beat) {
    await new Promise((resolve) => setTimeout(resolve, timing.beat));
    const now = await read(vfs, folder, name);
    const changed = JSON.stringify(now) !== JSON.stringify(seen);
    if (changed && now !== null) throw taken(folder, now.owner);
    if ((await vfs.stat(joinPath(folder, name))) === undefined) return;
  }
}

/** Null when the file is gone, or is still unreadable after a while. */
async function readSoon(vfs: Vfs, folder: string, name: string): Promise<Held | null> {
  for (let looks = 0; ; looks++) {
    const held = await read(vfs, folder, name);
    if (held !== null || looks === TORN_LOOKS) return held;
    if ((await vfs.stat(joinPath(folder, name))) === undefined) return null;
    await new Promise((resolve) => setTimeout(resolve, TORN_MS / TORN_LOOKS));
  }
}

function whoIs({ pid, host }: Owner): string {
  return `process ${pid} on ${host}`;
}

function taken(folder: string, owner: Owner | undefined): StateError {
  const who = owner === undefined ? "another training" : whoIs(owner);
  return new StateError({
    code: "run-locked",
    what: `"${folder}" is in use by ${who}`,
    expected: "one training at a time in a run folder",
    fix: "Wait until it ends or stop it, or choose another run folder",
    data: { folder, ...(owner === undefined ? {} : { owner: ownerToName(owner) }) },
  });
}

function lostTo(folder: string, owner: Owner): StateError {
  return lostBecause(folder, `${whoIs(owner)} took it over, since for a while nothing was seen of this process`, owner);
}

function lostBecause(folder: string, why: string, owner?: Owner): StateError {
  return new StateError({
    code: "run-lost",
    what: `"${folder}" is not held by this process any more: ${why}`,
    expected: "one training at a time in a run folder, from its begin to its end",
    fix: "Start again when nobody else trains in it: it goes on from the newest checkpoint that is there",
    data: { folder, ...(owner === undefined ? {} : { owner: ownerToName(owner) }) },
  });
}

/** Whether a process holds the folder, without taking it: "unknown" for one on another machine. */
export async function holderOf(vfs: Vfs, folder: string): Promise<"alive" | "unknown" | "none"> {
  const states = await Promise.all(
    (await locksIn(vfs, folder)).map(async ({ name }) => {
      return stateHere(vfs, folder, await read(vfs, folder, name));
    }),
  );
  return states.includes("alive") ? "alive" : states.includes("unknown") ? "unknown" : "none";
}
