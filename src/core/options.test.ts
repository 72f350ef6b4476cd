import { describe, expect, it } from "vitest";
import { PawlError } from "./errors.js";
import { bool, checkArguments, type Fields, float, int, nullable, resolveOptions, text } from "./options.js";
import { pathOf } from "./path-of.js";
import { valueText } from "./value-text.js";

interface Options {
  readonly name?: string | null;
  readonly batchSize: number;
  readonly beta1?: number;
  readonly shuffle?: boolean;
}

const FIELDS: Fields<Options> = {
  name: nullable(text()),
  batchSize: int({ min: 1 }),
  beta1: float({ min: 0, max: 1 }, { default: 0.9, keras: "beta_1" }),
  shuffle: bool(true),
};

const resolve = (options: unknown): unknown => resolveOptions("Thing", FIELDS, options as Options);

describe("an options object", () => {
  it("gets its defaults", () => {
    expect(resolve({ batchSize: 4 })).toEqual({ name: null, batchSize: 4, beta1: 0.9, shuffle: true });
  });

  it("may come from another realm, or have no prototype", () => {
    const bare = Object.assign(Object.create(null) as object, { batchSize: 1 });
    expect(resolve(bare)).toMatchObject({ batchSize: 1 });
  });

  it.each<[unknown, string]>([
    [
      { batchSiz: 1 },
      'Thing has no option "batchSiz". Expected: one of name, batchSize, beta1, shuffle. Did you mean "batchSize"?',
    ],
    [{ batch_size: 1 }, 'Did you mean "batchSize"? Options are spelled in camelCase.'],
    [{ beta_1: 1 }, 'Did you mean "beta1"? Options are spelled in camelCase.'],
    [{ zzz: 1 }, "Leave it out."],
    [{}, 'Thing needs the option "batchSize". Received: no options. Give batchSize, which has no default.'],
    [{ batchSize: "4" }, 'Thing.batchSize must be an integer >= 1. Received: "4". Write it without quotes: 4.'],
    [{ batchSize: 0 }, "Received: 0. Change batchSize."],
    [
      { batchSize: 1, shuffle: 1 },
      "Thing.shuffle must be true or false. Received: 1. Leave shuffle out for its default, true.",
    ],
    [
      7,
      "Thing takes its options as one object. Received: 7. Expected: an object with any of name, batchSize, beta1, shuffle. Write the name of the option too, e.g. { batchSize: 7 }.",
    ],
    [true, "Write the name of the option too, e.g. { shuffle: true }."],
    ["x", "Give each option by its name, as in { option: value }."],
    [null, "Received: null."],
    [[4], "Received: [4]."],
    [Number.NaN, "Received: NaN."],
    [new Map(), "Received: a Map."],
    [Object.create({ batchSize: 4 }), "takes its options as one object"],
  ])("%j is refused", (given, message) => {
    expect(() => resolve(given)).toThrow(PawlError);
    expect(() => resolve(given)).toThrow(message);
  });
});

it("an options object in place of the positional arguments is an OptionError that shows the right call", () => {
  expect(() => checkArguments("Conv2D", ["filters", "kernelSize"], { filters: 3, activation: "relu" })).toThrow(
    'filters, kernelSize are the first arguments of Conv2D. Received: {"filters":3,"activation":"relu"}. Expected: filters, kernelSize before the options. Write new Conv2D(3, kernelSize, { activation: "relu" }).',
  );
  expect(() => checkArguments("Dense", ["units"], 3)).not.toThrow();
});

it("messages show any value without running its code", () => {
  const loop: unknown[] = [];
  loop.push(loop);
  class Mine {
    get x(): never {
      throw new Error("run");
    }
  }
  expect(
    [undefined, null, -0, 5n, "a\nb", Symbol("s"), () => 1, Mine, new Mine(), loop, { a: 1n }].map(valueText),
  ).toEqual([
    "undefined",
    "null",
    "-0",
    "5n",
    '"a\\nb"',
    "Symbol(s)",
    "a function",
    "the class Mine",
    "a Mine",
    "a list of 1",
    '{"a":"1n"}',
  ]);
  expect(valueText("x".repeat(1000))).toHaveLength(81);
  expect(valueText(new Float32Array(3))).toBe("a Float32Array of 3");
});

it("a path is a string or a file: URL", () => {
  expect(pathOf("a b.keras", "save")).toBe("a b.keras");
  expect(pathOf(new URL("file:///tmp/a%20b.keras"), "save")).toBe("/tmp/a b.keras");
  for (const wrong of ["", "a\0b", 5, null, new URL("https://example.org/x.keras"), new URL("file://host/x")]) {
    expect(() => pathOf(wrong, "save: path")).toThrow("save: path must be a path");
  }
});
