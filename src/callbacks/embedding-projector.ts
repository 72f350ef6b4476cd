import { unknownName } from "../core/errors.js";
import { joinPath } from "../core/paths.js";
import type { Vfs } from "../core/vfs.js";
import { Embedding } from "../layers/index.js";
import { commitFile } from "../store/index.js";
import type { TrainingLayer } from "../training/hooks/callback.js";

type Metadata = string | { readonly [layer: string]: string } | null;

const nameOf = ({ name }: TrainingLayer): string => `${name.replaceAll(/[^\w.-]/gu, "_")}_embeddings`;

const embeddingsOf = (layers: readonly TrainingLayer[]): readonly TrainingLayer[] =>
  layers.filter((layer) => layer instanceof Embedding);

/**
 * Writes what TensorBoard's projector reads: which file has the vectors of which layer, and which their labels. (Keras
 * names a tensor of a TensorFlow checkpoint, which neither it nor we write.)
 * @throws {OptionError} for labels of a layer that is no Embedding
 */
export async function writeProjectorConfig(
  files: Vfs,
  folder: string,
  layers: readonly TrainingLayer[],
  metadata: Metadata,
): Promise<void> {
  const all = embeddingsOf(layers);
  if (metadata !== null && typeof metadata !== "string") {
    const names = all.map(({ name }) => name);
    const wrong = Object.keys(metadata).find((name) => !names.includes(name));
    if (wrong !== undefined)
      throw unknownName("TensorBoard.embeddingsMetadata: no Embedding of the model", wrong, names);
  }
  const config = all.map((layer) => {
    const labels = typeof metadata === "string" ? metadata : (metadata?.[layer.name] ?? null);
    const lines = [
      `  tensor_name: ${JSON.stringify(nameOf(layer))}`,
      `  tensor_path: ${JSON.stringify(`train/${nameOf(layer)}.tsv`)}`,
      ...(labels === null ? [] : [`  metadata_path: ${JSON.stringify(labels)}`]),
    ];
    return `embeddings {\n${lines.join("\n")}\n}\n`;
  });
  await files.makeFolder(folder);
  await commitFile(files, joinPath(folder, "projector_config.pbtxt"), new TextEncoder().encode(config.join("")));
}

/** Writes the vectors of each Embedding, a row a line. */
export async function writeEmbeddings(files: Vfs, folder: string, layers: readonly TrainingLayer[]): Promise<void> {
  for (const layer of embeddingsOf(layers)) {
    const [table] = await layer.getWeights();
    const [rows = 0, columns = 0] = table!.shape;
    const data = table!.data as Float32Array;
    const lines = Array.from({ length: rows }, (_, row) =>
      data.subarray(row * columns, (row + 1) * columns).join("\t"),
    );
    const path = joinPath(joinPath(folder, "train"), `${nameOf(layer)}.tsv`);
    await commitFile(files, path, new TextEncoder().encode(`${lines.join("\n")}\n`));
  }
}
