import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "tsdown";

const WRITER = ".cache/writer/writer-thread.cjs";

/** Puts the text of the writing thread's program into its place; see src/saving/writer-program.ts. */
const writerProgram = {
  name: "writer-program",
  transform(_code, id) {
    if (!id.endsWith("/saving/writer-program.ts")) return undefined;
    if (!existsSync(WRITER)) throw new Error(`${WRITER} is made first: npm run build`);
    return { code: `export const WRITER_PROGRAM = ${JSON.stringify(readFileSync(WRITER, "utf8"))};`, map: null };
  },
};

const library = {
  entry: { index: "src/index.ts", cli: "src/cli/main.ts" },
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  clean: false,
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
  plugins: [writerProgram],
  // What everything needs in one file: each file costs time when the package is imported. Declarations stay one file.
  outputOptions: {
    // A tenth of what importing the package costs was comments; the declarations have them. Bundlers need the annotations.
    comments: { annotation: true, jsdoc: false, legal: false },
    codeSplitting: { groups: [{ name: "core", test: /src\/core\/[^.]*\.ts$/ }] },
  },
  // Everything from npm stays outside: what is optional must be free to be missing.
  deps: {
    neverBundle: [
      /^node:/,
      "commander",
      "koffi",
      /^onnxruntime-/,
      /^@zip\.js/,
      /^@bufbuild/,
      /^csv-parse/,
      "hyparquet",
      "tinypool",
      "sharp",
      "apache-arrow",
    ],
  },
};

/** One CommonJS text with all that it needs: it runs where there is no file to load anything from. */
const writer = {
  entry: "src/saving/writer-thread.ts",
  outDir: ".cache/writer",
  format: "cjs",
  platform: "node",
  target: "es2022",
  dts: false,
  minify: true,
  outputOptions: { codeSplitting: false },
  deps: { neverBundle: [/^node:/], alwaysBundle: [/^@zip\.js/] },
};

export default defineConfig(process.env.PAWL_BUILD === "writer" ? writer : library);
