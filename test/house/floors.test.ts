import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, test } from "vitest";

/** The architecture in one table: a file imports only from a lower floor or from its own folder. */
const FLOORS: Readonly<Record<string, number>> = {
  core: 0,
  formats: 1,
  charts: 1,
  graph: 1,
  random: 1,
  store: 2,
  data: 2,
  ops: 2,
  engine: 2,
  activations: 3,
  initializers: 3,
  regularizers: 3,
  constraints: 3,
  losses: 3,
  schedules: 3,
  layers: 4,
  metrics: 4,
  optimizers: 4,
  network: 5,
  training: 6,
  saving: 7,
  callbacks: 8,
  model: 9,
  applications: 10,
  datasets: 10,
  sweep: 10,
  utils: 10,
  board: 10,
  cli: 11,
  "index.ts": 11,
};

/**
 * The same one level down, for the rooms that are divided: a file in a folder here imports only from lower folders of its
 * room or from its own; what lies directly in the room (index, catalogue, the public verbs) may see all of them.
 */
const ROOMS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  layers: {
    options: 0,
    base: 1,
    core: 2,
    operations: 2,
    activations: 3,
    applications: 3,
    attention: 3,
    convolution: 3,
    image: 3,
    merging: 3,
    normalization: 3,
    pooling: 3,
    preprocessing: 3,
    regularization: 3,
    reshaping: 3,
    rnn: 3,
  },
  training: { state: 0, options: 1, compile: 2, data: 2, hooks: 2, step: 3, loop: 4, run: 5, own: 6 },
};

/** What only one file may import, and which: the places where the outside world comes in. */
const GATES: readonly { readonly what: RegExp; readonly files: RegExp }[] = [
  // Users' files by the Vfs alone; the engine looks for its library and asks the machine what it is.
  {
    what: /^node:(fs|fs\/promises)$/,
    files: /^(core\/vfs-node|core\/links-node|engine\/fingerprint|engine\/program-files|engine\/native\/library)\.ts$/,
  },
  // Commands try a file, and open a browser, in processes of their own; a run asks git where it stands; a sweep trains in many, a replay in one.
  {
    what: /^node:child_process$/,
    files: /^(cli\/(open[-a-z]*|replay)|training\/run\/this-program|sweep\/processes)\.ts$|\.test\.ts$/,
  },
  { what: /^koffi$/, files: /^engine\/native\// },
  { what: /^onnxruntime-node/, files: /^engine\/native\// },
  { what: /^onnxruntime-web/, files: /^engine\/web\// },
  // Readers of data, each by the source that needs it; a program that reads none of these loads none.
  { what: /^csv-parse/, files: /^data\/sources\/csv/ },
  { what: /^hyparquet/, files: /^data\/sources\/parquet/ },
  { what: /^apache-arrow/, files: /^data\/sources\/arrow/ },
  { what: /^sharp$/, files: /^data\/sources\/image/ },
  // The server of the board, which loads with its command alone.
  { what: /^(hono|@hono\/|node:http$)/, files: /^board\// },
];

const SOURCE = resolve(import.meta.dirname, "../../src");
const HARD_LIMIT = 300;

function filesUnder(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return name === "generated" ? [] : filesUnder(path);
    return name.endsWith(".ts") ? [path] : [];
  });
}

const floorName = (path: string): string => relative(SOURCE, path).split("/")[0]!;
const isTest = (path: string): boolean => path.endsWith(".test.ts");

interface Import {
  readonly from: string;
  readonly to: string;
}

function importsOf(file: string): Import[] {
  const text = readFileSync(file, "utf8");
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s*\(\s*|^import\s+)["']([^"']+)["']/gm);
  return [...found].map((match) => ({ from: file, to: match[1]! }));
}

/** Whom each file imports. */
function graphOf(all: readonly Import[]): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const { from, to } of all) {
    if (!to.startsWith(".")) continue;
    graph.set(from, [...(graph.get(from) ?? []), resolve(dirname(from), to.replace(/\.js$/, ".ts"))]);
  }
  return graph;
}

/** Sets of more than one file of which each reaches all others (Tarjan 1972). */
function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const open: string[] = [];
  const visit = (file: string): void => {
    order.set(file, order.size);
    lowest.set(file, order.get(file)!);
    open.push(file);
    for (const next of graph.get(file) ?? []) {
      if (!order.has(next)) visit(next);
      if (open.includes(next)) lowest.set(file, Math.min(lowest.get(file)!, lowest.get(next)!));
    }
    if (lowest.get(file) !== order.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) found.push(circle);
  };
  for (const file of graph.keys()) if (!order.has(file)) visit(file);
  return found;
}

