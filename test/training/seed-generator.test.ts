import { expect, test } from "vitest";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import * as random from "../../src/random/index.js";
import { openInMemory } from "../support/loop-in-memory.js";

test("a run that goes on takes up a SeedGenerator's draws where they stood, whatever its seed is by now", async () => {
  const files = memoryVfs();
  const seed = new random.SeedGenerator();
  const run = await openInMemory({ seed }, { every: 1 }, files);
  random.normal([3], { seed });
  await run.commit();
  await run.close();
  const next = random.gamma([5], 2, { seed });

  const anew = new random.SeedGenerator();
  const goesOn = await openInMemory({ seed: anew }, { every: 1 }, files);
  expect(random.gamma([5], 2, { seed: anew }).data).toEqual(next.data);
  await goesOn.close();
});
