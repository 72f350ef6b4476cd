import { existsSync, mkdirSync, mkdtempSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { extentOf } from "../support/extent.js";
import { emitProgram, ROOT, runNode } from "../support/run-ts.js";
import { MADE, type Made } from "./made.js";

/**
 * `PAWL_HOSTILE=full` opens each file in its own process, with the loader and with both commands (`some`: with one of
 * them), and measures its memory. Otherwise one process opens all files of a kind, and a file whose memory is in doubt is opened again alone.
 */
const EXTENT = extentOf("PAWL_HOSTILE");
const FULL = EXTENT !== "little";

/** Memory that opening a file may take beyond twice its size, and time; the machine may be busy. */
const FLOOR = 64 * 2 ** 20;
const SECONDS = 10;
/** A small heap, so that V8 aborts if lists of millions are created unchecked. MB. */
const HEAP = 160;

const LOADER = `
import { statSync } from "node:fs";
import { layers, loadModel, Sequential } from "pawl";

const [folder, ...names] = process.argv.slice(2);
const peak = () => process.resourceUsage().maxRSS * 1024;
const open = async (path) => {
  if (!/\\.weights\\.(h5|json)$/.test(path)) return (await loadModel(path)).summary({ printFn: () => undefined });
  await new Sequential([new layers.Dense(4, { inputShape: [3], name: "dense" })]).loadWeights(path);
};
await open(folder + "/good-made.keras");
const base = peak();
console.warn = () => undefined;
for (const name of names) {
  const start = performance.now();
  let outcome = { error: null };
  try {
    const text = await open(folder + "/" + name);
    if (text !== undefined) outcome.text = text;
  } catch (error) {
    outcome = { error: error.name, code: error.code ?? null, text: String(error.code === undefined ? error.stack : error.message) };
  }
  const { size } = statSync(folder + "/" + name);
  const text = outcome.text ?? "";
  const raw = /[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u202a-\\u202e\\u2066-\\u2069]/.test(text);
  outcome = { ...outcome, text: text.slice(0, 300), length: text.length, raw, size };
  console.log(JSON.stringify({ name, ...outcome, milliseconds: performance.now() - start, grown: peak() - base }));
}
`;

interface Outcome {
  readonly name: string;
  readonly error: string | null;
  readonly code?: string | null;
  readonly text: string;
  readonly length: number;
  readonly raw: boolean;
  readonly size: number;
  readonly milliseconds: number;
  /** Growth of the process's peak memory since a good file, in bytes; it never falls. */
  readonly grown: number;
}

const folder = mkdtempSync(join(tmpdir(), "pawl-made-"));
const toModels = MADE.filter(({ name }) => !name.endsWith(".npz") && !/^part/.test(name));

async function open(names: readonly string[]): Promise<Outcome[]> {
  const { stdout, stderr, code } = await runNode(emitProgram("made-loader", LOADER), ROOT, [folder, ...names], {
    NODE_OPTIONS: `--max-old-space-size=${HEAP}`,
  });
  const outcomes = stdout
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Outcome);
  if (code !== 0) throw new Error(`the process died at ${names[outcomes.length]}: ${stderr.slice(-500)}`);
  return outcomes;
}

const outcomes = new Map<string, Outcome>();

beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  for (const { name, bytes } of MADE) writeFileSync(join(folder, name), bytes());
  const names = toModels.map(({ name }) => name);
  const kinds = FULL ? names : [...new Set(names.map((name) => name.split("-")[0]!))];
  for (const kind of kinds) {
    const own = names.filter((name) => name === kind || name.split("-")[0] === kind);
    for (const outcome of await open(own)) outcomes.set(outcome.name, outcome);
  }
}, 600_000);

describe("a file that claims more than it contains", () => {
  test.each(toModels.map((made) => [made.name, made] as const))(
    "%s opens or is a short error, in time",
    async (name, { end }: Made) => {
      const { error, code, text, length, raw, milliseconds } = outcomes.get(name)!;
      expect([error, error === null ? "" : code, text]).toEqual([
        error === null ? null : expect.stringMatching(/^(Format|Option|State|Shape)Error$/),
        error === null ? "" : expect.any(String),
        expect.any(String),
      ]);
      if (end === "opens") expect([error, text.slice(0, 100)]).toEqual([null, expect.any(String)]);
      else if (typeof end === "string") expect([code, text]).toEqual([end, text]);
      else if (end !== undefined) expect(code).toMatch(end);
      expect(raw).toBe(false);
      if (error !== null) expect(length).toBeLessThan(5000);
      expect(milliseconds).toBeLessThan(SECONDS * 1000);
    },
  );

  test("takes no more memory than 64 MiB plus twice its size", async () => {
    // The peak never falls, so each file's own growth is at most what the process reached after it; in doubt it is
    // opened alone.
    for (const { name, grown, size } of outcomes.values()) {
      const bound = FLOOR + 2 * size;
      const own = grown <= bound || FULL ? grown : (await open([name]))[0]!.grown;
      expect([name, own <= bound ? "within" : Math.round(own / 2 ** 20)]).toEqual([name, "within"]);
    }
  }, 600_000);
});

describe.skipIf(!FULL)("the commands", () => {
  const cli = join(ROOT, "dist/cli.js");
  const all = MADE.flatMap(({ name }) => ["inspect", "verify"].map((command) => [command, name] as const));
  // Some of it: files in turn with the one and with the other command.
  test.each(EXTENT === "full" ? all : all.filter((_, i) => i % 4 === 0 || i % 4 === 3))(
    "pawl %s %s",
    async (command, name) => {
      const start = performance.now();
      const { code, stdout, stderr } = await runNode(cli, ROOT, [command, join(folder, name)], {
        NODE_OPTIONS: `--max-old-space-size=${HEAP}`,
      });
      expect(performance.now() - start).toBeLessThan(SECONDS * 1000);
      expect([code, stderr.slice(0, 500)]).toEqual([
        expect.toSatisfy((c: number) => [0, 2, 3].includes(c)),
        expect.any(String),
      ]);
      expect(stdout.length + stderr.length).toBeLessThan(30_000);
      // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
      expect(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/.test(stdout + stderr)).toBe(false);
    },
    60_000,
  );
});

test("files that need other files find them", () => {
  for (const { beside = [] } of MADE) for (const name of beside) expect(existsSync(join(folder, name))).toBe(true);
  expect(statSync(folder).isDirectory()).toBe(true);
});
