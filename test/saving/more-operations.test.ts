import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Input, type layers, loadModel, Model, ops } from "../../src/index.js";

type T = layers.KerasTensor;

it("operations that own steps use are nodes of networks, and come back from their file", async () => {
  const x = Input({ shape: [4, 4] });
  const outputs: T[] = [
    ops.norm(x, { axes: -1 }),
    ops.norm(x, { order: 3, axes: -1 }),
    ops.norm(x, { order: Number.POSITIVE_INFINITY, axes: -1 }),
    ops.normalize(x),
    ops.std(x, { axes: [1, 2] }),
    ops.cast(ops.logicalXor(ops.greater(x, 0), ops.greater(x, 1)), "float32"),
    ops.logAddExp(x, 1),
    ops.tensordot(
      x,
      [
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ],
      1,
    ),
    ops.dot(x, [1, 2, 3, 4]),
    ops.tril(x),
    ops.triu(x, 1),
    ops.trace(x),
    ops.diagonal(x),
    ops.unstack(x, 1)[2]!,
    ops.roll(x, 1, 2),
  ];
  const model = new Model([x], outputs);
  const data = Array.from({ length: 2 }, (_, b) =>
    Array.from({ length: 4 }, (_, i) => Array.from({ length: 4 }, (_, j) => Math.sin(b * 16 + i * 4 + j) * 2)),
  );
  const results = (await model.predict(data)) as unknown as { data: Float32Array }[];
  expect(results[0]!.data[0]).toBeCloseTo(Math.hypot(...data[0]![0]!), 5);
  expect(results[11]!.data[1]).toBeCloseTo(
    [0, 1, 2, 3].reduce((sum, i) => sum + data[1]![i]![i]!, 0),
    5,
  );
  const path = join(await mkdtemp(join(tmpdir(), "pawl-")), "model.keras");
  await model.save(path);
  const again = await loadModel(path);
  const same = (await again.predict(data)) as unknown as { data: Float32Array }[];
  expect(same.map(({ data }) => [...data])).toEqual(results.map(({ data }) => [...data]));
});
