import { expect, test } from "vitest";
import { fillFromWords } from "./draw.js";
import { randomWords } from "./philox.js";

test("an array longer than one piece gets the stream's words in order", () => {
  const from = { seed: 7, stream: 3, iteration: 9 };
  const words = new Uint32Array(40_001);
  randomWords(from, 0, words);
  const out = fillFromWords(new Float64Array(words.length), from, (word) => word + 0.5);
  expect(out.every((value, i) => value === words[i]! + 0.5)).toBe(true);
  expect(fillFromWords(new Int32Array(0), from, Number)).toHaveLength(0);
});
