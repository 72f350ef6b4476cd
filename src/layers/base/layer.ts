import { uniqueName } from "../../core/names.js";
import { type Config, classNameOf } from "../../core/parts.js";
import { withScope } from "../../core/scope.js";
import { type Shape, sameShape, sizeOf } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Tensor, TensorLike } from "../../core/tensor.js";
import { betweenRuns } from "../../engine/runs.js";
import type { Variable } from "../../engine/variable.js";
import type { Regularizer } from "../../regularizers/index.js";
import { type LayerOptions, layerConfig, optionsOfConfig, resolveLayerOptions } from "../options/layer-options.js";
import type { CallContext } from "./call-context.js";
import type { CallOptions } from "./call-options.js";
import type { InputSpec } from "./input-spec.js";
import type { Inputs } from "./inputs.js";
import { KerasTensor } from "./keras-tensor.js";
import type { Resolve, WeightOptions } from "./layer-class.js";
import { builtTwice, notALayerInput, notApplied, notBuilt, slashInName } from "./layer-errors.js";
import { layersAmong, setWeights } from "./layer-parts.js";
import { makeWeight } from "./make-weight.js";
import type { Mask } from "./masks.js";
import { Node } from "./node.js";
import { checkCallOptions, inferOutputs } from "./symbolic.js";
import { type LayerTraits, traitsOf } from "./traits.js";

/**
 * A step of a network: maps tensors to tensors, may own weights. Subclasses override `build` (make weights for the
 * shapes of the inputs) and `call` (the computation, on graph values). Layers that they hold as properties, alone, in
 * arrays or in plain objects, count as parts of them, in the order in which they were set.
 */
export abstract class Layer {
  /** The name that files have for the class. */
  static readonly className: string = "Layer";
  /** What the class does with its inputs; each class adds to those of its base. */
  static readonly traits: LayerTraits = {};

  readonly #name: string;
  readonly #options: ReturnType<typeof resolveLayerOptions>;
  readonly #nodes: Node[] = [];
  readonly #trainableWeights: Variable[] = [];
  readonly #otherWeights: Variable[] = [];
  #trainable: boolean;
  #buildShapes: readonly Shape[] | null = null;

