// Writes the table of error codes in docs/errors.md from the source: code, class, what it says. --check only compares.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

function sources(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "generated" ? [] : sources(path);
    return name.endsWith(".ts") && !name.endsWith(".test.ts") ? [path] : [];
  });
}

const rows = new Map();
for (const file of sources(join(root, "src"))) {
  const text = readFileSync(file, "utf8");
  for (const match of text.matchAll(/code: "([a-z0-9-]+)"/g)) {
    const before = text.slice(0, match.index);
    const kind = [...before.matchAll(/\b((?:Option|Shape|State|Format|Engine)Error)\b/g)].at(-1)?.[1] ?? "PawlError";
    const what = /^,\s*what:\s*(?:\w+ === [^?]+\? )?(["`])((?:\\.|(?!\1)[\s\S])*)\1/.exec(
      text.slice(match.index + match[0].length),
    )?.[2];
    const words = (what ?? "")
      .replace(/\$\{[^}]*\}/g, "…")
      .replace(/\s+/g, " ")
      .replaceAll("|", "\\|")
      .replaceAll('\\"', '"');
    const known = rows.get(match[1]);
    if (known === undefined || known.words === "") rows.set(match[1], { kind, words });
  }
}

const table = [
  "| code | class | what it says |",
  "|---|---|---|",
  ...[...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(
      ([code, { kind, words }]) =>
        `| \`${code}\` | ${kind} | ${words === "" ? "the message says what and where" : words} |`,
    ),
].join("\n");

const path = join(root, "docs/errors.md");
const text = readFileSync(path, "utf8");
const renewed = text.replace(
  /(<!-- codes -->)[\s\S]*?(<!-- \/codes -->)/,
  (_, open, close) => `${open}\n${table}\n${close}`,
);
if (process.argv.includes("--check")) {
  if (renewed !== text) {
    console.error("docs/errors.md is behind the source: node scripts/error-table.mjs");
    process.exit(1);
  }
} else writeFileSync(path, renewed);
