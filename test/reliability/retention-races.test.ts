import { expect, test } from "vitest";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { RunFolder } from "../../src/store/index.js";
import { resolveKeep } from "../../src/training/keep-options.js";
import { RunRetention } from "../../src/training/run-retention.js";
import { freshState } from "../../src/training/train-state.js";

/** A disk that answers in the order that its caller did not expect: each look at the folder takes less than the last. */
function hurried(inner: Vfs): Vfs {
  let left = 40;
  return {
    ...inner,
    async list(path) {
      const names = await inner.list(path);
      for (let turn = (left -= 4); turn > 0; turn--) await null;
      return names;
    },
  };
}

test("checkpoints whose ends overlap never remove each other", async () => {
  const vfs = hurried(memoryVfs());
  const folder = new RunFolder(vfs, "/run");
  await folder.open();
  const retention = new RunRetention(folder, resolveKeep("run", {}));
  const settled: Promise<void>[] = [];
  for (let step = 1; step <= 6; step++) {
    const committed = await folder.commit(step, { json: { step }, tensors: {} });
    settled.push(retention.committed(committed, freshState(1), true));
  }
  await Promise.all(settled);
  expect((await folder.list()).map(({ step }) => step)).toEqual([5, 6]);
});
