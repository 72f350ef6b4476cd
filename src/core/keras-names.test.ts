import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { KERAS_NAMES } from "./keras-names.js";
import { isKerasName, unknownClass } from "./unknown-class.js";

const fixture = JSON.parse(
  readFileSync(new URL("../../test/fixtures/keras/names.json", import.meta.url), "utf8"),
) as Record<string, readonly string[]>;

it("every name that Keras 2 or 3 exports counts as Keras's own", () => {
  expect(Object.keys(KERAS_NAMES)).toEqual(Object.keys(fixture));
  for (const [kind, names] of Object.entries(fixture)) {
    expect(names.filter((name) => !isKerasName(kind, name))).toEqual([]);
  }
});

it("the error for an unknown Keras class does not suggest registering it", () => {
  const error = unknownClass({ kind: "layer", name: "GRU", where: '"m.keras"', known: ["ELU"] });
  expect(error.message).toBe(
    '"m.keras": unknown layer class "GRU". It is Keras\'s own, and Pawl does not have it yet: write one and give it in customObjects: loadModel(path, { customObjects: { GRU } }).',
  );
});

it("the error for an unknown class of the user's suggests both fixes, and compile: false where it helps", () => {
  const error = unknownClass({ kind: "loss", name: "Custom>Huge", where: "x", known: ["Huber", "Hinge"] });
  expect(error.message).toBe(
    'x: unknown loss class "Custom>Huge". If it is yours, register it before loading: losses.register(Huge), or give it in customObjects: loadModel(path, { customObjects: { Huge } }), or load with { compile: false }.',
  );
});
