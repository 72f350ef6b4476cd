import { FormatError, ShapeError } from "../core/errors.js";
import { type Fields, int, resolveOptions } from "../core/options.js";
import { type FilePath, pathOf } from "../core/path-of.js";
import { formatShape } from "../core/shape.js";
import type { TensorLike } from "../core/tensor.js";
import { nodeVfs } from "../core/vfs-node.js";

export interface DecodePredictionsOptions {
  /** How many of the likeliest classes. Default 5. */
  readonly top?: number;
}

/** One class that a model finds likely. */
export interface DecodedPrediction {
  /** Keras's key of the class, e.g. "n02504458". */
  readonly id: string;
  /** What people call it, e.g. "African_elephant". */
  readonly name: string;
  readonly score: number;
}

/** Labels by number, as in Keras's imagenet_class_index.json. */
export type ClassIndex = { readonly [number: string]: readonly [id: string, name: string] };

const FIELDS: Fields<DecodePredictionsOptions> = { top: int({ min: 1 }, { default: 5 }) };

/**
 * The likeliest classes of each row, most likely first.
 * @param predictions (batch, classes), as `predict` gives them
 * @param labels the file imagenet_class_index.json that Keras keeps in ~/.keras/models, or what is in it; nothing is
 * downloaded
 * @throws {ShapeError} when there is not one label for each class
 */
export async function decodePredictions(
  predictions: TensorLike,
  labels: FilePath | ClassIndex,
  options?: DecodePredictionsOptions,
): Promise<DecodedPrediction[][]> {
  const { top } = resolveOptions("decodePredictions", FIELDS, options);
  const index =
    typeof labels === "string" || labels instanceof URL
      ? await readLabels(pathOf(labels, "decodePredictions: labels"))
      : labels;
  const { shape, data } = predictions;
  const count = Object.keys(index).length;
  const classes = shape[1];
  if (shape.length !== 2 || classes === undefined || classes !== count) {
    throw new ShapeError({
      code: "predictions-shape",
      what: "decodePredictions takes one score for each label",
      received: `predictions of shape ${formatShape(shape)}, and ${count} labels`,
      expected: `(batch, ${count})`,
      fix: "Give the predictions of a model with its classifier, and the labels it was trained with",
    });
  }
  return Array.from({ length: shape[0]! }, (_, row) => {
    const scores = Array.from({ length: classes }, (_, i) => Number(data[row * classes + i]));
    const order = scores.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || b - a);
    return order.slice(0, top).map((i) => {
      const [id, name] = index[i]!;
      return { id, name, score: scores[i]! };
    });
  });
}

async function readLabels(path: string): Promise<ClassIndex> {
  const index: unknown = JSON.parse(new TextDecoder().decode(await nodeVfs().readFile(path)));
  const isLabel = (label: unknown) =>
    Array.isArray(label) && label.length === 2 && label.every((part) => typeof part === "string");
  const numbered =
    typeof index === "object" && index !== null && Object.keys(index).every((key, i) => key === String(i));
  if (numbered && Object.values(index).every(isLabel)) return index as ClassIndex;
  throw new FormatError({
    code: "class-index",
    what: `"${path}" holds no labels`,
    expected: '{ "0": ["n01440764", "tench"], "1": … }',
    fix: "Give Keras's imagenet_class_index.json, or one made like it",
  });
}
