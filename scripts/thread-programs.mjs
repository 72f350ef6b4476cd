// The programs of the library's threads: each is bundled into one text, which the library holds (as a text it needs no file
// beside it). The build makes the texts first, then the library.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = ".cache/threads";

/** The program's entry, and the module that holds its text under a name. */
const PROGRAMS = [
  { entry: "src/saving/writer-thread.ts", holder: "/saving/writer-program.ts", name: "WRITER_PROGRAM" },
  { entry: "src/data/workers/worker-thread.ts", holder: "/data/workers/worker-program.ts", name: "WORKER_PROGRAM" },
];

const built = ({ entry }) => entry.split("/").at(-1).replace(".ts", ".cjs");

/** One CommonJS text each, with all that it needs: it runs where there is no file to load anything from. */
export const threads = PROGRAMS.map(({ entry }) => ({
  entry,
  outDir: folder,
  format: "cjs",
  platform: "node",
  target: "es2022",
  dts: false,
  clean: false,
  minify: true,
  outputOptions: { codeSplitting: false },
  deps: { neverBundle: [/^node:/], alwaysBundle: [/^@zip\.js/] },
}));

/** Puts the texts into their places. @param names of those wanted; default: all */
export const threadPrograms = (names) => ({
  name: "thread-programs",
  enforce: "pre",
  transform(_code, id) {
    const program = PROGRAMS.find(({ holder, name }) => id.endsWith(holder) && (names?.includes(name) ?? true));
    if (program === undefined) return undefined;
    const path = join(import.meta.dirname, "..", folder, built(program));
    if (!existsSync(path)) throw new Error(`${path} is made first: npm run build -- --force`);
    return { code: `export const ${program.name} = ${JSON.stringify(readFileSync(path, "utf8"))};`, map: null };
  },
});
