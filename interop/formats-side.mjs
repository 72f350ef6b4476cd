// Reads every file that interop/test_formats.py made and writes it anew, sealed with a trailer: model.h5 -> again-model.h5.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "tsdown";

const root = join(import.meta.dirname, "..");
const out = mkdtempSync(join(root, "node_modules/.pawl-formats-"));

async function rewriteHdf5(formats, bytes) {
  return formats.writeHdf5(await formats.readHdf5(bytes));
}

async function rewrite(formats, name, bytes) {
  if (name.endsWith(".h5")) return formats.appendTrailer(await rewriteHdf5(formats, bytes));
  if (name.endsWith(".npy")) return formats.writeNpy(formats.readNpy(bytes));
  if (name.endsWith(".npz")) return formats.writeNpz(Object.fromEntries(await formats.readNpz(bytes)));
  const entries = [];
  for (const [entry, content] of await formats.readZip(bytes)) {
    entries.push({ name: entry, bytes: entry.endsWith(".h5") ? await rewriteHdf5(formats, content) : content });
  }
  const parts = await formats.writeZip(entries, { trailer: true });
  return Buffer.concat([...parts, await formats.trailerOf(parts)]);
}

try {
  await build({
    entry: { formats: join(root, "src/formats/index.ts") },
    outDir: out,
    config: false,
    dts: false,
    format: "esm",
    outExtensions: () => ({ js: ".mjs" }),
    external: [/^node:/, /^@zip\.js/],
    logLevel: "error",
  });
  const formats = await import(join(out, "formats.mjs"));
  const folder = process.argv[2];
  for (const name of readdirSync(folder)) {
    const bytes = new Uint8Array(readFileSync(join(folder, name)));
    writeFileSync(join(folder, `again-${name}`), await rewrite(formats, name, bytes));
  }
} finally {
  rmSync(out, { recursive: true });
}
