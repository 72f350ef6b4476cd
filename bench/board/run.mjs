// How quick the board is with many runs and with long ones, in a real browser:
// node bench/board/run.mjs [--runs 10000] [--long 100] [--points 100000] [--chromium /usr/bin/chromium]
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { makeRuns } from "../record/make-runs.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");
const flag = (name, otherwise) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? otherwise : process.argv[at + 1];
};
const folder = mkdtempSync(join(tmpdir(), "pawl-bench-board-"));
const browser = await chromium.launch({
  executablePath: flag("chromium", "/usr/bin/chromium"),
  args: ["--no-sandbox"],
});
let missed = 0;

function report(what, value, unit, limit) {
  const bad = limit !== undefined && value > limit;
  if (bad) missed++;
  const goal = limit === undefined ? "" : ` (goal: under ${limit} ${unit}${bad ? ", MISSED" : ""})`;
  console.log(`${what.padEnd(58)} ${value.toFixed(0).padStart(6)} ${unit}${goal}`);
}

/** Starts a board of its own process. */
async function serve(runs) {
  const start = performance.now();
  const child = spawn(process.execPath, [
    join(root, "dist/cli.js"),
    "board",
    runs,
    "--no-open",
    "--json",
    "--port",
    "0",
  ]);
  let text = "";
  const address = await new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (/\n}\n/.test(text)) resolve(JSON.parse(text).address);
    });
    child.stderr.on("data", (chunk) => process.stderr.write(chunk));
    child.on("exit", (code) => reject(new Error(`the board ended with ${code}`)));
  });
  const memory = (what) =>
    Number(new RegExp(`${what}:\\s+(\\d+)`).exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))[1]) / 1024;
  // The index is kept when all has been read, which the first answer waits for.
  const read = async () => {
    await (await fetch(new URL("/api/runs", address))).text();
    return performance.now() - start;
  };
  return { address, memory, read, ready: performance.now() - start, stop: () => child.kill("SIGTERM") };
}

/** Milliseconds from an action in the page to the end of the frame that shows what came of it. */
const frame = (page, act, argument) =>
  page.evaluate(
    async ([text, given]) => {
      const work = new Function("given", text);
      const times = [];
      for (let i = 0; i < 7; i++) {
        await new Promise((resolve) => setTimeout(resolve, 60));
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const start = performance.now();
        work({ ...given, i });
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
        times.push(performance.now() - start);
      }
      return times.sort((a, b) => a - b)[3];
    },
    [act, argument],
  );

const SET = `const box = document.querySelector(given.at);
Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(box, given.values[given.i % given.values.length]);
box.dispatchEvent(new Event("input", { bubbles: true }));`;

async function open(address, hash) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  // A page that is there already, with its code compiled, is what somebody has who looks again.
  const [base, token] = address.split("#");
  await page.goto(`${base}#${token}`);
  await page.waitForSelector("main > *");
  await page.close();
  const next = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  const start = performance.now();
  await next.goto(`${base}#${hash}`);
  return { page: next, start };
}

try {
  const many = join(folder, "many");
  const runs = Number(flag("runs", 10_000));
  if (runs > 0) {
    makeRuns(many, { runs });
    const first = await serve(many);
    report(`${runs} runs x 20 metrics: all read for the first time`, await first.read(), "ms");
    first.stop();
    const board = await serve(many);
    report("ready, with the index there", board.ready, "ms");
    const { page, start } = await open(board.address, "/runs");
    await page.waitForSelector(".runs tbody a");
    report("first view: the table", performance.now() - start, "ms", 1000);
    await page.waitForSelector(".card canvas");
    report("first view: the curves", performance.now() - start, "ms", 1000);
    report(
      "redraw: scrolled by 200 rows",
      await frame(page, 'document.querySelector(".table-box").scrollTop = 6000 * (1 + given.i)'),
      "ms",
      50,
    );
    report(
      "redraw: filtered",
      await frame(page, SET, { at: ".filter", values: ["loss<0.05", "run-00", "loss<0.06"] }),
      "ms",
      50,
    );
    await page.fill(".filter", "");
    report(
      "redraw: sorted",
      await frame(page, 'document.querySelectorAll(".runs thead button")[2 + (given.i % 3)].click()'),
      "ms",
      50,
    );
    report("server, most memory", board.memory("VmHWM"), "MB", 300);
    await page.close();
    board.stop();
  }
  const few = join(folder, "few");
  const long = Number(flag("long", 100));
  const points = Number(flag("points", 100_000));
  if (long > 0) {
    makeRuns(few, { runs: long, epochs: 10, metrics: 6, batches: points });
    const first = await serve(few);
    report(`${long} runs x ${points} points: all read for the first time`, await first.read(), "ms");
    report("server, most memory", first.memory("VmHWM"), "MB", 300);
    first.stop();
    const board = await serve(few);
    report("ready, with the index there", board.ready, "ms");
    const { page, start } = await open(board.address, "/runs");
    await page.waitForSelector(".runs tbody a");
    report("first view: the table", performance.now() - start, "ms", 1000);
    await page.waitForSelector(".card canvas");
    report("first view: curves of five runs", performance.now() - start, "ms", 1000);
    const smooth = { at: 'input[type="range"]', values: ["0.5", "0.6", "0.7"] };
    report("redraw: smoothed, five runs with bands", await frame(page, SET, smooth), "ms", 50);
    const on = Array.from({ length: long }, (_, i) => `on=run-${String(i).padStart(5, "0")}`).join("&");
    const all = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const began = performance.now();
    await all.goto(`${board.address.split("#")[0]}#/runs?key=loss&${on}`);
    await all.waitForSelector(".card canvas");
    report(`view: a curve of all ${long} runs`, performance.now() - began, "ms");
    report(`redraw: smoothed, ${long} runs`, await frame(all, SET, smooth), "ms", 50);
    report("server, most memory", board.memory("VmHWM"), "MB", 300);
    board.stop();
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(missed > 0 && process.argv.includes("--check") ? 1 : 0);
