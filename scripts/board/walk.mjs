// Walks through the board as somebody would, in a real browser: node scripts/board/walk.mjs [--pictures]
// Watches a training, stops it from the page, goes on, forks, compares, filters by address, exports. Fails on any error
// of the page, refusal of its policy, question to another server, or serious finding of axe.
import assert from "node:assert/strict";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import sharp from "sharp";
import { inspect, newPage, openBrowser, wrong } from "./browser.mjs";
import { endAll, openBoard, runCommand, train } from "./world.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const pictures = process.argv.includes("--pictures");
const world = mkdtempSync(join(tmpdir(), "pawl-walk-"));
const began = performance.now();
const say = (text) => console.log(`${((performance.now() - began) / 1000).toFixed(1).padStart(6)} s  ${text}`);
const eventsOf = (run) =>
  readFileSync(join(world, run, "log.jsonl"), "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

/** A picture for docs/, small enough for a repository. */
async function picture(page, name) {
  if (!pictures) return;
  const raw = await page.screenshot();
  const small = await sharp(raw).png({ palette: true, quality: 80, effort: 10, compressionLevel: 9 }).toBuffer();
  assert(small.length < 150_000, `${name} has ${small.length} bytes`);
  writeFileSync(join(ROOT, "docs/pictures", `${name}.png`), small);
}

async function saved(page, press) {
  const [download] = await Promise.all([page.waitForEvent("download"), press()]);
  const path = join(world, download.suggestedFilename());
  await download.saveAs(path);
  return path;
}

async function confirm(page, yes) {
  const box = page.getByRole("dialog");
  await box.getByRole("button", { name: yes, exact: true }).click();
  await box.waitFor({ state: "detached" });
}

const browser = await openBrowser();
try {
  // Some runs that are done, of which two differ in a setting.
  await Promise.all([
    train(world, "runs/first", "--epochs", "6").done,
    train(world, "runs/sweep/low", "--rate", "0.001").done,
  ]);
  await Promise.all([
    train(world, "runs/sweep/high", "--rate", "0.1").done,
    train(world, "runs/sweep/wide", "--rate", "0.003", "--units", "64").done,
  ]);
  say("four runs are trained");

  const address = await openBoard(world, "runs");
  const base = address.split("#")[0];
  const page = await newPage(browser, address);
  await page.getByRole("link", { name: "sweep/wide" }).waitFor();
  assert(!page.url().includes("token"), "the token stays in the address");
  await page.locator(".card canvas").first().waitFor();
  await inspect(page, "runs");
  say("the table and curves of all runs");

  const live = train(world, "runs/live", "--epochs", "40", "--pause", "40");
  const row = page.getByRole("row").filter({ has: page.getByRole("link", { name: "live", exact: true }) });
  await row.getByText("running").waitFor();
  say("a training that starts shows up");
  await page.getByRole("link", { name: "live", exact: true }).click();
  const step = async () =>
    Number(/Step\s*([\d,]+)/.exec(await page.locator(".facts").textContent())[1].replaceAll(",", ""));
  await page.getByRole("button", { name: "Stop after this step" }).waitFor();
  const before = await step();
  await page.waitForFunction(
    (old) => Number(/Step\s*([\d,]+)/.exec(document.querySelector(".facts").textContent)[1].replaceAll(",", "")) > old,
    before,
  );
  await page.locator(".card canvas").first().waitFor();
  await inspect(page, "a running run");
  say("its step and curves go on by themselves");

  const saves = () => eventsOf("runs/live").filter(({ event, batch }) => event === "save" && batch > 0).length;
  await page.getByRole("button", { name: "Save now" }).click();
  await inspect(page, "a question");
  await confirm(page, "Save");
  while (saves() === 0) await new Promise((resolve) => setTimeout(resolve, 100));
  say("it saves when it is asked to");
  await page.getByRole("button", { name: "Stop after this step" }).click();
  await confirm(page, "Stop");
  // As after SIGTERM, a program that was stopped ends with 143.
  assert.match(await live.ended, /Stopped by pawl board after step/);
  assert.deepEqual(
    eventsOf("runs/live")
      .filter(({ event }) => event === "stop")
      .map(({ why }) => why),
    ["request"],
  );
  await page.locator(".facts").getByText("stopped").waitFor();
  say("it stops when it is asked to");

  const [resume, fork] = await page.locator(".command code").allInnerTexts();
  const stoppedAt = await step();
  const again = runCommand(world, resume);
  await page.getByText(`Goes on from step ${stoppedAt}`).waitFor();
  await page.getByRole("button", { name: "Stop after this step" }).click();
  await confirm(page, "Stop");
  await again.ended;
  say("the command on its page goes on from there");
  await page
    .getByRole("button", { name: /^Pin step/ })
    .first()
    .click();
  await page.getByLabel("Why").fill("to be compared");
  await confirm(page, "Pin");
  await page
    .getByRole("button", { name: /^Unpin step/ })
    .first()
    .waitFor();
  await page.getByRole("button", { name: "Note and tags" }).click();
  await page.getByLabel("Note", { exact: true }).fill("Stopped and resumed <b>by hand</b>.");
  await page.getByLabel("Tags, with commas between").fill("walk, best");
  await confirm(page, "Keep");
  await page.locator(".tag", { hasText: "walk" }).waitFor();
  await page.getByText("intact").first().waitFor();
  await inspect(page, "a run");
  await page.setViewportSize({ width: 1280, height: 1000 });
  await picture(page, "board-run");
  await page.setViewportSize({ width: 1280, height: 800 });
  say("a checkpoint is pinned, a note and tags are kept");

  assert.match(fork, /^npx pawl fork runs\/live@\d+ runs\/live-fork-\d+$/);
  const child = fork.split(" ").at(-1);
  await runCommand(world, fork).done;
  await train(world, child, "--rate", "0.003", "--epochs", "20").done;
  // The run that they left says so, and keeps what they began from.
  const [stepOf] = /(?<=@)\d+/.exec(fork);
  const begun = eventsOf("runs/live").filter(({ event }) => event === "fork");
  assert.deepEqual(
    begun.map(({ step, child: path }) => [step, path]),
    [[Number(stepOf), child]],
  );
  assert(existsSync(join(world, "runs/live", `pin-${stepOf}.json`)), "the step that was forked is not pinned");
  await page.goto(`${base}#/lineage`);
  const name = child.replace("runs/", "");
  const family = page.getByRole("region", { name: "Family of live", exact: true });
  await family.getByRole("link", { name: new RegExp(`^${name}, from live at step ${stepOf}, finished`) }).waitFor();
  assert.equal(await family.locator(".fork-mark").count(), 1);
  assert((await family.locator(".resume-mark").count()) > 0, "the resume has no tick");
  await inspect(page, "lineage");
  await page.setViewportSize({ width: 1280, height: 360 });
  await page.waitForTimeout(500);
  await picture(page, "board-lineage");
  await page.setViewportSize({ width: 1280, height: 800 });
  await family.getByRole("link", { name: new RegExp(`^${name},`) }).click();
  await page.locator(".facts").getByText("finished").waitFor();
  say("the command on its page forks, and the family shows it");

  const on = ["sweep/low", "sweep/high", "sweep/wide", "first"].map((id) => `on=${encodeURIComponent(id)}`).join("&");
  await page.goto(`${base}#/compare?${on}`);
  await page.getByText("Settings that differ").waitFor();
  assert.match(await page.locator(".compare").textContent(), /learning_rate[\s\S]*0\.001[\s\S]*0\.1/);
  await inspect(page, "compare");
  await picture(page, "board-compare");
  say("a comparison names the settings that differ");

  await page.goto(`${base}#/runs?filter=${encodeURIComponent("tag:best")}&smooth=0.6&log=y&${on}`);
  await page.reload();
  await page.getByText("1 of 6 runs").waitFor();
  assert.deepEqual(await page.locator(".runs tbody a").allInnerTexts(), ["live"]);
  assert.equal(await page.getByLabel("log y").isChecked(), true);
  await page.goto(`${base}#/runs?${on}&smooth=0.5`);
  await page.locator(".card canvas").nth(1).waitFor();
  await page.waitForTimeout(300);
  await picture(page, "board-runs");
  say("an address brings back its view");

  await page.getByRole("button", { name: "Export" }).click();
  const csv = await saved(page, () => page.getByRole("button", { name: "Table on show" }).click());
  assert.equal(readFileSync(csv, "utf8").trim().split("\n").length, 7);
  const html = await saved(page, () => page.getByRole("button", { name: "Chosen runs as a page" }).click());
  await page.keyboard.press("Escape");
  const card = page.locator(".card").first();
  for (const [name, start] of [
    ["Picture", "\u0089PNG"],
    ["Drawing", "<svg"],
    ["Numbers", "run,step"],
  ]) {
    await card.getByRole("button", { name: "Save" }).click();
    const path = await saved(page, () => card.getByRole("button", { name }).click());
    assert(readFileSync(path, "latin1").startsWith(start), `${path} is no ${name}`);
    await page.keyboard.press("Escape");
  }
  const file = await newPage(browser, pathToFileURL(html).href);
  await file.getByRole("link", { name: "sweep/wide" }).click();
  await file.locator(".card canvas").first().waitFor();
  assert.equal(await file.getByRole("button", { name: "Delete" }).count(), 0);
  await inspect(file, "a saved page");
  say("table, chart and page are exported; the page works from its file");

  const other = await newPage(browser, `${base}#/run/first`);
  await other.getByText("This tab may only look").waitFor();
  assert.equal(await other.getByRole("button", { name: "Delete" }).count(), 0);
  await page.goto(`${base}#/run/sweep/high`);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByLabel(/Write its name/).fill("sweep/high");
  await confirm(page, "Delete");
  await page.getByText("5 runs").waitFor();
  assert(!existsSync(join(world, "runs/sweep/high/log.jsonl")));
  say("a run is deleted, by who has the token");

  const phone = await newPage(browser, address, {
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
  });
  for (const view of ["runs", "lineage", `compare?${on}`, "run/live"]) {
    await phone.goto(`${base}#/${view}`);
    await phone.waitForTimeout(400);
    const width = await phone.evaluate(() => document.documentElement.scrollWidth);
    assert(width <= 360, `${view} is ${width} wide on a phone`);
    await inspect(phone, `${view} on a phone`);
  }
  await phone.emulateMedia({ colorScheme: "dark" });
  await phone.goto(`${base}#/runs?${on}`);
  await phone.waitForTimeout(400);
  await picture(phone, "board-phone");
  say("all views fit a phone");

  assert.deepEqual(wrong, []);
  say("nothing went wrong");
} catch (error) {
  for (const what of wrong) console.error(what);
  throw error;
} finally {
  await browser.close();
  endAll();
  rmSync(world, { recursive: true, force: true });
}
