import type { Tensor } from "../../core/tensor.js";
import type { ModelBatch } from "../state/batch.js";
import type { CompiledStep } from "./programs.js";

/** A step, and the batches that it is for: what they are, apart from their numbers. */
interface Known {
  readonly step: CompiledStep;
  readonly rows: number;
  readonly keys: ModelBatch["keys"];
  readonly tensors: readonly (Pick<Tensor, "shape" | "dtype"> | null)[];
}

/** The step that was found last, of each variant: most batches are like the one before. */
export class LastStep {
  readonly #known = new Map<string, Known>();

  /** The step for such a batch; null where it must be looked for. */
  for(batch: ModelBatch, variant: string): CompiledStep | null {
    const known = this.#known.get(variant);
    return known !== undefined && !known.step.program.isDisposed && isFor(batch, known) ? known.step : null;
  }

  note(step: CompiledStep, batch: ModelBatch, variant: string): void {
    const tensors = tensorsOf(batch).map((tensor) => tensor && { shape: tensor.shape, dtype: tensor.dtype });
    this.#known.set(variant, { step, rows: batch.rows, keys: batch.keys, tensors });
  }

  forget(): void {
    this.#known.clear();
  }
}

const tensorsOf = ({ inputs, targets, weights }: ModelBatch): readonly (Tensor | null)[] => [
  ...inputs,
  ...targets,
  ...weights,
];

function isFor(batch: ModelBatch, { rows, keys, tensors }: Known): boolean {
  if (batch.rows !== rows || batch.keys.inputs !== keys.inputs || batch.keys.targets !== keys.targets) return false;
  const given = tensorsOf(batch);
  return given.length === tensors.length && given.every((tensor, i) => isAlike(tensor, tensors[i]!));
}

function isAlike(a: Tensor | null, b: Pick<Tensor, "shape" | "dtype"> | null): boolean {
  if (a === null || b === null) return a === b;
  return a.dtype === b.dtype && a.shape.length === b.shape.length && a.shape.every((dim, i) => dim === b.shape[i]);
}