  /** @throws {OptionError} for a wrong common option */
  constructor(options: LayerOptions = {}) {
    this.#options = resolveLayerOptions(this.className, options);
    this.#name = this.#options.name ?? uniqueName(this.className);
    if (this.#name.includes("/")) throw slashInName(this);
    this.#trainable = this.#options.trainable;
    // Whoever calls `build`, from outside or by applying the layer, gets scope, once-only and state for free.
    const build = this.build;
    Object.defineProperty(this, "build", { value: (shapes: readonly Shape[]) => this.#buildOnce(build, shapes) });
  }

  /** The class name as files have it. */
  get className(): string {
    return classNameOf(this.constructor);
  }

  get name(): string {
    return this.#name;
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

  /** Shape with batch that the layer was told to expect by `inputShape` or `batchInputShape`. */
  get inputShapeOption(): Shape | null {
    const { inputShape, batchInputShape } = this.#options;
    return batchInputShape ?? (inputShape === null ? null : [null, ...inputShape]);
  }

  /** Shape with batch of the only input, as far as it is known before the layer is applied. */
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

  /** The calls on Keras tensors so far. */
  get inboundNodes(): readonly Node[] {
    return this.#nodes;
  }

  /** Layers inside this one. */
  get sublayers(): readonly Layer[] {
    return layersAmong(Object.values(this), (value) => value instanceof Layer);
  }

  /** All weights: own ones (trainable first), then those of the layers inside. */
  get weights(): readonly Variable[] {
    const all = new Set([...this.#trainableWeights, ...this.#otherWeights]);
    for (const layer of this.sublayers) for (const weight of layer.weights) all.add(weight);
    return [...all];
  }

  /** Weights that belong to this layer itself: trainable ones, then others. */
  get ownWeights(): readonly Variable[] {
    return [...this.#trainableWeights, ...this.#otherWeights];
  }

  get trainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter((weight) => weight.trainable) : [];
  }

  get nonTrainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter((weight) => !weight.trainable) : this.weights;
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
  async setWeights(tensors: readonly (Tensor | TensorLike)[]): Promise<void> {
    await betweenRuns(() => setWeights(this, tensors));
  }

  /** See {@link LayerTraits}, as for the six below. */
  get inputSpecs(): readonly InputSpec[] | null {
    return traitsOf(this.constructor).inputSpecs ?? null;
  }

  /** For models used as layers: which kind, since files write the two differently. */
  get networkKind(): "functional" | "sequential" | null {
    return null;
  }

  get takesMask(): boolean {
    return traitsOf(this.constructor).takesMask ?? this.networkKind !== null;
  }

  get supportsMasking(): boolean {
    return traitsOf(this.constructor).supportsMasking ?? false;
  }

  get takesMasksAway(): boolean {
    return traitsOf(this.constructor).takesMasksAway ?? false;
  }

  /** Masks of the outputs (one, or a list) for those of the inputs, in order. Here: the same ones. */
  computeMask(_inputs: Inputs, masks: readonly Mask[]): Mask | readonly Mask[] {
    return masks;
  }

  get parameters(): readonly string[] | null {
    return traitsOf(this.constructor).parameters ?? null;
  }

  get castsToFloat(): boolean {
    return traitsOf(this.constructor).castsToFloat ?? false;
  }

  get callOptions(): readonly string[] {
    return traitsOf(this.constructor).callOptions ?? [];
  }

  /** Makes the weights for inputs of these shapes (`null` is the batch). Override it; layers without weights need not. */
  build(_inputShapes: readonly Shape[]): void {}

  /** The computation. Runs whenever a graph is made, never on data. */
  abstract call(inputs: Inputs, context: CallContext): Inputs;

  /** Builds the layer unless it is built. */
  ensureBuilt(shapes: readonly Shape[]): void {
    if (!this.built) this.build(shapes);
  }

  /**
   * Adds this layer to a network: the tensor (or list) that it gives for these. Builds it at the first call.
   * @throws {ShapeError} when the layer cannot take tensors of these shapes
   */
  apply(inputs: KerasTensor, options?: CallOptions): KerasTensor;
  apply(inputs: readonly KerasTensor[], options?: CallOptions): KerasTensor;
  apply<T extends KerasTensor | readonly KerasTensor[]>(
    inputs: KerasTensor | readonly KerasTensor[],
    options?: CallOptions,
  ): T;
  apply(inputs: KerasTensor | readonly KerasTensor[], options: CallOptions = {}): KerasTensor | readonly KerasTensor[] {
    const list = inputs instanceof KerasTensor ? [inputs] : inputs;
    if (!Array.isArray(list) || list.length === 0 || !list.every((input) => input instanceof KerasTensor)) {
      throw notALayerInput(this, inputs);
    }
    checkCallOptions(this, options);
    const outputs = inferOutputs(this, inputs, options);
    return this.addNode(inputs, options, outputs).result;
  }

  /** Notes a call; `apply` does it for you. */
  addNode(
    inputs: KerasTensor | readonly KerasTensor[],
    options: CallOptions,
    outputs: ConstructorParameters<typeof Node>[3],
  ): Node {
    const node = new Node(this, inputs, options, outputs);
    this.#nodes.push(node);
    return node;
  }

  /** What the first call of the layer took. */
  get input(): KerasTensor | readonly KerasTensor[] {
    const node = this.#firstNode("input");
    return node.takesList ? node.operands : node.operands[0]!;
  }

  /** What the first call of the layer gave. */
  get output(): KerasTensor | readonly KerasTensor[] {
    return this.#firstNode("output").result;
  }

  /** The config as Keras writes it. */
  getConfig(): Record<string, Json> {
    return { ...layerConfig(this.#options), name: this.name, trainable: this.trainable };
  }

  /**
   * The layer that a Keras config describes. Here: a call of the constructor with the config as one options object, in
   * our spelling. Override it together with `getConfig` where the constructor wants something else.
   */
  static fromConfig(config: Config, _resolve: Resolve): Layer {
    // biome-ignore lint/complexity/noThisInStatic: a subclass is made by its own constructor
    return new (this as unknown as new (options: object) => Layer)(optionsOfConfig(config));
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

  #firstNode(property: string): Node {
    const [first] = this.#nodes;
    if (first !== undefined) return first;
    throw notApplied(this, property);
  }
}
