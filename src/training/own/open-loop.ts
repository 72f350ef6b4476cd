import { nextSeed, seedsTaken, setSeedsTaken } from "../../core/seed.js";
import type { Json, StateValue } from "../../core/stateful.js";
import { defaultEngine } from "../../engine/index.js";
import { SignalWatch } from "../hooks/signals.js";
import type { Services } from "../loop/session.js";
import { openFolder } from "../run/open-folder.js";
import { replayed, replayOf } from "../run/replay.js";
import { decodeRunState, otherKind } from "../run/run-state.js";
import { differences } from "../state/differences.js";
import { type LoopOptions, type ResolvedLoop, resolveLoop } from "./loop-options.js";
import { LoopRun } from "./loop-run.js";
import { scoreIn } from "./loop-saves.js";
import { decodeLoopState, isLoopState, type LoopState } from "./loop-state.js";
import type { Part } from "./part.js";
import { partDifferences } from "./part-differences.js";
import { partsOf, type RunPart } from "./parts.js";
import { restoreParts } from "./restore-parts.js";

/** See the front's `openRun`. */
export async function openLoop(
  dir: string,
  given: Readonly<Record<string, RunPart>>,
  options: LoopOptions | undefined,
  services: Services,
): Promise<LoopRun> {
  const stated = resolveLoop(dir, options);
  const replay = replayOf(dir);
  const resolved = replay === null ? stated : { ...stated, run: replayed(stated.run, replay) };
  const parts = partsOf(given);
  const identity = identityOf(parts, resolved);
  const watch = resolved.signals ? SignalWatch.start({ holds: true }) : null;
  try {
    const opened = await openFolder<LoopState>({
      kind: {
        decode: decodeLoop,
        scoreIn: (header) => scoreIn(header, resolved.run.keep.monitor),
        placeOf: () => "",
        goesPastItsEnd: () => false,
        accepting: 'openRun(…, { onChange: "accept" })',
        differences: partDifferences,
        apply: (saved, where) => restoreParts(parts, saved, where),
      },
      run: resolved.run,
      identity,
      services,
    });
    const { folder, continues, warnings } = opened;
    try {
      for (const warning of warnings) console.warn(warning);
      const machine = await machineOf(parts);
      if (continues !== null) {
        warnOfMachine(folder.path, continues.saved.machine, machine);
        if (continues.saved.seeds !== null) setSeedsTaken(continues.saved.seeds);
      }
      await services.writer.prepare();
      const seed = resolved.seed ?? continues?.saved.seed ?? nextSeed("run");
      const run = new LoopRun({ parts, replay, opened, options: resolved, identity, seed, machine, services, watch });
      await run.begin();
      return run;
    } catch (error) {
      await folder.close();
      throw error;
    }
  } catch (error) {
    watch?.stop();
    throw error;
  }
}

/** Everything that the results depend on besides the state. Where the user sets no seed, the saved ones are used. */
function identityOf(parts: ReadonlyMap<string, Part>, { seed }: ResolvedLoop): Json {
  const described = [...parts].map(([name, part]) => [name, { kind: part.kind, ...(part.identity() as object) }]);
  return { seed: seed ?? seedsTaken()?.seed ?? null, parts: Object.fromEntries(described) as Json };
}

function decodeLoop(value: StateValue): LoopState {
  if (isLoopState(value)) return decodeLoopState(value);
  decodeRunState(value);
  throw otherKind("a training by fit", "a loop of openRun");
}

async function machineOf(parts: ReadonlyMap<string, Part>): Promise<Readonly<Record<string, string>>> {
  const computes = [...parts.values()].some(({ kind }) => kind === "model" || kind === "layer");
  return computes ? (await defaultEngine()).fingerprint : {};
}

function warnOfMachine(
  dir: string,
  before: Readonly<Record<string, string>>,
  now: Readonly<Record<string, string>>,
): void {
  const changes = differences({ ...before }, { ...now });
  if (changes.length === 0) return;
  console.warn(
    `The run in "${dir}" goes on on another machine, so the last bits of its numbers may differ: ${changes.join("; ")}.`,
  );
}
