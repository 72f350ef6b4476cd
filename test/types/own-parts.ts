// Compiled, never run: parts of a user's own, by subclassing and as functions.
import {
  activations,
  type Config,
  callbacks,
  constraints,
  type Dims,
  initializers,
  type Json,
  layers,
  losses,
  type Model,
  metrics,
  ops,
  optimizers,
  options,
  regularizers,
  type StateValue,
  type StaticShape,
  schedules,
  type Value,
  type Variable,
} from "pawl";

class Scaled extends layers.Layer {
  static override readonly className: string = "Scaled";
  readonly units: number;
  #scale!: Variable;

  constructor({ units, ...common }: layers.LayerOptions & { readonly units: number }) {
    super(common);
    this.units = units;
  }

  override build([input]: readonly (readonly (number | null)[])[]): void {
    const [, width] = input ?? [];
    this.#scale = this.addWeight("scale", { shape: [width ?? 1], initializer: "ones", regularizer: null });
  }

  override call(x: Value, context: layers.CallContext): Value {
    const noise = context.random("noise", x.shape, "normal");
    return context.training ? ops.add(ops.multiply(x, this.#scale.value), noise) : ops.multiply(x, this.#scale.value);
  }

  override getConfig(): Record<string, Json> {
    return { ...super.getConfig(), units: this.units };
  }

  static override fromConfig(config: Config): Scaled {
    return new Scaled({ units: Number(config["units"]), name: String(config["name"]) });
  }
}
layers.register(Scaled);

interface QuantileOptions extends losses.LossOptions {
  readonly quantile?: number;
}

class Quantile extends losses.Loss<QuantileOptions> {
  static readonly className = "Quantile";
  static readonly fields: options.Fields<QuantileOptions> = {
    ...losses.lossFields("quantile"),
    quantile: options.float({ min: 0, max: 1 }, { default: 0.5 }),
  };

  override call(yTrue: Value, yPred: Value): Value {
    const error = ops.subtract(yTrue, yPred);
    const { quantile } = this.options;
    return ops.mean(ops.maximum(ops.multiply(error, quantile), ops.multiply(error, quantile - 1)), { axes: [-1] });
  }
}
losses.register(Quantile);
// @ts-expect-error an option that is none of its own
new Quantile({ quantil: 0.1 });

class Largest extends metrics.Metric {
  static override readonly className = "Largest";
  static readonly fields: options.Fields<metrics.MetricOptions> = metrics.metricFields("largest");
  readonly direction = "min";
  readonly #largest: Variable = this.addVariable("largest", []);

  override update(yTrue: Value, yPred: Value): Map<Variable, Value> {
    const error = ops.allSum(ops.sum(ops.abs(ops.subtract(yTrue, yPred))));
    return new Map([[this.#largest, ops.maximum(this.#largest.value, error)]]);
  }

  override result(): number {
    return this.#largest.read().item();
  }
}
metrics.register(Largest);

class Offset extends metrics.MeanOfValues {
  static override readonly className = "Offset";
  static readonly fields: options.Fields<metrics.MetricOptions> = metrics.metricFields("offset");
  readonly direction = "min";

  override values(yTrue: Value, yPred: Value): Value {
    return ops.mean(ops.subtract(yPred, yTrue), { axes: [-1] });
  }
}

interface SignSlots {
  readonly momentum: Value;
}

class SignDescent extends optimizers.Optimizer<optimizers.OptimizerOptions, SignSlots> {
  static override readonly className = "SignDescent";
  static readonly fields: options.Fields<optimizers.OptimizerOptions> = optimizers.commonFields({ learningRate: 0.01 });

  override slotGroups(): readonly (readonly optimizers.SlotSpec[])[] {
    return [[{ name: "momentum" }]];
  }

  override rule({ learningRate }: optimizers.StepScalars): optimizers.UpdateRule<SignSlots> {
    return (param, gradient, slots) => {
      const momentum = ops.add(ops.multiply(slots.momentum, 0.9), gradient);
      return { param: ops.subtract(param, ops.multiply(ops.sign(momentum), learningRate)), slots: { momentum } };
    };
  }
}
optimizers.register(SignDescent);

interface StepOptions {
  readonly rate: number;
}

class Halving extends schedules.LearningRateSchedule<StepOptions> {
  static override readonly className = "Halving";
  static readonly fields: options.Fields<StepOptions> = { rate: options.float({ above: 0 }) };

  override at(step: number): number {
    return this.options.rate / 2 ** step;
  }
}
schedules.register(Halving);

class Checkered extends initializers.Initializer {
  static readonly className = "Checkered";
  static readonly fields = {};

  override initialize(shape: StaticShape, _seed: number): Float32Array {
    return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => i % 2);
  }
}
initializers.register(Checkered);

class Squeeze extends regularizers.Regularizer {
  static readonly className = "Squeeze";
  static readonly fields = {};

  override apply(weight: Value): Value {
    return ops.sum(ops.square(weight));
  }
}
regularizers.register(Squeeze);

class Rounded extends constraints.Constraint {
  static readonly className = "Rounded";
  static readonly fields = {};

  override apply(weight: Value): Value {
    return ops.round(weight);
  }
}
constraints.register(Rounded);

const swishy = activations.register("swishy", (x) => ops.multiply(x, ops.sigmoid(x)));
new layers.Dense(3, { activation: swishy });
new layers.Dense(3, { activation: "Custom>swishy" });

/** Hooks get typed logs and context, and may be async. */
class Watch extends callbacks.Callback<Model> {
  static readonly className = "Watch";
  readonly seen: number[] = [];

  override onTrainBegin(_logs: callbacks.Logs, context: callbacks.CallbackContext): void {
    const steps: number | null = this.params.steps;
    context.print(`${this.params.epochs} epochs of ${steps ?? "?"} steps\n`);
  }

  override async onEpochEnd(epoch: number, logs: callbacks.Logs, context: callbacks.CallbackContext): Promise<void> {
    const loss = logs["loss"];
    if (loss !== undefined) this.seen.push(loss);
    logs["twice"] = 2 * (loss ?? 0);
    context.requestSave({ path: `w-${epoch}.weights.h5`, weightsOnly: true, overwrite: true, async: true });
    await context.flush();
    this.model.optimizer.learningRate.assign(0.01);
    if ((await this.model.getWeights()).length === 0) this.model.stopTraining = true;
  }

  override getState(): StateValue {
    return { json: { seen: this.seen }, tensors: {} };
  }

  // @ts-expect-error the base class has no such hook
  override onEpochEnded(): void {}
}

// Functions where Keras takes functions.
const cubed = (yTrue: Value, yPred: Value): Value => ops.power(ops.abs(ops.subtract(yTrue, yPred)), 3);
function using(model: Model): void {
  model.compile({ loss: cubed, metrics: [cubed, new Largest(), new Offset()], optimizer: new SignDescent() });
  model.compile({
    loss: new Quantile({ quantile: 0.9 }),
    optimizer: new optimizers.SGD({ learningRate: new Halving({ rate: 1 }) }),
  });
  // @ts-expect-error a loss gives a value
  model.compile({ loss: () => 3 });
}

const dims: Dims = [-1, 3];

export { Checkered, dims, Rounded, Scaled, Squeeze, using, Watch };

// A layer of a rank family is extended like any other, and keeps its typed constructor.
class Sharpened extends layers.Conv2D {
  static override readonly className = "Sharpened";
  static override readonly traits: layers.LayerTraits = { supportsMasking: true };

  override call(x: Value): Value {
    return ops.multiply(super.call(x), 2);
  }
}
new Sharpened(8, [3, 3], { padding: "same" });
// @ts-expect-error a filter count comes first
new Sharpened({ filters: 8 });
// @ts-expect-error no such padding
new Sharpened(8, 3, { padding: "sme" });
// @ts-expect-error no option of pooling
new layers.GlobalMaxPooling3D({ poolSize: 2 });

interface ShiftSettings {
  readonly by: number;
  readonly times: number;
}

class Shift extends layers.TableLayer<ShiftSettings> {
  static override readonly className = "Shift";
  static override readonly fields: options.Fields<ShiftSettings> = {
    by: options.float(),
    times: options.int({ min: 1 }, { default: 1 }),
  };

  override call(x: Value): Value {
    return ops.add(x, this.options.by * this.options.times);
  }
}
new Shift({ by: 2, name: "up" });
// @ts-expect-error no such option
new Shift({ of: 2 });

// Every built-in class may be extended under a name of one's own.
class Warm extends optimizers.Adam {
  static override readonly className = "Warm";
}
class Softer extends losses.Huber {
  static override readonly className = "Softer";
}
class Early extends callbacks.EarlyStopping {
  static override readonly className = "Early";
}
new Warm({ learningRate: 0.1 });
new Softer({ delta: 2 });
new Early({ patience: 3 });
