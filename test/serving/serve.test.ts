import { describe, expect, test } from "vitest";
import {
  Input,
  layers,
  Model,
  random,
  Sequential,
  type ServeOptions,
  serve,
  setRandomSeed,
  Tensor,
} from "../../src/index.js";

/** A model that says which batches it got, and answers when it is told to. */
function slowModel() {
  const sizes: number[] = [];
  const waiting: (() => void)[] = [];
  return {
    sizes,
    go: () => waiting.shift()?.(),
    async predictOnBatch(x: unknown): Promise<Tensor> {
      const rows = (x as Tensor).shape[0]!;
      sizes.push(rows);
      await new Promise<void>((resolve) => waiting.push(resolve));
      return x as Tensor;
    },
  };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));
const dense = () => {
  setRandomSeed(1);
  return new Sequential([
    new layers.Dense(32, { activation: "relu", inputShape: [20] }),
    new layers.Dense(5, { activation: "softmax" }),
  ]);
};

describe("serve", () => {
  test("an answer has the bits of predict, whichever and however many requests come with it", async () => {
    const model = dense();
    const x = random.normal([40, 20]);
    const whole = await model.predict(x, { verbose: 0 });
    for (const maxBatch of [1, 2, 7, 64]) {
      const server = serve(model, { maxBatch, maxWait: 1 });
      const answers = await Promise.all(Array.from({ length: 40 }, (_, i) => server.predict(x.at(i))));
      for (const [i, answer] of answers.entries()) {
        expect(answer.shape).toEqual([5]);
        expect(answer.data).toEqual(whole.at(i).data);
      }
      await server.close();
    }
  });

  test("requests that come while others are computed go together, in their order", async () => {
    const model = slowModel();
    const server = serve(model, { maxBatch: 4, maxWait: 0 });
    const answers = Array.from({ length: 8 }, (_, i) => server.predict(i));
    for (let i = 0; i < 4; i++) {
      await settled();
      model.go();
    }
    expect((await Promise.all(answers)).map((answer) => answer.item())).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    // One alone goes twice.
    expect(model.sizes).toEqual([2, 4, 3]);
    expect(server.latency).toMatchObject({ count: 8, rowsPerBatch: 8 / 3 });
    expect(server.latency.p50).toBeGreaterThan(0);
    expect(server.latency.max).toBeGreaterThanOrEqual(server.latency.p99);
  });

  test("the first of a batch waits no longer than it is told to", async () => {
    const model = slowModel();
    const server = serve(model, { maxBatch: 8, maxWait: 60 });
    const answer = server.predict(1);
    await settled();
    expect([model.sizes, server.waiting]).toEqual([[], 1]);
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(model.sizes).toEqual([2]);
    model.go();
    expect((await answer).item()).toBe(1);
  });

  test("more requests than may wait are refused with 429", async () => {
    const model = slowModel();
    const server = serve(model, { maxBatch: 1, maxWait: 0, maxQueue: 2 });
    const taken = [server.predict(0), server.predict(1), server.predict(2)];
    await expect(server.predict(3)).rejects.toMatchObject({
      code: "server-busy",
      data: { status: 429 },
      parts: { what: "serve: 2 requests wait already" },
    });
    for (let i = 0; i < 3; i++) {
      await settled();
      model.go();
    }
    expect(await Promise.all(taken)).toHaveLength(3);
    expect(server.waiting).toBe(0);
  });

  test("a row that the model does not take is an error for its request alone", async () => {
    const server = serve(dense(), { maxWait: 5 });
    const right = Array.from({ length: 20 }, (_, i) => i / 20);
    const answers = await Promise.allSettled([
      server.predict(right),
      server.predict([1, 2]),
      server.predict(new Date()),
      server.predict(right),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
  });

  test("several inputs by name, several outputs as the model groups them", async () => {
    const a = Input({ shape: [3], name: "a" });
    const b = Input({ shape: [2], name: "b" });
    const joined = new layers.Concatenate().apply([a, b]);
    const model = new Model([a, b], [new layers.Dense(2).apply(joined), new layers.Dense(1).apply(joined)]);
    const rows = Array.from({ length: 5 }, (_, i) => ({ a: [i, 1, 2], b: new Float32Array([i, 3]) }));
    const server = serve(model);
    const answers = await Promise.all(rows.map((row) => server.predict(row)));
    const whole = await model.predictOnBatch({
      a: rows.map((row) => row.a),
      b: rows.map((row) => Array.from(row.b)),
    });
    for (const [i, answer] of answers.entries()) {
      expect(answer.map((one) => one.shape)).toEqual([[2], [1]]);
      expect(answer.map((one) => one.data)).toEqual(whole.map((one) => one.at(i).data));
    }
  });

  test("closing answers those that wait, and takes no more", async () => {
    const server = serve(dense(), { maxWait: 10_000 });
    const answer = server.predict(new Float32Array(20));
    await server.close();
    expect((await answer).shape).toEqual([5]);
    await expect(server.predict(new Float32Array(20))).rejects.toMatchObject({ code: "server-closed" });
  });

  test.each([
    ["maxBatch", 0],
    ["maxWait", -1],
    ["maxQueue", 0.5],
  ])("%s: %s is refused", (name, value) => {
    expect(() => serve(dense(), { [name]: value } as ServeOptions)).toThrow(new RegExp(`serve.${name}`, "u"));
  });

  test("an output without the axis of rows is an error", async () => {
    const server = serve({ predictOnBatch: async () => Tensor.zeros([3]) });
    await expect(server.predict(1)).rejects.toMatchObject({ code: "not-of-rows" });
  });
});
