import { describe, expect, it } from "vitest";
import { type Fields, float } from "./options.js";
import {
  type AnyPartClass,
  builtInClasses,
  deserializePart,
  getPart,
  OptionPart,
  type PartKind,
  serializePart,
} from "./parts.js";
import { Registry } from "./registry.js";

interface Options {
  maxValue?: number;
}
abstract class Shape extends OptionPart<Options> {}
const fields: Fields<Options> = { maxValue: float({}, { default: 2 }) };

class RoundThing extends Shape {
  static readonly className = "RoundThing";
  static readonly fields = fields;
}
class Mine extends Shape {
  static readonly className = "Mine";
  static readonly fields = fields;
}

const kind: PartKind<Shape> = {
  kind: "shape",
  module: "keras.shapes",
  builtIn: builtInClasses(Shape, { RoundThing, helper: () => 1 }, { round: "RoundThing" }),
  registered: new Registry<AnyPartClass<Shape>>("shape"),
};

describe("parts", () => {
  it("are found by class name, snake case and alias", () => {
    for (const name of ["RoundThing", "round_thing", "round"]) {
      expect(getPart(kind, Shape, name, "x")).toBeInstanceOf(RoundThing);
    }
    const made = new RoundThing({ maxValue: 3 });
    expect(getPart(kind, Shape, made, "x")).toBe(made);
  });

  it("travel through Keras's dictionary, and ignore what they do not know", () => {
    const json = serializePart(kind, new RoundThing({ maxValue: 3 }));
    expect(json).toEqual({
      module: "keras.shapes",
      class_name: "RoundThing",
      config: { max_value: 3 },
      registered_name: null,
    });
    const again = deserializePart(kind, { ...json, config: { max_value: 3, from_the_future: true } }, "x");
    expect(again.options.maxValue).toBe(3);
  });

  it("of users need to be registered", () => {
    expect(() => serializePart(kind, new Mine())).toThrow(
      "The shape class Mine is not registered, so no file can name it",
    );
    kind.registered.register(Mine, "me");
    const json = serializePart(kind, new Mine());
    expect(json).toMatchObject({ module: null, class_name: "Mine", registered_name: "me>Mine" });
    expect(deserializePart(kind, json, "x")).toBeInstanceOf(Mine);
  });

  it("are never made from names that nobody gave", () => {
    for (const name of ["constructor", "__proto__", "toString", "helper"]) {
      expect(() => deserializePart(kind, { class_name: name, config: {} }, "x")).toThrow(
        `x: unknown shape class "${name}"`,
      );
      expect(() => getPart(kind, Shape, name, "x")).toThrow(`x: unknown name "${name}"`);
    }
    expect(() => deserializePart(kind, [1], "model.h5")).toThrow(
      "model.h5: this does not describe a shape. Received: [1]. Expected: { class_name, config }.",
    );
    expect(() => getPart(kind, Shape, 3, "x")).toThrow("x must be a name, a shape or its config. Received: number.");
  });
});
