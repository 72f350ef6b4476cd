import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: ["test/support/build.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    pool: "forks",
    allowOnly: false,
    // Tests of memory collect what is collectable before they measure.
    execArgv: ["--expose-gc"],
    maxWorkers: 2,
  },
});
