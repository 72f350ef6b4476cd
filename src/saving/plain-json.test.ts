import { expect, it } from "vitest";
import { Budget } from "../core/budget.js";
import { parseConfig } from "./plain-json.js";

it("drops keys that mean something to JavaScript", () => {
  const parsed = parseConfig(
    '{"__proto__":{"polluted":1},"constructor":2,"a":{"prototype":3,"b":4}}',
    "x",
    new Budget(1000),
  );
  expect(parsed).toEqual({ a: { b: 4 } });
  expect(Object.getPrototypeOf(parsed)).toBe(Object.prototype);
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
});

it("reads Python's tuples, shapes and bare words", () => {
  expect(
    parseConfig(
      '{"a":{"class_name":"__tuple__","items":[1,{"class_name":"TensorShape","items":[null,2]}]}}',
      "x",
      new Budget(1000),
    ),
  ).toEqual({
    a: [1, [null, 2]],
  });
  expect(parseConfig('{"a":NaN,"b":[-Infinity,Infinity],"c":"NaN \\" Infinity"}', "x", new Budget(1000))).toEqual({
    a: null,
    b: ["-Infinity", "Infinity"],
    c: 'NaN " Infinity',
  });
});

it("refuses what is no JSON, or nested without end", () => {
  expect(() => parseConfig(`{"a":`, `config.json of "m.keras"`, new Budget(5))).toThrow(
    'config.json of "m.keras" is not JSON. Received: {"a":. The file is damaged, or another program wrote it.',
  );
  expect(() => parseConfig("[".repeat(100_000), "x", new Budget(1000))).toThrow(
    "x is nested too deeply. Expected: at most 400 levels.",
  );
  expect(parseConfig(`"${"[".repeat(1000)}"`, "x", new Budget(1000))).toHaveLength(1000);
});
