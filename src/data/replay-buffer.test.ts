import { describe, expect, test } from "vitest";
import { OptionError, ShapeError, StateError } from "../core/errors.js";
import { CHANGES } from "../core/stateful.js";
import { Tensor } from "../core/tensor.js";
import { ReplayBuffer } from "./replay-buffer.js";

const make = (capacity = 3) =>
  new ReplayBuffer({
    capacity,
    fields: {
      state: [2],
      action: { dtype: "int32" },
      reward: [],
      done: { dtype: "bool" },
      image: { shape: [1, 2], dtype: "uint8" },
    },
  });
const row = (n: number) => ({
  state: [n, n + 0.5],
  action: n,
  reward: n / 2,
  done: n % 2 === 1,
  image: new Uint8Array([n, 255]),
});
/** Draws the places 0, 1, 2, … */
const inOrder = {
  integers: (low: number, high: number, [rows]: readonly number[]) =>
    new Tensor(
      Array.from({ length: rows! }, (_, i) => low + (i % high)),
      [rows!],
      "int32",
    ),
};

describe("ReplayBuffer", () => {
  test("stacks rows as tensors of the fields' shapes and dtypes", () => {
    const buffer = make();
    buffer.add(row(1));
    buffer.add(row(2));
    const { state, action, reward, done, image } = buffer.sample(3, inOrder);
    expect([state.shape, [...state.data]]).toEqual([
      [3, 2],
      [1, 1.5, 2, 2.5, 1, 1.5],
    ]);
    expect([action.dtype, action.tolist()]).toEqual(["int32", [1, 2, 1]]);
    expect([reward.shape, reward.tolist()]).toEqual([[3], [0.5, 1, 0.5]]);
    expect([done.dtype, [...done.data]]).toEqual(["bool", [1, 0, 1]]);
    expect([image.dtype, image.shape, [...image.data]]).toEqual(["uint8", [3, 1, 2], [1, 255, 2, 255, 1, 255]]);
  });

  test("takes numbers, lists, nested lists, typed arrays and tensors", () => {
    const buffer = new ReplayBuffer({ capacity: 5, fields: { x: [2, 1], y: [] } });
    for (const x of [[[1], [2]], [1, 2], new Float64Array([1, 2]), new Tensor([1, 2], [2, 1])])
      buffer.add({ x, y: [3] });
    expect(buffer.rows([0, 1, 2, 3]).x.tolist()).toEqual(Array.from({ length: 4 }, () => [[1], [2]]));
  });

  test("gives up the oldest rows when it is full", () => {
    const buffer = make();
    for (let n = 1; n <= 5; n++) buffer.add(row(n));
    expect([buffer.size, buffer.rows([0, 1, 2]).action.tolist()]).toEqual([3, [4, 5, 3]]);
    buffer.clear();
    expect(buffer.size).toBe(0);
  });

  test("rows that were sampled do not change with the buffer", () => {
    const buffer = make(1);
    buffer.add(row(1));
    const { action } = buffer.sample(1, inOrder);
    buffer.add(row(2));
    expect(action.tolist()).toEqual([1]);
  });

  test.each([0, 1, 3, 4, 7])("goes on from its state after %i rows as if nothing had happened", (rows) => {
    const whole = make();
    for (let n = 0; n < rows; n++) whole.add(row(n));
    const { json, tensors } = whole.getState();
    const copies = Object.entries(tensors).map(([name, tensor]) => [name, tensor.clone()]);
    const again = make();
    again.add(row(9));
    again.setState({ json: JSON.parse(JSON.stringify(json)), tensors: Object.fromEntries(copies) });
    for (let n = 10; n < 12; n++) for (const buffer of [whole, again]) buffer.add(row(n));
    expect(again.getState()).toEqual(whole.getState());
    expect(again.rows([0, 1])).toEqual(whole.rows([0, 1]));
  });

  test("its state holds only the rows that are filled, and counts its changes", () => {
    const buffer = make(1000);
    const before = buffer[CHANGES];
    buffer.add(row(1));
    expect(Object.values(buffer.getState().tensors).map(({ shape }) => shape[0])).toEqual([1, 1, 1, 1, 1]);
    expect(buffer[CHANGES]).not.toBe(before);
    expect(buffer.spec()).toMatchObject({ capacity: 1000, fields: { state: { shape: [2], dtype: "float32" } } });
  });

  test("refuses rows that do not fit, and adds nothing of them", () => {
    const buffer = make();
    const { state: _, ...rest } = row(1);
    expect(() => buffer.add(rest as never)).toThrow(
      "ReplayBuffer.add: the row has no state. Received: action, reward, done, image. Expected: state, action, reward, done, image",
    );
    expect(() => buffer.add({ ...row(1), rewards: 1 } as never)).toThrow("the buffer has no field rewards");
    expect(() => buffer.add({ ...row(1), rewards: 1 } as never)).toThrow('Did you mean "reward"?');
    expect(() => buffer.add({ ...row(1), image: [1, 2, 3] })).toThrow(ShapeError);
    expect(() => buffer.add({ ...row(1), state: "left" as never })).toThrow(OptionError);
    expect(buffer.size).toBe(0);
  });

  test("says what is wrong with sizes, places and states", () => {
    const buffer = make();
    expect(() => buffer.sample(2, inOrder)).toThrow("ReplayBuffer.sample: there are no rows yet");
    buffer.add(row(1));
    expect(() => buffer.rows([1])).toThrow("Received: 1. Expected: whole numbers from 0 to 0");
    expect(() => buffer.sample(0, inOrder)).toThrow(OptionError);
    expect(() => new ReplayBuffer({ capacity: 0, fields: { x: [] } })).toThrow(
      "ReplayBuffer.capacity must be an integer >= 1",
    );
    expect(() => new ReplayBuffer({ capacity: 1, fields: {} })).toThrow(
      "ReplayBuffer.fields must be an object of shapes by name",
    );
    expect(() => new ReplayBuffer({ capacity: 1, fields: { x: { dtype: "float16" as never } } })).toThrow(OptionError);
    const other = new ReplayBuffer({ capacity: 3, fields: { state: [3] } });
    other.add({ state: [1, 2, 3] });
    const before = buffer.getState();
    expect(() => buffer.setState(other.getState())).toThrow(StateError);
    expect(buffer.getState()).toEqual(before);
  });
});
