import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { emitProgram, ROOT, runNode } from "../support/run-ts.js";
import { makeWorld, pawl, pawlJson } from "./support.js";

let world: string;
beforeAll(async () => {
  world = await makeWorld();
});

/** Modules that a process loaded, from V8's coverage; without those of its child processes. */
async function modulesOf(file: string, args: readonly string[]): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), "pawl-modules-"));
  const { code, stderr } = await runNode(file, world, args, { NODE_V8_COVERAGE: folder });
  expect([code, stderr]).toEqual([0, ""]);
  return readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), "utf8")) as { result: { url: string }[] };
    const urls = result.map(({ url }) => url).filter((url) => url.startsWith("file:"));
    return urls.some((url) => url.endsWith(file)) ? urls : [];
  });
}

const bytesOf = (urls: readonly string[]): number =>
  urls.reduce((sum, url) => sum + readFileSync(new URL(url)).length, 0);
const ENGINE = /onnxruntime|koffi|\/engine-|\/arena-|\/machine-|\/program-graph-|\/dist\/index\.js/;

describe("pawl", () => {
  test.each([
    "inspect price.keras",
    "inspect runs/price",
    "verify .",
    "runs",
    "export runs/price out.h5",
    "edit price.keras",
    "--help",
  ])("%s loads no engine, and only a part of the library", async (command) => {
    const modules = await modulesOf(join(ROOT, "dist/cli.js"), command.split(" "));
    expect(modules.some((url) => url.endsWith("/dist/cli.js"))).toBe(true);
    expect(modules.filter((url) => ENGINE.test(url))).toEqual([]);
    const library = await modulesOf(emitProgram("cli-import", 'import "pawl";'), []);
    const own = (urls: readonly string[]): string[] => urls.filter((url) => url.includes("/dist/"));
    expect(bytesOf(own(modules))).toBeLessThan(bytesOf(own(library)) / 2);
  });

  test("lists its commands in the help", async () => {
    const { code, stdout } = await pawl(world, ["--help"]);
    expect(code).toBe(0);
    for (const command of ["inspect", "verify", "runs", "export", "edit"])
      expect(stdout).toMatch(new RegExp(`^ {2}${command} `, "m"));
    expect(await pawl(world, ["--version"])).toMatchObject({ code: 0, stdout: "0.1.0\n" });
    expect(await pawl(world, ["verify", "--help"])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining("--json"),
    });
  });

  test.each([
    [["inspct", "price.h5"], "unknown command 'inspct'\n(Did you mean inspect?)"],
    [["verify", "price.h5", "--jsn"], "unknown option '--jsn'\n(Did you mean --json?)"],
    [["export", "runs/price", "a.h5", "--froce"], "unknown option '--froce'\n(Did you mean --force?)"],
    [["verify"], "missing required argument 'path'"],
    [["verify", "a", "b"], "too many arguments for 'verify'"],
  ])("%j: exit code 2 and a hint", async (args, message) => {
    const { code, stdout, stderr } = await pawl(world, args);
    expect([code, stdout]).toEqual([2, ""]);
    expect(stderr).toContain(message);
  });

  test("without a command it shows the help, with the exit code of wrong usage", async () => {
    const { code, stderr } = await pawl(world, []);
    expect([code, stderr]).toEqual([2, expect.stringContaining("Usage: pawl")]);
  });

  test("prints errors as JSON with --json", async () => {
    expect(await pawlJson(world, ["inspect", "nothing.h5"])).toEqual({
      code: 2,
      json: { error: { code: "no-file", message: 'There is nothing at "nothing.h5".' } },
    });
    expect(await pawlJson(world, ["verify"])).toMatchObject({ code: 2, json: { error: { code: "missingArgument" } } });
  });
});
