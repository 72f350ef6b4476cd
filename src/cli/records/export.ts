import { FormatError, OptionError } from "../../core/errors.js";
import { memorySize } from "../../core/human.js";
import { joinPath } from "../../core/paths.js";
import { shown } from "../../core/shown.js";
import { nearest } from "../../core/spelling.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { commitFile } from "../../store/commit.js";
import { RecordReader } from "../../store/record/index.js";
import { statOf, trimmed } from "../files.js";
import { EXIT, type ExitCode, type Terminal } from "../terminal.js";
import type { ExportedFile } from "./format.js";
import { FORMATS } from "./formats.js";

export interface RecordExportOptions {
  readonly to: string;
  readonly batches?: boolean;
  readonly force?: boolean;
}

/** `pawl export RUN --to FORMAT [FILE]` */
export async function exportRecord(
  terminal: Terminal,
  run: string,
  target: string | undefined,
  { to, batches = false, force = false }: RecordExportOptions,
): Promise<ExitCode> {
  if (!Object.hasOwn(FORMATS, to)) throw unknownFormat(to);
  const { into, load } = FORMATS[to]!;
  const isPrinted = target === undefined;
  if (isPrinted && (into === "folder" || terminal.json)) throw noTarget(to, into);
  const files = nodeVfs();
  const path = trimmed(run);
  await statOf(files, path);
  const record = new RecordReader(files, path);
  await record.update();
  if (record.size === null) throw noRecord(path);
  const made = await (await load())({ path, record, batches });
  if (isPrinted) {
    for (const piece of made[0]!.pieces) await write(piece);
    return EXIT.ok;
  }
  let bytes = 0;
  for (const file of made) bytes += await commit(file, into === "folder" ? joinPath(target, file.name) : target);
  terminal.printJson({ target, format: to, bytes, files: made.length, passedOver: record.passedOver });
  terminal.print(`${shown(target)}: ${memorySize(bytes)}, the record of ${shown(path)} as ${to}`);
  return EXIT.ok;

  async function commit({ pieces }: ExportedFile, file: string): Promise<number> {
    const all = [...pieces];
    await commitFile(files, file, all, { overwrite: force });
    return all.reduce((sum, { length }) => sum + length, 0);
  }
}

/** Waits for a reader that is slower, so that nothing is held twice. */
function write(piece: Uint8Array): Promise<void> {
  return new Promise((resolve) => {
    if (process.stdout.write(piece)) resolve();
    else process.stdout.once("drain", resolve);
  });
}

function unknownFormat(to: string): OptionError {
  const guess = nearest(to, Object.keys(FORMATS));
  return new OptionError({
    code: "export-format",
    what: `Records are not exported to "${to}"`,
    expected: Object.keys(FORMATS).join(", "),
    ...(guess === undefined ? {} : { fix: `Did you mean --to ${guess}?` }),
  });
}

function noTarget(to: string, into: "file" | "folder"): OptionError {
  return new OptionError({
    code: "export-target",
    what: `--to ${to} needs to know the ${into} that is to be written`,
    expected: `pawl export RUN --to ${to} ${into.toUpperCase()}`,
  });
}

export function noRecord(path: string): FormatError {
  return new FormatError({
    code: "no-file",
    what: `"${path}" has no record`,
    received: "a folder without log.jsonl",
    expected: "a run folder, as fit({ run }) makes it",
    fix: "Look for run folders with: pawl runs FOLDER",
    data: { path },
  });
}
