import { crc32, deflateRawSync, deflateSync } from "node:zlib";
import type { Json } from "../../src/core/stateful.js";
import * as h5 from "./h5-by-hand.js";

/** A generated file: the same bytes each time. */
export interface Made {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** Files that must be beside it. */
  readonly beside?: readonly string[];
  /** The expected result, where only one is right: "opens", or the code of the refusal. */
  readonly end?: string | RegExp;
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const text = JSON.stringify;

// Archives, built entry by entry, so that each number in them can be false.

interface Entry {
  readonly name: string | Uint8Array;
  readonly content: Uint8Array;
  readonly packed?: boolean;
  /** Unix mode. */
  readonly mode?: number;
  /** False values for the directory's fields. */
  readonly claims?: { readonly size?: number; readonly offset?: number };
}

function le(bytes: number, value: number): Uint8Array {
  return Uint8Array.from({ length: bytes }, (_, i) => Math.floor(value / 2 ** (8 * i)) % 256);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

function archive(entries: readonly Entry[], end: { readonly count?: number; readonly size?: number } = {}): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const { name, content, packed = true, mode = 0o100644, claims = {} } of entries) {
    const raw = typeof name === "string" ? utf8(name) : name;
    const stored = packed
      ? new Uint8Array(deflateRawSync(content, { level: content.length > 2 ** 20 ? 4 : 9 }))
      : content;
    const shared = joined([
      le(2, 20),
      le(2, 0x0800),
      le(2, packed ? 8 : 0),
      le(4, 0x00210000),
      le(4, crc32(content)),
      le(4, stored.length),
      le(4, claims.size ?? content.length),
      le(2, raw.length),
      le(2, 0),
    ]);
    directory.push(
      joined([
        le(4, 0x02014b50),
        le(2, 0x0314),
        shared,
        le(6, 0),
        le(4, mode * 0x10000),
        le(4, claims.offset ?? at),
        raw,
      ]),
    );
    parts.push(le(4, 0x04034b50), shared, raw, stored);
    at += 30 + raw.length + stored.length;
  }
  const list = joined(directory);
  const count = end.count ?? entries.length;
  const last = [
    le(4, 0x06054b50),
    le(4, 0),
    le(2, count),
    le(2, count),
    le(4, end.size ?? list.length),
    le(4, at),
    le(2, 0),
  ];
  return joined([...parts, list, ...last]);
}

// Models.

const layer = (className: string, config: object, more: object = {}): Json =>
  ({ module: "keras.layers", class_name: className, config, registered_name: null, ...more }) as Json;
const input = (shape: readonly (number | null)[]): Json =>
  layer("InputLayer", { batch_shape: shape, dtype: "float32", sparse: false, name: "input_layer" });
const dense = (units: number | Json, config: object = {}): Json => layer("Dense", { name: "d", units, ...config });
const sequential = (layers: readonly Json[], config: object = {}): Json =>
  ({
    module: "keras",
    class_name: "Sequential",
    config: { name: "m", layers, ...config },
    registered_name: null,
  }) as Json;

const GOOD = sequential([input([null, 3]), dense(4)]);

/** Weights of {@link GOOD}. */
function weights(): Uint8Array {
  const [kernel, bias] = [new Uint8Array(48), new Uint8Array(16)];
  const array =
    (part: number, ...dims: number[]) =>
    (at: (part: number) => number): readonly h5.Message[] => [
      h5.type(h5.TYPES.f4),
      h5.space(...dims),
      h5.contiguous(at(part), 4 * dims.reduce((a, b) => a * b)),
    ];
  return h5.byHand([
    (at) => [h5.link("layers", at(1))],
    (at) => [h5.link("dense", at(2)), [2, [0, 0, ...new Array<number>(16).fill(0xff)]]],
    (at) => [h5.link("vars", at(3)), [2, [0, 0, ...new Array<number>(16).fill(0xff)]]],
    (at) => [h5.link("0", at(4)), h5.link("1", at(5)), [2, [0, 0, ...new Array<number>(16).fill(0xff)]]],
    array(6, 3, 4),
    array(7, 4),
    kernel,
    bias,
  ]);
}
const noWeights = (): Uint8Array => h5.byHand([() => []]);

