import type { Constraint } from "../../constraints/index.js";
import { bool, type Fields, int } from "../../core/options.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import type { Initializer } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";
import type { Regularizer } from "../../regularizers/index.js";
import type { CallContext } from "../base/call-context.js";
import type { Given } from "../base/given.js";
import type { Inputs } from "../base/inputs.js";
import { TableLayer } from "../base/table-layer.js";
import { weightParts } from "../base/weight-parts.js";
import { withArguments } from "../base/with-arguments.js";
import { absentField } from "../options/absent-field.js";
import { constraintField, initializerField, regularizerField } from "../options/fields.js";

export interface EmbeddingSettings {
  /** Number of different ids: they go from 0 to inputDim - 1. */
  readonly inputDim: number;
  /** Size of a vector. */
  readonly outputDim: number;
  /** Default "uniform". */
  readonly embeddingsInitializer: Initializer;
  /** Penalty on the vectors, added to the loss. Default null: none. */
  readonly embeddingsRegularizer: Regularizer | null;
  /** Default null: none. */
  readonly activityRegularizer: Regularizer | null;
  /** Projection of the vectors after each update. Default null: none. */
  readonly embeddingsConstraint: Constraint | null;
  /** Id 0 is padding: steps that have it are masked for the layers after. Default false. */
  readonly maskZero: boolean;
  /** Kept for files: there are no quantized layers here. Default null. */
  readonly quantizationConfig: null;
}

export type EmbeddingOptions = Given<EmbeddingSettings, "inputDim" | "outputDim">;

export const embeddingFields: Fields<EmbeddingSettings> = {
  inputDim: int({ min: 1 }),
  outputDim: int({ min: 1 }),
  embeddingsInitializer: initializerField("uniform"),
  embeddingsRegularizer: regularizerField(),
  activityRegularizer: regularizerField(),
  embeddingsConstraint: constraintField(),
  maskZero: bool(false),
  quantizationConfig: absentField(null, "quantized layers"),
};

/** What layers of vectors share. */
export abstract class EmbeddingBase<T extends EmbeddingSettings> extends TableLayer<T> {
  static override readonly positional: readonly string[] = ["inputDim", "outputDim"];

  embeddings!: Variable;

  /** Ids with the vectors' options; the types of subclasses differ in theirs alone. */
  protected get settings(): EmbeddingSettings {
    return this.options as unknown as EmbeddingSettings;
  }

  override get supportsMasking(): boolean {
    return this.settings.maskZero;
  }

  override computeMask(ids: Inputs): Value {
    return ops.notEqual(ids as Value, 0);
  }

  override build(): void {
    const { inputDim, outputDim } = this.settings;
    this.embeddings = this.addWeight("embeddings", {
      shape: [inputDim, outputDim],
      ...weightParts(this.settings, "embeddings"),
    });
  }

  override call(ids: Value, _context?: CallContext): Value {
    return ops.gather(this.embeddings.value, ids.dtype === "int32" ? ids : ops.cast(ids, "int32"));
  }
}

/**
 * A vector for each id: (batch, ...) of whole numbers -> (batch, ..., outputDim). Weight: embeddings (inputDim,
 * outputDim).
 */
export class Embedding extends EmbeddingBase<EmbeddingSettings> {
  static override readonly className: string = "Embedding";
  static override readonly fields: Fields<EmbeddingSettings> = embeddingFields;

  constructor(inputDim: number, outputDim: number, options: EmbeddingOptions = {}) {
    super(withArguments(new.target, { inputDim, outputDim }, options));
  }
}
