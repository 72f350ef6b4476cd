import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { joinBytes } from "../../src/core/join-bytes.js";
import { Tensor } from "../../src/core/tensor.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { openTfRecord, type TfRecordOptions } from "../../src/data/sources/tf-record.js";
import { maskedCrc32c } from "../../src/formats/index.js";

interface Fixture {
  readonly tfrecord: {
    readonly files: Readonly<Record<"" | "GZIP" | "ZLIB", string>>;
    readonly examples: readonly Readonly<Record<string, unknown>>[];
    readonly sequenceFile: string;
    readonly sequences: readonly Readonly<Record<string, unknown>>[];
  };
}

const path = join(import.meta.dirname, "../fixtures/keras/data_formats.json");
const { tfrecord: fixture } = JSON.parse(readFileSync(path, "utf8")) as Fixture;
const decode = (coded: string): Uint8Array => new Uint8Array(Buffer.from(coded, "base64"));

async function read(bytes: Uint8Array, options: TfRecordOptions): Promise<Readonly<Record<string, unknown>>[]> {
  const files = memoryVfs();
  await files.writeFile("a.tfrecord", bytes);
  const source = await openTfRecord("a.tfrecord", options, files);
  return [...(await source.read(0, source.length))];
}

/** As the fixture has it: lists, and integers of 64 bits as text. */
function plain(value: unknown): unknown {
  if (!(value instanceof Tensor)) return value;
  const elements = Array.from(value.data as ArrayLike<unknown>, (item) =>
    typeof item === "bigint" ? String(item) : item,
  );
  const rows = (shape: readonly number[], at: number): unknown[] =>
    shape.length === 1
      ? elements.slice(at, at + shape[0]!)
      : Array.from({ length: shape[0]! }, (_, i) => rows(shape.slice(1), at + i * shape[1]!));
  return rows(value.shape, 0);
}

const FEATURES = {
  id: { dtype: "int64" },
  grid: { dtype: "float32", shape: [2, 3] },
  name: { dtype: "string" },
  tokens: { dtype: "int64", shape: [null] },
  tags: { dtype: "string", shape: [null] },
  big: { dtype: "int64", shape: [2] },
  weight: { dtype: "float32", default: -1 },
  absent: { dtype: "float32", shape: [null] },
} as const;

describe("examples are those that tf.data reads", () => {
  test.each(["", "GZIP", "ZLIB"] as const)("compression %j", async (kind) => {
    const options = { features: FEATURES, compressionType: kind === "" ? null : kind };
    const examples = await read(decode(fixture.files[kind]), options);
    expect(examples.map((one) => Object.fromEntries(Object.entries(one).map(([name, v]) => [name, plain(v)])))).toEqual(
      fixture.examples.map((one) => ({ ...one, id: Number(one["id"]) })),
    );
    expect(examples[5]!["tokens"]).toEqual(new Tensor(new BigInt64Array([0n]), [1], "int64"));
    expect(examples[0]!["absent"]).toEqual(new Tensor(new Float32Array(0), [0]));
  });

  test("sequences: lists with a first axis of steps", async () => {
    const options = {
      features: { id: { dtype: "int64" } },
      sequenceFeatures: { steps: { dtype: "float32", shape: [2] }, labels: { dtype: "int64" } },
    } as const;
    const examples = await read(decode(fixture.sequenceFile), options);
    expect(examples.map(({ steps }) => (steps as Tensor).shape)).toEqual([0, 1, 2, 3, 0].map((n) => [n, 2]));
    expect(examples.map((one) => Object.fromEntries(Object.entries(one).map(([name, v]) => [name, plain(v)])))).toEqual(
      fixture.sequences.map((one) => ({ ...one, id: Number(one["id"]) })),
    );
  });

  test("the same bytes as other dtypes", async () => {
    const features = {
      tokens: { dtype: "int32", shape: [null] },
      name: { dtype: "bytes" },
      tags: { dtype: "bytes", shape: [null] },
    } as const;
    const [, , , fourth] = await read(decode(fixture.files[""]), { features });
    expect(fourth).toEqual({
      tokens: new Tensor(new Int32Array([0, 1000, 2000]), [3], "int32"),
      name: new TextEncoder().encode("𝄞!"),
      tags: [],
    });
  });
});

