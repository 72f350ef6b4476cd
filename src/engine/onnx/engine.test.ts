import { describe, expect, it } from "vitest";
import { build as g } from "../../graph/build.js";
import { defaultEngine, Variable } from "../index.js";

describe("smoke", () => {
  it("runs", async () => {
    const engine = await defaultEngine();
    console.log(engine.name, engine.fingerprint);
    const x = g.input("x", [-1, 3], "float32");
    const w = new Variable({ name: "w", shape: [3, 2], initial: [1, 2, 3, 4, 5, 6] });
    const y = g.matmul(x, w.value);
    const p = await engine.compile({
      name: "p",
      results: { y, s: g.sum(y, [0, 1]), r: g.random([-1, 3], 7, "normal") },
      updates: new Map([[w, g.add(w.value, g.scalar(1))]]),
      shards: 1,
    });
    for (const rows of [2, 3, 2]) {
      const out = await p.run({
        rows,
        feeds: new Map([[x, Array.from({ length: rows * 3 }, (_, i) => i)]]),
        seed: 1,
        iteration: 0,
      });
      console.log(out["y"]!.tolist(), out["s"]!.item(), out["r"]!.tolist(), w.read().tolist());
    }
    expect(engine.sessionCount).toBe(1);
    p.dispose();
  });
});
