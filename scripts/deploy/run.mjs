// Tries Pawl under the tools that people build and run programs with, and writes the table of docs/deploy.md.
// `--check` compares with the table instead of writing it; words after it choose rows whose name contains one of them.
import { spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const page = join(root, "docs/deploy.md");
// Outside of the checkout: bundlers read its tsconfig, and packages would be found in its node_modules.
const work = mkdtempSync(join(tmpdir(), "pawl-deploy-"));
const [flags, wanted] = [
  process.argv.slice(2).filter((word) => word.startsWith("--")),
  process.argv.slice(2).filter((word) => !word.startsWith("--")),
];

function sh(command, args, { cwd = work, env = {} } = {}) {
  const result = spawnSync(command, args, {
    cwd,
    encoding: "utf8",
    timeout: 300_000,
    env: { ...process.env, NODE_OPTIONS: "", NO_COLOR: "1", OUT: join(work, "out"), ...env },
  });
  return { status: result.status, text: `${result.stdout}\n${result.stderr}${result.error ?? ""}` };
}

function must(command, args, options) {
  const { status, text } = sh(command, args, options);
  if (status !== 0) throw new Error(`${command} ${args.join(" ")}\n${text}`);
  return text;
}

/** Tools and Pawl's own package, installed as a user would. */
function install() {
  mkdirSync(join(work, "out"), { recursive: true });
  for (const name of ["package.json", "package-lock.json", "app.mjs", "start.mjs", "app.test.mjs", "page.mjs"])
    cpSync(join(here, name), join(work, name));
  must(process.execPath, [join(root, "scripts/build.mjs")], { cwd: root });
  const tarball = must("npm", ["pack", "--silent", "--pack-destination", work], { cwd: root })
    .trim()
    .split("\n")
    .at(-1);
  const npm = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
  must("npm", ["ci", ...npm]);
  must("npm", ["install", "--no-save", ...npm, `./${tarball}`]);
}

const bin = (name) => join(work, "node_modules/.bin", name);
const node = (file, options) => sh(process.execPath, [file], options);
const deno = join(work, "node_modules/@deno/linux-x64-glibc/deno");
const bun = join(work, "node_modules/@oven/bun-linux-x64/bin/bun");
const versionOf = (name) => JSON.parse(readFileSync(join(work, "node_modules", name, "package.json"), "utf8")).version;
const out = (name) => join(work, "out", name);

function esbuild(file, ...args) {
  must(process.execPath, [
    join(work, "node_modules/esbuild/bin/esbuild"),
    "start.mjs",
    "--bundle",
    "--platform=node",
    "--log-level=error",
    `--outfile=${file}`,
    ...args,
  ]);
  return file;
}

/** A folder elsewhere, from which nothing of this checkout is found, with a bundle and what is shipped beside it. */
function elsewhere(bundle, shipped) {
  const folder = mkdtempSync(join(tmpdir(), "pawl-deploy-"));
  cpSync(bundle, join(folder, "program.cjs"));
  for (const [from, to] of Object.entries(shipped)) {
    mkdirSync(dirname(join(folder, to)), { recursive: true });
    cpSync(join(work, "node_modules", from), join(folder, to), { recursive: true });
  }
  const result = node("program.cjs", { cwd: folder, env: { OUT: folder } });
  rmSync(folder, { recursive: true, force: true });
  return result;
}

const LIBRARY = `onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}/libonnxruntime.so.1`;
const KOFFI = { koffi: "node_modules/koffi", "@koromix": "node_modules/@koromix" };
const WASM = "ort-wasm-simd-threaded.wasm";

function rollup(format, extension) {
  const config = `import resolve from "@rollup/plugin-node-resolve";
import commonjs from "@rollup/plugin-commonjs";
export default { input: "start.mjs", output: { file: "out/rollup.${extension}", format: "${format}", inlineDynamicImports: true },
  plugins: [resolve({ preferBuiltins: true }), commonjs()] };`;
  writeFileSync(join(work, `rollup.${extension}.config.mjs`), config);
  must(bin("rollup"), ["-c", `rollup.${extension}.config.mjs`, "--silent"]);
  return node(out(`rollup.${extension}`));
}

function webpack(type, extension) {
  const isModule = type === "module";
  const config = {
    mode: "production",
    target: "node20",
    context: work,
    entry: "./start.mjs",
    output: { path: join(work, "out"), filename: `webpack.${extension}`, library: { type }, module: isModule },
    experiments: { outputModule: isModule },
  };
  const program = `import webpack from "webpack";
webpack(${JSON.stringify(config)}, (error, stats) => {
  if (error || stats.hasErrors()) { console.error(error ?? stats.toString()); process.exitCode = 1; }
});`;
  writeFileSync(join(work, `webpack.${extension}.mjs`), program);
  must(process.execPath, [join(work, `webpack.${extension}.mjs`)]);
  return node(out(`webpack.${extension}`));
}

function vite(noExternal) {
  const folder = noExternal ? "vite-whole" : "vite";
  const config = { ssr: { noExternal }, build: { ssr: "start.mjs", outDir: `out/${folder}`, emptyOutDir: true } };
  writeFileSync(join(work, `${folder}.config.mjs`), `export default ${JSON.stringify(config)};`);
  must(bin("vite"), ["build", "-c", `${folder}.config.mjs`, "--logLevel", "error"]);
  return node(out(`${folder}/start.js`));
}

function jest() {
  const config = { testMatch: ["<rootDir>/*.test.mjs"], transform: {}, moduleFileExtensions: ["mjs", "js"] };
  writeFileSync(join(work, "jest.config.mjs"), `export default ${JSON.stringify(config)};`);
  return sh(process.execPath, [
    "--experimental-vm-modules",
    join(work, "node_modules/jest/bin/jest.js"),
    "--silent=false",
  ]);
}

const vitest = (pool) => sh(bin("vitest"), ["run", "--globals", `--pool=${pool}`]);

function workerThreads() {
  const program = `import { isMainThread, Worker } from "node:worker_threads";
if (isMainThread) for (let i = 0; i < 2; i++) new Worker(new URL(import.meta.url)).on("error", (error) => { throw error; });
else await import("./start.mjs");`;
  writeFileSync(join(work, "threads.mjs"), program);
  return node("threads.mjs");
}

function required() {
  writeFileSync(
    join(work, "required.cjs"),
    `const { main } = require("./app.mjs");\nmain().then((d) => console.log("digest", d));`,
  );
  return node("required.cjs");
}

/** Runs with a package out of the way, as where it could not be installed. */
function without(name, run) {
  const [place, aside] = [join(work, "node_modules", name), join(work, "aside")];
  cpSync(place, aside, { recursive: true });
  rmSync(place, { recursive: true });
  try {
    return run();
  } finally {
    rmSync(place, { recursive: true, force: true });
    cpSync(aside, place, { recursive: true });
    rmSync(aside, { recursive: true });
  }
}

function denoNamed() {
  const permissions = [
    "--allow-read",
    `--allow-write=${join(work, "out")}`,
    "--allow-env",
    "--allow-ffi",
    "--allow-sys",
  ];
  return sh(deno, ["run", "--quiet", "--no-prompt", ...permissions, "start.mjs"]);
}

/** The page as vite builds it, in a real browser without a window. */
async function inBrowser() {
  const config = { build: { outDir: "out/page", emptyOutDir: true } };
  writeFileSync(join(work, "page.config.mjs"), `export default ${JSON.stringify(config)};`);
  writeFileSync(join(work, "index.html"), '<body><script type="module" src="./page.mjs"></script></body>');
  must(bin("vite"), ["build", "-c", "page.config.mjs", "--logLevel", "error"]);
  const types = { html: "text/html", js: "text/javascript", wasm: "application/wasm" };
  const server = createServer((request, response) => {
    const file = join(out("page"), request.url === "/" ? "index.html" : new URL(request.url, "http://x").pathname);
    if (!existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { "content-type": types[file.split(".").at(-1)] ?? "text/plain" }).end(readFileSync(file));
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const browser = spawn("chromium", [
    ...["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
    ...["--disable-background-networking", "--disable-component-update", `--user-data-dir=${out("browser")}`],
    ...["--virtual-time-budget=60000", "--dump-dom", `http://127.0.0.1:${server.address().port}/`],
  ]);
  let text = "";
  browser.stdout.on("data", (data) => {
    text += data;
  });
  try {
    const status = await new Promise((resolve, reject) => browser.on("exit", resolve).on("error", reject));
    return { status, text };
  } finally {
    // Without a browser, too: an open server would keep this process alive.
    server.close();
  }
}

function bunBuild(target) {
  const file = out(`bun.${target}.mjs`);
  must(bun, ["build", "start.mjs", `--target=${target}`, `--outfile=${file}`]);
  return target === "bun" ? sh(bun, [file]) : node(file);
}

function bunExecutable() {
  must(bun, ["build", "start.mjs", "--compile", `--outfile=${out("bun-program")}`]);
  return sh(out("bun-program"), []);
}

/** What is tried: name, what ships besides Pawl's own code, how, and which engine must run (or the words of the error). */
const TRIALS = [
  ["Node", "node_modules", () => node("start.mjs"), "native"],
  ["Node, `require()` from CommonJS", "node_modules", required, "native"],
  ["Node, in worker threads", "node_modules", workerThreads, "native"],
  ["Node, without onnxruntime-node", "node_modules", () => without("onnxruntime-node", () => node("start.mjs")), "web"],
  ["esbuild, ESM", "node_modules", () => node(esbuild(out("esm.mjs"), "--format=esm")), "native"],
  [
    "esbuild, CommonJS (its default for Node)",
    "node_modules",
    () => node(esbuild(out("cjs.cjs"), "--format=cjs")),
    "native",
  ],
  [
    "one CommonJS file, moved elsewhere",
    "koffi, @koromix, `libonnxruntime.so.1` beside the file",
    () => elsewhere(esbuild(out("cjs.cjs")), { ...KOFFI, [LIBRARY]: "libonnxruntime.so.1" }),
    "native",
  ],
  [
    "one CommonJS file, moved elsewhere",
    `only \`${WASM}\` beside the file`,
    () => elsewhere(esbuild(out("cjs.cjs")), { [`onnxruntime-web/dist/${WASM}`]: WASM }),
    "web",
  ],
  [
    "one CommonJS file, moved elsewhere",
    "nothing",
    () => elsewhere(esbuild(out("cjs.cjs")), {}),
    `the file ${WASM} was not found`,
  ],
  ["rollup, one chunk, ESM", "node_modules", () => rollup("es", "mjs"), "native"],
  ["rollup, one chunk, CommonJS", "node_modules", () => rollup("cjs", "cjs"), "native"],
  ["webpack, ESM", "node_modules", () => webpack("module", "mjs"), "native"],
  ["webpack, CommonJS", "node_modules", () => webpack("commonjs2", "cjs"), "native"],
  ["vite, `build --ssr`", "node_modules", () => vite(undefined), "native"],
  ["vite, `build --ssr`, `noExternal`", "node_modules", () => vite(true), "native"],
  ["vite, a page in Chromium", "the built files", inBrowser, "web"],
  ["Bun", "node_modules", () => sh(bun, ["start.mjs"]), "native"],
  ["`bun build --target=node`", "node_modules", () => bunBuild("node"), "native"],
  ["`bun build --target=bun`", "node_modules", () => bunBuild("bun"), "native"],
  ["`bun build --compile`", "node_modules", bunExecutable, "native"],
  [
    "Deno, `--allow-read --allow-write=FOLDER --allow-env --allow-ffi --allow-sys`",
    "node_modules",
    denoNamed,
    "native",
  ],
  ["Jest, ESM (`--experimental-vm-modules`)", "node_modules", jest, "native"],
  ...["forks", "threads", "vmThreads", "vmForks"].map((pool) => [
    `vitest, \`--pool=${pool}\``,
    "node_modules",
    () => vitest(pool),
    "native",
  ]),
];

const TOOLS = {
  esbuild: "esbuild",
  "one CommonJS": "esbuild",
  rollup: "rollup",
  webpack: "webpack",
  vite: "vite",
  Jest: "jest",
  vitest: "vitest",
  Deno: "@deno/linux-x64-glibc",
  Bun: "@oven/bun-linux-x64",
  "`bun": "@oven/bun-linux-x64",
};

/** Longest name first: "vitest" is no "vite". */
function toolOf(name) {
  const found = Object.keys(TOOLS)
    .sort((a, b) => b.length - a.length)
    .find((start) => name.startsWith(start));
  return found === undefined ? `Node ${process.versions.node.split(".")[0]}` : versionOf(TOOLS[found]);
}

function judge({ status, text }, expected, digest) {
  const found = [...text.matchAll(/digest ([0-9a-f]{16})/g)].map((match) => match[1]);
  const engine = text.includes("running on WebAssembly") ? "web" : "native";
  if (expected !== "native" && expected !== "web")
    return status !== 0 && text.includes(expected) ? null : "no such error";
  if (status !== 0 || found.length === 0) return `ended with ${status}`;
  if (engine !== expected) return `ran on ${engine}`;
  if (engine === "native" && found.some((one) => one !== digest)) return `predicted ${found}, not ${digest}`;
  return null;
}

/** A tool that fails before the program runs has failed too. */
async function attempt(run) {
  try {
    return await run();
  } catch (error) {
    return { status: 1, text: String(error) };
  }
}

const WORDS = { native: "native", web: "WebAssembly" };

process.on("exit", () => rmSync(work, { recursive: true, force: true }));
install();
const digest = /digest ([0-9a-f]{16})/.exec(must(process.execPath, ["start.mjs"]))[1];
const rows = [];
let failed = 0;
for (const [name, shipped, run, expected] of TRIALS) {
  if (wanted.length > 0 && !wanted.some((word) => name.includes(word))) continue;
  const result = await attempt(run);
  const wrong = judge(result, expected, digest);
  if (wrong !== null) failed++;
  console.log(
    `deploy: ${wrong === null ? "ok    " : "FAILED"} ${name}, shipped: ${shipped}${wrong === null ? "" : `: ${wrong}\n${result.text}`}`,
  );
  const outcome = WORDS[expected] ?? `error: “${expected}”`;
  rows.push(`| ${name} | ${toolOf(name)} | ${shipped} | ${wrong === null ? outcome : `**fails**: ${wrong}`} |`);
}
const table = ["| tool | version | shipped with it | engine |", "|---|---|---|---|", ...rows].join("\n");
if (wanted.length === 0) {
  const text = readFileSync(page, "utf8");
  const made = text.replace(/(<!-- deploy -->\n)[\s\S]*?(\n<!-- \/deploy -->)/, (_, a, b) => a + table + b);
  if (!flags.includes("--check")) writeFileSync(page, made);
  else if (made !== text) {
    console.error("deploy: docs/deploy.md differs from what was found; run `node scripts/deploy/run.mjs`");
    failed++;
  }
}
console.log(`${rows.length - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
