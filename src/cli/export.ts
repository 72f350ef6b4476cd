import { OptionError } from "../core/errors.js";
import { memorySize } from "../core/human.js";
import { joinBytes } from "../core/join-bytes.js";
import { shown } from "../core/shown.js";
import type { Json, StateValue } from "../core/stateful.js";
import { nodeVfs } from "../core/vfs-node.js";
import { encodeModel } from "../saving/encode.js";
import { modelFormat, weightsFormat } from "../saving/file-format.js";
import { NO_CONFIGS } from "../saving/model-outline.js";
import { collectDescribed } from "../saving/read-description.js";
import { optimizersForFiles } from "../saving/several-optimizers.js";
import { isModelJson } from "../saving/tfjs/is-model-json.js";
import { commitFile } from "../store/commit.js";
import { RunCheckpoints } from "../store/run-checkpoints.js";
import { parseRunReference } from "../store/run-place.js";
import { decodeLoopState, isLoopState } from "../training/own/loop-state.js";
import { findCheckpoint } from "../training/run/find-checkpoint.js";
import { decodeModel, type ModelState } from "../training/run/model-state.js";
import { decodeRunState } from "../training/run/run-state.js";
import { encodeTrainState } from "../training/state/train-state.js";
import { readBytes, statOf } from "./files.js";
import { type Standing, standingOf, standingOfLoop, standingText } from "./standing.js";
import { EXIT, type ExitCode, type Terminal } from "./terminal.js";

/** Endings of weights alone; ".h5" is that of a whole model here. */
const WEIGHTS_ONLY = [".weights.h5", ".safetensors"];

/** `pawl export RUN[@step] FILE`, and `pawl export RUN --to FORMAT [FILE]` */
export async function exportRun(
  terminal: Terminal,
  run: string,
  file: string | undefined,
  options: { readonly force?: boolean; readonly part?: string; readonly to?: string; readonly batches?: boolean },
): Promise<ExitCode> {
  const { to, part, batches } = options;
  if (to !== undefined) {
    if (part !== undefined) throw notTogether("--part", "--to: a record is that of the whole run");
    const { exportRecord } = await import("./records/export.js");
    return exportRecord(terminal, run, file, { ...options, to });
  }
  if (batches === true) throw notTogether("--batches", "a model: it is for records, with --to");
  if (file === undefined) throw noFile(run);
  const weightsOnly = WEIGHTS_ONLY.some((ending) => file.endsWith(ending));
  // A model.json is written with the files that it names.
  const format = isModelJson(file) ? null : weightsOnly ? weightsFormat(file) : modelFormat(file);
  const files = nodeVfs();
  const reference = await parseRunReference(run, async (name) => (await files.stat(name))?.kind === "folder");
  await statOf(files, reference.run);
  const folder = new RunCheckpoints(files, reference.run);
  const { entry, state: value, passedOver } = await findCheckpoint(folder, reference.place);
  for (const warning of passedOver) terminal.warn(`pawl: ${shown(warning)}`);
  const { saved, model, standing } = modelIn(value, options.part, entry.path);
  const { weights, weightNames, optimizers, state } = saved;
  const collected = collectDescribed(
    model,
    {
      weights,
      ...optimizersForFiles(optimizers, weightNames),
      state: encodeTrainState(state),
    },
    entry.path,
  );
  const overwrite = options.force === true;
  let bytes: Uint8Array;
  if (format === null) {
    // Only now: it brings the catalogue of layers.
    const { writeTfjs } = await import("../saving/tfjs/save.js");
    await writeTfjs(files, file, collected, { overwrite });
    bytes = await readBytes(files, file);
  } else {
    bytes = joinBytes(await encodeModel(weightsOnly ? { ...collected, ...NO_CONFIGS } : collected, format));
    await commitFile(files, file, bytes, { overwrite });
  }
  terminal.printJson({ file, bytes: bytes.length, checkpoint: entry.path, step: entry.step, standing });
  terminal.print(`${shown(file)}: ${memorySize(bytes.length)}, ${shown(entry.path)}, ${standingText(standing)}`);
  return EXIT.ok;
}

/** The model to export: of a loop, the one that `part` names, or the only one. */
function modelIn(
  value: StateValue,
  part: string | undefined,
  path: string,
): { readonly saved: ModelState; readonly model: Json; readonly standing: Standing } {
  if (!isLoopState(value)) {
    const run = decodeRunState(value);
    if (part !== undefined) throw noPart(part, [], path);
    return { saved: run, model: run.notes.model, standing: standingOf(run.state, run.notes.epochs) };
  }
  const loop = decodeLoopState(value);
  const models = loop.parts.filter(({ kind }) => kind === "model");
  const found = part === undefined && models.length === 1 ? models[0] : models.find(({ name }) => name === part);
  if (found === undefined) {
    throw noPart(
      part,
      models.map(({ name }) => name),
      path,
    );
  }
  return {
    saved: decodeModel(found.value),
    model: loop.models[found.name] ?? null,
    standing: standingOfLoop(loop),
  };
}

function noPart(part: string | undefined, models: readonly string[], path: string): OptionError {
  const [first] = models;
  return new OptionError({
    code: "run-model",
    what: part === undefined ? `"${path}" holds more or less than one model` : `"${path}" has no model "${part}"`,
    received: part ?? "no --part",
    expected:
      models.length === 0 ? "no --part: it is a training by fit, or holds no model" : `one of ${models.join(", ")}`,
    ...(first === undefined ? {} : { fix: `Name it: --part ${first}` }),
  });
}

function notTogether(flag: string, other: string): OptionError {
  return new OptionError({ code: "export-option", what: `${flag} does not go with ${other}` });
}

function noFile(run: string): OptionError {
  return new OptionError({
    code: "export-target",
    what: "pawl export needs the file that is to be written",
    expected: `pawl export ${run} FILE for a model, or pawl export ${run} --to csv for the record`,
  });
}
