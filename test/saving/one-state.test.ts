import { expect, test } from "vitest";
import { Input, layers, Model, modelFromJSON, random } from "../../src/index.js";

interface Node {
  args: unknown[];
  kwargs: Record<string, unknown>;
}

test("a call of Keras's that gives one initial state alone, not in a list, is read", async () => {
  const [steps, state] = [Input({ shape: [4, 2], name: "steps" }), Input({ shape: [3], name: "state" })];
  const gru = new layers.GRU(3, { name: "gru", kernelInitializer: "ones", recurrentInitializer: "ones" });
  const model = new Model([steps, state], gru.apply([steps, state]));
  const config = JSON.stringify(model.toJSON());
  const kept = (name: string, shape: (number | null)[]) => ({
    class_name: "__keras_tensor__",
    config: { shape, dtype: "float32", keras_history: [name, 0, 0] },
  });
  const [first, second] = [kept("steps", [null, 4, 2]), kept("state", [null, 3])];
  const inputs = [random.normal([2, 4, 2], { seed: 1 }), random.normal([2, 3], { seed: 2 })];
  const expected = await model.predict(inputs, { verbose: 0 });
  for (const node of [
    { args: [first], kwargs: { initial_state: second } },
    { args: [first], kwargs: { initial_state: [second] } },
    { args: [first, second], kwargs: {} },
  ]) {
    const json = JSON.parse(config) as { config: { layers: { name: string; inbound_nodes: Node[] }[] } };
    json.config.layers.find(({ name }) => name === "gru")!.inbound_nodes = [node];
    const read = modelFromJSON(JSON.stringify(json));
    expect(await read.predict(inputs, { verbose: 0 })).toEqual(expected);
  }
});
