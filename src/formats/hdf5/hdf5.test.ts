import { readFileSync } from "node:fs";
import { join } from "node:path";
import { inflateSync } from "node:zlib";
import fc from "fast-check";
import h5wasm from "h5wasm";
import { describe, expect, it } from "vitest";
import { Budget } from "../../core/budget.js";
import type { DType } from "../../core/dtype.js";
import { FormatError } from "../../core/errors.js";
import { Tensor } from "../../core/tensor.js";
import { type H5Attr, H5Group, readHdf5, readListAttr, writeHdf5, writeListAttr } from "./index.js";
import { FileLayout } from "./write/file-layout.js";

const folder = join(import.meta.dirname, "../../../test/fixtures/hdf5");
const fixture = (name: string): Uint8Array =>
  new Uint8Array(inflateSync(readFileSync(join(folder, `${name}.h5.zlib`))));

interface Row {
  readonly shape: number[];
  readonly values: (number | boolean | string)[];
}
const expected = JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")) as Record<string, Record<string, Row>>;

const DTYPES: readonly Exclude<DType, "string">[] = [
  "bool",
  "int8",
  "uint8",
  "int16",
  "uint16",
  "int32",
  "uint32",
  "int64",
  "uint64",
  "float16",
  "bfloat16",
  "float32",
  "float64",
];

function sample(): H5Group {
  const root = new H5Group();
  root.attrs.set("keras_version", "3.15.1");
  root.attrs.set("greek", "αβγ");
  root.attrs.set("names", ["a", "", "ccc"]);
  root.attrs.set("none", []);
  root.attrs.set("rate", 0.5);
  root.attrs.set("count", 7n);
  root.attrs.set("flag", true);
  root.attrs.set("__proto__", "only a name");
  root.attrs.set("config", "x".repeat(100_000));
  for (const dtype of DTYPES) {
    const big = dtype === "int64" || dtype === "uint64";
    root.put(`types/${dtype}`, new Tensor(big ? [0n, 1n, 1n, 0n] : [0, 1, 1, 0], [2, 2], dtype));
  }
  root.put("scalar", Tensor.scalar(3, "int32"));
  root.put("empty", Tensor.zeros([0, 5]));
  root.put("text", new Tensor(["ä", "b", ""], [3], "string"), { note: "three" });
  root.group("nothing/in/here");
  for (let i = 0; i < 600; i++) root.put(`many/g${i}/value`, Tensor.scalar(i));
  return root;
}

function plainAttrs(attrs: ReadonlyMap<string, H5Attr>): [string, unknown][] {
  return [...attrs].map(([name, value]) => [name, value instanceof Tensor ? value.tolist() : value]);
}

function plain(group: H5Group): unknown {
  return {
    attrs: plainAttrs(group.attrs),
    datasets: [...group.datasets]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, { tensor, attrs }]) => [name, tensor.dtype, tensor.shape, [...tensor.data], plainAttrs(attrs)]),
    groups: [...group.groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, child]) => [name, plain(child)]),
  };
}

