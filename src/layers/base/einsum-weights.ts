import { ShapeError } from "../../core/errors.js";
import { formatShape, type Shape, type StaticShape } from "../../core/shape.js";
import type { Layer } from "./layer.js";

/** What an equation says about the weights of an EinsumDense. */
export interface EinsumWeights {
  readonly kernelShape: StaticShape;
  readonly biasShape: StaticShape | null;
  /** Axes of the kernel that are inputs, and that are outputs: they count for the scale of initial weights. */
  readonly inputAxes: readonly number[];
  readonly outputAxes: readonly number[];
}

export interface EinsumSettings {
  readonly equation: string;
  readonly outputShape: readonly (number | null)[];
  readonly biasAxes: string | null;
}

const FORMS = [
  /^()([a-zA-Z]+)(),([a-zA-Z]+)->()([a-zA-Z]+)()$/,
  /^(\.{3})([a-zA-Z]+)(),([a-zA-Z]+)->(\.{3})([a-zA-Z]+)()$/,
  /^()([a-zA-Z]{2,})(\.{3}),([a-zA-Z]+)->()([a-zA-Z]+)(\.{3})$/,
];

/**
 * Shapes of kernel and bias (`_analyze_einsum_string` of keras.src.layers.core.einsum_dense).
 * @throws {ShapeError} when the equation cannot be read, or does not fit the shapes
 */
export function einsumWeights(layer: Layer, settings: EinsumSettings, shape: Shape): EinsumWeights {
  const { equation, biasAxes } = settings;
  const match = FORMS.map((form) => form.exec(equation)).find((found) => found !== null);
  if (!match) throw misfit(layer, equation, shape, '"ab,bc->ac", "...a,ab->...b" or "ab...,bc->ac..."');
  const [, leftEllipsis, input, , kernel, , output] = match as unknown as readonly string[];
  const elided = shape.length - input!.length;
  const onLeft = leftEllipsis !== "";
  const full = outputShape(settings.outputShape, shape, elided, onLeft);
  const shift = onLeft ? elided : 0;
  const ofInput = (letter: string) =>
    input!.includes(letter) ? (shape[input!.indexOf(letter) + shift] ?? null) : undefined;
  const ofOutput = (letter: string) =>
    output!.includes(letter) ? (full[output!.indexOf(letter) + shift] ?? null) : undefined;

  const clash = [...input!].find((letter) => {
    const [before, after] = [ofInput(letter), ofOutput(letter)];
    return typeof after === "number" && before !== after;
  });
  if (clash !== undefined) throw misfit(layer, equation, shape, `one size of "${clash}" in input and outputShape`);
  const unknown = [...output!].find((letter) => !input!.includes(letter) && !kernel!.includes(letter));
  if (unknown !== undefined) throw misfit(layer, equation, shape, `"${unknown}" in the input or in the kernel`);

  const letters = [...kernel!];
  const kernelShape = letters.map((letter) => {
    const size = ofOutput(letter) ?? ofInput(letter);
    if (typeof size === "number") return size;
    throw misfit(layer, equation, shape, `a known size of "${letter}", an axis of the kernel`);
  });
  const axes = (isOutput: boolean) =>
    letters.flatMap((letter, axis) => (output!.includes(letter) === isOutput ? [axis] : []));
  const sizeOfBias = (letter: string): number => {
    const size = ofOutput(letter);
    if (typeof size === "number") return size;
    throw misfit(layer, equation, shape, `a known size of "${letter}", an axis of the bias`);
  };
  const first = biasAxes === null ? 0 : Math.min(...[...biasAxes].map((letter) => output!.indexOf(letter)));
  if (first < 0) throw misfit(layer, equation, shape, `biasAxes among "${output}"`);
  const trailing = onLeft ? 0 : Math.max(elided, 0);
  return {
    kernelShape,
    biasShape:
      biasAxes === null
        ? null
        : [
            ...[...output!.slice(first)].map((letter) => (biasAxes.includes(letter) ? sizeOfBias(letter) : 1)),
            ...new Array<number>(trailing).fill(1),
          ],
    inputAxes: axes(false),
    outputAxes: axes(true),
  };
}

/** The shape of the output, with the batch and the axes of `...` from the input. */
function outputShape(given: readonly (number | null)[], shape: Shape, elided: number, onLeft: boolean): Shape {
  if (elided <= 0) return [shape[0]!, ...given];
  return onLeft ? [...shape.slice(0, elided), ...given] : [shape[0]!, ...given, ...shape.slice(shape.length - elided)];
}

function misfit(layer: Layer, equation: string, shape: Shape, expected: string): ShapeError {
  return new ShapeError({
    code: "einsum-weights",
    what: `${layer.label} cannot make its weights from the equation "${equation}"`,
    received: `an input of shape ${formatShape(shape)}`,
    expected,
    data: { layer: layer.name, equation },
  });
}
