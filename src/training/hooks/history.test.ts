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
