import { expect, test } from "vitest";
import { Input, layers, Model, Tensor } from "../../src/index.js";

/** How much a later layer of attention looks at padding, behind one that has read the same steps. */
async function attentionToPadding(first: layers.MultiHeadAttention | layers.GroupQueryAttention): Promise<number> {
  const input = Input({ shape: [4], dtype: "int32" });
  const steps = new layers.Embedding(4, 4, { maskZero: true }).apply(input);
  const query = first.apply([steps, steps]) as typeof steps;
  const later = new layers.MultiHeadAttention(1, 2).apply([query, steps], { returnAttentionScores: true });
  const model = new Model(input, [...(later as unknown as (typeof steps)[])]);
  const [, scores] = await model.predict(new Tensor([3, 1, 0, 0], [1, 4], "int32"), { verbose: 0 });
  const [, , third, fourth] = (scores as Tensor).data;
  return Number(third) + Number(fourth);
}

test("MultiHeadAttention ends the mask of what it reads, GroupQueryAttention leaves it, as in Keras", async () => {
  expect(await attentionToPadding(new layers.GroupQueryAttention(2, 2, 1))).toBe(0);
  expect(await attentionToPadding(new layers.MultiHeadAttention(2, 2))).toBeCloseTo(0.5, 1);
});
