import type { BinaryReader } from "@bufbuild/protobuf/wire";

/** The values of a feature, as they are stored. */
export type TfValues =
  | { readonly kind: "bytes"; readonly values: readonly Uint8Array[] }
  | { readonly kind: "float"; readonly values: Float32Array }
  | { readonly kind: "int64"; readonly values: BigInt64Array }
  | { readonly kind: "none"; readonly values: readonly never[] };

/** A tf.train.Example, or a SequenceExample, whose lists have one entry for each step. */
export interface TfExample {
  readonly features: ReadonlyMap<string, TfValues>;
  readonly lists: ReadonlyMap<string, readonly TfValues[]>;
}

export type MakeReader = (bytes: Uint8Array) => BinaryReader;

/** protobuf-es, which a program without TFRecord files does not load. */
export async function wireReader(): Promise<MakeReader> {
  const { BinaryReader } = await import("@bufbuild/protobuf/wire");
  return (bytes) => new BinaryReader(bytes);
}

const NONE: TfValues = { kind: "none", values: [] };
const VARINT = 0;
const DELIMITED = 2;
const BIT32 = 5;

/**
 * Reads what tensorflow/core/example/{example,feature}.proto define, into typed arrays.
 * @throws {Error} for bytes that are none
 */
export function readExample(bytes: Uint8Array, make: MakeReader): TfExample {
  const features = new Map<string, TfValues>();
  const lists = new Map<string, readonly TfValues[]>();
  fields(make(bytes), {
    1: (all) =>
      entries(make(all.bytes()), make, (name, value) =>
        features.set(name, value === null ? NONE : feature(value, make)),
      ),
    2: (all) =>
      entries(make(all.bytes()), make, (name, value) =>
        lists.set(name, value === null ? [] : featureList(value, make)),
      ),
  });
  return { features, lists };
}

/** What reads a field, by its number; every other is left out. */
type Readers = { readonly [field: number]: (reader: BinaryReader, wireType: number) => void };

function fields(reader: BinaryReader, readers: Readers): void {
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const read = readers[field];
    if (read === undefined) reader.skip(wireType, field);
    else read(reader, wireType);
  }
}

/** The entries of a map. */
function entries(
  reader: BinaryReader,
  make: MakeReader,
  onEntry: (name: string, value: Uint8Array | null) => void,
): void {
  fields(reader, {
    1: (all) => {
      let name = "";
      let value: Uint8Array | null = null;
      fields(make(all.bytes()), {
        1: (entry) => {
          name = entry.string();
        },
        2: (entry) => {
          value = entry.bytes();
        },
      });
      onEntry(name, value);
    },
  });
}

function featureList(bytes: Uint8Array, make: MakeReader): TfValues[] {
  const out: TfValues[] = [];
  fields(make(bytes), { 1: (reader) => out.push(feature(reader.bytes(), make)) });
  return out;
}

function feature(bytes: Uint8Array, make: MakeReader): TfValues {
  let out = NONE;
  fields(make(bytes), {
    1: (reader) => {
      const values: Uint8Array[] = [];
      // Copies: a picture that is kept must not keep its block.
      fields(make(reader.bytes()), { 1: (list) => values.push(list.bytes().slice()) });
      out = { kind: "bytes", values };
    },
    2: (reader) => {
      out = { kind: "float", values: floats(make(reader.bytes())) };
    },
    3: (reader) => {
      out = { kind: "int64", values: integers(make(reader.bytes()), make) };
    },
  });
  return out;
}

function floats(reader: BinaryReader): Float32Array {
  const parts: Float32Array[] = [];
  fields(reader, {
    1: (list, wireType) => {
      if (wireType === BIT32) parts.push(new Float32Array([list.float()]));
      else {
        const packed = list.bytes();
        if (wireType !== DELIMITED || packed.length % 4 !== 0) throw new Error("floats that do not fill 4 bytes each");
        parts.push(new Float32Array(packed.slice().buffer));
      }
    },
  });
  if (parts.length === 1) return parts[0]!;
  const out = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

function integers(reader: BinaryReader, make: MakeReader): BigInt64Array {
  const out: bigint[] = [];
  fields(reader, {
    1: (list, wireType) => {
      if (wireType === VARINT) out.push(BigInt(list.int64()));
      else {
        if (wireType !== DELIMITED) throw new Error("integers of another kind");
        const packed = make(list.bytes());
        while (packed.pos < packed.len) out.push(BigInt(packed.int64()));
        if (packed.pos > packed.len) throw new Error("an integer without an end");
      }
    },
  });
  return BigInt64Array.from(out);
}
