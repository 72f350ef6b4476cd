import { describe, expect, test } from "vitest";
import { FormatError } from "../../core/errors.js";
import type { Json } from "../../core/stateful.js";
import { Tensor } from "../../core/tensor.js";
import { decodeTrainState, encodeTrainState, freshState, type TrainState } from "./train-state.js";

const tensor = Tensor.from([1, 2]);
const mark = { className: "EarlyStopping", identity: ["loss"], options: { patience: 2 } };
const state: TrainState = {
  ...freshState(7),
  stopped: true,
  position: 3,
  ending: { epochs: 2, by: [mark] },
  metrics: { loss: tensor },
  carried: { "lstm/state": tensor },
  learned: [null, { json: { words: ["a"] }, tensors: { mean: tensor } }],
  callbacks: [{ ...mark, watchesOnly: false, state: { json: { wait: 1 }, tensors: { best: tensor } } }],
  history: { epoch: [0, 1], history: { loss: [0.5, Number.NaN] } },
  data: { json: { at: 3 }, tensors: { order: tensor } },
  identity: { layers: 2 },
  machine: { engine: "native" },
};

/** Every place in plain data. */
function* places(json: Json, path: readonly string[] = []): Generator<readonly string[]> {
  if (path.length > 0) yield path;
  if (json !== null && typeof json === "object") {
    for (const [key, value] of Object.entries(json)) yield* places(value, [...path, key]);
  }
}

function changed(json: Json, [key, ...rest]: readonly string[], value: Json | undefined): Json {
  if (key === undefined) return value as Json;
  const copy = structuredClone(json) as Record<string, Json>;
  copy[key] = changed(copy[key]!, rest, value);
  return copy;
}

describe("a training's state in a file", () => {
  test("comes back as it was", () => expect(decodeTrainState(encodeTrainState(state))).toEqual(state));

  test("of which a part is of another kind is refused, or can be saved again", () => {
    const { json, tensors } = encodeTrainState(state);
    let refused = 0;
    for (const place of places(json)) {
      for (const value of [undefined, null, true, -1, 0.5, "x", [], {}, [1], { a: 1 }, [null], [{}], { a: [null] }]) {
        let decoded: TrainState;
        try {
          decoded = decodeTrainState({ json: changed(json, place, value), tensors });
        } catch (error) {
          expect(error, `${place.join("/")}: ${JSON.stringify(value)}`).toBeInstanceOf(FormatError);
          refused++;
          continue;
        }
        expect(decodeTrainState(encodeTrainState(decoded)), place.join("/")).toEqual(decoded);
      }
    }
    expect(refused).toBeGreaterThan(200);
  });

  test("of which a part is wrong is refused with its name and what stands there", () => {
    const { json, tensors } = encodeTrainState(state);
    const wrong = { json: changed(json, ["history", "epoch"], null), tensors };
    expect(() => decodeTrainState(wrong)).toThrow('Received: {"history":{"epoch":null');
  });
});
