import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeWorld, pawl, pawlJson } from "./support.js";

test("pawl sweep --json prints the result and nothing else, also when nothing is left to do", async () => {
  const world = await makeWorld();
  const first = await pawlJson<{ best: number; trials: readonly object[] }>(world, [
    "sweep",
    "search.mjs",
    "--workers",
    "2",
  ]);
  expect(first).toMatchObject({ code: 0, json: { best: 0, objective: "val_mae", mode: "min", interrupted: false } });
  expect(first.json.trials).toMatchObject([
    { number: 0, parameters: { learningRate: 0.1 }, status: "finished", epochs: 3, run: "sweeps/price/trial-0000" },
    { number: 1, parameters: { learningRate: 0.001 }, status: "finished", epochs: 3 },
  ]);
  expect(await pawlJson(world, ["sweep", "search.mjs"])).toEqual(first);
}, 60_000);

test("files that hold no sweep are refused with what to write", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-cli-"));
  writeFileSync(join(folder, "empty.mjs"), "export const a = 1;\n");
  writeFileSync(join(folder, "typed.ts"), "export default {};\n");
  expect(await pawl(folder, ["sweep", "empty.mjs"])).toMatchObject({
    code: 2,
    stderr:
      'pawl: "empty.mjs" has no sweep to run. Received: the default export undefined. Expected: the options of a sweep as its ' +
      'default export. Write: export default sweeps.define({ dir: "sweeps/a", parameters: { … }, async train(trial) { … } }).\n',
  });
  const typed = await pawl(folder, ["sweep", "typed.ts"]);
  if (Number(process.versions.node.split(".")[0]) < 22)
    expect(typed.stderr).toContain('For TypeScript: NODE_OPTIONS="--import tsx" npx pawl sweep typed.ts');
  expect(typed.code).toBe(2);
  expect(await pawl(folder, ["sweep", "absent.mjs"])).toMatchObject({ code: 2 });
});