const files = filesUnder(SOURCE);
const imports = files.filter((file) => !isTest(file)).flatMap(importsOf);

describe("floors", () => {
  test("every folder of src has a floor", () => {
    expect([...new Set(files.map(floorName))].filter((name) => !(name in FLOORS))).toEqual([]);
  });

  test("no file imports from its own floor's neighbours or from above", () => {
    const wrong = imports
      .filter(({ to }) => to.startsWith("."))
      .map(({ from, to }) => ({ from, to: resolve(dirname(from), to) }))
      .filter(({ from, to }) => floorName(from) !== floorName(to) && FLOORS[floorName(to)]! >= FLOORS[floorName(from)]!)
      .map(({ from, to }) => `${relative(SOURCE, from)} -> ${relative(SOURCE, to)}`);
    expect(wrong).toEqual([]);
  });

  test.each(Object.keys(ROOMS))("the folders of %s are floors too", (room) => {
    const floors = ROOMS[room]!;
    const place = (path: string): string => relative(join(SOURCE, room), path).split("/")[0]!;
    const inRoom = (path: string): boolean => floorName(path) === room && !place(path).endsWith(".ts");
    const inside = imports
      .filter(({ to }) => to.startsWith("."))
      .map(({ from, to }) => ({ from, to: resolve(dirname(from), to.replace(/\.js$/, ".ts")) }))
      .filter(({ from, to }) => inRoom(from) && floorName(to) === room);
    expect([...new Set(files.filter(inRoom).map(place))].filter((name) => !(name in floors))).toEqual([]);
    const wrong = inside
      .filter(({ from, to }) => place(from) !== place(to) && !(floors[place(to)]! < floors[place(from)]!))
      .map(({ from, to }) => `${relative(SOURCE, from)} -> ${relative(SOURCE, to)}`);
    expect(wrong).toEqual([]);
  });

  test("no circle of imports, of values or types, is left outside graph/", () => {
    // Primitives build the graphs of their own gradients.
    const wrong = circles(graphOf(imports))
      .filter((circle) => !circle.every((path) => floorName(path) === "graph"))
      .map((circle) => circle.map((path) => relative(SOURCE, path)).sort());
    expect(wrong).toEqual([]);
  });

  test("store, formats and cli never reach the engine", () => {
    const wrong = imports
      .filter(({ from }) => ["store", "formats", "cli"].includes(floorName(from)))
      .filter(({ to }) => to.includes("/engine/"))
      .map(({ from, to }) => `${relative(SOURCE, from)} -> ${to}`);
    expect(wrong).toEqual([]);
  });

  test("libraries that read data are loaded when data is read, not before", () => {
    const wrong = files
      .filter((file) => !isTest(file))
      .filter((file) =>
        /^(?:import|export) (?!type\b)[^;]*from "(?:csv-parse|hyparquet|sharp|apache-arrow)/m.test(
          readFileSync(file, "utf8"),
        ),
      );
    expect(wrong.map((file) => relative(SOURCE, file))).toEqual([]);
  });

  test("the outside world comes in at one place each", () => {
    const wrong = imports.flatMap(({ from, to }) =>
      GATES.filter(({ what, files: allowed }) => what.test(to) && !allowed.test(relative(SOURCE, from))).map(
        () => `${relative(SOURCE, from)} -> ${to}`,
      ),
    );
    expect(wrong).toEqual([]);
  });
});

describe("house rules", () => {
  test(`no source file is longer than ${HARD_LIMIT} lines`, () => {
    const long = files
      .map((file) => ({ file: relative(SOURCE, file), lines: readFileSync(file, "utf8").split("\n").length }))
      .filter(({ lines }) => lines > HARD_LIMIT);
    expect(long).toEqual([]);
  });

  test("no default exports, no unfinished work, no silenced types", () => {
    const wrong = files
      .filter((file) => !isTest(file))
      .flatMap((file) =>
        readFileSync(file, "utf8")
          .split("\n")
          .flatMap((line, i) =>
            /^export default|\bTODO\b|\bFIXME\b|\bas any\b|@ts-ignore/.test(line)
              ? [`${relative(SOURCE, file)}:${i + 1}`]
              : [],
          ),
      );
    expect(wrong).toEqual([]);
  });
});
