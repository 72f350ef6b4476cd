import { expect, it } from "vitest";
import { OptionError, unknownName } from "./errors.js";
import { shown, shownJson } from "./shown.js";
import { nearest } from "./spelling.js";

it("control characters are escaped, and the text stays on one line", () => {
  expect(shown("\u001b[31m\u0007\n\r\t\u007f\u009b\u202e\u2066\u200b\ufeff\u2028")).toBe(
    "\\x1b[31m\\x07\\x0a\\x0d\\x09\\x7f\\x9b\\u202e\\u2066\\u200b\\ufeff\\u2028",
  );
  expect(shown("a \ud800 b \udc00")).toBe("a \\ud800 b \\udc00");
  expect(shown("Ünï çødé 模型 😀 é")).toBe("Ünï çødé 模型 😀 é");
  expect(shown(shown("\u001b"))).toBe("\\x1b");
});

it("the middle of a text that is too long is left out", () => {
  const text = shown(`begin${"x".repeat(2_000_000)}end`, 100);
  expect(text).toMatch(/^beginx+ … \(2000008 characters\) … x+end$/);
  expect(text.length).toBeLessThanOrEqual(100);
});

it("JSON escapes the same characters and is not shortened", () => {
  const value = { name: "\u001b\u009b\u202e\n" };
  expect(shownJson(value)).toBe('{\n  "name": "\\u001b\\u009b\\u202e\\n"\n}');
  expect(JSON.parse(shownJson(value))).toEqual(value);
});

it("every part of a message shortens long names and escapes control characters", () => {
  const long = "\u001bn".repeat(1_000_000);
  const error = new OptionError({ code: "x", what: `A ${long}`, received: long, expected: long, fix: long });
  expect(error.message.length).toBeLessThan(5000);
  expect(error.message).not.toContain("\u001b");
  const start = performance.now();
  expect(unknownName("layer", long, ["Dense", "Conv2D"]).message).toContain('Expected: one of "Dense", "Conv2D".');
  expect(nearest("n".repeat(2_000_000), ["n".repeat(1_999_999)])).toBeUndefined();
  expect(nearest("Dens", ["n".repeat(1_999_999), "Dense"])).toBe("Dense");
  expect(performance.now() - start).toBeLessThan(1000);
});
