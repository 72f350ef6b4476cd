import { describe, expect, it } from "vitest";
import { FormatError } from "../core/errors.js";
import { joinBytes } from "../core/join-bytes.js";
import type { StateValue } from "../core/stateful.js";
import { Tensor } from "../core/tensor.js";
import { trailerOf } from "../formats/trailer.js";
import { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
import { encodeJson } from "./checkpoint-json.js";

const state: StateValue = {
  json: { epoch: 3, best: "Infinity", list: [1, 0.1, null, true] },
  tensors: {
    "dense/kernel": new Tensor(new Float32Array([1.5, -2, Number.NaN]), [3, 1]),
    half: new Tensor([1, 2, 3], [3], "bfloat16"),
    steps: new Tensor([7n], [], "int64"),
    names: new Tensor(["a", "β"], [2], "string"),
    none: Tensor.zeros([0, 4]),
    __proto__x: Tensor.scalar(1),
  },
};

describe("checkpoint files", () => {
  it("keep plain data and tensors, bit for bit, aligned", async () => {
    const bytes = joinBytes(await encodeCheckpoint(state));
    const back = await decodeCheckpoint(bytes);
    expect(back.json).toEqual(state.json);
    expect({ ...back.tensors }).toEqual(state.tensors);
    expect((back.tensors["dense/kernel"]!.data as Float32Array).buffer).toBe(bytes.buffer);
    for (const { data, dtype } of Object.values(back.tensors)) {
      if (dtype !== "string") expect((data as Float32Array).byteOffset % 64).toBe(0);
    }
  });

  it("do not copy what they write", async () => {
    const kernel = state.tensors["dense/kernel"]!;
    expect((await encodeCheckpoint(state)).some(({ buffer }) => buffer === (kernel.data as Float32Array).buffer)).toBe(
      true,
    );
  });

  it("reveal every flipped bit and every truncation", async () => {
    const small = joinBytes(await encodeCheckpoint({ json: 1, tensors: { a: Tensor.scalar(1) } }));
    for (let bit = 0; bit < small.length * 8; bit++) {
      const flipped = small.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      await expect(decodeCheckpoint(flipped)).rejects.toThrow(FormatError);
    }
    for (let length = 0; length < small.length; length++) {
      await expect(decodeCheckpoint(small.subarray(0, length))).rejects.toThrow("The checkpoint is damaged.");
    }
  });

  it("take members that are already encoded", async () => {
    const fixed = { model: encodeJson({ layers: [1, "é"] }), identity: encodeJson(null) };
    for (const json of [{}, { step: 3 }]) {
      const back = await decodeCheckpoint(joinBytes(await encodeCheckpoint({ json, tensors: {} }, fixed)));
      expect(back.json).toEqual({ ...json, model: { layers: [1, "é"] }, identity: null });
    }
    expect(() => encodeJson({ a: [{ rate: Number.POSITIVE_INFINITY }] })).toThrow('State holds Infinity under "rate"');
  });

  it("refuse numbers that JSON would lose", async () => {
    await expect(encodeCheckpoint({ json: { loss: Number.NaN }, tensors: {} })).rejects.toThrow(
      'State holds NaN under "loss"',
    );
  });

  it("refuse a wrong header even when its digest holds", async () => {
    const forged = async (header: unknown): Promise<unknown> => {
      const [head] = await encodeCheckpoint({ json: 0, tensors: {} });
      const prefix = head!.slice(0, 32);
      const text = new TextEncoder().encode((typeof header === "string" ? header : JSON.stringify(header)).padEnd(224));
      new DataView(prefix.buffer).setBigUint64(24, BigInt(text.length), true);
      const parts = [prefix, text];
      return decodeCheckpoint(joinBytes([...parts, await trailerOf(parts)]));
    };
    const table = (...row: unknown[]): unknown => ({ json: null, tensors: [row] });
    await expect(forged("{")).rejects.toThrow("The checkpoint is malformed: its header is not JSON.");
    await expect(forged(5)).rejects.toThrow("its header is another kind of data");
    await expect(forged(table("a", "float31", [1], 4))).rejects.toThrow("its table of tensors has the row");
    await expect(forged(table("a", "float32", [-1], 4))).rejects.toThrow("its table of tensors has the row");
    await expect(forged(table("a", "float32", [2 ** 40], 2 ** 42))).rejects.toThrow('"a" ends outside the file');
    await expect(forged(table("a", "float32", [2 ** 40], 0))).rejects.toThrow('"a" does not have its size');
    await expect(forged(table("a", "string", [], 0))).rejects.toThrow('the tensor "a" is not JSON');
  });
});
