import { expect, it } from "vitest";
import { pythonJson } from "./python-json.js";

it("writes whole numbers as floats where Keras takes nothing else", () => {
  expect(pythonJson({ learning_rate: 1, momentum: 0, units: 3, clipnorm: null, epsilon: 1e-7 })).toBe(
    '{"learning_rate":1.0,"momentum":0.0,"units":3,"clipnorm":null,"epsilon":1e-7}',
  );
  expect(pythonJson({ boundaries: [1, 2], values: [1, 2, 3.5] })).toBe('{"boundaries":[1,2],"values":[1.0,2.0,3.5]}');
  expect(pythonJson({ beta: 2, threshold: 1, average: null })).toBe('{"beta":2.0,"threshold":1.0,"average":null}');
  expect(pythonJson({ values: [1] })).toBe('{"values":[1]}');
});

it("leaves text alone and is ASCII", () => {
  const value = { name: 'a"learning_rate":1', note: "Größe 😀" };
  const text = pythonJson(value);
  expect(text).toBe('{"name":"a\\"learning_rate\\":1","note":"Gr\\u00f6\\u00dfe \\ud83d\\ude00"}');
  expect(JSON.parse(text)).toEqual(value);
});
