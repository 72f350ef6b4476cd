import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", cli: "src/cli/main.ts", writer: "src/saving/writer-thread.ts" },
  format: "esm",
  platform: "neutral",
  target: "es2022",
  dts: true,
  clean: false,
  outExtensions: () => ({ js: ".js", dts: ".d.ts" }),
  // Everything from npm stays outside: what is optional must be free to be missing.
  deps: { neverBundle: [/^node:/, "commander", "koffi", /^onnxruntime-/, /^@zip\.js/, /^@bufbuild/] },
});
