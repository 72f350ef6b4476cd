import { describe, expect, test } from "vitest";
import { FormatError } from "./errors.js";
import { checkJson } from "./json-limits.js";

describe("checkJson", () => {
  test("takes what real files hold, and brackets in texts for what they are", () => {
    const layer = JSON.stringify({ class_name: "Dense", config: { name: "dense", units: 10, shape: [null, 3] } });
    expect(() => checkJson(`[${new Array(50_000).fill(layer).join(",")}]`, "It")).not.toThrow();
    expect(() => checkJson(`"${"[".repeat(1000)}\\"${"{".repeat(1000)}"`, "It")).not.toThrow();
    expect(() => checkJson("[".repeat(400) + "]".repeat(400), "It")).not.toThrow();
  });

  test("refuses nesting that would overflow the stack", () => {
    expect(() => checkJson("[".repeat(401) + "]".repeat(401), "The config")).toThrow(
      "The config is nested too deeply. Expected: at most 400 levels.",
    );
  });

  test("refuses lists by the million", () => {
    const text = `[${"[],".repeat(10 ** 6)}[]]`;
    expect(() => checkJson(text, "The config")).toThrow(FormatError);
    expect(() => checkJson(text, "The config")).toThrow("far more memory than it has bytes. Received: 1000002 objects");
  });
});
