import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addressText, parseAddress, START } from "../../board/src/address-text.js";
import { csvLine } from "../../board/src/csv.js";
import { shellWord, shownBytes, shownDuration, shownNumber } from "../../board/src/format.js";
import { orderedKeys } from "../../board/src/keys.js";
import { forest, type Node } from "../../board/src/lineage/forest.js";
import { smoothed } from "../../board/src/parts/smooth.js";
import { layersIn } from "../../board/src/run/model-layers.js";
import { columnsOf, filterOf, grouped, sorted } from "../../board/src/table-model.js";
import type { Row, Table } from "../../src/board/wire.js";

const row = (id: string, more: Partial<Row> = {}): Row => ({
  id,
  state: "finished",
  why: null,
  step: 10,
  steps: 10,
  epoch: 1,
  epochs: 1,
  started: 1000,
  updated: 2000,
  seed: 1,
  resumes: 0,
  drifts: 0,
  warnings: 0,
  parent: null,
  changes: [],
  resumedAt: [],
  note: "",
  tags: [],
  last: [],
  settings: [],
  ...more,
});
const tableOf = (rows: readonly Row[]): Table => ({
  session: "s",
  revision: 1,
  folder: "runs",
  metrics: ["loss", "accuracy"],
  settings: ["optimizer", "rate"],
  rows,
});
const ROWS = [
  row("a", { last: [0.5, 0.9], settings: ["Adam", 0.1], tags: ["best"], note: "The first one" }),
  row("b", { last: ["NaN", null], settings: ["SGD", 0.01], state: "failed" }),
  row("c10", { last: [0.1, 0.7], settings: ["Adam", 0.001] }),
  row("c9", { last: [0.3], settings: ["SGD", 1] }),
];
const COLUMNS = columnsOf(tableOf(ROWS));
const filtered = (text: string): string[] => ROWS.filter(filterOf(text, COLUMNS).test).map(({ id }) => id);

describe("an address", () => {
  const word = fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 });
  const number = fc.option(fc.double({ noNaN: true, noDefaultInfinity: true }), { nil: null });
  const any = fc.record({
    view: fc.constantFrom("runs", "lineage", "compare"),
    id: fc.constant(""),
    filter: fc.string(),
    sort: word,
    group: fc.string(),
    hide: fc.array(word),
    on: fc.option(fc.array(word), { nil: null }),
    x: fc.constantFrom("step", "epoch", "time"),
    from: number,
    to: number,
    smooth: fc.constantFrom(0, 0.5, 0.99),
    logX: fc.boolean(),
    logY: fc.boolean(),
    keys: fc.option(fc.array(word), { nil: null }),
    axes: fc.array(word),
  });

  test("says all that is on show, and is read back the same", () => {
    fc.assert(
      fc.property(any, (address) => {
        const told = { ...address, from: address.from === 0 ? 0 : address.from, to: address.to === 0 ? 0 : address.to };
        expect(parseAddress(addressText(told as typeof START))).toEqual(told);
      }),
    );
  });

  test.each(["a/b c", "100%", "ü/#?&", "../..", "%2F"])("names any run: %s", (id) => {
    expect(parseAddress(addressText({ ...START, view: "run", id })).id).toBe(id);
  });

  test("of any other text is the table of runs", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(["runs", "lineage", "compare", "run"]).toContain(parseAddress(`#${text}`).view);
      }),
    );
    expect(parseAddress("")).toEqual(START);
  });
});

describe("the table", () => {
  test.each([
    ["", ["a", "b", "c10", "c9"]],
    ["c", ["c10", "c9"]],
    ["FIRST", ["a"]],
    ["loss<0.3", ["c10"]],
    ["loss<=0.3 optimizer:sgd", ["c9"]],
    ["optimizer!=adam", ["b", "c9"]],
    ["optimizer~da", ["a", "c10"]],
    ["tag:best", ["a"]],
    ["state:failed", ["b"]],
    ["rate>=0.1", ["a", "c9"]],
    ['"first one"', ["a"]],
    ["run=c9", ["c9"]],
    ["nothing:1", []],
  ])("is filtered by words and columns: %s", (text, ids) => {
    expect(filtered(text)).toEqual(ids);
  });

  test("a filter names columns that nobody has", () => {
    expect(filterOf("nothing:1 loss<1", COLUMNS).unknown).toEqual(["nothing"]);
  });

  test("is sorted by numbers or words, with what says nothing at the end either way", () => {
    const by = (sort: string): string[] => sorted(ROWS, sort, COLUMNS).map(({ id }) => id);
    expect(by("loss")).toEqual(["c10", "c9", "a", "b"]);
    expect(by("-loss")).toEqual(["a", "c9", "c10", "b"]);
    expect(by("run")).toEqual(["a", "b", "c9", "c10"]);
    expect(by("accuracy")).toEqual(["c10", "a", "b", "c9"]);
    expect(by("unknown")).toEqual(["a", "b", "c10", "c9"]);
  });

  test("is grouped by a column", () => {
    const lines = grouped(
      ROWS,
      COLUMNS.find(({ id }) => id === "optimizer"),
      new Set(["SGD"]),
    );
    expect(lines.map((line) => (line.kind === "run" ? line.row.id : `${line.label} ${line.rows.length}`))).toEqual([
      "Adam 2",
      "a",
      "c10",
      "SGD 2",
    ]);
  });

  test("has the columns in which runs differ", () => {
    const ids = columnsOf(tableOf(ROWS.map((one) => ({ ...one, settings: ["Adam", one.settings[1]!] })))).map(
      ({ id }) => id,
    );
    expect(ids).toContain("rate");
    expect(ids).not.toContain("optimizer");
  });
});

