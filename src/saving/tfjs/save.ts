import { Budget } from "../../core/budget.js";
import { FormatError } from "../../core/errors.js";
import { sayOnce } from "../../core/notice.js";
import { shown } from "../../core/shown.js";
import type { Tensor } from "../../core/tensor.js";
import { VERSION } from "../../core/version.js";
import type { Vfs } from "../../core/vfs.js";
import { writeSafetensors } from "../../formats/safetensors/index.js";
import { writeTensors } from "../../formats/tfjs/index.js";
import { commitFileSet } from "../../store/index.js";
import { encodeOwnState } from "../own-state.js";
import { parseConfig } from "../plain-json.js";
import { STATE } from "../safetensors-layout.js";
import type { Collected } from "../types.js";
import { tfjsNames } from "./names.js";
import { digestOf, GENERATOR, OWN, ownIn, sealed } from "./own.js";
import { sayOfPadding } from "./padding.js";
import { tfjsTopology } from "./write-topology.js";
import { tfjsTraining } from "./write-training.js";

/** The version of TensorFlow.js whose files ours are like. */
const TFJS = "4.22.0";
const ENDING = ".weights.bin";

export interface SaveTfjsOptions {
  /** Default true. False: a model.json that is there already is an error. */
  readonly overwrite?: boolean;
}

/**
 * Writes a layers model of TensorFlow.js: model.json, model_00000.weights.bin with the weights, and
 * model_00001.weights.bin with Pawl's training state, which TensorFlow.js does not load. The model.json is what counts:
 * until it is durable, an older model of the same name is as it was.
 * @throws {FormatError} naming a layer that TensorFlow.js does not have
 * @throws {StateError} when the files cannot be written
 */
export async function writeTfjs(
  vfs: Vfs,
  path: string,
  model: Collected,
  { overwrite = true }: SaveTfjsOptions = {},
): Promise<void> {
  const topology = {
    ...tfjsTopology(model.legacyModel, model.label),
    keras_version: `tfjs-layers ${TFJS}`,
    backend: "tensor_flow.js",
  };
  const training = tfjsTraining(model);
  sayWhatIsLost(model.label, training);
  sayOfPadding(model.legacyModel, model.label);
  const weights = writeTensors(namedWeights(model), null);
  const slots = writeTensors(
    (training?.config == null ? [] : training.optimizer).map(({ name, tensor }) => [name, tensor] as const),
    "optimizer",
  );
  const own = encodeOwnState(model, true);
  const { compile_config: _, ...inOwnWords } = model.model;
  const contents = [
    [...weights.parts, ...slots.parts],
    writeSafetensors(
      own.tensors.map((tensor, i) => [String(i), tensor] as const),
      { [STATE]: own.json },
    ),
  ];
  const files: Record<string, string> = {};
  await commitFileSet(
    vfs,
    {
      path,
      indexEnding: ".json",
      ending: ENDING,
      files: contents.map((parts) => async (name: string) => {
        files[name] = await digestOf(parts);
        return parts;
      }),
      index: async ([first = "", state = ""]) => [
        await sealed(
          {
            format: "layers-model",
            generatedBy: `${GENERATOR}${VERSION}`,
            convertedBy: null,
            modelTopology: topology,
            ...(training?.config == null ? {} : { trainingConfig: training.config }),
            weightsManifest: [{ paths: [first], weights: [...weights.entries, ...slots.entries] }],
          },
          { files, state, model: inOwnWords },
        ),
      ],
      namedBy: (index) => filesOf(index, path),
    },
    { overwrite },
  );
}

function sayWhatIsLost(label: string, training: ReturnType<typeof tfjsTraining>): void {
  if (training === null) return;
  const what = training.config === null ? `without being compiled: ${training.why}` : training.partly;
  if (what === null) return;
  sayOnce(
    `tfjs-loses-${what}`,
    `${shown(label)} opens in TensorFlow.js ${what}. Pawl goes on from the file as it was.`,
  );
}

/** The weights by the names that TensorFlow.js looks for. */
function namedWeights({ layers, objects, topLevel, label }: Collected): Map<string, Tensor> {
  const own = new Map<Tensor, string>();
  for (const [path, tensor] of [...topLevel, ...layers.flatMap(({ weights }) => weights)]) {
    own.set(tensor, path.slice(path.lastIndexOf("/") + 1));
  }
  const known = objects.map((object) => ({ ...object, weights: object.weights.filter((weight) => own.has(weight)) }));
  const names = tfjsNames(known, (weight) => own.get(weight)!);
  const named = new Map<string, Tensor>();
  for (const tensor of own.keys()) {
    const name = names.get(tensor) ?? own.get(tensor)!;
    if (named.has(name)) throw sameNames(label, name);
    named.set(name, tensor);
  }
  return named;
}

/** Files that a model.json of Pawl's names; none if it is not one. */
async function filesOf(index: Uint8Array, path: string): Promise<readonly string[]> {
  try {
    const json = parseConfig(index, `"${path}"`, new Budget(index.length));
    const own = typeof json === "object" && json !== null && OWN in json ? await ownIn(json as never, index) : null;
    return own === null ? [] : Object.keys(own.member.files);
  } catch (error) {
    if (error instanceof FormatError) return [];
    throw error;
  }
}

function sameNames(label: string, name: string): FormatError {
  return new FormatError({
    code: "tfjs-same-names",
    what: `TensorFlow.js tells weights apart by the names of layers, and two layers in ${label} have the same`,
    received: JSON.stringify(name),
    fix: "Give the layers names of their own, also those of models inside",
  });
}
