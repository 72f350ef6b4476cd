import { readFileSync } from "node:fs";
import { join } from "node:path";
import { joinBytes } from "../../src/core/join-bytes.js";
import { folderOf } from "../../src/core/paths.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { decodeImage } from "../../src/data/index.js";
import type { RecordSource } from "../../src/data/records/source.js";
import { openNpz } from "../../src/data/sources/npz.js";
import { openTfRecord } from "../../src/data/sources/tf-record.js";
import { maskedCrc32c, writeNpz } from "../../src/formats/index.js";
import { readNpz } from "../../src/formats/npy/index.js";
import { writeZip } from "../../src/formats/zip/index.js";
import { SOURCES } from "../contracts/data-sources.cases.js";
import type { Target } from "./fuzz-targets.js";
import { mutateBytes } from "./mutate.js";

interface Fixture {
  readonly tfrecord: { readonly files: Readonly<Record<"" | "GZIP", string>> };
  readonly npz: Readonly<Record<"stored" | "compressed", string>>;
  readonly pictures: Readonly<Record<string, string>>;
}

const fixturePath = join(import.meta.dirname, "../fixtures/keras/data_formats.json");
const fixture = JSON.parse(readFileSync(fixturePath, "utf8")) as Fixture;
const decode = (coded: string): Uint8Array => new Uint8Array(Buffer.from(coded, "base64"));

type Files = Readonly<Record<string, Uint8Array>>;
type Open = (typeof SOURCES)[keyof typeof SOURCES]["open"];

/** Reads all blocks, or the first of a file that says it has very many. */
async function readAll(files: Files, open: Open): Promise<void> {
  const disk = memoryVfs();
  for (const [path, bytes] of Object.entries(files)) {
    await disk.makeFolder(folderOf(path));
    await disk.writeFile(path, bytes);
  }
  const { blocks, length, read }: RecordSource<unknown> = await open(disk);
  for (let i = 0; i < Math.min(blocks?.length ?? length, 100); i++) {
    if (blocks === null) await read(i, i + 1);
    else await read(blocks[i]!, blocks[i + 1] ?? length);
  }
}

/** Readers of data: every source of the table of contracts, and what lies behind checksums. */
export async function dataTargets(): Promise<Readonly<Record<string, Target>>> {
  const out: Record<string, Target> = {};
  for (const [name, { files, open, damage }] of Object.entries(SOURCES)) {
    const good = await files();
    for (const path of new Set(Object.values(damage).map(({ file }) => file))) {
      out[`${name}, ${path}`] = {
        make: async (chance) => mutateBytes(good[path]!, chance),
        read: (bytes) => readAll({ ...good, [path]: bytes }, open),
        // Every byte of a TFRecord file counts in a checksum.
        opens: name !== "tfRecord",
      };
    }
  }
  const single =
    (open: Open) =>
    (bytes: Uint8Array): Promise<void> =>
      readAll({ a: bytes }, open);
  const features = { tokens: { dtype: "int64", shape: [null] }, tags: { dtype: "bytes", shape: [null] } } as const;
  const framed = frames(decode(fixture.tfrecord.files[""]));
  return {
    ...out,
    "tfRecord, examples": {
      make: async (chance) => {
        const changed = chance.below(framed.length);
        return joinBytes(framed.map((frame, i) => frameOf(i === changed ? mutateBytes(frame, chance) : frame)));
      },
      read: single((files) => openTfRecord("a", { features }, files)),
    },
    "tfRecord, compressed": {
      make: async (chance) => mutateBytes(decode(fixture.tfrecord.files.GZIP), chance),
      read: single((files) => openTfRecord("a", { features, compressionType: "GZIP" }, files)),
      opens: false,
    },
    "npz, compressed": {
      make: async (chance) => mutateBytes(decode(fixture.npz.compressed), chance),
      read: single((files) => openNpz("a", { arrays: { x: "x_train" } }, files)),
      opens: false,
    },
    "npz, arrays": {
      make: async (chance) => {
        const arrays = Object.fromEntries(await readNpz(decode(fixture.npz.stored)));
        const name = chance.pick(["x_train", "y_train"]);
        const npz = await writeNpz({ [name]: arrays[name]! });
        const bytes = npz.subarray(npz.indexOf(0x93));
        return joinBytes(await writeZip([{ name: "x.npy", bytes: mutateBytes(bytes, chance) }]));
      },
      read: single((files) => openNpz("a", undefined, files)),
    },
    ...Object.fromEntries(
      Object.entries(fixture.pictures).map(([name, coded]) => [
        `decodeImage, ${name}`,
        {
          make: async (chance) => mutateBytes(decode(coded), chance),
          read: (bytes) => decodeImage(bytes),
        } satisfies Target,
      ]),
    ),
  };
}

/** The contents of the records of a TFRecord file. */
function frames(bytes: Uint8Array): Uint8Array[] {
  const out: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at]! + 256 * bytes[at + 1]!;
    out.push(bytes.subarray(at + 12, at + 12 + length));
    at += 16 + length;
  }
  return out;
}

function frameOf(contents: Uint8Array): Uint8Array {
  const length = new Uint8Array(new BigUint64Array([BigInt(contents.length)]).buffer);
  const sum = (bytes: Uint8Array): Uint8Array => new Uint8Array(new Uint32Array([maskedCrc32c(bytes)]).buffer);
  return joinBytes([length, sum(length), contents, sum(contents)]);
}
