import { joinPath, wholePath } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import { temporaryFor } from "./commit.js";
import { type Owner, stateOf, thisOwner } from "./owner.js";

const NAME = /^lock\.(\d+)$/;

/** The folder of a lock: its path, and an identity that survives a move. */
interface Place {
  readonly path: string;
  readonly place: string;
}

export interface Held {
  readonly owner: Owner;
  /** The folder that is held; a copy of it is another folder. Absent where file systems cannot tell. */
  readonly folder?: Place | null;
  /** Rises while the holder is alive. */
  readonly beat: number;
}

/** Null when the file is gone or is not a lock. */
export async function read(vfs: Vfs, folder: string, name: string): Promise<Held | null> {
  try {
    return parse(new TextDecoder().decode(await vfs.readFile(joinPath(folder, name))));
  } catch {
    return null;
  }
}

/** Null when it is not a lock. */
export function parse(text: string): Held | null {
  try {
    const held = JSON.parse(text) as Held | null;
    return typeof held?.owner?.pid === "number" ? held : null;
  } catch {
    return null;
  }
}

export function encode(held: Held): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(held)}\n`);
}

/** Identifies the folder; null where the file system cannot tell. */
export async function placeOf(vfs: Vfs, folder: string): Promise<Place | null> {
  const place = (await vfs.stat(folder).catch(() => undefined))?.place;
  return place === undefined ? null : { path: wholePath(folder), place };
}

/**
 * Whether a lock belongs to another folder, of which this one is a copy: neither its path nor its place is this
 * folder's. Between machines, only the second number of a place can be compared.
 */
async function isCopied(vfs: Vfs, folder: string, { folder: held, owner }: Held): Promise<boolean> {
  const here = held ? await placeOf(vfs, folder) : null;
  if (!held || here === null || held.path === here.path) return false;
  const sameMachine = owner.host === (await thisOwner()).host;
  const number = (place: string): string => place.slice(place.indexOf(":") + 1);
  return sameMachine ? held.place !== here.place : number(held.place) !== number(here.place);
}

/** Whether a lock's holder is alive; a lock in a copied folder counts as dead. */
export async function stateHere(vfs: Vfs, folder: string, held: Held | null): Promise<"alive" | "dead" | "unknown"> {
  return held === null || (await isCopied(vfs, folder, held)) ? "dead" : stateOf(held.owner);
}

const NO_LINKS: ReadonlySet<unknown> = new Set(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS", "EMLINK"]);

/** Creates the file if there is none; others see it complete or not at all. */
export async function create(vfs: Vfs, path: string, bytes: Uint8Array): Promise<void> {
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

/** Others see either the old bytes or the new ones. */
export async function replace(vfs: Vfs, path: string, bytes: Uint8Array): Promise<void> {
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
export async function locksIn(vfs: Vfs, folder: string): Promise<{ name: string; number: number }[]> {
  return (await vfs.list(folder))
    .flatMap((name) => {
      const number = NAME.exec(name)?.[1];
      return number === undefined ? [] : [{ name, number: Number(number) }];
    })
    .sort((a, b) => a.number - b.number);
}
