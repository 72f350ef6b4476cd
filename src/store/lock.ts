import { StateError } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import { temporaryFor } from "./commit.js";
import { fileFailure } from "./file-failure.js";
import { type Owner, ownerToName, stateOf, thisOwner } from "./owner.js";

/** How a lock that another machine holds is told from one that a dead process left. Milliseconds. */
export interface LockTiming {
  /** How often a holder shows that it lives. */
  readonly beat: number;
  /** How long nothing may be seen of a holder on another machine until it counts as dead. */
  readonly patience: number;
}

/** How a lock is taken; the timing is for tests. */
export interface LockOptions extends LockTiming {
  /** Hears why it takes long. */
  readonly tell?: (text: string) => void;
}

/** As it is in earnest: a holder on another machine has 45 seconds. */
export const LOCK_TIMING: LockTiming = { beat: 5_000, patience: 45_000 };
/**
 * Locks are made and renewed as a whole, so one that cannot be read was left by a machine that crashed; unless the file
 * system has no hard links and it is being written just now, which is over in so many milliseconds.
 */
const TORN_MS = 1_000;
const TORN_LOOKS = 10;
const NAME = /^lock\.(\d+)$/;

interface Held {
  readonly owner: Owner;
  /** Rises while the holder lives. */
  readonly beat: number;
}

/**
 * One writer at a time. The lock is a file `lock.N` that names its owner; the next owner makes `lock.N+1`, which only
 * one process can, and the lock of a dead owner (same machine: no such process; another machine: no sign of life for
 * a while) does not count. After making its own, a process looks again and gives way to any other that lives, so two
 * never hold it.
 */
export class Lock {
  private readonly vfs: Vfs;
  private readonly path: string;
  private readonly owner: Owner;
  private readonly timer: ReturnType<typeof setInterval>;
  private beats = 0;
  private writing: Promise<void> = Promise.resolve();

  private constructor(vfs: Vfs, path: string, owner: Owner, timing: LockTiming) {
    this.vfs = vfs;
    this.path = path;
    this.owner = owner;
    this.timer = setInterval(() => this.show(), timing.beat);
    (this.timer as { unref?: () => void }).unref?.();
  }

  /** @throws {StateError} when another process that lives holds it, or the folder cannot be written */
  static async take(vfs: Vfs, folder: string, { tell, ...timing }: LockOptions = LOCK_TIMING): Promise<Lock> {
    const owner = await thisOwner();
    try {
      const before = await locksIn(vfs, folder);
      for (const { name } of before) await refuseIfAlive(vfs, folder, name, timing, tell);
      const path = joinPath(folder, `lock.${(before.at(-1)?.number ?? 0) + 1}`);
      await create(vfs, path, encode({ owner, beat: 0 }));
      for (const { name } of await locksIn(vfs, folder)) {
        if (joinPath(folder, name) === path || before.some((dead) => dead.name === name)) continue;
        await vfs.remove(path);
        throw taken(folder, (await read(vfs, folder, name))?.owner);
      }
      for (const { name } of before) await vfs.remove(joinPath(folder, name)).catch(() => undefined);
      return new Lock(vfs, path, owner, timing);
    } catch (error) {
      if (error instanceof StateError) throw error;
      if ((error as { code?: string }).code === "EEXIST") throw taken(folder, undefined);
      throw fileFailure("lock", folder, error);
    }
  }

  async release(): Promise<void> {
    clearInterval(this.timer);
    await this.writing;
    await this.vfs.remove(this.path).catch(() => undefined);
  }

  /** A sign of life; when it cannot be written, the next one may be. */
  private show(): void {
    const bytes = encode({ owner: this.owner, beat: ++this.beats });
    this.writing = this.writing.then(() => replace(this.vfs, this.path, bytes)).catch(() => undefined);
  }
}

const NO_LINKS: ReadonlySet<unknown> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** Makes the file, whole from its first moment on, if there is none. */
async function create(vfs: Vfs, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = await temporaryFor(path);
  try {
    await vfs.createExclusive(temporary, bytes);
    await vfs.fsync(temporary);
    await vfs.link(temporary, path);
  } catch (error) {
    if (!NO_LINKS.has((error as { code?: unknown }).code)) throw error;
    await vfs.createExclusive(path, bytes);
  } finally {
    await vfs.remove(temporary).catch(() => undefined);
  }
}

/** Others see the old bytes or the new ones. */
async function replace(vfs: Vfs, path: string, bytes: Uint8Array): Promise<void> {
  const temporary = await temporaryFor(path);
  try {
    await vfs.createExclusive(temporary, bytes);
    await vfs.rename(temporary, path);
  } catch (error) {
    await vfs.remove(temporary).catch(() => undefined);
    throw error;
  }
}

/** Locks in the folder, by rising number. */
async function locksIn(vfs: Vfs, folder: string): Promise<{ name: string; number: number }[]> {
  return (await vfs.list(folder))
    .flatMap((name) => {
      const number = NAME.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number);
}

async function refuseIfAlive(
  vfs: Vfs,
  folder: string,
  name: string,
  timing: LockTiming,
  tell?: LockOptions["tell"],
): Promise<void> {
  const seen = await readSoon(vfs, folder, name);
  const state = seen === null ? "dead" : await stateOf(seen.owner);
  if (state === "dead") return;
  if (state === "alive") throw taken(folder, seen!.owner);
  // On another machine: look for a sign of life.
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

/** Null when the file is gone, or still cannot be understood after a while. */
async function readSoon(vfs: Vfs, folder: string, name: string): Promise<Held | null> {
  for (let looks = 0; ; looks++) {
    const held = await read(vfs, folder, name);
    if (held !== null || looks === TORN_LOOKS) return held;
    if ((await vfs.stat(joinPath(folder, name))) === undefined) return null;
    await new Promise((resolve) => setTimeout(resolve, TORN_MS / TORN_LOOKS));
  }
}

/** Null when the file is gone or no lock's. */
async function read(vfs: Vfs, folder: string, name: string): Promise<Held | null> {
  try {
    const held = JSON.parse(new TextDecoder().decode(await vfs.readFile(joinPath(folder, name)))) as Held | null;
    return typeof held?.owner?.pid === "number" ? held : null;
  } catch {
    return null;
  }
}

function encode(held: Held): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(held)}\n`);
}

function whoIs({ pid, host }: Owner): string {
  return `process ${pid} on ${host}`;
}

function taken(folder: string, owner: Owner | undefined): StateError {
  const who = owner === undefined ? "another process" : whoIs(owner);
  return new StateError({
    code: "run-locked",
    what: `"${folder}" is in use by ${who}`,
    expected: "one training at a time in a run folder",
    fix: "Wait until it ends or stop it, or choose another run folder",
    data: { folder, ...(owner === undefined ? {} : { owner: ownerToName(owner) }) },
  });
}

/** Whether a process holds the folder, without taking it: "unknown" for one on another machine. */
export async function holderOf(vfs: Vfs, folder: string): Promise<"alive" | "unknown" | "none"> {
  const states = await Promise.all(
    (await locksIn(vfs, folder)).map(async ({ name }) => {
      const held = await read(vfs, folder, name);
      return held === null ? "dead" : stateOf(held.owner);
    }),
  );
  return states.includes("alive") ? "alive" : states.includes("unknown") ? "unknown" : "none";
}
