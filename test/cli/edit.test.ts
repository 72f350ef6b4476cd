import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { Tensor } from "../../src/core/tensor.js";
import { writeNpz } from "../../src/formats/npy/index.js";
import { makeWorld, pawl, pawlJson } from "./support.js";

let world: string;
beforeAll(async () => {
  world = await makeWorld();
  writeFileSync(
    join(world, "extra.npz"),
    await writeNpz({ "0": new Tensor([1, 2], [1, 2]), "1": new Tensor([3, 4], [2]) }),
  );
});

interface Listing {
  readonly objects: readonly { readonly path: string; readonly weights: Readonly<Record<string, unknown>> }[];
}
const pathsOf = async (file: string): Promise<string[]> =>
  (await pawlJson<Listing>(world, ["edit", file])).json.objects.map(({ path }) => path);

describe("pawl edit", () => {
  test("alone lists what is there", async () => {
    const { code, stdout } = await pawl(world, ["edit", "price.weights.h5"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^layers\/dense "dense": 0 float32 \(4, 8\), 1 float32 \(8,\)$/m);
  });

  test("makes changes in their order, and writes another file", async () => {
    const before = readFileSync(join(world, "price.weights.h5"));
    const { code, stdout, stderr } = await pawl(world, [
      ...["edit", "price.weights.h5", "--rename", "layers/dense_1=dense_2", "--add", "layers/dense_1=extra.npz"],
      ...["--delete", "optimizer", "--rename-weight", "layers/dense_1:1=7", "--to", "edited.weights.h5"],
    ]);
    expect(stdout).toMatch(
      /^edited\.weights\.h5: [\d.]+ KB, \d+ objects, from price\.weights\.h5\nPawl's state of the training is left out/,
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(readFileSync(join(world, "price.weights.h5"))).toEqual(before);
    expect(await pathsOf("edited.weights.h5")).toEqual(["layers", "layers/dense", "layers/dense_1", "layers/dense_2"]);
    const compared = await pawl(world, ["edit", "price.weights.h5", "--compare", "edited.weights.h5"]);
    expect(compared.code).toBe(1);
    expect(compared.stdout).toMatch(/^layers\/dense_2: 0 {2}nothing {2}but {2}float32 \(8, 1\)$/m);
    expect(compared.stdout).toMatch(/ weights match, .* in all numbers; \d+ differ$/m);
    expect((await pawl(world, ["edit", "price.keras", "--compare", "price.weights.h5"])).code).toBe(0);
  });

  test("replaces the file itself only with --in-place, and another only with --force", async () => {
    copyFileSync(join(world, "price.h5"), join(world, "own.h5"));
    const change = ["--rename-layer", "dense=first"];
    expect((await pawl(world, ["edit", "own.h5", ...change])).stderr).toMatch(/must be written somewhere.*--in-place/);
    expect((await pawl(world, ["edit", "own.h5", ...change, "--to", "price.h5"])).stderr).toMatch(/exists already/);
    expect((await pawl(world, ["edit", "own.h5", ...change, "--to", "a.h5", "--in-place"])).code).toBe(2);
    expect((await pawl(world, ["edit", "own.h5", ...change, "--in-place"])).code).toBe(0);
    expect((await pawlJson<{ layers: string[] }>(world, ["edit", "own.h5"])).json.layers).toContain("first");
    expect((await pawl(world, ["verify", "own.h5"])).stdout).toMatch(/^readable {2}own\.h5/);
    expect((await pawl(world, ["edit", "own.h5", "--delete", "first", "--to", "a.h5"])).code).toBe(0);
    expect((await pawl(world, ["edit", "own.h5", "--delete", "first", "--to", "a.h5"])).code).toBe(2);
    expect((await pawl(world, ["edit", "own.h5", "--delete", "first", "--to", "a.h5", "--force"])).code).toBe(0);
  });

  test.each([
    [["edit", "price.weights.h5", "--rename", "dense", "--to", "b.weights.h5"], /--rename .*Expected: OBJECT=NAME/],
    [["edit", "price.weights.h5", "--delete", "dance", "--to", "b.weights.h5"], /has no object "dance"/],
    [["edit", "price.weights.h5", "--add", "layers/x=none.npz", "--to", "b.weights.h5"], /nothing at "none\.npz"/],
    [["edit", "extra.npz"], /extra\.npz/],
  ])("%j is refused", async (args, message) => {
    const { code, stderr } = await pawl(world, args);
    expect(code).toBeGreaterThan(1);
    expect(stderr).toMatch(message);
  });
});
