/** What a field of a table of FlatBuffers refers to. Fields of fixed size need no look: readers take zeros where there is none. */
type Part =
  | { readonly kind: "string" }
  /** Elements of so many bytes each. */
  | { readonly kind: "vector"; readonly size: number }
  | { readonly kind: "table" | "tables"; readonly of: () => Table }
  /** A table whose kind the field before it says. */
  | { readonly kind: "union"; readonly of: Readonly<Record<number, () => Table>> };

/** The parts of a table, by the number of their field. */
type Table = Readonly<Record<number, Part>>;

const TEXT: Part = { kind: "string" };
const vector = (size: number): Part => ({ kind: "vector", size });
const table = (of: () => Table): Part => ({ kind: "table", of });
const tables = (of: () => Table): Part => ({ kind: "tables", of });

// As in Schema.fbs, Message.fbs and File.fbs of Apache Arrow.
const NONE: Table = {};
const NOTES: Part = tables(() => ({ 0: TEXT, 1: TEXT }));
const [TIMESTAMP, UNION] = [10, 14];
const TYPES = { [TIMESTAMP]: () => ({ 1: TEXT }), [UNION]: () => ({ 1: vector(4) }) };
const FIELD: Table = {
  0: TEXT,
  3: { kind: "union", of: TYPES },
  4: table(() => ({ 1: table(() => NONE) })),
  5: tables(() => FIELD),
  6: NOTES,
};
const SCHEMA: Table = { 1: tables(() => FIELD), 2: NOTES, 3: vector(8) };
const BATCH: Table = { 1: vector(16), 2: vector(16), 3: table(() => NONE), 4: vector(8) };
const DICTIONARY: Table = { 1: table(() => BATCH) };
const HEADERS = { 1: () => SCHEMA, 2: () => DICTIONARY, 3: () => BATCH };

export const MESSAGE: Table = { 2: { kind: "union", of: HEADERS }, 4: NOTES };
export const FOOTER: Table = { 1: table(() => SCHEMA), 2: vector(24), 3: vector(24), 4: NOTES };

/** Fields within fields. */
const DEEPEST = 64;

/**
 * Checks that all that a description of an Arrow file refers to lies within it: apache-arrow believes what it reads, and
 * would make as many objects as a damaged number says.
 * @throws {Error}
 */
export function checkMetadata(bytes: Uint8Array, root: Table): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Each part takes at least four bytes, unless parts share theirs, which no writer does.
  let left = bytes.length / 4;
  const within = (at: number, size: number): number => {
    if (at < 0 || at + size > bytes.length) throw new Error("its description refers to what is not there");
    return at;
  };
  const target = (at: number): number => at + view.getUint32(within(at, 4), true);
  const lengthAt = (at: number, size: number): number => {
    const length = view.getUint32(within(at, 4), true);
    within(at + 4, length * size);
    return length;
  };
  const visit = (at: number, parts: Table, depth: number): void => {
    if (--left < 0 || depth > DEEPEST) throw new Error("its description refers to itself");
    const fields = at - view.getInt32(within(at, 4), true);
    const size = view.getUint16(within(fields, 4), true);
    const fieldAt = (field: number): number => {
      const entry = 4 + 2 * field;
      const offset = entry + 2 > size ? 0 : view.getUint16(within(fields + entry, 2), true);
      return offset === 0 ? 0 : at + offset;
    };
    for (const [key, part] of Object.entries(parts)) {
      const place = fieldAt(Number(key));
      if (place === 0) continue;
      switch (part.kind) {
        case "string":
          lengthAt(target(place), 1);
          break;
        case "vector":
          lengthAt(target(place), part.size);
          break;
        case "table":
          visit(target(place), part.of(), depth + 1);
          break;
        case "tables": {
          const first = target(place);
          const count = lengthAt(first, 4);
          for (let i = 0; i < count; i++) visit(target(first + 4 + 4 * i), part.of(), depth + 1);
          break;
        }
        case "union": {
          const kind = fieldAt(Number(key) - 1);
          const of = kind === 0 ? undefined : part.of[view.getUint8(within(kind, 1))];
          visit(target(place), of?.() ?? NONE, depth + 1);
          break;
        }
      }
    }
  };
  visit(target(0), root, 0);
}
