import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { emitProgram, ROOT, runNode } from "../support/run-ts.js";
import { makeWorld, pawl, pawlJson } from "./support.js";

let world: string;
beforeAll(async () => {
  world = await makeWorld();
});

interface Verified {
  readonly ok: boolean;
  readonly files: readonly { readonly path: string; readonly verdict: string; readonly why: string }[];
  readonly leftovers: readonly string[];
}

/** Writes a changed copy into a new folder. */
function changed(folder: string, file: string, change: (bytes: Buffer) => Uint8Array): void {
  mkdirSync(join(world, folder), { recursive: true });
  writeFileSync(join(world, folder, file), change(readFileSync(join(world, file))));
}

describe("pawl verify", () => {
  test("checks every file in a folder", async () => {
    const { code, json } = await pawlJson<Verified>(world, ["verify", "."]);
    expect([code, json.ok, json.leftovers]).toEqual([0, true, []]);
    expect(json.files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["price.h5", "price.keras", "price.weights.h5"]),
    );
    expect(json.files.filter(({ path }) => path.startsWith("runs/price/")).length).toBeGreaterThanOrEqual(4);
    expect(new Set(json.files.map(({ verdict }) => verdict))).toEqual(new Set(["intact"]));
  });

  test("checks one file, with text for people", async () => {
    const { code, stdout } = await pawl(world, ["verify", "price.keras"]);
    expect([code, stdout]).toEqual([
      0,
      "intact    price.keras  the digest holds, all bytes can be read\n" +
        "opens     price.keras  this Pawl makes its model\n",
    ]);
  });

  test("checks weights in shards: the index, each shard, and the whole", async () => {
    const shards = join(ROOT, "test/fixtures/keras/shards");
    const program = emitProgram(
      "cli-shards",
      `import { layers, Sequential } from "pawl";
       const model = new Sequential([new layers.Dense(9, { inputShape: [9] }), new layers.Dense(9)]);
       await model.saveWeights("set/s.weights.json", { maxShardSize: 400 / 2 ** 30 });`,
    );
    expect((await runNode(program, world)).stderr).toBe("");
    const good = await pawlJson<Verified>(world, ["verify", "set"]);
    expect([good.code, good.json.files.map(({ verdict }) => verdict)]).toEqual([0, ["intact", "intact", "intact"]]);
    const shown = await pawlJson<{ format: string; parameters: number }>(world, ["inspect", "set/s.weights.json"]);
    expect(shown.json).toMatchObject({ format: "HDF5 in shards", parameters: 180, digest: true });
    writeFileSync(join(world, "set/s_00001.weights.h5"), readFileSync(join(world, "set/s_00000.weights.h5")));
    const mixed = await pawlJson<Verified>(world, ["verify", "set/s.weights.json"]);
    expect([mixed.code, mixed.json.files[0]!.verdict]).toEqual([3, "damaged"]);
    const keras = await pawlJson<Verified>(world, ["verify", shards]);
    expect([keras.code, new Set(keras.json.files.map(({ verdict }) => verdict))]).toEqual([0, new Set(["readable"])]);
    rmSync(join(world, "set"), { recursive: true });
  });

  test("files of Keras are readable, without a digest", async () => {
    const { code, stdout } = await pawl(world, ["verify", join(ROOT, "test/fixtures/keras/files/seed_model.keras")]);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^readable .*all bytes can be read, its checksums hold; it has no digest of Pawl\nopens .*this Pawl makes its model\n$/,
    );
  });

  test("a model of an unknown class is readable, but cannot be opened", async () => {
    const path = join(ROOT, "test/fixtures/keras/files/bad-unknown-class.keras");
    const { code, json } = await pawlJson<Verified>(world, ["verify", path]);
    expect([code, json.ok, json.files[0]!.verdict]).toEqual([0, true, "readable"]);
    expect(json.files[0]).toMatchObject({ opens: false, whyNot: expect.stringContaining("customObjects") });
    const { stdout } = await pawl(world, ["verify", path]);
    expect(stdout.split("\n").map((line) => line.split(" ")[0])).toEqual(["readable", "unknown", ""]);
  });

  test("finds a flipped bit, a truncated file, an attack, and parts removed by an edit", async () => {
    changed("bad", "price.h5", (bytes) => {
      bytes[5000]! ^= 4;
      return bytes;
    });
    changed("bad", "price.weights.h5", (bytes) => bytes.subarray(0, bytes.length - 64));
    changed("bad", "price.keras", (bytes) => bytes.subarray(0, 4000));
    writeFileSync(join(world, "bad/pickle.npy"), '\x93NUMPY\x01\0v\0{"descr": ', "latin1");
    const { code, json } = await pawlJson<Verified>(world, ["verify", "bad"]);
    expect([code, json.ok]).toEqual([3, false]);
    expect(json.files.map(({ path, verdict }) => [path, verdict])).toEqual([
      ["bad/pickle.npy", "damaged"],
      ["bad/price.h5", "damaged"],
      ["bad/price.keras", "damaged"],
      ["bad/price.weights.h5", "edited"],
    ]);
    const { stdout } = await pawl(world, ["verify", "bad"]);
    expect(stdout).toContain("its digest does not match");
    expect(stdout).toMatch(/\n4 files, [\d.]+ KB: 4 not as written\n$/);
  });

  test("finds the leftover of an interrupted save", async () => {
    mkdirSync(join(world, "left"), { recursive: true });
    writeFileSync(join(world, "left/.m.h5~0~host~~1~2.pawl-tmp"), "half");
    changed("left", "price.h5", (bytes) => bytes);
    const { code, stdout } = await pawl(world, ["verify", "left"]);
    expect(code).toBe(0);
    expect(stdout).toContain("leftover  left/.m.h5~0~host~~1~2.pawl-tmp  of a save that was cut off; nothing needs it");
  });

  test("nothing to verify is wrong usage", async () => {
    mkdirSync(join(world, "empty"), { recursive: true });
    const { code, stderr } = await pawl(world, ["verify", "empty"]);
    expect(code).toBe(2);
    expect(stderr).toContain('There is nothing to verify in "empty". Expected: files that end in .keras, .h5');
  });

  test("a file name cannot send control codes to the terminal", async () => {
    changed("odd", "price.h5", (bytes) => bytes);
    writeFileSync(join(world, "odd/\u001b[31mred.npy"), "x");
    const { stdout } = await pawl(world, ["verify", "odd"]);
    expect(stdout).toContain("odd/\\x1b[31mred.npy");
    expect(stdout).not.toContain("\u001b");
  });

  test.each([
    [{ NO_COLOR: "", FORCE_COLOR: "1" }, true],
    [{ NO_COLOR: "1", FORCE_COLOR: "1" }, false],
    [{ NO_COLOR: "", FORCE_COLOR: "0" }, false],
    [{ NO_COLOR: "" }, false],
  ])("colours with %j: %s", async (env, colored) => {
    const { stdout } = await pawl(world, ["verify", "price.h5"], env);
    expect(stdout.includes("\u001b[32mintact")).toBe(colored);
  });
});
