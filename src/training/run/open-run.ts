import type { Json } from "../../core/stateful.js";
import type { ResolvedFit } from "../loop/fit-options.js";
import type { Services } from "../loop/session.js";
import { pastItsEnd } from "../loop/starting-point.js";
import type { ResolvedRun } from "../options/run-options.js";
import { differences } from "../state/differences.js";
import type { Trainer } from "../step/trainer.js";
import { scoreIn } from "./epoch-score.js";
import { openFolder } from "./open-folder.js";
import type { Replay } from "./replay.js";
import { Run } from "./run.js";
import { applyRunState, decodeRunState } from "./run-state.js";

/** Arguments of {@link openRun}. */
interface Opening {
  readonly trainer: Trainer;
  readonly fit: ResolvedFit;
  readonly run: ResolvedRun;
  readonly replay: Replay | null;
  /** Everything that the training's results depend on. */
  readonly identity: Json;
  readonly services: Services;
}

/**
 * Locks the folder, and restores the state in it, if there is one, into the model.
 * @throws {StateError} when another process trains in it, or when it belongs to a training that differs
 */
export async function openRun({ trainer, fit, run, replay, identity, services }: Opening): Promise<Run> {
  const { validationFreq } = fit;
  const opened = await openFolder({
    kind: {
      decode: decodeRunState,
      scoreIn: (header) => scoreIn(header, run.keep.monitor, validationFreq),
      placeOf: ({ state }) => ` (epoch ${state.epoch})`,
      goesPastItsEnd: ({ state }, changed) => pastItsEnd(state, fit, changed) !== null,
      accepting: `run: { dir: "${run.dir}", onChange: "accept" }`,
      differences,
      apply: (saved, where) => applyRunState(trainer, saved, identity, where, run.skipMismatch),
    },
    run,
    identity,
    services,
  });
  return new Run({ opened, replay, options: run, validationFreq, identity, services });
}
