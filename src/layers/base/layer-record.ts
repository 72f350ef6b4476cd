import { inspectAsText } from "../../core/inspect.js";
import { uniqueName } from "../../core/names.js";
import { text } from "../../core/options.js";
import { classNameOf } from "../../core/parts.js";
import { withScope } from "../../core/scope.js";
import { type Shape, sameShape, sizeOf } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { NestedData, Tensor, TensorLike } from "../../core/tensor.js";
import { betweenRuns } from "../../engine/runs.js";
import type { Variable } from "../../engine/variable.js";
import type { Regularizer } from "../../regularizers/index.js";
import { furtherOptions, type LayerOptions, layerConfig, resolveLayerOptions } from "../options/layer-options.js";
import { builtTwice, checkName, nameIsFixed, notBuilt } from "./layer-errors.js";
import { makeWeight, type WeightOptions } from "./make-weight.js";
import type { NamedLayer } from "./named-layer.js";
import { setWeights } from "./set-weights.js";
import { checkOptions } from "./with-arguments.js";

/**
 * What every layer keeps track of: its name and common options, whether it is built, its weights. Extend {@link Layer},
 * not this class.
 */
export abstract class LayerRecord implements NamedLayer {
  #name: string;
  readonly #options: ReturnType<typeof resolveLayerOptions>;
  readonly #furtherOptions: Readonly<Record<string, unknown>>;
  readonly #trainableWeights: Variable[] = [];
  readonly #otherWeights: Variable[] = [];
  #trainable: boolean;
  #buildShapes: readonly Shape[] | null = null;

  static {
    inspectAsText(LayerRecord.prototype);
  }

  /** @throws {OptionError} for a wrong common option */
  constructor(options: LayerOptions = {}) {
    checkOptions(new.target, options);
    this.#options = resolveLayerOptions(this.className, options);
    this.#furtherOptions = furtherOptions(options);
    this.#name = this.#options.name ?? uniqueName(this.className);
    checkName(this);
    this.#trainable = this.#options.trainable;
    // Every call of `build`, direct or through `apply`, runs in the layer's name scope, and builds only once.
    const build = this.build;
    Object.defineProperty(this, "build", {
      value: (shapes: readonly Shape[]) => this.#buildOnce(build, shapes),
      configurable: true,
      writable: true,
    });
  }

  /** The class name as files have it. */
  get className(): string {
    return classNameOf(this.constructor);
  }

  /** Unique in its model. It can be set until the layer is applied; the paths of its weights stay as they are. */
  get name(): string {
    return this.#name;
  }

  set name(name: string) {
    if (this.inboundNodes.length > 0) throw nameIsFixed(this, name);
    const before = this.#name;
    this.#name = text().parse(name, `${this.label}.name`);
    try {
      checkName(this);
    } catch (error) {
      this.#name = before;
      throw error;
    }
  }

  /** The calls on Keras tensors so far. */
  abstract get inboundNodes(): readonly unknown[];

  /** As Keras prints it: `<Dense name=dense, built=true>`. */
  toString(): string {
    return `<${this.className} name=${this.name}, built=${this.built}>`;
  }

  /** How messages call this layer, e.g. `Dense "dense_1"`. */
  get label(): string {
    return `${this.className} "${this.name}"`;
  }

  get dtype(): string {
    return this.#options.dtype;
  }

  get activityRegularizer(): Regularizer | null {
    return this.#options.activityRegularizer;
  }

  /**
   * Shape with batch that the layer was told to expect by `inputShape` or `batchInputShape`.
   * @internal
   */
  get inputShapeOption(): Shape | null {
    const { inputShape, batchInputShape } = this.#options;
    return batchInputShape ?? (inputShape === null ? null : [null, ...inputShape]);
  }

  /**
   * Shape with batch of the only input, as far as it is known before the layer is applied.
   * @internal
   */
  get knownInputShape(): Shape | null {
    return this.inputShapeOption;
  }

  get trainable(): boolean {
    return this.#trainable;
  }

