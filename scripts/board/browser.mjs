// A browser that notes whatever is wrong: errors, refusals of the policy, questions to other servers, what axe finds.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const wrong = [];

export async function openBrowser() {
  const executablePath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: ["--no-sandbox"] });
}

/** A window in which nothing may go wrong. */
export async function newPage(browser, address, options = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    acceptDownloads: true,
    ...options,
  });
  const page = await context.newPage();
  await page.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => {
      console.error(`policy: ${violatedDirective} ${blockedURI}`);
    });
  });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()} at ${page.url()}`);
  });
  page.on("pageerror", (error) => wrong.push(`error: ${error.message} at ${page.url()}`));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(new URL(address).origin) && !/^(blob|data|file):/.test(url)) wrong.push(`asked ${url}`);
  });
  await page.goto(address);
  return page;
}

/** What axe finds serious in a view, in light and dark. */
export async function inspect(page, name) {
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await page.waitForTimeout(150);
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    for (const { id, impact, nodes } of violations) {
      const where = nodes.slice(0, 3).map(({ html, failureSummary }) => `${html.slice(0, 160)} (${failureSummary})`);
      if (["serious", "critical"].includes(impact))
        wrong.push(`axe: ${name}, ${colorScheme}: ${id}: ${where.join(" | ")}`);
    }
  }
  await page.emulateMedia({ colorScheme: "light" });
}
