import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { Budget, withBudget } from "../../src/core/budget.js";
import { PawlError } from "../../src/core/errors.js";
import type { Config } from "../../src/core/parts.js";
import { Functional } from "../../src/network/index.js";
import { reading } from "../contracts/network.cases.js";
import { Chance, mutateJson } from "./mutate.js";

const CASES = ["operations.json", "tensorflow-functions.json"].flatMap((name) => {
  const url = new URL(`../fixtures/keras/${name}`, import.meta.url);
  return Object.values(JSON.parse(readFileSync(url, "utf8")) as Record<string, { readonly config: Config }>);
});

it("operations that are described wrongly are refused with an error that says so, or mean something else", () => {
  const chance = new Chance(7);
  for (let round = 0; round < 10; round++) {
    for (const { config } of CASES) {
      const bad: Config = { ...config, layers: mutateJson(config["layers"]!, chance) };
      try {
        withBudget(new Budget(100_000), () => Functional.fromConfig(bad, { ...reading, where: "a file" }).getConfig());
      } catch (error) {
        if (!(error instanceof PawlError)) throw new Error(`${JSON.stringify(bad)}: ${(error as Error).stack}`);
        expect(error).toBeInstanceOf(PawlError);
      }
    }
  }
});
