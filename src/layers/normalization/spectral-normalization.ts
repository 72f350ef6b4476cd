import { OptionError } from "../../core/errors.js";
import { type Fields, int } from "../../core/options.js";
import type { Shape } from "../../core/shape.js";
import { Variable } from "../../engine/variable.js";
import type { Value } from "../../graph/value.js";
import { TruncatedNormal } from "../../initializers/index.js";
import * as ops from "../../ops/index.js";
import type { CallContext } from "../base/call-context.js";
import { presentContext } from "../base/current-context.js";
import type { Given } from "../base/given.js";
import type { InputSpec } from "../base/input-spec.js";
import type { AnyLayer } from "../base/layer.js";
import { Wrapper, type WrapperSettings } from "../base/wrapper.js";

export interface SpectralNormalizationSettings extends WrapperSettings {
  /** Power iterations in each call of training. Default 1. */
  readonly powerIterations: number;
}

export type SpectralNormalizationOptions = Omit<Given<SpectralNormalizationSettings>, "layer">;

/**
 * Keeps the largest singular value of a layer's kernel near 1 (Miyato et al. 2018, https://arxiv.org/abs/1802.05957), for
 * layers with a `kernel` (Dense, Conv2D, …) or `embeddings`. A call in training divides the kernel by an estimate of that
 * value, and computes with what it has divided; the optimizer updates that. Other calls leave the kernel alone. Weights:
 * the kernel, vector_u (1, size of the kernel's last axis), which is the estimate's state, and what else the layer has.
 */
export class SpectralNormalization extends Wrapper<SpectralNormalizationSettings> {
  static override readonly className: string = "SpectralNormalization";
  static override readonly fields: Fields<SpectralNormalizationSettings> = {
    ...Wrapper.fields,
    powerIterations: int({ min: 1 }, { default: 1 }),
  };

  vectorU!: Variable;

  /** @throws {OptionError} when it is given no layer */
  constructor(layer: AnyLayer, options: SpectralNormalizationOptions = {}) {
    super(layer, options);
  }

  override get inputSpecs(): readonly InputSpec[] {
    const last = this.buildShapes?.[0]?.at(-1) ?? null;
    return [{ minRank: 1, ...(last === null ? {} : { axes: { [-1]: last } }) }];
  }

  /** @throws {OptionError} when the layer has neither a kernel nor embeddings */
  override build(shapes: readonly Shape[]): void {
    super.build(shapes);
    const kernel = this.#kernel();
    // Files have it here, too.
    this.shareWeight(kernel);
    this.vectorU = this.addWeight("vector_u", {
      shape: [1, kernel.shape.at(-1)!],
      initializer: new TruncatedNormal({ stddev: 0.02 }),
      trainable: false,
    });
  }

  // Keras casts the result to the inputs' dtype, so that embeddings of integers all become 0. Here it stays as it is.
  override call(x: Value, context: CallContext = presentContext()): Value {
    if (context.training) this.#normalize(context);
    return context.apply(this.layer, x);
  }

  #normalize(context: CallContext): void {
    const variable = this.#kernel();
    const kernel = context.read(variable);
    const last = variable.shape.at(-1)!;
    const matrix = ops.reshape(kernel, [variable.size / last, last]);
    let u = context.read(this.vectorU);
    let v = u;
    for (let i = 0; i < this.options.powerIterations; i++) {
      v = ops.normalize(ops.matmul(u, ops.transpose(matrix)));
      u = ops.normalize(ops.matmul(v, matrix));
    }
    const sigma = ops.matmul(ops.matmul(v, matrix), ops.transpose(u));
    // A kernel of zeros has no direction.
    const isZero = ops.all(ops.equal(kernel, 0));
    const divided = ops.divide(
      kernel,
      ops.reshape(
        sigma,
        kernel.shape.map(() => 1),
      ),
    );
    context.assign(variable, ops.where(isZero, kernel, divided));
    context.assign(this.vectorU, ops.where(isZero, context.read(this.vectorU), u));
  }

  #kernel(): Variable {
    const { kernel, embeddings } = this.layer as { readonly kernel?: unknown; readonly embeddings?: unknown };
    const found = kernel ?? embeddings;
    if (found instanceof Variable) return found;
    throw new OptionError({
      code: "no-kernel",
      what: `${this.label} has nothing to normalize`,
      received: `${this.layer.label}, which has neither \`kernel\` nor \`embeddings\``,
      expected: "a layer with a kernel, such as Dense or Conv2D, or with embeddings",
      fix: "Wrap the layers with kernels one by one",
    });
  }
}
