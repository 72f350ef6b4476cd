// Compiled, never run: what a user's editor must accept and refuse.
import {
  type CompileOptions,
  callbacks,
  constraints,
  type FitOptions,
  initializers,
  layers,
  losses,
  metrics,
  optimizers,
  regularizers,
  Sequential,
  schedules,
} from "pawl";

const model: Sequential = new Sequential();

// Names that Keras has, in all their spellings, parts as objects, registered names.
new layers.Dense(4, { activation: "relu", kernelInitializer: "he_normal", biasInitializer: "zeros" });
new layers.Dense(4, { activation: "hard_silu", kernelInitializer: "GlorotUniform", kernelRegularizer: "l1_l2" });
new layers.Dense(4, { activation: null, kernelRegularizer: "l2", kernelConstraint: "non_neg", biasConstraint: null });
new layers.Dense(4, { activation: "Custom>mine", kernelInitializer: "my_package>Mine" });
new layers.Dense(4, {
  activation: (x) => x,
  kernelInitializer: new initializers.VarianceScaling({ scale: 2, mode: "fan_in" }),
  kernelRegularizer: new regularizers.L1L2({ l1: 1e-4, l2: 1e-4 }),
  kernelConstraint: new constraints.MaxNorm({ maxValue: 2 }),
  activityRegularizer: "l2",
});
new layers.Conv2D(8, 3, { padding: "same", strides: 2, dataFormat: "channels_first", dilationRate: [1, 1] });
new layers.Conv2D(8, [3, 3], { padding: "valid", groups: 2 });

// @ts-expect-error a misspelled activation
new layers.Dense(4, { activation: "rellu" });
// @ts-expect-error a misspelled initializer
new layers.Dense(4, { kernelInitializer: "glorot" });
// @ts-expect-error a misspelled regularizer
new layers.Dense(4, { kernelRegularizer: "l3" });
// @ts-expect-error a misspelled constraint
new layers.Dense(4, { kernelConstraint: "nonneg" });
// @ts-expect-error a regularizer is no constraint
new layers.Dense(4, { kernelConstraint: new regularizers.L2() });
// @ts-expect-error a constraint is no regularizer
new layers.Dense(4, { kernelRegularizer: "non_neg" });
// @ts-expect-error Keras's snake case is for strings and files; options are camelCase
new layers.Dense(4, { use_bias: false });
// @ts-expect-error units is a number
new layers.Dense("4");
// @ts-expect-error units is needed
new layers.Dense();
// @ts-expect-error a misspelled padding
new layers.Conv2D(8, 3, { padding: "sane" });
// @ts-expect-error a misspelled data format
new layers.MaxPooling2D(2, { dataFormat: "nchw" });
// @ts-expect-error what VarianceScaling does not know
new initializers.VarianceScaling({ mode: "fan" });

// compile
model.compile();
model.compile({ optimizer: "adam", loss: "binary_crossentropy", metrics: ["accuracy", "AUC", "f1_score"] });
model.compile({ optimizer: "SGD", loss: "mse", metrics: { out: ["mae", "mean_absolute_error"] }, shards: 2 });
model.compile({ loss: { a: "kl_divergence", b: null }, lossWeights: { a: 0.5 }, weightedMetrics: ["acc"] });
model.compile({ loss: ["mse", null, new losses.Huber({ delta: 2 })], metrics: [["mae"], null, new metrics.AUC()] });
model.compile({ optimizer: new optimizers.Adam({ learningRate: 1e-3, clipnorm: 1 }), loss: "Custom>Mine" });
model.compile({
  optimizer: new optimizers.SGD({ learningRate: new schedules.CosineDecay({ initialLearningRate: 1, decaySteps: 9 }) }),
});
model.compile({ optimizer: new optimizers.RMSprop({ learningRate: (step) => 0.1 / (step + 1) }) });
const stored: CompileOptions = { optimizer: "adamw", loss: "categorical_crossentropy", jitCompile: "auto" };
model.compile(stored);

// @ts-expect-error a misspelled loss
model.compile({ loss: "binary_cross_entropy" });
// @ts-expect-error a misspelled metric
model.compile({ metrics: ["acuracy"] });
// @ts-expect-error a misspelled optimizer
model.compile({ optimizer: "adan" });
model.compile({ metrics: "mae", weightedMetrics: new metrics.AUC() });
new layers.LayerNormalization({ axis: -1 });
new layers.LayerNormalization({ axis: [1, 2] });
new layers.UnitNormalization({ axis: 1 });
new layers.Softmax({ axis: 1 });
new layers.Conv2D(8, 3, { padding: "same", strides: 2, dilationRate: 1 });
// @ts-expect-error Keras's old name of the rate
new optimizers.Adam({ lr: 0.1 });
// @ts-expect-error a reduction there is not
new losses.MeanSquaredError({ reduction: "average" });
// @ts-expect-error a curve there is not
new metrics.AUC({ curve: "P/R" });
// @ts-expect-error a schedule without its steps
new schedules.CosineDecay({ initialLearningRate: 1 });

// Names from outside are looked up where a mistake is told at once.
declare const fromOutside: string;
model.compile({ loss: losses.get(fromOutside), optimizer: optimizers.get(fromOutside) });
// @ts-expect-error any string might be a mistake
model.compile({ loss: fromOutside });

// callbacks
new callbacks.ModelCheckpoint("a/{epoch:02d}.h5", {
  saveFreq: "epoch",
  monitor: "val_loss",
  mode: "min",
  maxToKeep: 3,
});
new callbacks.EarlyStopping({ monitor: "val_out_accuracy", mode: "max", patience: 3, restoreBestWeights: true });
new callbacks.ReduceLROnPlateau({ factor: 0.5, minLr: 1e-6 });
new callbacks.LearningRateScheduler((epoch, rate) => rate * 0.9 ** epoch);
new callbacks.LambdaCallback({ onEpochEnd: (_epoch, logs) => void logs["loss"]?.toFixed(3) });
// @ts-expect-error a mode there is not
new callbacks.EarlyStopping({ mode: "maximum" });
// @ts-expect-error a frequency there is not
new callbacks.ModelCheckpoint("a.keras", { saveFreq: "batch" });
// @ts-expect-error a hook there is not
new callbacks.LambdaCallback({ onEpochEnded: () => undefined });

// Options are types of their own, so that helpers can take and give them.
const options: FitOptions = { epochs: 3, verbose: 2, classWeight: { 0: 1, 1: 2 }, validationFreq: [1, 3] };
const dense: layers.DenseOptions = { activation: "relu" };
const convolution: layers.ConvOptions = { padding: "same" };
const pooling: layers.GlobalPoolOptions = { keepdims: true };
const adam: optimizers.AdamOptions = { beta1: 0.8 };
const sgd: optimizers.SGDOptions = { momentum: 0.9, nesterov: true };
const area: metrics.AUCOptions = { curve: "PR", summationMethod: "minoring" };
const decay: schedules.ExponentialDecayOptions = { initialLearningRate: 1, decaySteps: 2, decayRate: 0.5 };
const huber: losses.HuberOptions = { delta: 1, reduction: "sum" };
const stop: callbacks.EarlyStoppingOptions = { patience: 2 };
const keep: callbacks.ModelCheckpointOptions = { saveWeightsOnly: true };
const scale: initializers.VarianceScalingOptions = { distribution: "untruncated_normal" };
const limit: constraints.MinMaxNormOptions = { minValue: 0.1, rate: 0.5 };
const penalty: regularizers.L2Options = { l2: 0.1 };

export { adam, area, convolution, decay, dense, huber, keep, limit, options, penalty, pooling, scale, sgd, stop };
