import { bool, type Field, type Fields, float, nullable, oneOf } from "../../core/options.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import type { LayerTraits } from "../base/traits.js";
import { withArguments } from "../base/with-arguments.js";
import { EmbeddingBase, type EmbeddingSettings, embeddingFields } from "./embedding.js";

export interface ReversibleEmbeddingSettings extends EmbeddingSettings {
  /** Whether the way back has the same weights. Default true. */
  readonly tieWeights: boolean;
  /** Kept for files: everything is computed in float32. Default null. */
  readonly reverseDtype: string | null;
  /** Limits what the way back gives: tanh(x / cap) * cap. Default null: no limit. */
  readonly logitSoftCap: number | null;
}

const floats = oneOf(["float32", "float16", "bfloat16", "float64"]);
const reverseDtype: Field<string | null> = nullable<string>({ parse: floats.parse });

export type ReversibleEmbeddingOptions = Given<ReversibleEmbeddingSettings, "inputDim" | "outputDim">;

/**
 * A vector for each id, as {@link Embedding}; a call with `reverse: true` goes back, from vectors (..., outputDim) to a
 * number for each id (..., inputDim), for the last layer of a language model. Weights: embeddings, and with `tieWeights:
 * false` reverse_embeddings (outputDim, inputDim).
 * @example embedding.apply(hidden, { reverse: true })
 */
export class ReversibleEmbedding extends EmbeddingBase<ReversibleEmbeddingSettings> {
  static override readonly className: string = "ReversibleEmbedding";
  static override readonly fields: Fields<ReversibleEmbeddingSettings> = {
    ...embeddingFields,
    tieWeights: bool(true),
    reverseDtype,
    logitSoftCap: nullable(float({ above: 0 })),
  };
  static override readonly traits: LayerTraits = { callOptions: ["reverse"] };

  reverseEmbeddings: Variable | null = null;

  constructor(inputDim: number, outputDim: number, options: ReversibleEmbeddingOptions = {}) {
    super(withArguments(new.target, { inputDim, outputDim }, options));
  }

  override build(): void {
    super.build();
    const { inputDim, outputDim, tieWeights, embeddingsInitializer: initializer } = this.options;
    if (!tieWeights) {
      this.reverseEmbeddings = this.addWeight("reverse_embeddings", { shape: [outputDim, inputDim], initializer });
    }
  }

  override call(inputs: Value, context: CallContext = presentContext()): Value {
    if (context.options["reverse"] !== true) return super.call(inputs, context);
    // Vectors, on their way back, have no padding.
    context.setMasks([null]);
    const { logitSoftCap: cap } = this.options;
    const kernel = this.reverseEmbeddings?.value ?? ops.transpose(this.embeddings.value, [1, 0]);
    const logits = ops.matmul(ops.cast(inputs, "float32"), kernel);
    return cap === null ? logits : ops.multiply(ops.tanh(ops.divide(logits, cap)), cap);
  }
}