  /** Freezes or thaws this layer and all inside it. As in Keras, it takes effect with the next `compile`. */
  set trainable(value: boolean) {
    this.#trainable = value;
    for (const weight of this.#trainableWeights) weight.trainable = value;
    for (const layer of this.sublayers) layer.trainable = value;
  }

  get built(): boolean {
    return this.#buildShapes !== null;
  }

  /** The shapes that the layer was built for; null before. */
  get buildShapes(): readonly Shape[] | null {
    return this.#buildShapes;
  }

  /** Layers inside this one. */
  abstract get sublayers(): readonly LayerRecord[];

  /** All weights: own ones (trainable first), then those of the layers inside. */
  get weights(): readonly Variable[] {
    const all = new Set([...this.#trainableWeights, ...this.#otherWeights]);
    for (const layer of this.sublayers) for (const weight of layer.weights) all.add(weight);
    return [...all];
  }

  /**
   * Weights that belong to this layer itself: trainable ones, then others.
   * @internal
   */
  get ownWeights(): readonly Variable[] {
    return [...this.#trainableWeights, ...this.#otherWeights];
  }

  get trainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter((weight) => weight.trainable) : [];
  }

  get nonTrainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter((weight) => !weight.trainable) : this.weights;
  }

  /**
   * Weights that training would change if nothing were frozen, in the order of {@link weights}.
   * @internal
   */
  get thawedWeights(): readonly Variable[] {
    const thawed = new Set([...this.#trainableWeights, ...this.sublayers.flatMap((layer) => layer.thawedWeights)]);
    return this.weights.filter((weight) => thawed.has(weight));
  }

  /** Number of scalars in all weights. */
  countParams(): number {
    if (!this.built) throw notBuilt(this);
    return this.weights.reduce((sum, weight) => sum + sizeOf(weight.shape), 0);
  }

  /** Copies of all weights, in the order of {@link weights}. */
  async getWeights(): Promise<Tensor[]> {
    return await betweenRuns(() => this.weights.map((weight) => weight.read()));
  }

  /**
   * Sets all weights, in the order of {@link weights}.
   * @throws {ShapeError} when number or shapes differ; nothing is set then
   */
  async setWeights(tensors: readonly (Tensor | TensorLike | NestedData)[]): Promise<void> {
    await betweenRuns(() => setWeights(this, tensors));
  }

  /** Makes the weights for inputs of these shapes. */
  abstract build(inputShapes: readonly Shape[]): void;

  /**
   * Builds the layer unless it is built.
   * @internal
   */
  ensureBuilt(shapes: readonly Shape[]): void {
    if (!this.built) this.build(shapes);
  }

  /**
   * What else the constructor was given in its options: those of a class of the user's.
   * @internal
   */
  get furtherOptions(): Readonly<Record<string, unknown>> {
    return this.#furtherOptions;
  }

  /** The head of the config: what every layer has. */
  protected commonConfig(): Record<string, Json> {
    return { ...layerConfig(this.#options), name: this.name, trainable: this.trainable };
  }

  /**
   * A weight, initialized now.
   * @param name last part of its path, e.g. "kernel"
   */
  protected addWeight(name: string, options: WeightOptions): Variable {
    const { trainable = true } = options;
    const weight = makeWeight(this, name, options);
    (trainable ? this.#trainableWeights : this.#otherWeights).push(weight);
    return weight;
  }

  /** Counts a weight of a layer inside among its own as well: in Keras, whatever variable is a property of a layer. */
  protected shareWeight(weight: Variable): void {
    (weight.trainable ? this.#trainableWeights : this.#otherWeights).push(weight);
  }

  #buildOnce(build: (shapes: readonly Shape[]) => void, shapes: readonly Shape[]): void {
    const before = this.#buildShapes;
    if (before !== null) {
      if (before.length === shapes.length && before.every((shape, i) => sameShape(shape, shapes[i]!))) return;
      throw builtTwice(this, before, shapes);
    }
    try {
      withScope(this.name, this, () => build.call(this, shapes));
    } catch (error) {
      this.#trainableWeights.length = 0;
      this.#otherWeights.length = 0;
      throw error;
    }
    this.#buildShapes = shapes;
  }
}
