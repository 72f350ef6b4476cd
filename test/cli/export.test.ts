import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { makeWorld, pawl, pawlJson, runProgram, TRAINING } from "./support.js";

let world: string;
beforeAll(async () => {
  world = await makeWorld();
});

describe("pawl export", () => {
  test.each(["price.keras", "price.h5", "price.weights.h5"])(
    "%s is byte for byte what the model wrote",
    async (file) => {
      const out = `out-${file}`;
      const { code, stdout, stderr } = await pawl(world, ["export", "runs/price", out]);
      expect([code, stderr]).toEqual([0, ""]);
      expect(stdout).toMatch(
        /^out-price\.\S+: [\d.]+ KB, runs\/price\/checkpoint-\d+-step-9\.pawl, after epoch 3 of 3, step 9\n$/,
      );
      expect(Buffer.compare(readFileSync(join(world, out)), readFileSync(join(world, file)))).toBe(0);
    },
  );

  test.each(["cut.keras", "cut.h5"])("%s of a run that died trains on to the very same end", async (file) => {
    const { code, json } = await pawlJson<{ step: number }>(world, ["export", "runs/cut@4", file]);
    expect([code, json.step]).toEqual([0, 4]);
    const output = await runProgram(
      `cli-export-${file}`,
      `${TRAINING}
      const print = (model) => JSON.stringify(model.weights.map((weight) => [...weight.read().data]));
      const whole = await loadModel("price.keras");
      const model = await loadModel(${JSON.stringify(file)});
      const history = await model.fit(x, y, { ...OPTIONS, resume: true });
      console.log(print(model) === print(whole), history.epoch.length, model.optimizer.iteration);`,
      world,
    );
    expect(output).toBe("true 3 9\n");
  });

  test("exports an earlier step", async () => {
    const { json } = await pawlJson<{ step: number; standing: unknown }>(world, ["export", "runs/price@3", "early.h5"]);
    expect(json).toMatchObject({ step: 3, standing: { epoch: 1, iteration: 3 } });
  });

  test("an existing file is not overwritten without --force", async () => {
    writeFileSync(join(world, "mine.h5"), "mine");
    const refused = await pawl(world, ["export", "runs/price", "mine.h5"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('"mine.h5" exists already');
    expect(readFileSync(join(world, "mine.h5"), "utf8")).toBe("mine");
    expect((await pawl(world, ["export", "runs/price", "mine.h5", "--force"])).code).toBe(0);
    expect(readFileSync(join(world, "mine.h5")).length).toBeGreaterThan(1000);
  });

  test.each([
    [
      ["runs/price@7", "a.h5"],
      /There is no such checkpoint in "runs\/price"\. Received: those after steps 0, .*9\. Expected: a checkpoint at step 7\./,
    ],
    [["runs/price@soon", "a.h5"], /Received: "soon" after the @\. Expected: "newest"/],
    [["runs/price", "a.onnx"], /cannot be saved to "a\.onnx"\. Received: "\.onnx"\./],
    [["runs/prise", "a.h5"], /There is nothing at "runs\/prise"\. Did you mean "runs\/price"\?/],
    [["runs", "a.h5"], /There is no such checkpoint in "runs"/],
  ])("%j is wrong usage", async (args, message) => {
    const { code, stderr } = await pawl(world, ["export", ...args]);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });

  test("keeps a rate changed by a callback, averages, and a class that only the program knows", async () => {
    await runProgram(
      "cli-export-own",
      `${TRAINING}
      import { optimizers, ops } from "pawl";
      class Doubled extends layers.Layer {
        static className = "Doubled";
        call(inputs) { return ops.multiply(inputs, 2); }
      }
      layers.register(Doubled);
      class Slower extends callbacks.Callback {
        onEpochBegin(epoch) { if (epoch === 1) this.model.optimizer.learningRate.assign(0.25); }
      }
      const model = new Sequential([new layers.Dense(3, { inputShape: [4] }), new Doubled(), new layers.Dense(1)]);
      model.compile({ optimizer: new optimizers.SGD({ learningRate: 0.5, momentum: 0.9, clipnorm: 0.1 }), loss: "mae" });
      await model.fit(x, y, { ...OPTIONS, run: "runs/own", callbacks: [new Slower()] });
      await model.save("own.keras");
      await model.save("own.h5");`,
      world,
    );
    for (const file of ["own.keras", "own.h5"]) {
      expect(await pawl(world, ["export", "runs/own", `out-${file}`])).toMatchObject({ code: 0, stderr: "" });
      const [exported, saved] = [`out-${file}`, file].map((name) => readFileSync(join(world, name)));
      expect([file, Buffer.compare(exported!, saved!)]).toEqual([file, 0]);
    }
    const { json } = await pawlJson(world, ["inspect", "runs/own"]);
    expect(json).toMatchObject({ newest: { optimizer: { iteration: 9, learningRate: 0.25 } } });
  });

  test("a model that no file can describe can be trained and inspected, but not exported", async () => {
    await runProgram(
      "cli-export-nameless",
      `${TRAINING}
      import { ops } from "pawl";
      const model = build();
      model.compile({ optimizer: "sgd", loss: (() => (a, b) => ops.mean(ops.abs(ops.subtract(a, b)), { axes: [-1] }))() });
      await model.fit(x, y, { ...OPTIONS, run: "runs/nameless" });`,
      world,
    );
    const { code, stderr } = await pawl(world, ["export", "runs/nameless", "nameless.h5"]);
    expect(stderr).toMatch(/No file can hold the model of "runs\/nameless\/checkpoint-.*is a function without a name/);
    expect(code).toBe(1);
    const { json } = await pawlJson(world, ["inspect", "runs/nameless"]);
    expect(json).toMatchObject({ state: "finished", newest: { model: null, parameters: 49 } });
  });
});
