import { afterEach, expect, it, vi } from "vitest";
import { warnOfChangedActivations } from "./keras2-activations.js";

afterEach(() => vi.restoreAllMocks());

it("says that Keras 2's hard_sigmoid is another function", () => {
  const warn = vi.spyOn(console, "warn").mockImplementation(() => {});
  const model = (activation: string) => ({
    layers: [{ class_name: "Dense", config: { name: "hard_sigmoid", activation } }],
  });
  warnOfChangedActivations(model("sigmoid"), "old.h5");
  expect(warn).not.toHaveBeenCalled();
  warnOfChangedActivations(model("hard_sigmoid"), "old.h5");
  expect(warn.mock.calls).toEqual([
    [
      '"old.h5" was written by Keras 2, whose hard_sigmoid is 0.2 x + 0.5 between 0 and 1. Here it is x / 6 + 0.5, as in Keras 3, so that predictions differ. Train on before they are relied on, or replace the activation.',
    ],
  ]);
});
