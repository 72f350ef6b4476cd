import { OptionError, StateError } from "../core/errors.js";
import { shown } from "../core/shown.js";
import type { Json } from "../core/stateful.js";
import type { Vfs } from "../core/vfs.js";
import { nodeVfs } from "../core/vfs-node.js";
import { LOCK_TIMING, RunFolder } from "../store/index.js";
import type { SaveEvent } from "../store/record/events.js";
import { type Points, RecordReader } from "../store/record/index.js";
import { RunCheckpoints } from "../store/run-checkpoints.js";
import { absolute, REPLAY_VARIABLE, type Replay } from "../training/run/replay.js";
import { copyState } from "../training/run/seed-fork.js";
import { statOf } from "./files.js";
import { commonSaves, pointsPart } from "./parting.js";
import { EXIT, type ExitCode, type Terminal } from "./terminal.js";

/** The stretch to do again. */
interface Stretch {
  readonly run: string;
  readonly from: number;
  /** Null: up to the last save. */
  readonly until: number | null;
}

/** `pawl replay RUN[@a..b] -- COMMAND` */
export async function replay(terminal: Terminal, given: string, command: readonly string[]): Promise<ExitCode> {
  const files = nodeVfs();
  const { run, from, until } = await stretchOf(files, given);
  const record = new RecordReader(files, run);
  await record.update();
  const saves = savesIn(record, from, until);
  const last = saves.at(-1);
  if (last === undefined) throw nothingToReplay(run, record.saves);
  const into = await newFolder();
  await begin(files, run, from, into);
  const wanted: Replay = {
    run: absolute(run),
    into,
    until: { step: last.step, batch: last.batch },
    saves: saves.map(({ step }) => step),
  };
  await runCommand(command, { [REPLAY_VARIABLE]: JSON.stringify(wanted) });
  const again = new RecordReader(files, into);
  await again.update();
  if (again.starts.length === 0) throw notTrained(run, command);
  const pairs = commonSaves(saves, again.saves);
  const other = pairs.find(([one, two]) => one.state !== two.state) ?? null;
  const points = [record.batches, record.epochs].map((table, i) =>
    pointsPart(after(table, from), i === 0 ? again.batches : again.epochs),
  );
  const parted = points.find((one) => one !== null) ?? null;
  const complete = pairs.length === saves.length;
  const equal = other === null && parted === null && complete;
  const states = `${pairs.length} of ${saves.length} states from step ${from} to ${last.step}`;
  terminal.printJson({
    run,
    from,
    until: last.step,
    equal,
    compared: pairs.length,
    saves: saves.length,
    points: parted as unknown as Json,
    firstOther: other?.[0].step ?? null,
    folder: into,
  });
  if (equal) terminal.print(`${shown(run)}: the same bits again, ${states}`);
  else {
    if (other !== null) terminal.print(`${shown(run)}: the state of step ${other[0].step} is another one`);
    if (parted !== null)
      terminal.print(`${shown(run)}: at step ${parted.step}, ${parted.key} was ${parted.a}, is ${parted.b}`);
    if (!complete) terminal.print(`${shown(run)}: the command did not come to the end: ${states}`);
    terminal.print(`What it has made is in ${into}: pawl diff ${shown(run)} ${into}`);
  }
  if (equal) await new RunFolder(files, into).clear();
  return equal ? EXIT.ok : EXIT.failed;
}

async function stretchOf(files: Vfs, given: string): Promise<Stretch> {
  const found = /^(.+)@(\d*)\.\.(\d*)$/.exec(given);
  const run = (found?.[1] ?? given).replace(/(?<=.)\/+$/, "");
  await statOf(files, run);
  const entries = await new RunCheckpoints(files, run).list();
  const steps = entries.map(({ step }) => step);
  const from = found?.[2] ? Number(found[2]) : steps[0];
  if (from === undefined || !steps.includes(from)) {
    throw new OptionError({
      code: "replay-from",
      what: `"${run}" cannot be replayed from step ${from ?? 0}`,
      received: steps.length === 0 ? "no checkpoints" : `checkpoints after steps ${[...new Set(steps)].join(", ")}`,
      expected: "a checkpoint there",
      fix: `E.g. pawl replay ${run}@${steps[0] ?? 0}.. -- node train.ts`,
    });
  }
  return { run, from, until: found?.[3] ? Number(found[3]) : null };
}

/** The saves to compare, each place once. */
function savesIn({ saves }: RecordReader, from: number, until: number | null): SaveEvent[] {
  const wanted = saves.filter(({ step }) => step > from && step <= (until ?? Number.POSITIVE_INFINITY));
  return [...new Map(wanted.map((save) => [`${save.step} ${save.epoch} ${save.batch}`, save])).values()].sort(
    (a, b) => a.step - b.step,
  );
}

/** Points after a step. */
function after(points: Points, step: number): Points {
  let first = 0;
  while (first < points.length && points.step[first]! <= step) first++;
  const { length, keys } = points;
  const cut = (column: Float64Array): Float64Array => column.subarray(first, length);
  return {
    ...points,
    length: length - first,
    step: cut(points.step),
    keys,
    column: (key) => {
      const column = points.column(key);
      return column === undefined ? undefined : cut(column);
    },
    last: (key) => points.last(key),
  };
}

async function newFolder(): Promise<string> {
  const { tmpdir } = await import("node:os");
  return `${tmpdir()}/pawl-replay-${Date.now().toString(36)}-${process.pid}`;
}

/** Puts the state to begin from into the folder. */
async function begin(files: Vfs, run: string, step: number, into: string): Promise<void> {
  const folder = new RunFolder(files, into);
  await folder.open({ ...LOCK_TIMING });
  try {
    await copyState(folder, new RunCheckpoints(files, run), step);
  } finally {
    await folder.close();
  }
}

async function runCommand([program, ...args]: readonly string[], variables: Record<string, string>): Promise<void> {
  const { spawn } = await import("node:child_process");
  await new Promise<void>((resolve, reject) => {
    // What the program prints is not the command's answer.
    const child = spawn(program!, args, { stdio: ["inherit", 2, 2], env: { ...process.env, ...variables } });
    child.once("error", (error) => {
      const what = `"${program}" could not be started: ${error.message}`;
      reject(new OptionError({ code: "replay-command", what, fix: "Give the command that trains: -- node train.ts" }));
    });
    child.once("close", () => resolve());
  });
}

function nothingToReplay(run: string, saves: readonly SaveEvent[]): OptionError {
  return new OptionError({
    code: "replay-nothing",
    what: `"${run}" has no state to compare in that stretch`,
    received:
      saves.length === 0 ? "a record without saves" : `saves after steps ${saves.map(({ step }) => step).join(", ")}`,
    expected: "a save after its first step",
    fix: `E.g. pawl replay ${run} -- node train.ts`,
  });
}

function notTrained(run: string, command: readonly string[]): StateError {
  return new StateError({
    code: "replay-not-trained",
    what: `The command did not train in "${run}"`,
    received: command.join(" "),
    expected: `a program that calls fit({ run: "${run}" }) or openRun`,
    fix: "Give the command that made the run, in the folder that it was started in",
  });
}
