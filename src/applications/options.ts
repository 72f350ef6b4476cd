import type { ActivationIdentifier } from "../activations/index.js";
import { OptionError } from "../core/errors.js";
import { bool, type Field, type Fields, int, nullable, oneOf, text } from "../core/options.js";
import type { Shape } from "../core/shape.js";
import { valueText } from "../core/value-text.js";
import { isKerasTensor, type KerasTensor } from "../layers/index.js";

export interface ApplicationOptions {
  /** Path of a weights file that Keras (or Pawl) wrote for this architecture, or null for new random weights. */
  readonly weights: string | null;
  /** Whether the classifier is part of it. Default true. */
  readonly includeTop?: boolean;
  /** What it is applied to. Default null: a new `Input`. */
  readonly inputTensor?: KerasTensor | null;
  /** (height, width, channels). Default: that of ImageNet; any height and width without the classifier. */
  readonly inputShape?: Shape | null;
  /** Without the classifier: how the last images become vectors. Default: they do not. */
  readonly pooling?: "avg" | "max" | null;
  /** Number of classes of the classifier. Default 1000. */
  readonly classes?: number;
  /** Of the classifier. Default "softmax"; null for logits. */
  readonly classifierActivation?: ActivationIdentifier;
  /** Of the model. Default: Keras's. */
  readonly name?: string | null;
}

/** Options with their defaults. */
export type Application = Required<ApplicationOptions>;

const weightsField: Field<string | null> = {
  parse(value, where) {
    if (value === null || (typeof value === "string" && value !== "imagenet" && value !== "")) return value;
    throw new OptionError({
      code: "wrong-option",
      what: `${where} must be the path of a weights file, or null for new random weights`,
      received: valueText(value),
      fix: `Nothing is downloaded unasked. Take Keras's file, which ${where.split(".")[0]}() in Keras keeps in ~/.keras/models, and give its path`,
      data: { option: where },
    });
  },
};

const tensorField: Field<KerasTensor | null> = {
  default: null,
  parse(value, where) {
    if (value === null || isKerasTensor(value)) return value;
    throw new OptionError({
      code: "wrong-option",
      what: `${where} must be what Input() or a layer gives`,
      received: valueText(value),
      fix: "Write inputTensor: Input({ shape: [224, 224, 3] })",
      data: { option: where },
    });
  },
};

const shapeField: Field<Shape> = {
  parse(value, where) {
    const isDim = (dim: unknown) => dim === null || (Number.isInteger(dim) && (dim as number) > 0);
    if (Array.isArray(value) && value.length === 3 && value.every(isDim)) return value as Shape;
    throw new OptionError({
      code: "wrong-option",
      what: `${where} must be (height, width, channels)`,
      received: valueText(value),
      fix: "Write three numbers, e.g. [224, 224, 3]; height and width may be null without the classifier",
      data: { option: where },
    });
  },
};

/** The options that all architectures have. */
export const applicationFields: Fields<ApplicationOptions> = {
  weights: weightsField,
  includeTop: bool(true),
  inputTensor: tensorField,
  inputShape: nullable(shapeField),
  pooling: nullable(oneOf(["avg", "max"])),
  classes: int({ min: 1 }, { default: 1000 }),
  classifierActivation: { default: "softmax", parse: (value) => value as ActivationIdentifier },
  name: nullable(text()),
};
