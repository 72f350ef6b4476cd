import { FormatError, OptionError } from "../../core/errors.js";
import type { Resolved } from "../../core/options.js";
import { type FilePath, pathOf } from "../../core/path-of.js";
import { joinPath } from "../../core/paths.js";
import type { Vfs } from "../../core/vfs.js";
import { linkTarget } from "../../core/vfs-node.js";
import { checkFolderOptions, type FolderOptions } from "./folder-options.js";
import { numpyShuffled } from "./numpy-shuffle.js";
import { type SourceFile, withFailure } from "./source-files.js";

/** Files of a folder, with their labels. */
export interface LabelledFiles {
  readonly files: readonly SourceFile[];
  /** The number of its class, for each file. Null: no labels. */
  readonly labels: readonly number[] | null;
  /** Null without labels. */
  readonly classNames: readonly string[] | null;
}

/** What stands for the label of a file in its record. */
export type Label = number | Float32Array;

/** Deeper folders are a circle of links. */
const DEEPEST = 64;

/**
 * The files with these endings in a folder: those of a class after those of the one before, each class in the order of
 * folders and names, then mixed and split as Keras does.
 * @throws {OptionError} for options that the folder does not allow
 * @throws {FormatError} when there are no such files
 */
export async function labelledFiles(
  given: FilePath,
  owner: string,
  options: Resolved<FolderOptions>,
  endings: readonly string[],
  vfs: Vfs,
): Promise<LabelledFiles> {
  checkFolderOptions(owner, options);
  const folder = pathOf(given, `${owner}: directory`);
  const { labelMode, classNames } = options;
  const isLabelled = options.labels !== null && labelMode !== null;
  const isInferred = options.labels === "inferred" && isLabelled;
  const folders = isInferred ? await classesIn(folder, owner, classNames, vfs) : [""];
  const files: SourceFile[] = [];
  const inferred: number[] = [];
  for (const [label, name] of folders.entries()) {
    const found = new Map<string, SourceFile[]>();
    await walk({ folder, endings, vfs, follows: options.followLinks }, name, found);
    // Keras sorts by the whole path of a folder: "a-b" comes before "a/b".
    for (const within of [...found.keys()].sort(byCode)) {
      for (const file of found.get(within)!) {
        files.push(file);
        inferred.push(label);
      }
    }
  }
  const labels = !isLabelled ? null : isInferred ? inferred : (options.labels as readonly number[]);
  if (labels !== null && labels.length !== files.length) throw otherCount(owner, folder, labels.length, files.length);
  const names = labels === null ? null : isInferred ? folders : valuesOf(labels);
  if (labelMode === "binary" && names !== null && names.length !== 2) throw notTwo(owner, names);
  const order = orderOf(files.length, options);
  if (order.length === 0) throw noFiles(folder, endings, files.length, options.subset);
  return {
    files: order.map((i) => files[i]!),
    labels: labels && order.map((i) => labels[i]!),
    classNames: names,
  };
}

/** Which files are taken, in which order. */
function orderOf(count: number, { shuffle, seed, validationSplit, subset }: Resolved<FolderOptions>): number[] {
  const all = shuffle ? [...numpyShuffled(count, seed ?? 0)] : Array.from({ length: count }, (_, i) => i);
  if (validationSplit === null) return all;
  // Where nothing is held back, Keras leaves nothing to train on either.
  const held = Math.trunc(validationSplit * count);
  return subset === "training" ? all.slice(0, count - held) : all.slice(count - held);
}

async function classesIn(
  folder: string,
  owner: string,
  wanted: readonly string[] | null,
  vfs: Vfs,
): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of (await withFailure(folder, vfs.list(folder))).sort(byCode)) {
    if (name.startsWith(".")) continue;
    if ((await vfs.stat(joinPath(folder, name)))?.kind === "folder") found.push(name);
  }
  const missing = wanted?.find((name) => !found.includes(name));
  if (missing === undefined) return wanted ?? found;
  throw new OptionError({
    code: "class-names",
    what: `${owner}: there is no folder "${missing}" in "${folder}"`,
    received: (wanted ?? []).join(", "),
    expected: found.length === 0 ? "folders, of which there are none" : `some of ${found.join(", ")}`,
    fix: "Name folders that are there, or leave classNames out for all",
  });
}

interface Walk {
  readonly folder: string;
  readonly endings: readonly string[];
  readonly vfs: Vfs;
  readonly follows: boolean;
}

/** Files of a folder and of all folders in it, by folder: as Python's os.walk finds them. */
async function walk(about: Walk, within: string, found: Map<string, SourceFile[]>, depth = 0): Promise<void> {
  const { folder, endings, vfs, follows } = about;
  const here = within === "" ? folder : joinPath(folder, within);
  const folders: string[] = [];
  const files: SourceFile[] = [];
  for (const name of (await withFailure(here, vfs.list(here))).sort(byCode)) {
    const path = joinPath(here, name);
    const own = within === "" ? name : `${within}/${name}`;
    const stat = await withFailure(path, vfs.stat(path));
    if (stat?.kind === "folder") {
      if (follows || (await linkTarget(path)) === null) folders.push(own);
    } else if (stat?.kind === "file" && endings.some((ending) => name.toLowerCase().endsWith(ending))) {
      files.push({ path, name: own, size: stat.size });
    }
  }
  found.set(within, files);
  if (depth >= DEEPEST) return;
  for (const next of folders) await walk(about, next, found, depth + 1);
}

/** As Python compares strings: by code points. */
function byCode(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const difference = left[i]!.codePointAt(0)! - right[i]!.codePointAt(0)!;
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

const valuesOf = (labels: readonly number[]): string[] =>
  [...new Set(labels)].sort((a, b) => a - b).map((label) => String(label));

/** What each record gets as its label, or null. */
export function labelOf(
  { labels, classNames }: LabelledFiles,
  mode: FolderOptions["labelMode"],
): ((i: number) => Label) | null {
  if (labels === null || classNames === null) return null;
  if (mode === "int") return (i) => labels[i]!;
  if (mode === "binary") return (i) => new Float32Array([labels[i]!]);
  const { length } = classNames;
  return (i) => {
    const out = new Float32Array(length);
    // A label that no class has is no class, as in Keras.
    if (labels[i]! < length) out[labels[i]!] = 1;
    return out;
  };
}

export const labelKind = (mode: FolderOptions["labelMode"]): string =>
  mode === "int" ? "int" : mode === "binary" ? "float32 of 1" : "float32 by class";

function otherCount(owner: string, folder: string, received: number, expected: number): OptionError {
  return new OptionError({
    code: "label-count",
    what: `${owner}: labels must have one for each file of "${folder}"`,
    received: `${received} labels`,
    expected: `${expected}`,
    fix: 'Give one for each file, in the order of their paths, or labels: "inferred"',
  });
}

function notTwo(owner: string, names: readonly string[]): OptionError {
  return new OptionError({
    code: "binary-classes",
    what: `${owner}: labelMode "binary" is for two classes`,
    received: names.length === 0 ? "no class" : names.join(", "),
    expected: "two",
    fix: 'Name two with classNames, or take labelMode "int" or "categorical"',
  });
}

function noFiles(folder: string, endings: readonly string[], count: number, subset: string | null): FormatError {
  return new FormatError({
    code: "no-files",
    what: `There is no file to read in "${folder}"${subset === null ? "" : ` for subset "${subset}"`}`,
    received: `${count} files of these kinds`,
    expected: `files whose names end in ${endings.join(", ")}`,
    fix: "Look at the path; classes are folders in the directory, and labels: null takes files of any folder",
    data: { path: folder },
  });
}
