import { joinPath, nameOf } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import { decodeCheckpoint } from "../store/checkpoint.js";
import { fileFailure } from "../store/file-failure.js";
import { isCheckpointName, RECORD_FILE, type RecordReader, type RunIndex } from "../store/record/index.js";
import { openRequests, pinsOf } from "../store/record/requests.js";
import type { Histogram, LogPart, Row, RunPage, Verdict } from "./wire.js";

/** Bytes of the record that are sent at once. */
const LOG_PART = 64 * 1024;
/** Longer lines are cut for the page. */
const LONGEST_LINE = 4000;
const MOST_FORKS = 500;

/** Everything on one run's page. */
export async function runPage(index: RunIndex, vfs: Vfs, path: string, row: Row): Promise<RunPage> {
  const [names, pins, requests] = await Promise.all([
    vfs.list(path).catch((): string[] => []),
    pinsOf(vfs, path),
    openRequests(vfs, path),
  ]);
  const there = new Set(names);
  const pinned = new Map(pins.map((pin) => [pin.step, pin]));
  const record = await index.record(path);
  const { cut, old: _old, ...passed } = record.passedOver;
  // A file may be written again under its name after the run went back: the later save counts.
  const saves = new Map(record.saves.map((save) => [save.file, save]));
  return {
    row,
    path,
    starts: record.starts.map(({ config: _, ...start }) => start),
    stops: record.stops,
    warnings: [...record.warnings, ...record.drifts].sort((a, b) => a.time - b.time),
    forks: record.forks.slice(-MOST_FORKS).map(({ step, time, child }) => ({ step, time, child })),
    checkpoints: [...saves.values()].map(({ event: _, ...save }) => ({
      ...save,
      there: there.has(save.file) && isCheckpointName(save.file),
      pin: pinned.get(save.step) ?? null,
    })),
    config: record.starts.at(-1)?.config ?? null,
    keys: [...new Set([...record.epochs.keys, ...record.batches.keys])],
    histograms: [...new Set(record.histograms.flatMap(({ weights }) => Object.keys(weights)))],
    requests,
    skipped: Object.values(passed).reduce((sum, each) => sum + each, row.state === "running" ? 0 : cut),
  };
}

/** The histograms of one weight, oldest first. */
export function histogramsOf(record: RecordReader, path: string): Histogram[] {
  // Of an epoch that was computed again after a kill, the later one counts.
  const byStep = new Map(record.histograms.map((event) => [event.step, event]));
  return [...byStep.values()].flatMap(({ epoch, step, weights }) =>
    Object.hasOwn(weights, path) ? [{ epoch, step, ...weights[path]! }] : [],
  );
}

/**
 * The record's lines up to a place, as many as are sent at once; lines that do not begin in it are left to the part
 * before.
 * @param before in bytes; null for the end
 */
export async function logPart(vfs: Vfs, folder: string, before: number | null): Promise<LogPart> {
  const path = joinPath(folder, RECORD_FILE);
  const stat = await vfs.stat(path);
  if (stat === undefined) return { lines: [], before: null };
  const end = Math.max(0, Math.min(before ?? stat.size, stat.size));
  const start = Math.max(0, end - LOG_PART);
  const bytes = await vfs.readRange(path, start, end - start).catch((error: unknown) => {
    throw fileFailure("read", path, error);
  });
  const first = start === 0 ? 0 : bytes.indexOf(0x0a) + 1;
  const text = new TextDecoder().decode(bytes.subarray(first));
  const lines = text.split("\n").filter((line) => line !== "");
  return {
    lines: lines.map((line) =>
      line.length > LONGEST_LINE ? `${line.slice(0, LONGEST_LINE)} … (${line.length} characters)` : line,
    ),
    before: start === 0 ? null : first === 0 ? start : start + first,
  };
}

/** Whether a checkpoint of the run is as it was written. */
export async function verdictOf(vfs: Vfs, folder: string, file: string): Promise<Verdict> {
  const name = nameOf(file);
  if (name !== file || !isCheckpointName(file)) {
    return { file, verdict: "gone", reason: "No checkpoint has such a name" };
  }
  const path = joinPath(folder, file);
  if ((await vfs.stat(path)) === undefined) return { file, verdict: "gone", reason: "The file is not there any more" };
  try {
    await decodeCheckpoint(await vfs.readFile(path));
    return { file, verdict: "intact", reason: "The digest holds, the state can be read" };
  } catch (error) {
    return { file, verdict: "damaged", reason: (error as Error).message };
  }
}
