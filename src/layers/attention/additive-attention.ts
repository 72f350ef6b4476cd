import { bool, type Fields } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import type { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import * as ops from "../../ops/index.js";
import type { Given } from "../base/given.js";
import { axisSize } from "../base/shape-checks.js";
import { AttentionBase, type DotAttentionSettings, dotAttentionFields } from "./attention.js";

export type AdditiveAttentionOptions = Given<DotAttentionSettings>;

/**
 * Attention by the sums of tanh(query + key), each feature times a weight (Bahdanau et al. 2014). Takes and gives what
 * {@link Attention} does, and has its options of a call. Weight: scale (features), with `useScale` (default true).
 */
export class AdditiveAttention extends AttentionBase<DotAttentionSettings> {
  static override readonly className: string = "AdditiveAttention";
  static override readonly fields: Fields<DotAttentionSettings> = { useScale: bool(true), ...dotAttentionFields };

  scale: Variable | null = null;

  override build(shapes: readonly Shape[]): void {
    super.build(shapes);
    if (!this.options.useScale) return;
    this.scale = this.addWeight("scale", { shape: [axisSize(this, shapes[0]!, -1)], initializer: "glorot_uniform" });
  }

  protected override scores(query: Value, key: Value): Value {
    const sums = ops.tanh(ops.add(ops.expandDims(query, -2), ops.expandDims(key, -3)));
    return ops.sum(this.scale === null ? sums : ops.multiply(sums, this.scale.value), { axes: [-1] });
  }
}
