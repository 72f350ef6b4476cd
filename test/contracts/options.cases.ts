import * as pawl from "../../src/index.js";
import { callbacks, data, layers, Model, ops, optimizers, Sequential, Tensor, Variable } from "../../src/index.js";
import { RunRandom } from "../../src/training/own/run-random.js";

/** Arguments that a call needs before its options, by parameter name. */
export const ARGUMENTS: Readonly<Record<string, unknown>> = {
  factor: 0.1,
  logDir: "logs",
  fraction: 0.5,
  height: 4,
  heightFactor: 0.1,
  make: () => [],
  maxNumber: 3,
  mode: "horizontal",
  order: 1,
  outputSize: 2,
  rows: { length: 0, read: () => [], fingerprint: "1" },
  spatialDims: [1],
  width: 4,
  widthFactor: 0.1,
  activation: "relu",
  alpha: 1,
  axes: 1,
  axis: -1,
  beta: 1,
  backupDir: "out",
  bytes: new Uint8Array(8),
  columns: { a: "float" },
  cell: new layers.LSTMCell(2),
  cells: [new layers.LSTMCell(2)],
  counts: 2,
  cropping: 1,
  dir: "out",
  directory: "data",
  dims: [1],
  equation: "ab,bc->ac",
  filename: "log.csv",
  filepath: "net.keras",
  filters: 2,
  fn: (x: unknown) => x,
  headDim: 2,
  high: 2,
  innerOptimizer: new optimizers.SGD(),
  inputDim: 3,
  inputs: null,
  kernelSize: 2,
  keyDim: 2,
  layer: new layers.LSTM(2),
  layers: [],
  logits: [[0, 1]],
  low: 0,
  max: 2,
  min: 0,
  n: 2,
  numBins: 3,
  numHeads: 2,
  numKeyValueHeads: 1,
  numQueryHeads: 2,
  optimizerMap: new optimizers.OptimizerMap(new optimizers.SGD()),
  numSamples: 2,
  numTokens: 3,
  outputDim: 2,
  outputShape: 3,
  outputs: null,
  padding: 1,
  parts: {},
  path: "net.weights.h5",
  paths: "data.csv",
  poolSize: 2,
  probabilities: 0.5,
  rate: 0.5,
  scale: 2,
  seed: 1,
  schedule: () => 0.1,
  shape: [2],
  size: 2,
  source: () => [],
  stddev: 1,
  target: 3,
  targetShape: [1],
  units: 3,
  values: [],
  x: [1, 2],
  yPred: ops.input("yPred", [-1, 3], "float32"),
  yTrue: ops.input("yTrue", [-1, 3], "float32"),
};

const GIVEN = ops.input("x", [-1, 4, 4], "float32");
const BOXES = [[1, 2, 3, 4]];
const IMAGE = new Tensor([1, 2, 3], [1, 1, 1, 3]);

