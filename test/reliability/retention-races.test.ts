import { expect, test } from "vitest";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { RunFolder } from "../../src/store/index.js";
import { resolveKeep } from "../../src/training/options/keep-options.js";
import { RunRetention } from "../../src/training/run/run-retention.js";

/** A disk that is slow to remove a file, and ever slower to list a folder. */
function slow(inner: Vfs): Vfs {
  let lists = 0;
  const turns = async (count: number): Promise<void> => {
    for (let turn = 0; turn < count; turn++) await null;
  };
  return {
    ...inner,
    async list(path) {
      const names = await inner.list(path);
      await turns(10 * lists++);
      return names;
    },
    async remove(path) {
      await turns(500);
      await inner.remove(path);
    },
  };
}

test("checkpoints that finish at the same time never remove each other", async () => {
  const folder = new RunFolder(slow(memoryVfs()), "/run");
  await folder.open();
  const retention = new RunRetention(folder, resolveKeep("run", { last: 1 }), () => null);
  const commit = (step: number) => folder.commit(step, { json: { step }, tensors: {} });
  const written = [await commit(1), await commit(2), await commit(3)];
  await Promise.all(written.slice(1).map((committed) => retention.committed(committed, null, true)));
  expect((await folder.list()).map(({ step }) => step)).toEqual([3]);
});
