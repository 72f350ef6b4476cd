import type { Vfs } from "../../core/vfs.js";
import type { DataRecord, RecordSource } from "../records/source.js";
import { checkRange } from "./blocked-source.js";
import { fileParts, type SourceFile } from "./source-files.js";

/** Files that are read and decoded at the same time. */
const AT_ONCE = 8;

/** One record a file: any is read alone, several at once. */
export function fileRecords<R extends DataRecord>(
  list: readonly SourceFile[],
  fields: Readonly<Record<string, string>>,
  read: (file: SourceFile, i: number) => Promise<R>,
  files: Vfs,
): RecordSource<R> {
  return {
    length: list.length,
    blocks: null,
    owned: true,
    fields,
    async read(from, to) {
      checkRange(from, to, list.length);
      const out: R[] = [];
      for (let start = from; start < to; start += AT_ONCE) {
        const group = list.slice(start, Math.min(start + AT_ONCE, to));
        out.push(...(await Promise.all(group.map((file, i) => read(file, start + i)))));
      }
      return out;
    },
    parts: () => fileParts(list, files),
  };
}
