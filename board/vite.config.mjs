import { defineConfig } from "vite";

export default defineConfig({
  root: import.meta.dirname,
  logLevel: "warn",
  build: {
    target: "es2022",
    // scripts/build.mjs puts it into dist/.
    outDir: "../.cache/board",
    emptyOutDir: true,
    // The page allows no inline scripts, styles or pictures.
    assetsInlineLimit: 0,
    modulePreload: false,
    rollupOptions: {
      output: { entryFileNames: "app.js", assetFileNames: "app[extname]", codeSplitting: false },
    },
  },
});
