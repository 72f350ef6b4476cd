import { describe, expect, it } from "vitest";
import { Budget } from "./budget.js";
import { FormatError } from "./errors.js";
import { readJson } from "./read-json.js";

const read = (text: string, file = 1000): unknown => readJson(new TextEncoder().encode(text), "It", new Budget(file));

describe("readJson", () => {
  it.each([
    "null",
    "[]",
    "{}",
    ' { "a" : [ 1 , -2.5e-3 , 0 , 1E5 ] , "b" : { } } ',
    '"\\u00e9\\n\\"\\\\ é 😀"',
    '{"__proto__":{"x":1},"1":2,"a":{"a":[true,false,null]}}',
    "12345678901234567890",
    `[${"[".repeat(50)}${"]".repeat(50)}]`,
  ])("reads %s as JavaScript does", (text) => {
    expect(read(text)).toEqual(JSON.parse(text));
    expect(JSON.stringify(read(text))).toBe(JSON.stringify(JSON.parse(text)));
  });

  it.each([
    "",
    "{",
    "[1,]",
    "{,}",
    '{"a"}',
    "{a:1}",
    "01",
    "1.",
    "+1",
    "nul",
    '"a',
    '"\n"',
    '"\\x"',
    "[1 2]",
    "1 2",
    "'a'",
    "-",
  ])("refuses %j, as JavaScript does", (text) => {
    expect(() => JSON.parse(text)).toThrow(SyntaxError);
    expect(() => read(text)).toThrow("It is not JSON.");
  });

  it("reads Python's NaN and Infinity, which JSON does not have", () => {
    expect(read("[NaN, Infinity, -Infinity]")).toEqual([null, "Infinity", "-Infinity"]);
  });

  it("takes time proportional to the length of the text, whatever it holds", () => {
    for (const piece of ["\\\\", '\\"', "[", '{"a":', "1,", "-", "1e", "NaN", '"', " "]) {
      const start = performance.now();
      expect(() => read(`{"a": NaN, "${piece.repeat(200_000)}`)).toThrow(FormatError);
      expect(() => read(piece.repeat(200_000))).toThrow(FormatError);
      expect(performance.now() - start).toBeLessThan(1000);
    }
  });

  it("refuses nesting deeper than any model's", () => {
    expect(() => read("[".repeat(400) + "]".repeat(400))).not.toThrow();
    expect(() => read("[".repeat(401) + "]".repeat(401))).toThrow(
      "It is nested too deeply. Expected: at most 400 levels.",
    );
  });

  it("charges the budget before it creates objects, lists, texts and keys", () => {
    const many = (item: (i: number) => string): string => Array.from({ length: 400_000 }, (_, i) => item(i)).join(",");
    for (const text of [
      `[${many(() => "{}")}]`,
      `[${many(() => "[]")}]`,
      `[${many((i) => `"${i}"`)}]`,
      `{${many((i) => `"${i}":0`)}}`,
    ]) {
      expect(() => read(text)).toThrow("Refused: It would take far more memory than the file has bytes.");
    }
    expect(read(`[${many(() => '"the same word"')}]`, 8 * 2 ** 20)).toHaveLength(400_000);
  });
});
