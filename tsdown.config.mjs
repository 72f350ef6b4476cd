import { defineConfig } from "tsdown";
import { threadPrograms, threads } from "./scripts/thread-programs.mjs";

const library = {
  entry: { index: "src/index.ts", cli: "src/cli/main.ts" },
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  clean: false,
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
  plugins: [threadPrograms()],
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
      /^hyparquet/,
      "sharp",
      /^apache-arrow/,
    ],
  },
};

export default defineConfig(process.env.PAWL_BUILD === "threads" ? threads : library);
