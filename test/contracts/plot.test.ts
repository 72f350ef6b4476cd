import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Input, layers, Model, Sequential, utils } from "../../src/index.js";

const folder = mkdtempSync(join(tmpdir(), "pawl-plot-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Two branches, one of them long, and a model inside. */
let model: Model;
beforeAll(() => {
  const encoder = new Sequential(
    [
      new layers.Dense(2, { activation: "relu", inputShape: [4], name: "first" }),
      new layers.Dense(4, { name: "second" }),
    ],
    { name: "encoder" },
  );
  const x = Input({ shape: [4], name: "in" });
  const sum = new layers.Add({ name: "sum" }).apply([x, encoder.apply(x)]);
  model = new Model(x, new layers.Dense(1, { name: 'o"<ut>', trainable: false }).apply(sum), { name: "net" });
});

describe("drawings of models", () => {
  test("Graphviz's language has Keras's tables, and an edge for each pair of layers", () => {
    expect(utils.modelToDot(model, { showShapes: true, showTrainable: true })).toMatchInlineSnapshot(`
      "digraph "net" {
        graph [rankdir=TB, concentrate=true, dpi=200, splines=ortho];
        node [shape=plain, fontname="Helvetica", margin=0];
        n0 [label=<<table border="0" cellborder="1" bgcolor="black" cellpadding="10"><tr><td colspan="1" bgcolor="black"><font point-size="16" color="white"><b>in</b> (InputLayer)</font></td></tr><tr><td bgcolor="white"><font point-size="14">Output shape: <b>(None, 4)</b></font></td></tr></table>>];
        n1 [label=<<table border="0" cellborder="1" bgcolor="black" cellpadding="10"><tr><td colspan="3" bgcolor="black"><font point-size="16" color="white"><b>encoder</b> (Sequential)</font></td></tr><tr><td bgcolor="white"><font point-size="14">Input shape: <b>(None, 4)</b></font></td><td bgcolor="white"><font point-size="14">Output shape: <b>(None, 4)</b></font></td><td bgcolor="forestgreen"><font point-size="14" color="white"><b>Trainable</b></font></td></tr></table>>];
        n2 [label=<<table border="0" cellborder="1" bgcolor="black" cellpadding="10"><tr><td colspan="2" bgcolor="black"><font point-size="16" color="white"><b>sum</b> (Add)</font></td></tr><tr><td bgcolor="white"><font point-size="14">Input shape: <b>[(None, 4), (None, 4)]</b></font></td><td bgcolor="white"><font point-size="14">Output shape: <b>(None, 4)</b></font></td></tr></table>>];
        n3 [label=<<table border="0" cellborder="1" bgcolor="black" cellpadding="10"><tr><td colspan="3" bgcolor="black"><font point-size="16" color="white"><b>o&quot;&lt;ut&gt;</b> (Dense)</font></td></tr><tr><td bgcolor="white"><font point-size="14">Input shape: <b>(None, 4)</b></font></td><td bgcolor="white"><font point-size="14">Output shape: <b>(None, 1)</b></font></td><td bgcolor="firebrick"><font point-size="14" color="white"><b>Non-trainable</b></font></td></tr></table>>];
        n0 -> n1 [penwidth=2];
        n0 -> n2 [penwidth=2];
        n1 -> n2 [penwidth=2];
        n2 -> n3 [penwidth=2];
      }
      "
    `);
  });

  test("models inside are clusters, and edges go to the layers in them", () => {
    expect(utils.modelToMermaid(model, { expandNested: true, showLayerActivations: true })).toMatchInlineSnapshot(`
      "flowchart TB
        n0["in (InputLayer)"]
        subgraph n1["encoder"]
          n2["first (Dense)"]
          n3["second (Dense)"]
        end
        n4["sum (Add)"]
        n5["o#34;#60;ut#62; (Dense)"]
        n2 --> n3
        n0 --> n2
        n0 --> n4
        n3 --> n4
        n4 --> n5
      "
    `);
    expect(utils.modelToDot(model, { expandNested: true, rankdir: "LR", dpi: 96 })).toMatch(
      /rankdir=LR, concentrate=true, dpi=96, splines=ortho[\s\S]*subgraph cluster_n1 \{\n.*label="encoder"/,
    );
  });

  test("a picture is text that is always the same: boxes, and lines that pass beside them", () => {
    expect(utils.modelToSvg(model, { showShapes: true })).toMatchInlineSnapshot(`
      "<svg xmlns="http://www.w3.org/2000/svg" width="306" height="378" viewBox="0 0 306 378" font-family="monospace" font-size="12">
      <title>net</title>
      <defs><marker id="head" viewBox="0 0 8 8" refX="0" refY="4" markerWidth="7" markerHeight="7" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z"/></marker></defs>
      <rect width="100%" height="100%" fill="white"/>
      <polyline points="149,62 143.8,91.1" fill="none" stroke="black" stroke-width="1.5" marker-end="url(#head)"/>
      <polyline points="179.7,62 258.5,130 191.8,193.2" fill="none" stroke="black" stroke-width="1.5" marker-end="url(#head)"/>
      <polyline points="142.1,162 146.8,191.1" fill="none" stroke="black" stroke-width="1.5" marker-end="url(#head)"/>
      <polyline points="153,262 153,291" fill="none" stroke="black" stroke-width="1.5" marker-end="url(#head)"/>
      <g><rect x="59.5" y="16" width="187" height="46" rx="4" fill="#f4f4f4" stroke="black"/><text x="153" y="34" text-anchor="middle" font-weight="bold">in (InputLayer)</text><text x="153" y="52" text-anchor="middle">Output shape: (None, 4)</text></g>
      <g><rect x="43.5" y="98" width="187" height="64" rx="4" fill="#f4f4f4" stroke="black"/><text x="137" y="116" text-anchor="middle" font-weight="bold">encoder (Sequential)</text><text x="137" y="134" text-anchor="middle">Input shape: (None, 4)</text><text x="137" y="152" text-anchor="middle">Output shape: (None, 4)</text></g>
      <g><rect x="16" y="198" width="274" height="64" rx="4" fill="#f4f4f4" stroke="black"/><text x="153" y="216" text-anchor="middle" font-weight="bold">sum (Add)</text><text x="153" y="234" text-anchor="middle">Input shape: [(None, 4), (None, 4)]</text><text x="153" y="252" text-anchor="middle">Output shape: (None, 4)</text></g>
      <g><rect x="59.5" y="298" width="187" height="64" rx="4" fill="#f4f4f4" stroke="black"/><text x="153" y="316" text-anchor="middle" font-weight="bold">o&quot;&lt;ut&gt; (Dense)</text><text x="153" y="334" text-anchor="middle">Input shape: (None, 4)</text><text x="153" y="352" text-anchor="middle">Output shape: (None, 1)</text></g>
      </svg>
      "
    `);
  });

  test("every direction has the same boxes, none over another, all within the picture", () => {
    const residual = (): Model => {
      const x = Input({ shape: [4] });
      let y = x;
      for (let i = 0; i < 3; i++) {
        const branch = new layers.Dense(4).apply(new layers.Dense(4).apply(y));
        y = new layers.Add().apply([y, branch, new layers.Dense(4).apply(y)]);
      }
      return new Model(x, y);
    };
    const drawn = residual();
    for (const rankdir of ["TB", "BT", "LR", "RL"] as const) {
      const svg = utils.modelToSvg(drawn, { rankdir, showDtype: true });
      const [, width, height] = /width="([\d.]+)" height="([\d.]+)" viewBox/.exec(svg)!.map(Number);
      const boxes = [...svg.matchAll(/<g><rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"/g)].map(
        ([, x, y, w, h]) => ({
          left: Number(x),
          top: Number(y),
          right: Number(x) + Number(w),
          end: Number(y) + Number(h),
        }),
      );
      expect(boxes).toHaveLength(13);
      for (const [i, a] of boxes.entries()) {
        expect(a.right).toBeLessThan(width!);
        expect(a.end).toBeLessThan(height!);
        for (const b of boxes.slice(i + 1)) {
          expect(a.right < b.left || b.right < a.left || a.end < b.top || b.end < a.top).toBe(true);
        }
      }
      expect(svg.match(/<polyline/g)).toHaveLength(18);
    }
  });

  test("a layer that is used again has one box", () => {
    const x = Input({ shape: [4] });
    const shared = new layers.Dense(4, { name: "shared" });
    const again = new Model(x, shared.apply(new layers.ReLU({ name: "relu" }).apply(shared.apply(shared.apply(x)))));
    expect(utils.modelToMermaid(again).match(/-->/g)).toHaveLength(4);
    expect(utils.modelToSvg(again).match(/<polyline/g)).toHaveLength(4);
    expect(utils.modelToSvg(again)).not.toMatch(/NaN|Infinity/);
  });

  test("a model with a call of its own is one box, and one that is not built is refused", () => {
    class Own extends Model {
      readonly dense = new layers.Dense(2);
      override call(inputs: never) {
        return this.dense.call(inputs);
      }
    }
    expect(() => utils.modelToDot(new Sequential([new layers.Dense(1)], { name: "late" }))).toThrow(
      /"late".* cannot be drawn before it is built\. .*Build it first/,
    );
    const own = new Own({ name: "own" });
    expect(() => utils.modelToDot(own)).toThrow(/cannot be drawn before it is built/);
    own.build([null, 4]);
    expect(utils.modelToMermaid(own)).toBe('flowchart TB\n  n0["own (Own)"]\n');
  });
});

describe("plotModel", () => {
  test("the end of the path says the format; the file is whole, and its text returned", async () => {
    for (const [name, begin] of [
      ["a.svg", "<svg "],
      ["a.gv", 'digraph "net" {'],
      ["a.MMD", "flowchart TB"],
    ] as const) {
      const text = await utils.plotModel(model, join(folder, name));
      expect(text.startsWith(begin)).toBe(true);
      expect(readFileSync(join(folder, name), "utf8")).toBe(text);
    }
    expect(readdirSync(folder).sort()).toEqual(["a.MMD", "a.gv", "a.svg"]);
    await expect(utils.plotModel(model, join(folder, "a.svg"), { overwrite: false })).rejects.toThrow(/a\.svg/);
  });

  test("without a path it only returns the text, by default without names as in Keras", async () => {
    expect(await utils.plotModel(model)).toBe(utils.modelToSvg(model, { showLayerNames: false }));
    expect(await utils.plotModel(model, null, { format: "mermaid", showLayerNames: true })).toBe(
      utils.modelToMermaid(model),
    );
  });

  test("pixels are refused with a way to them", async () => {
    await expect(utils.plotModel(model, join(folder, "a.png"))).rejects.toThrow(
      /cannot tell which format ".*a\.png" is to have\. Expected: a name that ends in one of \.svg, .*dot -Tpng/,
    );
  });
});