/** The same for single functions and methods, where a name means something else. */
export const OWN_ARGUMENTS: Readonly<Record<string, () => unknown[]>> = {
  "Model#fit 1": () => [() => [[[[1]], [1]]]],
  "Model#evaluate 1": () => [() => [[[[1]], [1]]]],
  "Model#fit 2": () => [[[1]], [1]],
  "Model#evaluate 2": () => [[[1]], [1]],
  "Model#predict 1": () => [[[1]]],
  "Model#trainOnBatch 2": () => [[[1]], [1]],
  "Model#testOnBatch 2": () => [[[1]], [1]],
  "cloneModel 1": () => [compiled()],
  "serve 1": () => [compiled()],
  "DescribedModel#compileFromConfig 1": () => [{ optimizer: "sgd", loss: "mse" }],
  "modelFromJSON 1": () => ["{}"],
  "utils.boundingBoxes.affineTransform 1": () => [BOXES],
  "utils.boundingBoxes.clipToImageSize 1": () => [{ boxes: BOXES, labels: [0] }],
  "utils.boundingBoxes.computeCiou 2": () => [BOXES, BOXES],
  "utils.boundingBoxes.computeIou 2": () => [BOXES, BOXES],
  "utils.boundingBoxes.convertFormat 3": () => [BOXES, "xyxy", "xywh"],
  "utils.boundingBoxes.crop 1": () => [BOXES],
  "utils.boundingBoxes.decodeDeltasToBoxes 2": () => [BOXES, BOXES],
  "utils.boundingBoxes.encodeBoxToDeltas 2": () => [BOXES, BOXES],
  "utils.boundingBoxes.pad 1": () => [BOXES],
  "utils.getFile 1": () => ["a.npz"],
  "utils.modelToDot 1": () => [compiled()],
  "utils.modelToMermaid 1": () => [compiled()],
  "utils.modelToSvg 1": () => [compiled()],
  "utils.plotModel 2": () => [compiled(), null],
  "utils.timeseriesDatasetFromArray 2": () => [[1, 2, 3], null],
  "utils.toCategorical 1": () => [[0, 1]],
  "utils.normalize 1": () => [[[1, 2]]],
  "utils.padSequences 1": () => [[[1]]],
  "utils.splitDataset 1": () => [[[1], [2]]],
  "utils.arrayToImg 1": () => [[[[1]]]],
  "utils.imgToArray 1": () => [[[1]]],
  "Discretization#adapt 1": () => [[[1]]],
  "IndexLookup#adapt 1": () => [["a"]],
  "IndexLookup#setVocabulary 1": () => [["a"]],
  "Normalization#adapt 1": () => [[[1]]],
  "TextVectorization#adapt 1": () => [["a"]],
  "TextVectorization#setVocabulary 1": () => [["a"]],
  "ops.gradients 2": () => [GIVEN, GIVEN],
  "ops.scan 3": () => [(carry: unknown, x: unknown) => [carry, x], GIVEN, GIVEN],
  "ops.associativeScan 2": () => [(a: unknown) => a, GIVEN],
  "ops.whileLoop 3": () => [() => ops.constant(1), (x: unknown) => x, GIVEN],
  "ops.ctcLoss 4": () => [GIVEN, GIVEN, GIVEN, GIVEN],
  "ops.ctcDecode 2": () => [GIVEN, GIVEN],
  "applications.preprocessInput 1": () => [IMAGE],
  "applications.decodePredictions 2": () => [IMAGE, {}],
  "Preparing.preprocessInput 1": () => [IMAGE],
  "Preparing.decodePredictions 2": () => [IMAGE, {}],
  "RunRandom#integers 3": () => [0, 2, [1]],
  "RunRandom#permutation 1": () => [3],
};

function compiled(): Model {
  const model = new Sequential([new layers.Dense(1, { inputShape: [1] })]);
  model.compile({ optimizer: "sgd", loss: "mse" });
  return model;
}

/** Objects in the place of exported interfaces whose members are functions. */
export const MEMBERS: Readonly<Record<string, object>> = { Preparing: pawl.applications.resnet };

/** Objects whose methods take options. */
export const OBJECTS: Readonly<Record<string, () => object>> = {
  DescribedModel: compiled,
  Model: compiled,
  Functional: compiled,
  LossScaleOptimizer: () => new optimizers.LossScaleOptimizer(new optimizers.SGD()),
  MultiOptimizer: () => new optimizers.MultiOptimizer(new optimizers.OptimizerMap(new optimizers.SGD())),
  Optimizer: () => new optimizers.SGD(),
  RunRandom: () => new RunRandom(1, () => 0),
  Records: () => data.arrays({ x: [1, 2, 3], y: [1, 2, 3] }),
  Discretization: () => new layers.Discretization({ numBins: 2 }),
  IndexLookup: () => new layers.StringLookup(),
  Normalization: () => new layers.Normalization(),
  TextVectorization: () => new layers.TextVectorization(),
};

/** Classes that take their options otherwise when others extend them. */
export const CLASSES: Readonly<Record<string, new (...args: unknown[]) => unknown>> = {
  "new Model 0": class Own extends (Model as new (...args: unknown[]) => object) {},
};

