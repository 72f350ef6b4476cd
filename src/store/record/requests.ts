import { joinPath } from "../../core/paths.js";
import type { Vfs } from "../../core/vfs.js";
import { commitFile } from "../commit.js";
import { fileFailure } from "../file-failure.js";

/**
 * What others ask of the training that holds a run folder: a file each, so that nothing but the folder must be shared,
 * on any system. The training looks for them at cuts, removes what it finds, and does it.
 */
export const REQUESTS = {
  /** Finish the step, save, end. */
  stop: "request-stop",
  /** Save at the next cut, go on. */
  save: "request-save",
} as const;
export type RequestKind = keyof typeof REQUESTS;

/** A wish that was found in a run folder. */
export interface Request {
  readonly kind: RequestKind;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Who asked, in words for people. */
  readonly by: string;
}

/** A checkpoint that retention keeps until it is unpinned: `pin-1200.json` in the run folder. */
export interface Pin {
  /** Training steps done. */
  readonly step: number;
  readonly time: number;
  readonly by: string;
  readonly why: string;
}

const PIN = /^pin-(\d+)\.json$/;
const pinName = (step: number): string => `pin-${step}.json`;

/** Such a file is a line; whatever is longer was put there by somebody else, and only its beginning is looked at. */
const LONGEST = 4096;

/** Asks the training in the folder for something. Asked twice before it looks, it does it once. */
export async function leaveRequest(vfs: Vfs, folder: string, { kind, time, by }: Request): Promise<void> {
  await commitFile(vfs, joinPath(folder, REQUESTS[kind]), encode({ time, by }));
}

/** What is asked for and not yet done. */
export async function openRequests(vfs: Vfs, folder: string): Promise<Request[]> {
  const out: Request[] = [];
  for (const kind of Object.keys(REQUESTS) as RequestKind[]) {
    const found = await readSmall(vfs, joinPath(folder, REQUESTS[kind]));
    if (found !== null) out.push({ kind, ...found });
  }
  return out;
}

/** For the training: what is asked for. Each request is gone when this returns, and is therefore answered once. */
export async function takeRequests(vfs: Vfs, folder: string): Promise<Request[]> {
  const found = await openRequests(vfs, folder);
  for (const { kind } of found) await removeFile(vfs, joinPath(folder, REQUESTS[kind]));
  return found;
}

/** Keeps the checkpoint at this step, and any written there later. */
export async function setPin(vfs: Vfs, folder: string, { step, time, by, why }: Pin): Promise<void> {
  await commitFile(vfs, joinPath(folder, pinName(step)), encode({ time, by, why }));
}

/** Leaves the checkpoint at this step to retention again. */
export async function removePin(vfs: Vfs, folder: string, step: number): Promise<void> {
  await removeFile(vfs, joinPath(folder, pinName(step)));
}

/** All pins of a run folder by step; none where there is no folder. A file that cannot be read still pins. */
export async function pinsOf(vfs: Vfs, folder: string): Promise<Pin[]> {
  const out: Pin[] = [];
  for (const [name, step] of (await namesIn(vfs, folder)).flatMap((file) => {
    const found = PIN.exec(file);
    return found === null ? [] : [[file, Number(found[1])] as const];
  })) {
    const found = await readSmall(vfs, joinPath(folder, name));
    if (found !== null) out.push({ step, ...found });
  }
  return out.sort((a, b) => a.step - b.step);
}

async function namesIn(vfs: Vfs, folder: string): Promise<string[]> {
  try {
    return await vfs.list(folder);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw fileFailure("list", folder, error);
  }
}

/** Null when the file is not there; what it does not say, or says wrongly, is 0 or "". */
async function readSmall(vfs: Vfs, path: string): Promise<{ time: number; by: string; why: string } | null> {
  if ((await vfs.stat(path)) === undefined) return null;
  const said: { time?: unknown; by?: unknown; why?: unknown } = await vfs
    .readRange(path, 0, LONGEST)
    .then((bytes) => Object(JSON.parse(new TextDecoder().decode(bytes))))
    .catch(() => ({}));
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return { time: typeof said.time === "number" ? said.time : 0, by: text(said.by), why: text(said.why) };
}

async function removeFile(vfs: Vfs, path: string): Promise<void> {
  try {
    await vfs.remove(path);
  } catch (error) {
    if ((error as { code?: string }).code !== "ENOENT") throw fileFailure("remove", path, error);
  }
}

const encode = (value: object): Uint8Array => new TextEncoder().encode(`${JSON.stringify(value)}\n`);
