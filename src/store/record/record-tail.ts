import { isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import type { Vfs } from "../../core/vfs.js";
import type { BatchEvent, EpochEvent, RecordEvent, SaveEvent } from "./events.js";

/** An event that says what a step computed. */
export type Point = EpochEvent | BatchEvent | SaveEvent;

/** The end of a record, as a process finds it that goes on from a step. */
export interface RecordTail {
  /** What was computed after that step, and will be again; the last one of each kind at each step. */
  readonly ahead: ReadonlyMap<string, Point>;
  /** The last save at or before the step, if it was found. */
  readonly save: SaveEvent | null;
  /** Numbers of the epochs that ended after that save and up to the step. */
  readonly epochs: ReadonlySet<number>;
}

const PIECE = 1 << 16;
/** How far back the end is looked at. Saves are far nearer, unless there are none. */
const MOST_BYTES = 1 << 23;

/** The name of a point: kind, step, and of saves the place in the epoch. */
export function pointKey(event: Point): string {
  return event.event === "save" ? `save ${event.step} ${event.epoch} ${event.batch}` : `${event.event} ${event.step}`;
}

/** Reads the end of a record backwards, up to the last save at or before `step`. */
export async function readTail(vfs: Vfs, path: string, step: number): Promise<RecordTail> {
  const ahead = new Map<string, Point>();
  const epochs = new Set<number>();
  let save: SaveEvent | null = null;
  for await (const event of backwards(vfs, path)) {
    // A save is recorded when it is durable, perhaps after points of later steps: those lie before it.
    const isEarlier = event.step <= step && event.event !== "save";
    if (event.event === "start" && (event.turnsBack || (save !== null && isEarlier))) break;
    if (event.event !== "epoch" && event.event !== "batch" && event.event !== "save") continue;
    if (event.step > step) {
      const key = pointKey(event);
      if (!ahead.has(key)) ahead.set(key, event);
    } else if (save !== null && isEarlier) break;
    else if (event.event === "epoch") epochs.add(event.epoch);
    else if (event.event === "save") save ??= event;
  }
  return { ahead, save, epochs };
}

/** The events of a record, the last one first; lines that are none are passed over. */
async function* backwards(vfs: Vfs, path: string): AsyncGenerator<RecordEvent> {
  const size = (await vfs.stat(path))?.size ?? 0;
  let rest: Uint8Array = new Uint8Array(0);
  for (let end = size; end > 0 && size - end < MOST_BYTES; ) {
    const start = Math.max(0, end - PIECE);
    const piece = await vfs.readRange(path, start, end - start);
    const bytes = new Uint8Array(piece.length + rest.length);
    bytes.set(piece);
    bytes.set(rest, piece.length);
    const first = start === 0 ? 0 : bytes.indexOf(0x0a) + 1;
    end = start;
    rest = bytes;
    if (start > 0 && first === 0) continue;
    rest = bytes.subarray(0, first);
    const lines = new TextDecoder().decode(bytes.subarray(first)).split("\n");
    for (const line of lines.reverse()) {
      const event = eventIn(line);
      if (event !== null) yield event;
    }
  }
}

function eventIn(line: string): RecordEvent | null {
  try {
    const json = JSON.parse(line) as Json;
    if (!isConfig(json) || typeof json["event"] !== "string" || typeof json["step"] !== "number") return null;
    return json as unknown as RecordEvent;
  } catch {
    return null;
  }
}
