import { describe, expect, it } from "vitest";
import { Registry } from "./registry.js";

class Swish {
  static readonly className = "Swish";
  readonly beta = 1;
}

describe("a registry", () => {
  it("finds classes by name, with and without the package", () => {
    const registry = new Registry("layer");
    expect(registry.register(Swish)).toBe(Swish);
    expect(registry.register(Swish)).toBe(Swish);
    expect(registry.find("Swish")).toBe(Swish);
    expect(registry.find("Custom>Swish")).toBe(Swish);
    expect(registry.registeredName(Swish)).toBe("Custom>Swish");
    expect(registry.names()).toEqual(["Swish"]);
    expect(registry.find("constructor")).toBe(undefined);
  });

  it("refuses a second class under one name", () => {
    const registry = new Registry("layer");
    registry.register(Swish);
    class Other {
      static readonly className = "Swish";
      readonly beta = 2;
    }
    expect(() => registry.register(Other)).toThrow(
      'Another layer class is registered as "Swish". Give one of the two another className.',
    );
  });

  it("requires a class's own name, not an inherited one", () => {
    class Derived extends Swish {}
    expect(() => new Registry("layer").register(Derived)).toThrow(
      "A layer class needs its own static className to be registered. Received: Derived.",
    );
  });
});