interface KerasParts {
  readonly config?: Json | string | Uint8Array;
  readonly weights?: () => Uint8Array;
  readonly packed?: boolean;
  readonly more?: readonly Entry[];
}

function entriesOf({ config = GOOD, weights: file = weights, packed = true, more = [] }: KerasParts = {}): Entry[] {
  const content = config instanceof Uint8Array ? config : utf8(typeof config === "string" ? config : text(config));
  return [
    { name: "metadata.json", content: utf8('{"keras_version": "3.15.1"}') },
    { name: "config.json", content, packed },
    { name: "model.weights.h5", content: file() },
    ...more,
  ];
}
const keras = (name: string, parts: () => KerasParts, end?: Made["end"]): Made => ({
  name: `${name}.keras`,
  bytes: () => archive(entriesOf(parts())),
  ...(end === undefined ? {} : { end }),
});
const built = (name: string, layers: () => readonly Json[], end?: Made["end"]): Made =>
  keras(name, () => ({ config: sequential(layers()), weights: noWeights }), end);

/** {@link GOOD}, compiled with these metrics. */
const compiled = (name: string, metrics: () => Json, end?: Made["end"]): Made =>
  keras(
    name,
    () => {
      const optimizer = { module: "keras.optimizers", class_name: "Adam", config: {}, registered_name: null };
      return {
        config: { ...(GOOD as object), compile_config: { optimizer, loss: "mse", metrics: metrics() } } as Json,
      };
    },
    end,
  );
const metric = (className: string, config: object): Json =>
  [{ module: "keras.metrics", class_name: className, config: { name: "x", ...config }, registered_name: null }] as Json;

const tensor = (name: string, node = 0): Json => ({
  class_name: "__keras_tensor__",
  config: { shape: [null, 3], dtype: "float32", keras_history: [name, node, 0] },
});
const call = (...args: Json[]): Json => ({ args, kwargs: {} });
const functional = (name: string, layers: readonly Json[], from: Json, to: Json): Json =>
  ({
    module: "keras.src.models.functional",
    class_name: "Functional",
    config: { name, layers, input_layers: from, output_layers: to },
    registered_name: "Functional",
  }) as Json;
const start = (): Json => layer("InputLayer", { batch_shape: [null, 3], name: "i" }, { name: "i", inbound_nodes: [] });

/** Nested models, each called `calls` times by the one around it. */
function nested(depth: number, calls: number): Json {
  const leaf = layer(
    "Activation",
    { name: "a", activation: "tanh" },
    { name: "a", inbound_nodes: [call(tensor("i"))] },
  );
  let model = functional("m0", [start(), leaf], ["i", 0, 0], ["a", 0, 0]);
  for (let d = 1; d <= depth; d++) {
    const name = `m${d - 1}`;
    const nodes = Array.from({ length: calls }, (_, c) => call(tensor(c === 0 ? "i" : name, Math.max(0, c - 1))));
    const inner = { ...(model as object), name, inbound_nodes: nodes } as Json;
    model = functional(`m${d}`, [start(), inner], ["i", 0, 0], [name, calls - 1, 0]);
  }
  return model;
}

/** A chain whose layers are listed in reverse. */
function backwards(count: number): Json {
  const names = Array.from({ length: count }, (_, i) => `a${i}`);
  const chain = names.map((name, i) =>
    layer(
      "Activation",
      { name, activation: "relu" },
      { name, inbound_nodes: [call(tensor(i === 0 ? "i" : names[i - 1]!))] },
    ),
  );
  return functional("back", [start(), ...chain.reverse()], ["i", 0, 0], [names.at(-1)!, 0, 0]);
}

const many = (count: number, item: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => item(i)).join(",");
const replaced = (from: string, to: string): string => text(GOOD).replace(from, to);
const packedZeros = (size: number): Uint8Array => new Uint8Array(deflateSync(new Uint8Array(size), { level: 9 }));

const weightsFile = (name: string, bytes: () => Uint8Array, end: Made["end"] = /^hdf5-/): Made => ({
  name: `${name}.weights.h5`,
  bytes,
  end,
});

