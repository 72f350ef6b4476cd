import { describe, expect, it, vi } from "vitest";
import { meaningless, renamed } from "./dialect.js";
import { type Fields, float } from "./options.js";
import { PartKind } from "./part-kind.js";
import { OptionPart } from "./parts.js";
import { PRESENT } from "./reading.js";

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

const kind = new PartKind<Shape>({
  kind: "shape",
  module: "keras.shapes",
  base: Shape,
  catalogue: { RoundThing, helper: () => 1 },
  aliases: { round: "RoundThing" },
  dialect: { RoundThing: { m: renamed("max_value") }, "*": { dtype: meaningless("of the test") } },
});

describe("parts", () => {
  it("are found by class name, snake case and alias", () => {
    for (const name of ["RoundThing", "round_thing", "round"]) {
      expect(kind.get(name, "x")).toBeInstanceOf(RoundThing);
    }
    const made = new RoundThing({ maxValue: 3 });
    expect(kind.get(made, "x")).toBe(made);
  });

  it("travel through Keras's dictionary", () => {
    const json = kind.serialize(new RoundThing({ maxValue: 3 }));
    expect(json).toEqual({
      module: "keras.shapes",
      class_name: "RoundThing",
      config: { max_value: 3 },
      registered_name: null,
    });
    expect(kind.deserialize(json, "x").options.maxValue).toBe(3);
  });

  it("read the configs of other Keras versions", () => {
    const config = { m: 3, dtype: "float32", added_since: null };
    expect(kind.deserialize({ class_name: "RoundThing", config }, "x").options).toEqual({ maxValue: 3 });
    expect(kind.deserialize({ class_name: "Custom>RoundThing", config }, "x")).toBeInstanceOf(RoundThing);
  });

  it('refuse an unknown key, unless unknownKeys is "warn"', () => {
    const json = { class_name: "RoundThing", config: { maxvalue: 3 } };
    expect(() => kind.deserialize(json, "x")).toThrow(
      'x: RoundThing: its config has the key "maxvalue", which Pawl does not know. Received: "maxvalue": 3. Expected: one of max_value. Did you mean "max_value"? If nothing depends on it, load with { unknownKeys: "warn" }.',
    );
    const said: unknown[] = [];
    const warn = vi.spyOn(console, "warn").mockImplementation((text) => said.push(text));
    expect(kind.deserialize(json, "x", { ...PRESENT, unknownKeys: "warn" }).options.maxValue).toBe(2);
    warn.mockRestore();
    expect(said).toEqual(['x: RoundThing: the key "maxvalue" of its config, which Pawl does not know, was left out.']);
  });

  it("of users are made from customObjects", () => {
    class Own extends Shape {
      static readonly className = "Own";
      static readonly fields = fields;
    }
    const reading = { ...PRESENT, custom: { Own, Wrong: 3 } };
    const json = { class_name: "Own", config: { max_value: 4 } };
    expect(kind.deserialize(json, "x", reading).options.maxValue).toBe(4);
    expect(() => kind.deserialize({ class_name: "Wrong", config: {} }, "x", reading)).toThrow(
      "x: customObjects.Wrong is no shape. Received: number. Expected: a class that extends Shape.",
    );
  });

  it("of users need to be registered", () => {
    expect(() => kind.serialize(new Mine())).toThrow("The shape class Mine is not registered, so no file can name it");
    kind.registered.register(Mine, "me");
    const json = kind.serialize(new Mine());
    expect(json).toMatchObject({ module: null, class_name: "Mine", registered_name: "me>Mine" });
    expect(kind.deserialize(json, "x")).toBeInstanceOf(Mine);
  });

  it("are never made from names like constructor or __proto__", () => {
    for (const name of ["constructor", "__proto__", "toString", "helper"]) {
      expect(() => kind.deserialize({ class_name: name, config: {} }, "x")).toThrow(`x: unknown shape class "${name}"`);
      expect(() => kind.get(name, "x")).toThrow(`x: unknown name "${name}"`);
    }
    expect(() => kind.deserialize([1], "model.h5")).toThrow(
      "model.h5: this does not describe a shape. Received: [1]. Expected: { class_name, config }.",
    );
    expect(() => kind.get(3, "x")).toThrow("x must be a name, a shape or its config. Received: 3.");
  });
});
