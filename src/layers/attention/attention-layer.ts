import { OptionError } from "../../core/errors.js";
import type { Value } from "../../graph/value.js";
import type { CallValues } from "../base/call-context.js";
import type { Inputs } from "../base/inputs.js";
import type { CallOptions, KerasTensor } from "../base/keras-tensor.js";
import type { Mask } from "../base/masks.js";
import { TableLayer } from "../base/table-layer.js";

/** Makes a call give the attention weights too. */
interface ReturnsScores {
  readonly returnAttentionScores: true;
}

/** What layers that attend share: which tensors a call gives, and whose mask they have. */
export abstract class AttentionLayer<T extends object> extends TableLayer<T, readonly Value[]> {
  /** The mask of the queries. */
  override computeMask(_inputs: Inputs, masks: readonly Mask[]): Mask {
    return masks[0] ?? null;
  }

  override apply(
    inputs: readonly KerasTensor[],
    options: CallOptions & ReturnsScores,
  ): readonly [output: KerasTensor, scores: KerasTensor];
  override apply(inputs: readonly KerasTensor[], options?: CallOptions): KerasTensor;
  override apply(
    inputs: readonly Value[],
    options: CallValues & ReturnsScores,
  ): readonly [output: Value, scores: Value];
  override apply(inputs: readonly Value[], options?: CallValues): Value;
  override apply(inputs: readonly KerasTensor[] | readonly Value[], options?: CallOptions | CallValues): unknown {
    return super.apply(inputs as readonly KerasTensor[], options as CallOptions);
  }
}

/** @throws {OptionError} since Keras's flash attention has no weights that could be dropped */
export function checkFlashAttention(
  label: string,
  { flashAttention, dropout }: { readonly flashAttention: boolean | null; readonly dropout: number },
): void {
  if (flashAttention && dropout > 0) throw withFlash(`${label} cannot drop weights`, "dropout");
}

/** The error for scores that flash attention does not have. */
export const noScores = (label: string): OptionError =>
  withFlash(`${label} cannot give its scores`, "returnAttentionScores");

function withFlash(what: string, option: string): OptionError {
  return new OptionError({
    code: "flash-attention",
    what: `${what} with flashAttention`,
    fix: `Leave one of ${option} and flashAttention out`,
  });
}