test("families are whole, and records that say that runs began from each other end nothing", () => {
  const from = (run: string, step = 5) => ({ parent: { run, step, here: true } });
  const rows = [
    row("root"),
    row("child", from("root")),
    row("grand", from("child")),
    row("x", from("y")),
    row("y", from("x")),
    row("self", from("self")),
  ];
  const names = ({ row: { id }, children }: Node): unknown => [id, children.map(names)];
  const all = new Map(rows.map((one) => [one.id, one]));
  expect(forest([rows[2]!], all).map(names)).toEqual([["root", [["child", [["grand", []]]]]]]);
  expect(forest(rows, all).reduce((sum, { size }) => sum + size, 0)).toBeGreaterThanOrEqual(5);
});

test("a smoothed curve begins at its first point and keeps its gaps", () => {
  expect(smoothed([4, null, 4, 4], 0.9)[0]).toBeCloseTo(4);
  expect(smoothed([4, null, 4], 0.9)[1]).toBeNull();
  expect(smoothed([1, 2, 3], 0)).toEqual([1, 2, 3]);
});

test("a line of CSV is one line to any reader, and no formula", () => {
  expect(csvLine(["a,b", 'say "x"', "two\nlines", "=1+1", "-5", "@x", null, 0.5])).toBe(
    `"a,b","say ""x""","two\nlines",'=1+1,-5,'@x,,0.5`,
  );
});

test("numbers, sizes, durations and words of a shell as people read them", () => {
  expect([0.00001234, 0.0005, 0.123456, 1234567, 3e12, 0, -0.5].map(shownNumber)).toEqual([
    "1.23e-5",
    "0.0005",
    "0.1235",
    "1,234,567",
    "3,000,000,000,000",
    "0",
    "-0.5",
  ]);
  expect([0, 1023, 1536, 5e6].map(shownBytes)).toEqual(["0 B", "1023 B", "1.5 KB", "4.8 MB"]);
  expect([0, 42_000, 185_000, 7_800_000, 360_000_000].map(shownDuration)).toEqual([
    "under 1 s",
    "42 s",
    "3 min 5 s",
    "2 h 10 min",
    "4 d 4 h",
  ]);
  expect(["runs/a@12", "a b", "it's", "$(rm)"].map(shellWord)).toEqual(["runs/a@12", "'a b'", `'it'\\''s'`, "'$(rm)'"]);
});

test("keys stand in an order for reading", () => {
  expect(orderedKeys(["learning_rate", "val_mae", "val_loss", "mae", "loss", "step_ms"])).toEqual([
    "loss",
    "val_loss",
    "mae",
    "val_mae",
    "learning_rate",
    "step_ms",
  ]);
});

test("layers of a model are found in its config, whatever it is", () => {
  const layer = (name: string, from: string[]) => ({
    class_name: "Dense",
    name,
    config: { name, units: 3, activation: "relu" },
    inbound_nodes:
      from.length === 0
        ? []
        : [{ args: from.map((one) => ({ class_name: "__keras_tensor__", config: { keras_history: [one, 0, 0] } })) }],
  });
  const functional = {
    class_name: "Functional",
    config: { layers: [layer("a", []), layer("b", ["a"]), layer("c", ["a", "b"])] },
  };
  const found = layersIn({ model: functional });
  expect(found.map(({ name, settings, inputs }) => [name, settings, inputs])).toEqual([
    ["a", "3, relu", []],
    ["b", "3, relu", ["a"]],
    ["c", "3, relu", ["a", "b"]],
  ]);
  fc.assert(fc.property(fc.jsonValue(), (value) => void layersIn(value)));
});