describe("writeHdf5 and readHdf5", () => {
  it("keep everything: dtypes, shapes, attributes, empty groups", async () => {
    const back = plain(await readHdf5(writeHdf5(sample())));
    const tree = sample();
    tree.find("types/bfloat16")!.attrs.set("dtype", "bfloat16");
    expect(back).toEqual(plain(tree));
  });

  it("write equal bytes for equal trees", () => {
    expect(Buffer.compare(writeHdf5(sample()), writeHdf5(sample()))).toBe(0);
  });

  it("give files that libhdf5 reads", async () => {
    const { FS } = await h5wasm.ready;
    FS.writeFile("/sample.h5", writeHdf5(sample()));
    const file = new h5wasm.File("/sample.h5", "r");
    const attribute = (name: string): unknown => file.attrs[name]!.value;
    expect(attribute("greek")).toBe("αβγ");
    expect(attribute("names")).toEqual(["a", "", "ccc"]);
    expect(attribute("count")).toBe(7n);
    expect((attribute("config") as string).length).toBe(100_000);
    const value = (path: string): unknown => (file.get(path) as InstanceType<typeof h5wasm.Dataset>).value;
    expect(value("types/float32")).toEqual(new Float32Array([0, 1, 1, 0]));
    expect(value("types/int64")).toEqual(new BigInt64Array([0n, 1n, 1n, 0n]));
    expect(value("text")).toEqual(["ä", "b", ""]);
    expect((file.get("many") as InstanceType<typeof h5wasm.Group>).keys().length).toBe(600);
    for (let i = 0; i < 600; i++) expect(value(`many/g${i}/value`)).toBe(i);
    file.close();
  });

  it("refuse duplicate names, and names that HDF5 cannot hold", () => {
    const root = new H5Group();
    root.put("a/b", Tensor.scalar(1));
    expect(() => root.put("a/b", Tensor.scalar(1))).toThrow('Two things in an HDF5 file cannot have one name: "a/b"');
    expect(() => root.group("a/b/c")).toThrow(FormatError);
    const named = new H5Group();
    named.groups.set("x/y", new H5Group());
    expect(() => writeHdf5(named)).toThrow('"x/y" cannot be a name in an HDF5 file');
  });

  it("refuse files larger than an array can be, and say what to do", () => {
    const layout = new FileLayout(96);
    layout.reserve(2 ** 32);
    expect(() => layout.assemble()).toThrow(
      'would be larger than 4 GiB. Received: 4294967392 bytes. Save the weights in shards: model.saveWeights("NAME.weights.json"',
    );
  });

  it("say how to store a list that is too large for an attribute", () => {
    const root = new H5Group();
    root.attrs.set("layer_names", new Array<string>(5000).fill("dense"));
    expect(() => writeHdf5(root)).toThrow(
      'The attribute "layer_names" is too large for HDF5. Received: 80064 bytes. Expected: at most 65528.',
    );
  });
});

describe("list attributes", () => {
  it("are split as Keras splits them", async () => {
    const names = Array.from({ length: 700 }, (_, i) => `layer_${i}_${"n".repeat(200)}`);
    const keras = (await readHdf5(fixture("listing"))).attrs;
    expect(readListAttr(keras, "layer_names")).toEqual(names);
    expect(readListAttr(keras, "weight_names")).toEqual(["kernel", "bias"]);
    const root = new H5Group();
    writeListAttr(root.attrs, "layer_names", names);
    expect([...root.attrs.keys()]).toEqual([...keras.keys()].filter((name) => name.startsWith("layer_names")));
    expect(root.attrs.get("layer_names1")).toEqual(keras.get("layer_names1"));
    expect(readListAttr((await readHdf5(writeHdf5(root))).attrs, "layer_names")).toEqual(names);
  });

  it("hold many short names or none, but no name longer than an attribute", async () => {
    const root = new H5Group();
    const short = new Array<string>(10_000).fill("d");
    writeListAttr(root.attrs, "short", short);
    writeListAttr(root.attrs, "empty", []);
    const back = (await readHdf5(writeHdf5(root))).attrs;
    expect(readListAttr(back, "short")).toEqual(short);
    expect(readListAttr(back, "empty")).toEqual([]);
    expect(readListAttr(back, "other")).toBeUndefined();
    expect(() => writeListAttr(root.attrs, "long", ["x".repeat(64513)])).toThrow('A name in "long" is too long');
  });
});

