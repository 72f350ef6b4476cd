import { FormatError, PawlError } from "../core/errors.js";
import { type Structure, structureOf } from "../core/grouped.js";
import type { Shape } from "../core/shape.js";
import type { Json } from "../core/stateful.js";
import type { ModelForm } from "./model-form.js";
import type { InputType } from "./traced.js";

const isShape = (value: unknown): value is Shape =>
  Array.isArray(value) && value.length > 0 && value.every((dim) => dim === null || Number.isInteger(dim));

/** Shapes as `build` and files have them: one, a list, or by name; undefined for anything else. */
export function shapesIn(given: unknown): { structure: Structure; shapes: readonly Shape[] } | undefined {
  const found = structureOf(given, isShape);
  if (found === undefined) return undefined;
  const { structure, row } = found;
  return { structure, shapes: structure.kind === "one" ? [row as Shape] : (row as readonly Shape[]) };
}

interface TracedModel {
  readonly form: ModelForm;
  trace(structure: Structure, types: readonly InputType[]): void;
}

/**
 * Builds a model with a call of its own as Keras does with what it loads. The batch that a file tells is that of some
 * first data and means nothing. A call that does not take float32 is built by its own first data.
 */
export function buildStored(model: TracedModel, given: Json | undefined): void {
  const found = shapesIn(given);
  if (found === undefined) return;
  const types = found.shapes.map((shape) => ({ shape: [null, ...shape.slice(1)], dtype: "float32" }) as const);
  try {
    model.trace(found.structure, types);
  } catch (error) {
    if (error instanceof FormatError || !(error instanceof PawlError)) throw error;
    model.form.forget();
  }
}
