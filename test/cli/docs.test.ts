import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { ROOT } from "../support/run-ts.js";
import { makeWorld, pawl } from "./support.js";

interface Example {
  readonly command: string;
  readonly output: string;
}

const text = readFileSync(join(ROOT, "docs/cli.md"), "utf8");
const examples = [...text.matchAll(/```console\n([\s\S]*?)```/g)].flatMap((block): Example[] =>
  block[1]!.split(/^\$ /m).flatMap((part) => {
    const [command, ...lines] = part.trimEnd().split("\n");
    return command === undefined || command === "" ? [] : [{ command, output: lines.join("\n") }];
  }),
);

/** Hides what differs between machines: sizes, losses, seeds. Words, columns and counts must match. */
function comparable(output: string): string {
  return output
    .trimEnd()
    .replace(/^Machine.*$/m, "Machine")
    .replace(/\d+\.\d+/g, "#")
    .replace(/Seed +\d+/, "Seed #")
    .replace(/ {2,}/g, "  ");
}

let world: string;
beforeAll(async () => {
  world = await makeWorld();
});

test("every command has an example", () => {
  const commands = examples.map(({ command }) => command.split(" ")[2]);
  expect(new Set(commands)).toEqual(new Set(["runs", "inspect", "verify", "export", "edit", "sweep", "fork", "diff"]));
});

test.each(examples)("$command", async ({ command, output }) => {
  const [npx, name, ...args] = command.split(" ");
  expect([npx, name]).toEqual(["npx", "pawl"]);
  const { code, stdout, stderr } = await pawl(world, args);
  expect([code, stderr]).toEqual([0, ""]);
  expect(comparable(stdout)).toBe(comparable(output));
});
