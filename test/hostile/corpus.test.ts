import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { emitProgram, type Finished, ROOT, runNode } from "../support/run-ts.js";
import { CORPUS, corpusFile, corpusNames, unpackCorpus } from "./corpus.js";

/** Most bytes that a refusal may take, beyond twice the file: the attacks of keras.md aim to exceed this. */
const FLOOR = 64 * 2 ** 20;

/**
 * Opens every model file of a folder and reports the results. Counts sockets and processes; Node keeps the process from
 * writing anything.
 */
const LOADER = `
import { readdirSync, statSync } from "node:fs";
import net from "node:net";
import dgram from "node:dgram";
import dns from "node:dns";
import { loadModel } from "pawl";

let calls = 0;
const count = () => { calls++; throw new Error("network"); };
net.Socket.prototype.connect = count;
dgram.createSocket = count;
dns.lookup = count;
globalThis.fetch = count;

const folder = process.argv[2];
const peak = () => process.resourceUsage().maxRSS * 1024;
for (const name of ["good.keras", "good.h5"]) await loadModel(folder + "/" + name);
const base = peak();
const results = {};
for (const name of readdirSync(folder)) {
  if (!/\\.(keras|h5)$/.test(name) || !(process.argv[3] ?? name).includes(name)) continue;
  const start = performance.now();
  let outcome;
  try {
    const model = await loadModel(folder + "/" + name);
    outcome = { error: null, layers: model.layers.length };
  } catch (error) {
    outcome = { error: error.name, code: error.code, message: error.message };
  }
  results[name] = { ...outcome, milliseconds: performance.now() - start, grown: peak() - base, size: statSync(folder + "/" + name).size };
}
console.log(JSON.stringify({ results, calls, polluted: {}.polluted ?? null }));
`;

interface Outcome {
  readonly error: string | null;
  readonly code?: string;
  readonly message?: string;
  readonly milliseconds: number;
  /** Growth of the process's peak memory since the good files, in bytes; it never falls. */
  readonly grown: number;
  readonly size: number;
}

const folder = join(mkdtempSync(join(tmpdir(), "pawl-hostile-")), "corpus");
const permission = Number(process.versions.node.split(".")[0]) >= 24 ? "--permission" : "--experimental-permission";
const READ_ONLY = { NODE_OPTIONS: `${permission} --allow-fs-read=*` };

interface Report {
  readonly results: Readonly<Record<string, Outcome>>;
  readonly calls: number;
  readonly polluted: unknown;
}

let report: Report;
let loaded: Finished;

/** @param only the file to open; default: all */
async function load(...only: string[]): Promise<{ report: Report; loaded: Finished }> {
  const finished = await runNode(emitProgram("hostile-loader", LOADER), folder, [folder, ...only], READ_ONLY);
  return { report: JSON.parse(finished.stdout) as Report, loaded: finished };
}

beforeAll(async () => {
  unpackCorpus(folder);
  ({ report, loaded } = await load());
});

test("every file of the corpus is in the table", () => {
  expect(corpusNames().sort()).toEqual(Object.keys(CORPUS).sort());
});

describe("loadModel in a process that may not write", () => {
  const models = Object.entries(CORPUS).filter(([name]) => /\.(keras|h5)$/.test(name));

  test.each(models)("%s: %s", (name, code) => {
    const { error, code: found, message, milliseconds } = report.results[name]!;
    expect([error, found, message]).toEqual(
      code === null ? [null, undefined, undefined] : ["FormatError", code, expect.stringMatching(/\w{3,}.*\./)],
    );
    expect(milliseconds).toBeLessThan(5000);
  });

  test("allocates no memory for the sizes that files claim", async () => {
    // The peak never falls, so each file's own growth is at most what the process reached after it. Where that exceeds
    // the limit because of earlier files, the file is opened alone in a new process.
    for (const [name, { grown, size }] of Object.entries(report.results)) {
      const bound = FLOOR + 2 * size;
      const own = grown <= bound ? grown : (await load(name)).report.results[name]!.grown;
      expect([name, own <= bound ? "within" : own]).toEqual([name, "within"]);
    }
  });

  test("opens no connection, changes no prototype, leaves the folder as it was", () => {
    expect(report.calls).toBe(0);
    expect(report.polluted).toBeNull();
    expect(readdirSync(folder).sort()).toEqual(corpusNames().sort());
    for (const name of corpusNames()) {
      expect(Buffer.compare(readFileSync(join(folder, name)), corpusFile(name))).toBe(0);
    }
    expect(loaded.code).toBe(0);
  });
});

describe("pawl verify", () => {
  const program = emitProgram(
    "hostile-verify",
    `process.argv[1] = "pawl";
     process.on("exit", () => process.stderr.write("peak " + process.resourceUsage().maxRSS * 1024));
     await import(${JSON.stringify(join(ROOT, "dist/cli.js"))});`,
  );

  test("distinguishes every hostile file from the good ones", async () => {
    const { code, stdout } = await runNode(program, folder, ["verify", ".", "--json"], READ_ONLY);
    expect(code).toBe(3);
    const { files } = JSON.parse(stdout) as { files: { path: string; verdict: string; why: string }[] };
    // These are valid as data: only loadModel notices unknown classes or missing weights.
    const asData = new Set(["unknown-class", "layer-config", "weights-missing"]);
    for (const { path, verdict, why } of files) {
      const name = path.replace(/^\.\//, "");
      const expected = CORPUS[name]!;
      const lambda = expected === "python-code";
      const fine = expected === null || asData.has(expected) || lambda;
      if (!fine) expect([name, verdict]).not.toEqual([name, expect.stringMatching(/^(intact|readable)$/)]);
      else if (!lambda) expect([name, verdict]).toEqual([name, "readable"]);
      expect(why).not.toBe("");
    }
    expect(files).toHaveLength(Object.keys(CORPUS).length);
  });

  const peak = async (file: string): Promise<number> => {
    const { stderr } = await runNode(program, folder, ["verify", file, "--json"], READ_ONLY);
    return Number(/peak (\d+)$/.exec(stderr)?.[1]);
  };
  let base: number;
  beforeAll(async () => {
    base = await peak("good.keras");
  });

  test.each(Object.keys(CORPUS).filter((name) => /\.(pawl|npz|npy)$/.test(name)))(
    "refuses %s within the same memory",
    async (name) => {
      expect((await peak(name)) - base).toBeLessThan(FLOOR + 2 * corpusFile(name).length);
    },
  );
});
