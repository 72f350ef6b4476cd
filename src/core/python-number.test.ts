import { describe, expect, it } from "vitest";
import { exponential, fixed, general, repr } from "./python-number.js";

describe("numbers as Python prints them", () => {
  it.each([
    [0.03125, 4, "0.0312"],
    [0.09375, 4, "0.0938"],
    [2.5, 0, "2"],
    [3.5, 0, "4"],
    [1.005, 2, "1.00"],
    [-0.5, 0, "-0"],
    [2 ** 77, 1, "151115727451828646838272.0"],
    [0.1, 20, "0.10000000000000000555"],
    [Number.NaN, 4, "nan"],
    [Number.NEGATIVE_INFINITY, 4, "-inf"],
  ])("format(%d, .%df) is %s", (x, digits, text) => {
    expect(fixed(x, digits)).toBe(text);
  });

  it.each([
    [0, 4, "0.0000e+00"],
    [0.00025, 4, "2.5000e-04"],
    [9.99999e-5, 4, "1.0000e-04"],
    [2.5, 0, "2e+00"],
    [1e-300, 2, "1.00e-300"],
    [-123456, 3, "-1.235e+05"],
    [Number.POSITIVE_INFINITY, 4, "inf"],
  ])("format(%d, .%de) is %s", (x, digits, text) => {
    expect(exponential(x, digits)).toBe(text);
  });

  it.each([
    [0.0001, 6, "0.0001"],
    [0.00001, 6, "1e-05"],
    [1234567, 6, "1.23457e+06"],
    [100, 6, "100"],
    [0.5, 0, "0.5"],
  ])("format(%d, .%dg) is %s", (x, digits, text) => {
    expect(general(x, digits)).toBe(text);
  });

  it.each([
    [1, "1.0"],
    [-0, "-0.0"],
    [0.1, "0.1"],
    [0.0001, "0.0001"],
    [0.00001, "1e-05"],
    [1.5e-7, "1.5e-07"],
    [1e15, "1000000000000000.0"],
    [1e16, "1e+16"],
    [1.25e21, "1.25e+21"],
    [0.00010000000474974513, "0.00010000000474974513"],
  ])("repr(%d) is %s", (x, text) => {
    expect(repr(x)).toBe(text);
  });
});
