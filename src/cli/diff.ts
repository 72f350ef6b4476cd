import { shown, shownJson } from "../core/shown.js";
import type { Json, StateValue } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { nodeVfs } from "../core/vfs-node.js";
import type { SaveEvent } from "../store/record/events.js";
import { RecordReader } from "../store/record/index.js";
import { RunCheckpoints } from "../store/run-checkpoints.js";
import { parseRunReference } from "../store/run-place.js";
import { isLoopState } from "../training/own/loop-state.js";
import { decodeRunState } from "../training/run/run-state.js";
import { differences } from "../training/state/differences.js";
import { statOf } from "./files.js";
import { commonSaves, isResult, type Parting, pointsPart, type TensorDifference, tensorsPart } from "./parting.js";
import { columns, EXIT, type ExitCode, type Terminal } from "./terminal.js";

/** One of the two runs. */
interface Side {
  readonly path: string;
  readonly record: RecordReader;
}

/** `pawl diff A B` */
export async function diff(terminal: Terminal, givenA: string, givenB: string): Promise<ExitCode> {
  const files = nodeVfs();
  const [a, b] = [await open(files, givenA), await open(files, givenB)];
  const settings = between(a, b, ({ config }) => config.identity);
  const machine = between(a, b, ({ machine: one, pawl }) => ({ ...one, pawl }));
  const saves = commonSaves(a.record.saves, b.record.saves);
  const parted = saves.find(([one, two]) => one.state !== two.state) ?? null;
  const same = saves.filter(([one, two]) => one.state === two.state && (parted === null || one.step <= parted[0].step));
  const points = firstOf(pointsPart(a.record.batches, b.record.batches), pointsPart(a.record.epochs, b.record.epochs));
  const tensors = parted === null ? null : await tensorsAt(files, a, b, parted);
  const last = lastLogs(a, b);
  const equal = points === null && parted === null;
  terminal.printJson({
    a: a.path,
    b: b.path,
    equal,
    settings,
    machine,
    logs: last as unknown as Json,
    points: points as unknown as Json,
    saves: { common: saves.length, lastEqual: same.at(-1)?.[0].step ?? null, firstOther: parted?.[0].step ?? null },
    tensors: tensors as unknown as Json,
  });
  const section = (title: string, lines: readonly string[], none: string): void => {
    terminal.print(terminal.paint.bold(title));
    for (const line of lines.length === 0 ? [none] : lines) terminal.print(`  ${shown(line)}`);
  };
  section("Settings", settings, "the same");
  section("Machine and versions", machine, "the same");
  const rows = last.map(({ key, a: one, b: two }) => [key, one, two].map(String));
  section(
    "Last epoch",
    columns([["", shown(a.path), shown(b.path)], ...rows], (cell) => cell),
    "nothing in common",
  );
  section("Where they part", partingLines(points, saves.length, same.at(-1)?.[0] ?? null, parted?.[0] ?? null), "");
  if (tensors !== null) section("Tensors", tensors.slice(0, MOST_TENSORS).map(tensorText), "none of them");
  if (tensors !== null && tensors.length > MOST_TENSORS)
    terminal.print(`  … ${tensors.length - MOST_TENSORS} more (--json lists all)`);
  return equal ? EXIT.ok : EXIT.failed;
}

const MOST_TENSORS = 12;

async function open(files: Vfs, given: string): Promise<Side> {
  const { run } = await parseRunReference(given, async (path) => (await files.stat(path))?.kind === "folder");
  await statOf(files, run);
  const record = new RecordReader(files, run);
  await record.update();
  return { path: run, record };
}

function between(a: Side, b: Side, what: (start: Side["record"]["starts"][number]) => Json): string[] {
  const [one, two] = [a.record.starts.at(-1), b.record.starts.at(-1)];
  if (one === undefined || two === undefined) return ["not known: a record says of no start"];
  return differences(what(one), what(two));
}

function firstOf(one: Parting | null, two: Parting | null): Parting | null {
  if (one === null || two === null) return one ?? two;
  return two.step < one.step ? two : one;
}

function lastLogs(a: Side, b: Side): { readonly key: string; readonly a: number; readonly b: number }[] {
  const { epochs } = a.record;
  return epochs.keys.filter(isResult).flatMap((key) => {
    const [one, two] = [epochs.last(key), b.record.epochs.last(key)];
    return one === undefined || two === undefined ? [] : [{ key, a: one.value, b: two.value }];
  });
}

/** What differs in the first two states that do; null where one of the files is no longer there. */
async function tensorsAt(
  files: Vfs,
  a: Side,
  b: Side,
  [one, two]: readonly [SaveEvent, SaveEvent],
): Promise<readonly TensorDifference[] | null> {
  const read = async ({ path }: Side, { file }: SaveEvent): Promise<StateValue | null> => {
    const folder = new RunCheckpoints(files, path);
    const entry = (await folder.list()).find((each) => each.path.endsWith(`/${file}`));
    return entry === undefined ? null : await folder.read(entry).catch(() => null);
  };
  const [x, y] = [await read(a, one), await read(b, two)];
  if (x === null || y === null) return null;
  return tensorsPart(x.tensors, y.tensors, namesIn(x));
}

/** "weights/3" by the path of the weight. */
function namesIn(state: StateValue): (name: string) => string {
  if (isLoopState(state)) return (name) => name;
  const { weightNames, optimizers } = decodeRunState(state);
  return (name) => {
    const [kind, index] = name.split("/");
    const known = kind === "weights" ? weightNames : kind === "optimizer" ? optimizers.names : [];
    return known[Number(index)] ?? name;
  };
}

function partingLines(
  points: Parting | null,
  common: number,
  lastEqual: SaveEvent | null,
  firstOther: SaveEvent | null,
): string[] {
  const lines: string[] = [];
  if (points === null) lines.push("every step that both recorded has the same numbers");
  else lines.push(`step ${points.step}: ${points.key} is ${points.a} and ${points.b}`);
  if (common === 0) lines.push("no two checkpoints were saved at the same place");
  else if (firstOther === null) lines.push(`all ${common} states that both saved are the same, bit for bit`);
  else {
    const before =
      lastEqual === null ? "none is the same before" : `the last that is the same is that of step ${lastEqual.step}`;
    lines.push(`the state of step ${firstOther.step} is the first that differs; ${before}`);
  }
  return lines;
}

function tensorText({ name, elements, of, largest }: TensorDifference): string {
  if (elements === null) return `${name}: another shape, or only in one of them`;
  const most = largest === null ? "" : `, at most ${shownJson(largest)} apart`;
  return `${name}: ${elements} of ${of} elements${most}`;
}
