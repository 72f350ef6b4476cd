import { defineConfig } from "vitest/config";
import { threadPrograms } from "./scripts/thread-programs.mjs";

/**
 * Suites that change what all files of a process share (modules replaced, prototypes patched, the heap measured, listeners
 * of signals): each gets a process of its own. All others run in two processes, which load the library once.
 */
const alone = [
  "test/reliability/**/*.test.ts",
  "test/resume/**/*.test.ts",
  "test/training/leaks.test.ts",
  "test/saving/odd-files.test.ts",
  "test/hostile/**/*.test.ts",
];

const common = {
  testTimeout: 60_000,
  hookTimeout: 120_000,
  // Tests of memory collect what is collectable before they measure.
  execArgv: ["--expose-gc"],
  pool: "forks" as const,
  setupFiles: ["test/support/fresh.ts"],
  restoreMocks: true,
  unstubEnvs: true,
  unstubGlobals: true,
};

/** Tests of the sources have the workers of pipelines too; without its program the writing thread writes in place. */
const plugins = [threadPrograms(["WORKER_PROGRAM"])];

export default defineConfig({
  test: {
    globalSetup: ["test/support/build.ts"],
    allowOnly: false,
    maxWorkers: 2,
    projects: [
      { plugins, test: { ...common, name: "alone", include: alone } },
      {
        plugins,
        test: {
          ...common,
          name: "together",
          isolate: false,
          include: ["src/**/*.test.ts", "test/**/*.test.ts"],
          exclude: alone,
        },
      },
    ],
  },
});