/** Operations take values of a graph. */
const value = (shape: number[]) => ops.input("x", shape, "float32");
export const OPERANDS: Readonly<Record<string, () => unknown>> = {
  coordinates: () => value([3, 2]),
  endPoints: () => value([4, 2]),
  image1: () => value([-1, 4, 4, 3]),
  image2: () => value([-1, 4, 4, 3]),
  images: () => value([-1, 4, 4, 3]),
  inputs: () => value([-1, 4, 4]),
  startPoints: () => value([4, 2]),
  transform: () => value([8]),
  translation: () => value([1]),
  volumes: () => value([-1, 4, 4, 4, 3]),
  x: () => value([-1, 4, 4]),
  kernel: () => value([2, 4, 3]),
  a: () => value([-1, 4]),
  b: () => value([4, 3]),
  x1: () => value([-1, 3]),
  x2: () => value([-1, 3]),
  y: () => value([-1, 3]),
  q: () => 0.5,
  sorted: () => value([3]),
  values: () => value([-1, 3]),
  xs: () => [value([3]), value([2])],
  weights: () => null,
  start: () => 1,
  stop: () => 2,
  target: () => value([-1, 4]),
  output: () => value([-1, 4]),
  mean: () => value([4]),
  variance: () => value([4]),
  offset: () => null,
  scale: () => null,
  gamma: () => null,
  beta: () => null,
  query: () => value([-1, 2, 2, 4]),
  key: () => value([-1, 2, 2, 4]),
  value: () => value([-1, 2, 2, 4]),
  bias: () => null,
  mask: () => null,
  axes: () => [1],
  blockSize: () => 2,
  depthwise: () => value([2, 4, 1]),
  pointwise: () => value([1, 4, 3]),
  kernelSize: () => 2,
  outputSize: () => 4,
  kth: () => 1,
  data: () => value([4, 2]),
  segmentIds: () => ops.input("ids", [4], "int32"),
  indices: () => ops.input("ids", [2, 1], "int32"),
  updates: () => value([2, 4]),
};

/** Types with optional members that are not options, and why. */
export const NO_OPTIONS: Readonly<Record<string, string>> = {
  TensorLike: "data",
  Dataset: "data",
  RecordSource: "data of the user's own, with methods",
  QueryRows: "data of the user's own, with methods",
  MapModule: "in the place of a function; see WITHIN",
  ItemRange: "a range of one axis, whose ends may be left out",
  Cell: "the layer that a recurrent one repeats",
  TrainingModel: "the model that a callback is given",
  ErrorParts: "what an error of the user's own is made of",
  MetricContext: "made by the library for metrics",
  BatchOrder: "made by the library for data sets",
  ContextOptions: "made by the library for layers",
  Recurrence: "the parts of a loop in a graph, all of them values or functions",
  LayerOptions: "of a class of the user's own, which may take more",
  Field: "how a class of the user's own declares an option",
  Partial: "how a class of the user's own declares an option",
  Range: "how a class of the user's own declares an option",
  __type: "how a class of the user's own declares an option",
};

/** Nested options, and options of calls that the declarations do not show. */
export const WITHIN: Readonly<Record<string, { known: readonly string[]; call(options: never): unknown }>> = {
  "fit.run": {
    known: ["dir", "every", "keep", "onChange"],
    call: (run) => compiled().fit([[1]], [1], { verbose: 0, run }),
  },
  "Records.map of a module": {
    known: ["module", "export", "keeps"],
    call: (module) => data.records([]).map(module),
  },
  "fit.run.every": {
    known: ["epochs", "steps", "seconds"],
    call: (every) => compiled().fit([[1]], [1], { verbose: 0, run: { dir: "out", every } }),
  },
  "fit.run.keep": {
    known: ["last", "best", "monitor", "mode", "every", "seconds", "pinned", "bytes"],
    call: (keep) => compiled().fit([[1]], [1], { verbose: 0, run: { dir: "out", keep } }),
  },
  "ModelCheckpoint.maxToKeep": {
    known: ["last", "best", "monitor", "mode", "every", "seconds", "pinned", "bytes"],
    call: (maxToKeep) => new callbacks.ModelCheckpoint("net.keras", { maxToKeep }),
  },
  "data.tfRecord.features": {
    known: ["dtype", "shape", "default"],
    call: (feature) => data.tfRecord("a.tfrecord", { features: { feature } }),
  },
  "layer.apply": {
    known: ["training"],
    call: (options) => new layers.Dropout(0.5).apply(pawl.Input({ shape: [2] }), options),
  },
  "activations.threshold": {
    known: ["threshold", "defaultValue"],
    call: (options) => pawl.activations.threshold(value([-1, 2]), options),
  },
  "new layers.Identity": { known: ["name", "trainable"], call: (options) => new layers.Identity(options) },
  "context.requestSave": {
    known: ["path", "weightsOnly", "overwrite", "async", "saved"],
    call: (request) => {
      const save = new callbacks.LambdaCallback({ onEpochEnd: (_, __, context) => context.requestSave(request) });
      return compiled().fit([[1]], [1], { verbose: 0, callbacks: save });
    },
  },
  "batches of a generator": {
    known: ["x", "y", "sampleWeight"],
    call: (batch) => compiled().fit(() => [batch], { verbose: 0 }),
  },
};

export { data, Variable };
