import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { History } from "./history.js";

describe("History", () => {
  it("collects logs, also of keys that skip epochs or are called like an object's own", () => {
    const history = new History();
    history.onEpochEnd(3, { loss: 1, constructor: 5 } as never);
    history.onEpochEnd(4, { loss: 0.5, val_loss: 2 });
    expect(history.epoch).toEqual([3, 4]);
    expect(history.history).toEqual({ loss: [1, 0.5], constructor: [5], val_loss: [2] });
  });

  it("survives JSON, with NaN and infinities", () => {
    const history = new History();
    history.onEpochEnd(0, { loss: Number.NaN, a: Number.NEGATIVE_INFINITY });
    const again = new History();
    again.setState(JSON.parse(JSON.stringify(history.getState())));
    expect(again.history).toEqual({ loss: [Number.NaN], a: [Number.NEGATIVE_INFINITY] });
    expect(again.epoch).toEqual([0]);
  });
});

it("a history shows its logs in text, JSON and consoles, and nothing else", () => {
  const history = new History();
  for (let epoch = 0; epoch < 12; epoch++) history.onEpochEnd(epoch, { accuracy: 1, loss: 1 / (epoch + 1) });
  expect(String(history)).toBe(
    "History of 12 epochs\n  accuracy: 1, 1, 1, 1, …, 1, 1, 1, 1\n  loss: 1, 0.5, 0.3333, 0.25, …, 0.1111, 0.1, 0.09091, 0.08333",
  );
  expect(inspect(history)).toBe(String(history));
  expect(Object.keys(JSON.parse(JSON.stringify(history)) as object)).toEqual(["epoch", "history", "interrupted"]);
});

describe("History.plot", () => {
  const trained = (): History => {
    const history = new History();
    for (let epoch = 0; epoch < 6; epoch++) {
      history.onEpochEnd(epoch, { loss: 1 / (epoch + 1), ...(epoch % 3 === 2 ? { val_loss: 2 } : {}), lr: 0.1 });
    }
    return history;
  };

  it("draws training and validation in one panel, each over its own epochs", () => {
    const { svg } = trained().plot();
    expect(svg).toContain(
      "loss: training from 1 to 0.1667, smallest 0.1667, largest 1; validation from 2 to 2, smallest 2, largest 2; epoch 1 to 6. lr: lr from 0.1",
    );
    const across = [...svg.matchAll(/<circle class="c1" cx="([\d.]+)"/g)].map(([, x]) => Number(x));
    const all = [...svg.matchAll(/<circle class="c0" cx="([\d.]+)"/g)].map(([, x]) => Number(x));
    expect(across).toEqual([all[2], all[5]]);
  });

  it("knows the epochs of validation also after a resume", () => {
    const again = new History();
    again.setState(JSON.parse(JSON.stringify(trained().getState())));
    expect(again.plot().svg).toBe(trained().plot().svg);
  });

  it("shows itself in notebooks, and is its SVG as text", () => {
    const plot = trained().plot();
    const shown = plot[Symbol.for("Jupyter.display") as never] as () => Record<string, string>;
    expect(shown.call(plot)).toEqual({ "image/svg+xml": plot.svg, "text/html": plot.svg, "text/plain": "Training" });
    expect(String(plot)).toBe(plot.svg);
  });

  it("is an element where there is a page", () => {
    class Element {
      innerHTML = "";
    }
    const globals = globalThis as { document?: unknown };
    globals.document = { createElement: () => new Element() };
    try {
      const plot = trained().plot();
      expect([plot instanceof Element, (plot as unknown as Element).innerHTML]).toEqual([true, plot.svg]);
    } finally {
      delete globals.document;
    }
  });

  it("writes a picture or a page by the end of the path, and nothing for another", async () => {
    const folder = mkdtempSync(join(tmpdir(), "pawl-plot-"));
    const plot = await trained().plot(join(folder, "a.svg"));
    await trained().plot(join(folder, "a.html"));
    expect(readFileSync(join(folder, "a.svg"), "utf8")).toBe(plot.svg);
    expect(readFileSync(join(folder, "a.html"), "utf8")).toBe(plot.html);
    await expect(trained().plot(join(folder, "a.png"))).rejects.toThrow(
      'a.png" is to have. Expected: a name that ends in .svg or .html. Write ".svg" for a picture, ".html" for a page.',
    );
  });
});