/** An array of zeros, compressed in one chunk that extends past it. */
const zeros = (
  elements: number,
  chunk: number,
  element: readonly number[],
  size: number,
  ...more: number[]
): Uint8Array => {
  const data = packedZeros(chunk * size);
  return h5.oneDataset(
    (at) => [h5.type(element), h5.space(elements), h5.filters(...more, 1), h5.single(at, chunk, size, data.length)],
    data,
  );
};

const npy = (shape: string, header = ""): Uint8Array => {
  const words = `{'descr': '<f4', 'fortran_order': True, 'shape': ${shape}, }${header}\n`;
  return joined([Uint8Array.of(0x93), utf8("NUMPY\u0002\0"), le(4, words.length), utf8(words), new Uint8Array(64)]);
};

/**
 * Files that claim more than they contain: memory, time, a crash of the engine, or terminal control characters in what
 * is shown. Each kind has several variants; a new kind gets a row.
 */
export const MADE: readonly Made[] = [
  keras("good-made", () => ({}), "opens"),
  keras("config-stored", () => ({ packed: false }), "opens"),
  // JSON: time and memory of reading it.
  keras("json-backslashes", () => ({ config: `{"a": NaN, "${"\\\\".repeat(3_000_000)}` }), "config-json"),
  keras("json-open-quote", () => ({ config: `{"a": NaN, ${'"\\'.repeat(3_000_000)}` }), "config-json"),
  keras("json-keys", () => ({ config: `{${many(250_000, (i) => `"k${i.toString(36)}":0`)}}` }), "config-size"),
  keras("json-keys-of-digits", () => ({ config: `{${many(250_000, (i) => `"${i * 7}":0`)}}` }), "config-size"),
  keras("json-texts", () => ({ config: `[${many(350_000, (i) => `"${i.toString(36)}"`)}]` }), "config-size"),
  keras("json-texts-stored", () => ({ config: `[${many(500_000, (i) => `"${i}"`)}]`, packed: false }), "config-size"),
  keras("json-lists", () => ({ config: `[${many(2_000_000, () => "[]")}]` }), "config-size"),
  keras("json-depth", () => ({ config: '{"a":'.repeat(100_000) }), "config-depth"),
  keras("json-digits", () => ({ config: replaced('"units":4', `"units":${"9".repeat(2_000_000)}`) }), "layer-config"),
  keras("json-same-key", () => ({ config: `{${many(500_000, () => '"a":1')}}` }), "config-size"),
  keras("json-last-key-counts", () => ({ config: `${text(GOOD).slice(0, -1)},"class_name":"Lambda"}` }), "python-code"),
  keras("json-half-a-pair", () => ({ config: replaced('"name":"d"', '"name":"\\ud800"') }), "opens"),
  keras("json-mark", () => ({ config: `\ufeff${text(GOOD)}` }), "opens"),
  keras("json-not-utf8", () => ({ config: Uint8Array.from(text(GOOD), (c) => (c === "d" ? 0xff : c.charCodeAt(0))) })),
  // Names: long ones, and ones with terminal control characters.
  keras(
    "name-long",
    () => ({ config: sequential([input([null, 3]), dense(4, { name: "n".repeat(2_000_000) })]) }),
    "opens",
  ),
  built("name-long-class", () => [input([null, 3]), layer("Dens".repeat(500_000), { name: "x" })], "unknown-class"),
  built("name-long-activation", () => [input([null, 3]), dense(4, { activation: "relu".repeat(500_000) })]),
  built("name-long-option", () => [input([null, 3]), dense(4, { ["unit_".repeat(400_000)]: 1 })]),
  built("name-long-initializer", () => [input([null, 3]), dense(4, { kernel_initializer: "zero".repeat(500_000) })]),
  built("name-long-equation", () => [
    input([null, 4]),
    layer("EinsumDense", { name: "e", equation: `ab,bc->a${"c".repeat(1_000_000)}`, output_shape: [4] }),
  ]),
  compiled("name-long-metric", () => ["mae".repeat(500_000)]),
  keras(
    "name-escapes",
    () => ({
      config: sequential(
        [input([null, 3]), dense(4, { name: "\u001b[2J\u001b]0;x\u0007\u009b31mred\u202egpj.exe\u2066\u200b" })],
        { name: "\u001b[2Jm\nDigest  holds" },
      ),
    }),
    "opens",
  ),
  built(
    "name-escapes-class",
    () => [input([null, 3]), layer("\u001b]0;x\u0007\u202eDense\r\n", { name: "x" })],
    "unknown-class",
  ),
  // Configs whose weights, states and constants are larger than the file.
  built("config-units", () => [input([null, 3]), dense(1e9)], "weights-missing"),
  built(
    "config-embedding",
    () => [input([null, 3]), layer("Embedding", { name: "e", input_dim: 1e9, output_dim: 1e6 })],
    "weights-missing",
  ),
  built("config-kernel", () => [
    input([null, 8, 8, 1]),
    layer("Conv2D", { name: "c", filters: 1e6, kernel_size: [1e4, 1e4] }),
  ]),
  built(
    "config-orthogonal",
    () => [input([null, 5000]), dense(5000, { kernel_initializer: { class_name: "Orthogonal", config: {} } })],
    "weights-missing",
  ),
  built("config-states", () => [input([1e8, 2, 1]), layer("LSTM", { name: "l", units: 4, stateful: true })]),
  built("config-repeat", () => [input([null, 3]), layer("RepeatVector", { name: "r", n: 1e9 })], "opens"),
  built(
    "config-padding",
    () => [
      input([null, 3, 3, 1]),
      layer("ZeroPadding2D", {
        name: "z",
        padding: [
          [1e9, 1e9],
          [1e9, 1e9],
        ],
      }),
    ],
    "opens",
  ),
  built("config-pool", () => [
    input([null, 9e4, 9e4, 1]),
    layer("AveragePooling2D", { name: "p", pool_size: [2, 2], padding: "same", strides: [1, 1] }),
  ]),
  built(
    "config-up-sampling",
    () => [input([null, 3, 3, 1]), layer("UpSampling2D", { name: "u", size: [1e9, 1e9] })],
    "opens",
  ),
  built("config-rank", () => [input([null, ...new Array<number>(100_000).fill(1)]), layer("Flatten", { name: "f" })]),
  built("config-reshape", () => [
    input([null, 4]),
    layer("Reshape", { name: "r", target_shape: [...new Array<number>(100_000).fill(1), 4] }),
  ]),
  built("config-permute", () => [
    input([null, 4]),
    layer("Permute", { name: "p", dims: Array.from({ length: 100_000 }, (_, i) => i + 1) }),
  ]),
  built("config-axes", () => [
    input([null, 4]),
    layer("LayerNormalization", { name: "l", axis: Array.from({ length: 100_000 }, (_, i) => -i - 1) }),
  ]),
  compiled("config-thresholds", () => metric("AUC", { num_thresholds: 1e9 }), "too-large"),
  compiled(
    "config-specificity",
    () => metric("SensitivityAtSpecificity", { specificity: 0.5, num_thresholds: 1e8 }),
    "too-large",
  ),
  compiled("config-classes", () => metric("MeanIoU", { num_classes: 1e6 })),
  compiled("config-list-of-thresholds", () =>
    metric("Precision", { thresholds: new Array<number>(500_000).fill(0.5) }),
  ),
  compiled("config-metrics", () => new Array<string>(100_000).fill("mae")),
  // Graphs: sharing that doubles with each level, and calls in the worst order.
  keras("graph-nested-40", () => ({ config: nested(40, 2), weights: noWeights })),
  keras("graph-nested-3x1000", () => ({ config: nested(3, 1000), weights: noWeights }), /^too-/),
  keras("graph-nested-80", () => ({ config: nested(60, 3), weights: noWeights })),
  keras("graph-backwards", () => ({ config: backwards(2500), weights: noWeights })),
  keras("graph-layers", () => ({
    config: sequential([
      input([null, 3]),
      ...Array.from({ length: 20_000 }, (_, i) => layer("Activation", { name: `a${i}`, activation: "relu" })),
    ]),
    weights: noWeights,
    packed: false,
  })),
  keras(
    "graph-same-layer",
    () => ({
      config: functional(
        "loop",
        [start(), layer("Add", { name: "p" }, { name: "p", inbound_nodes: [call([tensor("i"), tensor("p")])] })],
        ["i", 0, 0],
        ["p", 0, 0],
      ),
      weights: noWeights,
    }),
    "unresolved-calls",
  ),
  // Archives.
  {
    name: "zip-40k.keras",
    bytes: () =>
      archive(
        entriesOf({
          more: Array.from({ length: 40_000 }, (_, i) => ({
            name: `a/${i}`,
            content: new Uint8Array(0),
            packed: false,
          })),
        }),
      ),
  },
  {
    name: "zip-bomb.keras",
    bytes: () => archive(entriesOf({ more: [{ name: "z", content: new Uint8Array(40_000_000) }] })),
    end: /^zip-too-large$/,
  },
  {
    name: "zip-claims.keras",
    bytes: () => archive(entriesOf({ more: [{ name: "z", content: new Uint8Array(10), claims: { size: 4e9 } }] })),
    end: /^zip-too-large$/,
  },
  {
    name: "zip-overlap.keras",
    bytes: () =>
      archive(entriesOf({ more: [{ name: "z", content: utf8("x"), packed: false, claims: { offset: 0 } }] })),
    end: /^zip-damaged$/,
  },
  {
    name: "zip-twice.keras",
    bytes: () => archive(entriesOf({ more: [{ name: "config.json", content: utf8("{}") }] })),
    end: /^zip-damaged$/,
  },
  {
    name: "zip-up.keras",
    bytes: () => archive(entriesOf({ more: [{ name: "..\\evil", content: utf8("x") }] })),
    end: /^zip-damaged$/,
  },
  {
    name: "zip-long-name.keras",
    bytes: () => archive(entriesOf({ more: [{ name: "../".repeat(20_000), content: utf8("x") }] })),
    end: /^zip-damaged$/,
  },
  {
    name: "zip-escapes.keras",
    bytes: () => archive(entriesOf({ more: [{ name: "/\u001b[2J\u202e\u009b", content: utf8("x") }] })),
    end: /^zip-damaged$/,
  },
  {
    name: "zip-link.keras",
    bytes: () => archive(entriesOf({ more: [{ name: "l", content: utf8("/etc/passwd"), mode: 0o120777 }] })),
    end: /^zip-symlink$/,
  },
  {
    name: "zip-pipe.keras",
    bytes: () => archive(entriesOf({ more: [{ name: "l", content: utf8(""), packed: false, mode: 0o10666 }] })),
    end: /^zip-not-a-file$/,
  },
  { name: "zip-count.keras", bytes: () => archive(entriesOf(), { count: 65_535 }), end: /^zip-damaged$/ },
  { name: "zip-size.keras", bytes: () => archive(entriesOf(), { size: 0xffff_fff0 }), end: /^zip-damaged$/ },
  keras("zip-in-zip", () => ({ weights: () => zeros(6_000_000, 6_000_000, h5.TYPES.f4, 4) }), /too-large/),
  // HDF5.
  weightsFile("h5-implicit", () =>
    h5.oneDataset((at) => [h5.type(h5.TYPES.u1), h5.space(60_000_000), h5.implicit(at, 1, 1)], new Uint8Array(7)),
  ),
  weightsFile("h5-implicit-5m", () =>
    h5.oneDataset((at) => [h5.type(h5.TYPES.u1), h5.space(5_000_000), h5.implicit(at, 1, 1)], new Uint8Array(7)),
  ),
  weightsFile("h5-texts", () =>
    h5.oneDataset(() => [h5.type(h5.TYPES.text(1)), h5.space(10_000_000), h5.unwritten(10_000_000)]),
  ),
  weightsFile("h5-texts-filled", () =>
    h5.oneDataset(() => [
      h5.type(h5.TYPES.text(8)),
      h5.space(1_500_000),
      h5.unwritten(0),
      h5.fill([...utf8("abcdefgh")]),
    ]),
  ),
  weightsFile("h5-many-texts", () =>
    h5.oneDataset(() => [h5.type(h5.TYPES.manyTexts), h5.space(900_000), h5.unwritten(0)]),
  ),
  weightsFile("h5-overhang", () => zeros(2_500_000, 10_000_000, h5.TYPES.f4, 4)),
  weightsFile("h5-overhang-u1", () => zeros(8_000_000, 32_000_000, h5.TYPES.u1, 1, 2)),
  weightsFile("h5-filters", () => zeros(1_000_000, 1_000_000, h5.TYPES.u1, 1, ...new Array<number>(250).fill(1))),
  weightsFile("h5-zeros", () => zeros(20_000_000, 20_000_000, h5.TYPES.f4, 4)),
  weightsFile("h5-same-place", () => {
    const size = 300_000;
    return h5.byHand([
      (at) => Array.from({ length: 400 }, (_, i) => h5.link(`d${i}`, at(2 + i))),
      new Uint8Array(4 * size),
      ...Array.from({ length: 400 }, () => (at: (part: number) => number): readonly h5.Message[] => [
        h5.type(h5.TYPES.f4),
        h5.space(size),
        h5.contiguous(at(1), 4 * size),
      ]),
    ]);
  }),
  weightsFile("h5-itself", () => h5.byHand([(at) => [h5.link("x", at(0))]])),
  weightsFile("h5-huge", () =>
    h5.oneDataset((at) => [h5.type(h5.TYPES.f4), h5.space(2 ** 40), h5.contiguous(at, 2 ** 42)]),
  ),
  weightsFile(
    "h5-attributes",
    () => h5.byHand([() => Array.from({ length: 15_000 }, (_, i) => h5.textAttribute(`a${i}`, "x"))]),
    /./,
  ),
  // Indexes of shards, arrays, checkpoints.
  {
    name: "shards-many.weights.json",
    bytes: () => utf8(`{"metadata":{},"weight_map":{${many(100_000, (i) => `"/l/${i}":"s${i}.weights.h5"`)}}}`),
  },
  {
    name: "shards-up.weights.json",
    bytes: () => utf8('{"weight_map":{"/l":"../good.weights.h5"}}'),
    end: /^shard-name$/,
  },
  {
    name: "shards-long.weights.json",
    bytes: () => utf8(text({ weight_map: { "/l": "\u001b".repeat(1_000_000) } })),
    end: /^shard-name$/,
  },
  {
    name: "shards-together.weights.json",
    beside: [0, 1, 2, 3].map((i) => `part${i}.weights.h5`),
    bytes: () =>
      utf8(text({ weight_map: Object.fromEntries([0, 1, 2, 3].map((i) => [`/l${i}`, `part${i}.weights.h5`])) })),
    end: /too-large/,
  },
  {
    name: "tfjs-up.json",
    bytes: () => utf8(text({ modelTopology: {}, weightsManifest: [{ paths: ["../good-made.keras"], weights: [] }] })),
    end: /^shard-name$/,
  },
  {
    name: "tfjs-many.json",
    bytes: () => utf8(`{"modelTopology":{},"weightsManifest":[${many(100_000, () => '{"paths":[],"weights":[]}')}]}`),
  },
  {
    name: "tfjs-huge.json",
    bytes: () =>
      utf8(
        text({
          modelTopology: {},
          weightsManifest: [{ paths: [], weights: [{ name: "a", dtype: "float32", shape: [2 ** 40] }] }],
        }),
      ),
    end: /^tfjs-weights-size$/,
  },
  ...[0, 1, 2, 3].map(
    (i): Made => ({ name: `part${i}.weights.h5`, bytes: () => zeros(2_500_000, 2_500_000, h5.TYPES.f4, 4) }),
  ),
  {
    name: "npy-header.npz",
    bytes: () => archive([{ name: "a.npy", content: npy("(1,)", " ".repeat(9_000_000)) }]),
    end: /^npy-damaged$/,
  },
  {
    name: "npy-rank.npz",
    bytes: () => archive([{ name: "a.npy", content: npy(`(${"1,".repeat(20_000)})`) }]),
    end: /^npy-damaged$/,
  },
  {
    name: "npy-many.npz",
    bytes: () =>
      archive(Array.from({ length: 10_000 }, (_, i) => ({ name: `${i}.npy`, content: npy("(0,)"), packed: false }))),
  },
];
