import { describe, expect, test } from "vitest";
import { curvesToSvg, panelsOf } from "./curves-svg.js";
import { pageOf } from "./plot.js";
import { sparkline } from "./spark.js";
import { brief, ticks } from "./ticks.js";

const OPTIONS = { title: "A run", axis: "step" };
const rising = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => i);

describe("curves as SVG", () => {
  test("have a title and say in words what they show", () => {
    const svg = curvesToSvg([{ title: "loss", curves: [{ name: "training", x: rising(3), y: rising(3) }] }], OPTIONS);
    const id = /aria-labelledby="(\S+)-title \1-text"/.exec(svg)![1]!;
    expect(svg).toContain(`<title id="${id}-title">A run</title>`);
    expect(svg).toContain(
      `<desc id="${id}-text">loss: training from 0 to 2, smallest 0, largest 2; step 0 to 2.</desc>`,
    );
  });

  test("names of others are text", () => {
    const name = '</title><script>alert("x")</script>&\u001b';
    const panels = [
      {
        title: name,
        curves: [
          { name, x: rising(2), y: rising(2) },
          { name, x: rising(2), y: rising(2) },
        ],
      },
    ];
    const svg = curvesToSvg(panels, { title: name, axis: name });
    expect([svg.includes("<script"), svg.includes("\u001b")]).toEqual([false, false]);
    expect(svg.match(/<title/g)).toHaveLength(1);
    expect(pageOf(name, "")).not.toContain("<script");
  });

  test("many points are thinned, within a band of the smallest and largest", () => {
    const y = Float64Array.from(rising(1e5), (i) => Math.sin(i));
    const svg = curvesToSvg([{ title: "s", curves: [{ name: "s", x: rising(1e5), y }] }], OPTIONS);
    expect(svg).toContain('class="band c0"');
    expect(svg.length).toBeLessThan(40_000);
  });

  test.each([
    ["nothing", []],
    ["one point", [1]],
    ["equal values", [3, 3, 3]],
    ["only NaN", [Number.NaN, Number.NaN]],
    ["infinities", [1, Number.POSITIVE_INFINITY, 2]],
    ["the largest numbers", [-1.7e308, 1.7e308]],
    ["the smallest numbers", [5e-324, 1e-323]],
  ])("of %s have only finite places", (_, values) => {
    const curve = { name: "a", x: rising(values.length), y: Float64Array.from(values) };
    expect(curvesToSvg([{ title: "a", curves: [curve] }], OPTIONS)).not.toMatch(/NaN(?! )|"[^"]*Infinity/);
  });

  test("without any value say so", () => {
    expect(curvesToSvg([], OPTIONS)).toContain("There are no values yet.");
  });

  test("training and validation share a panel, in the order in which they come up", () => {
    const columns = ["val_a", "b", "a", "val_c"].map((key) => ({ key, x: rising(1), y: rising(1) }));
    expect(panelsOf(columns).map(({ title, curves }) => [title, curves.map(({ name }) => name)])).toEqual([
      ["a", ["validation", "training"]],
      ["b", ["b"]],
      ["c", ["validation"]],
    ]);
  });
});

test("ticks are round numbers within the range", () => {
  expect(ticks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(-3, 1234, 5)).toEqual([0, 500, 1000]);
  expect(ticks(0.00012, 0.00018, 3)).toEqual([0.00012, 0.00014, 0.00016, 0.00018]);
  expect(ticks(2, 2, 5)).toEqual([2]);
  expect(ticks(0, 1e308, 4).every((each) => Number.isFinite(each))).toBe(true);
});

test("numbers are brief", () => {
  expect([0.123456, 1234.5678, 12345.6, 1e9, 1.5e-7, 0, -2, Number.NaN].map(brief)).toEqual([
    "0.1235",
    "1235",
    "12346",
    "1e9",
    "1.5e-7",
    "0",
    "-2",
    "NaN",
  ]);
});

test("a small curve has a column for each value or part, blank where there is none", () => {
  expect(sparkline([0, 1, 2, 3, 4, 5, 6, 7], 8)).toBe("▁▂▃▄▅▆▇█");
  expect(sparkline([7, Number.NaN, 0], 8)).toBe("█ ▁");
  expect(sparkline(rising(1000), 4)).toBe("▁▃▆█");
  expect(sparkline([2, 2], 5)).toBe("▅▅");
  expect(sparkline([], 5)).toBe("");
});
