import { joinBytes } from "../core/join-bytes.js";
import { joinPath } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import { fileStart, type Point, pointRecord, pointsOf } from "../formats/tfevents/index.js";
import { commitFile, thisOwner } from "../store/index.js";
import { AppendedFile } from "./appended-file.js";

/** Where the files of a training belong, and what they hold. */
export interface EventPlace {
  readonly folder: string;
  /** Part of the names of all files of a training, of all its processes. */
  readonly line: string;
  /** Bytes of points that the training had written when it was saved. */
  readonly bytes: number;
  /** Another line that this one takes the place of; null for none. */
  readonly givenUp: string | null;
}

/** Files that this process has begun: part of their names, as in TensorFlow. */
let begun = 0;

/** TensorFlow's name of an event file, with the line before the ending. */
const NAME = /^events\.out\.tfevents\.(\d{10})\..*\.(\d+-\d+-\d+)\.v2$/u;

/** A name for the files of a new training. */
export async function newLine(): Promise<string> {
  const { pid } = await thisOwner();
  return `${Math.floor(Date.now() / 1000)}-${pid}-${begun++}`;
}

/** The line of the newest event file of ours in a folder; null for none. */
export async function newestLine(files: Vfs, folder: string): Promise<string | null> {
  return (await namesIn(files, folder)).flatMap((name) => NAME.exec(name)?.[2] ?? []).at(-1) ?? null;
}

/**
 * The event file that a process adds to. A resumed training goes on in a new file, which begins with the points that the
 * resume keeps, and the file before it goes: so every step is there once, and a TensorBoard that has the old one open
 * comes to no bytes that changed behind its back.
 */
export class EventFile {
  readonly #file: AppendedFile;
  readonly #kept: number;

  private constructor(file: AppendedFile, kept: number) {
    this.#file = file;
    this.#kept = kept;
  }

  /** With the first `bytes` of what the line holds; with fewer where they are gone. */
  static async open(files: Vfs, { folder, line, bytes, givenUp }: EventPlace): Promise<EventFile> {
    await files.makeFolder(folder);
    const names = await namesIn(files, folder);
    const ofLine = (wanted: string | null): string[] => names.filter((name) => NAME.exec(name)?.[2] === wanted);
    const [own, others] = [ofLine(line), ofLine(givenUp)];
    const last = own.at(-1);
    const kept = last === undefined ? new Uint8Array(0) : pointsOf(await files.readFile(joinPath(folder, last)), bytes);
    const start = fileStart(Date.now() / 1000, own.length + others.length > 0);
    const path = joinPath(folder, await nameBehind(names, line));
    await commitFile(files, path, joinBytes([start, kept]));
    for (const name of own) await files.remove(joinPath(folder, name));
    // Whether they are of this training is not certain: they are kept, under a name that TensorBoard passes over.
    for (const name of others) await files.rename(joinPath(folder, name), joinPath(folder, superseded(name)));
    return new EventFile(new AppendedFile(files, path), kept.length);
  }

  /** Bytes of points that are on disk as they should be. */
  get bytes(): number {
    return this.#kept + this.#file.added;
  }

  /** Adds points, after those that a write before could not add. */
  async add(...points: readonly Point[]): Promise<void> {
    await this.#file.add(...points.map(pointRecord));
  }
}

const superseded = (name: string): string => `superseded.${name.replace("tfevents.", "")}`;

async function namesIn(files: Vfs, folder: string): Promise<readonly string[]> {
  return (await files.stat(folder))?.kind === "folder" ? files.list(folder) : [];
}

/** A name behind all others of the folder: TensorBoard reads files in the order of their names. */
async function nameBehind(names: readonly string[], line: string): Promise<string> {
  const { host, pid } = await thisOwner();
  const seconds = names.flatMap((name) => /tfevents\.(\d{10})\./u.exec(name)?.[1] ?? []).map(Number);
  const second = Math.max(Math.floor(Date.now() / 1000), ...seconds.map((one) => one + 1));
  return `events.out.tfevents.${second}.${host}.${pid}.${begun++}.${line}.v2`;
}