describe("what does not fit is named", () => {
  test.each([
    ["integers as floats", { id: { dtype: "float32" } }, "feature-type"],
    ["another number of values", { grid: { dtype: "float32", shape: [5] } }, "feature-values"],
    ["no whole rows", { grid: { dtype: "float32", shape: [null, 4] } }, "feature-values"],
    ["a missing feature", { absent: { dtype: "string" } }, "missing-field"],
    [
      "integers too large for a number",
      { big: { dtype: "int64", shape: [2] }, id: { dtype: "int32", shape: [2] } },
      "feature-values",
    ],
    ["integers too large for int32", { big: { dtype: "int32", shape: [2] } }, "feature-values"],
  ] as const)("%s", async (_name, features, code) => {
    await expect(read(decode(fixture.files[""]), { features })).rejects.toMatchObject({
      code,
      data: { path: "a.tfrecord", record: 0, field: expect.any(String) },
      parts: { received: expect.any(String), expected: expect.any(String), fix: expect.any(String) },
    });
  });

  test("without features, the error lists those of the first example", async () => {
    await expect(read(decode(fixture.files[""]), {})).rejects.toThrow(/"grid", 6 of float; .*"id", 1 of int64/);
    await expect(read(decode(fixture.sequenceFile), {})).rejects.toThrow(
      /"id", 1 of int64; list "(steps|labels)", 0 steps of \?/,
    );
  });

  test("a file that is compressed, and not said to be, is told", async () => {
    const opened = read(decode(fixture.files.GZIP), { features: FEATURES });
    await expect(opened).rejects.toThrow('compressionType: "GZIP"');
    await expect(read(decode(fixture.files.ZLIB), { features: FEATURES })).rejects.toThrow('compressionType: "ZLIB"');
    const other = read(decode(fixture.files[""]), { features: FEATURES, compressionType: "GZIP" });
    await expect(other).rejects.toMatchObject({ code: "unzip", data: { path: "a.tfrecord" } });
  });

  test("a compressed file keeps within memoryLimit", async () => {
    const options = { features: FEATURES, compressionType: "GZIP", memoryLimit: 500 } as const;
    await expect(read(decode(fixture.files.GZIP), options)).rejects.toMatchObject({ code: "unzip-memory" });
  });

  test("a record that is no example", async () => {
    const contents = new Uint8Array([0x0a, 0x7f, 1, 2]);
    const size = new Uint8Array([contents.length, 0, 0, 0, 0, 0, 0, 0]);
    const sum = (bytes: Uint8Array): Uint8Array => new Uint8Array(new Uint32Array([maskedCrc32c(bytes)]).buffer);
    const file = joinBytes([size, sum(size), contents, sum(contents)]);
    await expect(read(file, { features: FEATURES })).rejects.toMatchObject({
      code: "tfrecord-example",
      data: { record: 0 },
    });
  });

  test.each([
    [{ a: { dtype: "float" } }, "wrong-option"],
    [{ a: { dtype: "int64", shape: [2, null] } }, "wrong-option"],
    [{ a: { dtype: "int64", shape: [null], default: 1 } }, "wrong-option"],
    [{ a: { dtype: "int64", default: "x" } }, "wrong-option"],
    [{ a: { dtype: "int64", shape: [2], default: [1, 2, 3] } }, "wrong-option"],
    [{ a: { dtype: "int64", shap: [2] } }, "unknown-option"],
    [{}, "wrong-option"],
  ])("options %j", async (features, code) => {
    const given = { features } as unknown as TfRecordOptions;
    await expect(read(decode(fixture.files[""]), given)).rejects.toMatchObject({ code });
  });

  test("sequence features have no null in their shape", async () => {
    const sequenceFeatures = { steps: { dtype: "float32", shape: [null] } } as const;
    await expect(read(decode(fixture.sequenceFile), { sequenceFeatures })).rejects.toMatchObject({
      code: "wrong-option",
    });
  });
});