describe("files of h5py", () => {
  it.each(Object.keys(expected))("%s: every array as h5py sees it", async (name) => {
    const root = await readHdf5(fixture(name));
    for (const [path, { shape, values }] of Object.entries(expected[name]!)) {
      const { tensor } = root.find(path)!;
      expect([path, tensor.shape]).toEqual([path, shape]);
      const numbers = values.map((value) => (typeof value === "boolean" ? Number(value) : value));
      expect([...tensor.data].map((value) => (typeof value === "bigint" ? Number(value) : value))).toEqual(numbers);
    }
  });

  it("texts: attributes of every kind", async () => {
    const { attrs } = await readHdf5(fixture("texts"));
    expect(Object.fromEntries(plainAttrs(attrs))).toEqual({
      utf8: "größe",
      ascii: "plain",
      names: ["a", "bb", "ccc"],
      fixed: ["a", "bb", "ccc"],
      none: [],
      long: "x".repeat(200_000),
      vector: [0, 1, 2, 3, 4],
      flag: true,
      count: 7n,
      small: 7,
    });
  });

  it("groups: B-trees of several levels", async () => {
    const root = await readHdf5(fixture("groups"));
    expect(root.groups.size).toBe(700);
    for (let i = 0; i < 700; i++) expect(root.find(`layer_${i}/kernel`)!.tensor.item()).toBe(i);
  });
});

describe("hostile files", () => {
  it.each([
    ["external", "hdf5-external-file", 'Refused: the data of "/stolen" lies in other files'],
    ["virtual", "hdf5-virtual-dataset", "Refused: a virtual dataset, whose data lies in other files"],
    ["soft", "hdf5-soft-link", 'Refused: the symbolic link "alias"'],
    ["external-link", "hdf5-external-link", 'the link "elsewhere" leads to another file'],
    ["lzf", "hdf5-unknown-filter", 'Refused: data packed with filter 32000 ("lzf")'],
    ["cycle", "hdf5-cycle", "an object is reached twice"],
    ["shared", "hdf5-cycle", "an object is reached twice"],
    ["deep", "hdf5-too-deep", "groups nested deeper than 64"],
    [
      "bomb",
      "hdf5-too-large",
      '"/huge" of shape (2147483648, 1048576) would take far more memory than the file has bytes',
    ],
    ["late", "hdf5-too-large", '"/huge" of shape (1099511627776) would take far more memory than the file has bytes'],
    ["gzip-bomb", "hdf5-too-large", "No Keras writes that: do not trust the file"],
    ["compound", "hdf5-unsupported", 'This HDF5 file uses compounds in "/table"'],
    ["dense", "hdf5-unsupported", 'groups of many links in the "latest" layout'],
  ])("%s is refused before memory is spent", async (name, code, message) => {
    const error = await readHdf5(fixture(name)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(FormatError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  it("a file within the budget is read", async () => {
    const root = await readHdf5(fixture("gzip-bomb"), new Budget(2 ** 28));
    expect(root.find("zeros")!.tensor.shape).toEqual([2 ** 25]);
  });

  it("a file that is not HDF5 is refused as such", async () => {
    await expect(readHdf5(new Uint8Array(0))).rejects.toThrow("This is not an HDF5 file. Received: an empty file.");
    await expect(readHdf5(new TextEncoder().encode("x".repeat(500)))).rejects.toMatchObject({ code: "not-hdf5" });
  });

  it.each(["numbers", "texts", "chunked", "latest", "groups"])(
    "%s: truncated anywhere, it is a FormatError",
    async (name) => {
      const bytes = fixture(name);
      for (let length = 0; length < bytes.length; length += 1 + Math.floor(bytes.length / 150)) {
        await expect(readHdf5(bytes.subarray(0, length))).rejects.toBeInstanceOf(FormatError);
      }
    },
  );

  it("files with flipped or overwritten bytes are read or refused, without a crash or a hang", async () => {
    const files = ["numbers", "texts", "chunked", "latest", "compact"].map(fixture);
    const edits = fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fc.nat(files.length - 1), edits, async (index, changes) => {
        const bytes = files[index]!.slice();
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const result = await readHdf5(bytes).catch((error: unknown) => error);
        expect(result instanceof H5Group || result instanceof FormatError).toBe(true);
      }),
      { numRuns: 1500, seed: 1 },
    );
  });
});
