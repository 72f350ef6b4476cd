import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { parquetWriteBuffer } from "hyparquet-writer";
import { describe, expect, test } from "vitest";
import { emitExample } from "../../scripts/emit-example.mjs";
import { emitProgram, ROOT, runNode } from "../support/run-ts.js";

/** What each example must print: the sentence that shows that it did its job. mnist.ts has a suite of its own. */
const SAYS: Readonly<Record<string, RegExp>> = {
  "change-learning-rate.ts": /learning rate 1\.0e-3: loss .*\nlearning rate 1\.0e-4: loss /,
  "dcgan.ts": /New digits: 16 x 14 x 14 x 1/,
  "diffusion.ts": /New digits: 8 x 14 x 14 x 1/,
  "distillation.ts": /The student is right in [789]\d % of cases/,
  "dqn.ts": /800 moves in \d+ games/,
  "early-stopping.ts": /Restoring model weights from the end of the best epoch[\s\S]*best val_loss (\d\.\d{4}), now \1/,
  "explain.ts": /where the network looks:\n[ .:*#\n]+What each pixel adds: 4 x 14 x 14 x 1/,
  "fine-tune.ts": /The frozen layers did not move\./,
  "maml.ts": /Error after one step on a curve: [4-9]\.\d\d, .*, [0-3]\.\d\d/,
  "one-file.ts": /Epochs in the history: 1, 2, 3, 4, 5, 6/,
  "open-keras-file.ts": /The optimizer has made [1-9]\d* steps\.[\s\S]*Saved continued\.keras/,
  "own-checkpoints.ts": /Stopped after 3 epochs, resumed to 6: equal, bit for bit/,
  "pinn.ts": /u\(0\.5, 0\.25\) = -0\.\d/,
  "ppo.ts": /\d+ games played/,
  "resume-from-epoch.ts": /Epochs 4, 5, 6, 7, 8: equal, bit for bit/,
  "serve.ts": /300 of 300 answers equal predict, bit for bit\n\d+\.\d rows a batch/,
  "simclr.ts": /The nearest neighbour shows the same digit in [89]\d %/,
  "style.ts": /Distance from the texture: \d\.\de-5, then \d\.\de-7/,
  "sweep.ts": /trial +units .*\n\d +(?:2|8|32) .* finished\n[\s\S]*Trial \d is right in [89]\d % of cases/,
  "table.ts": /Right in (9\d|100) % of 69 penguins[\s\S]*Biscoe is a Gentoo/,
  "triplet.ts": /The nearest picture shows the same digit in [789]\d %/,
  "vae.ts": /New digits: 16 x 14 x 14 x 1/,
  "wgan-gp.ts": /New digits: 16 x 14 x 14 x 1/,
};

describe("examples", () => {
  const files = readdirSync(join(ROOT, "examples")).filter((name) => name.endsWith(".ts") && name !== "mnist.ts");

  test("each has a sentence to look for", () => expect(files.sort()).toEqual(Object.keys(SAYS).sort()));

  test.each(files)("%s", async (name) => {
    const program = emitExample(join(ROOT, "examples", name));
    const { code, stdout, stderr } = await runNode(program, mkdtempSync(join(tmpdir(), "pawl-example-")));
    expect(stderr).toBe("");
    expect(stdout).toMatch(SAYS[name]!);
    expect(code).toBe(0);
  });
});

describe("table.ts", () => {
  const source = readFileSync(join(ROOT, "examples/table.ts"), "utf8");

  test("has 25 lines at most", () => {
    expect(source.split("\n").filter((line) => !/^\s*(?:\/\/|$)/u.test(line)).length).toBeLessThanOrEqual(25);
  });

  test("over Parquet another line opens the file, and what it says is the same", async () => {
    const said = async (name: string, text: string, folder: string): Promise<string> => {
      const { code, stdout, stderr } = await runNode(emitProgram(name, text), folder);
      expect(stderr).toBe("");
      expect(code).toBe(0);
      return stdout;
    };
    const folder = mkdtempSync(join(tmpdir(), "pawl-example-"));
    const rows = parse(readFileSync(join(ROOT, "examples/data/penguins.csv")), { columns: true }) as Record<
      string,
      string
    >[];
    const numbers = new Set(["billLength", "billDepth", "flipperLength", "bodyMass"]);
    const columnData = Object.keys(rows[0]!).map((name) => ({
      name,
      type: numbers.has(name) ? ("DOUBLE" as const) : ("STRING" as const),
      nullable: true,
      data: rows.map((row) => (row[name] === "" ? null : numbers.has(name) ? Number(row[name]) : row[name])),
    }));
    writeFileSync(join(folder, "penguins.parquet"), Buffer.from(parquetWriteBuffer({ columnData })));
    const lines = source.split("\n");
    const line = lines.findIndex((text) => text.startsWith("// Of a Parquet file: "));
    const changed = source.replace(`${lines[line - 1]}\n// Of a Parquet file: `, "");
    expect(changed).not.toBe(source);
    expect(await said("table-parquet", changed, folder)).toBe(await said("table-csv", source, folder));
  });
});

describe("documents", () => {
  const documents = ["README.md", ...readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`)];
  const blocks = documents
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) => {
      const found = [...readFileSync(join(ROOT, name), "utf8").matchAll(/```ts\n([\s\S]*?)```/g)];
      return found.map((match, i) => ({
        title: `${name} block ${i + 1}`,
        source: match[1]!,
        id: `${name.replace(/\W/g, "-")}-${i}`,
      }));
    });

  test("the README has examples", () => expect(blocks.length).toBeGreaterThan(0));

  test.each(blocks)("$title runs", async ({ source, id }) => {
    const { code, stderr } = await runNode(emitProgram(id, source), mkdtempSync(join(tmpdir(), "pawl-docs-")));
    expect(stderr).toBe("");
    expect(code).toBe(0);
  });
});
