import { OptionError } from "../../core/errors.js";
import { sha256, toHex } from "../../core/sha256.js";
import { isPlainObject, valueText } from "../../core/value-text.js";
import type { RecordSource } from "./source.js";

/** How many records a digest looks at. */
const SAMPLE = 1000;

const utf8 = new TextEncoder();

/** Records that are a list of objects. Each is handed out as a copy, one level deep. */
export function listSource<R extends object>(list: readonly R[], name: string): RecordSource<R> {
  const wrong = Array.isArray(list) ? list.findIndex((record) => !isPlainObject(record)) : 0;
  if (wrong >= 0) {
    const record: unknown = Array.isArray(list) ? list[wrong] : list;
    throw new OptionError({
      code: "not-records",
      what: Array.isArray(list) ? `Record ${wrong} is no record` : "data.records takes a list of records",
      received: valueText(record),
      expected: "objects of fields, e.g. [{ x: [1, 2], y: 0 }, …]",
      fix: "Whole arrays go into data.arrays({ x, y })",
    });
  }
  return {
    length: list.length,
    blocks: null,
    fields: Object.fromEntries(Object.entries(list[0] ?? {}).map(([field, value]) => [field, kindOf(value)])),
    read: async (from, to) => list.slice(from, to).map((record) => ({ ...record })),
    readAt: (indexes) => Array.from(indexes, (index) => ({ ...list[index]! })),
    async parts() {
      const step = Math.max(1, list.length / SAMPLE);
      const looked = Array.from({ length: Math.min(SAMPLE, list.length) }, (_, i) => list[Math.floor(i * step)]);
      const bytes = utf8.encode(`${list.length}\n${JSON.stringify(looked, plain)}`);
      return [{ name, digest: toHex(await sha256([bytes])).slice(0, 32) }];
    },
  };
}

const plain = (_key: string, value: unknown): unknown => (typeof value === "bigint" ? String(value) : value);

/** What a field holds, for messages. */
export function kindOf(value: unknown): string {
  if (ArrayBuffer.isView(value)) return value.constructor.name;
  if (Array.isArray(value)) return "list";
  return value === null ? "null" : typeof value === "object" ? (value.constructor?.name ?? "object") : typeof value;
}
