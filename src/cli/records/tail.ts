import { OptionError } from "../../core/errors.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { holderOf } from "../../store/lock.js";
import { LineReader, type LineSink, parseLine } from "../../store/record/index.js";
import { statOf, trimmed } from "../files.js";
import { EXIT, type ExitCode, type Terminal } from "../terminal.js";
import { eventText } from "./event-text.js";
import { noRecord } from "./export.js";

/** How often is looked for new lines, and after how many looks without any whether somebody still trains. Milliseconds. */
const PAUSE = 300;
const LOOKS = 5;
/** Read from the end, again and again, until there are lines enough; at most as much. */
const PIECE = 2 ** 16;
const MOST_BYTES = 2 ** 26;

/** `pawl tail RUN [-n 20] [--no-follow]`: until the training ends, or Ctrl-C. */
export async function tail(
  terminal: Terminal,
  run: string,
  { lines, follow }: { readonly lines: string; readonly follow: boolean },
): Promise<ExitCode> {
  const count = Number(lines);
  if (!Number.isSafeInteger(count) || count < 0) throw notACount(lines);
  const files = nodeVfs();
  const path = trimmed(run);
  await statOf(files, path);
  const reader = new LineReader(files, path);
  const size = (await files.stat(reader.path))?.size;
  if (size === undefined) throw noRecord(path);
  reader.goOnFrom({ offset: await lastLines(files, reader.path, size, count), tail: new Uint8Array(0) });
  const sink: LineSink = {
    reset: () => terminal.print("(the record is another one now)"),
    tooLong: () => terminal.print("(a line of more than 4 MB)"),
    line: (text) => {
      terminal.print(eventText(text));
      terminal.printJsonLine(parseLine(text) ?? { line: text });
    },
  };
  await reader.update(sink);
  for (let quiet = 0; follow; quiet++) {
    const before = reader.reached.offset;
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    await reader.update(sink);
    if (reader.reached.offset !== before) quiet = 0;
    if (quiet % LOOKS === 0 && reader.reached.offset === before && (await holderOf(files, path)) === "none") {
      // What it wrote last, before it let go.
      await reader.update(sink);
      break;
    }
  }
  return EXIT.ok;
}

/** Where the last so many lines begin. */
async function lastLines(files: Vfs, path: string, size: number, count: number): Promise<number> {
  if (count === 0) return size;
  let left = count;
  for (let end = size; end > 0 && size - end < MOST_BYTES; ) {
    const start = Math.max(0, end - PIECE);
    const bytes = await files.readRange(path, start, end - start);
    for (let at = bytes.length - 1; at >= 0; at--) {
      // A newline at the very end begins no line.
      if (bytes[at] === 0x0a && start + at + 1 < size && --left === 0) return start + at + 1;
    }
    end = start;
  }
  return 0;
}

function notACount(lines: string): OptionError {
  return new OptionError({
    code: "tail-lines",
    what: "pawl tail --lines takes a number of lines",
    received: lines,
    expected: "a whole number, e.g. -n 20",
  });
}
