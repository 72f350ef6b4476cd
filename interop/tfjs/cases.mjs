// Models of TensorFlow.js, one or more for each of its layers, with the data that they are asked about.
// `trains: false` where a layer draws at random, or TensorFlow.js cannot train it.

/** @param tf the module @tensorflow/tfjs */
export function casesOf(tf) {
  const L = tf.layers;
  const seq = (inputShape, ...layers) => {
    const model = tf.sequential();
    layers.forEach((layer, i) => {
      if (i === 0) model.add(L.inputLayer({ inputShape }));
      model.add(layer);
    });
    return model;
  };
  const image = [6, 6, 2];
  const steps = [5, 3];
  const pair = (shape, merge) => {
    const [a, b] = [tf.input({ shape }), tf.input({ shape })];
    const hidden = [L.dense({ units: 4 }).apply(a), L.dense({ units: 4, activation: "tanh" }).apply(b)];
    return tf.model({ inputs: [a, b], outputs: merge.apply(hidden) });
  };
  // TensorFlow.js cannot train these: it lacks a gradient, or asks for a weight that the layer was told not to have; and
  // constraints it applies to weights that are set, not to those that a step has made.
  const untrained = (model) => ({ model, trains: false });
  const inner = () => seq([3], L.dense({ units: 4, activation: "relu" }), L.batchNormalization());
  return {
    dense: () =>
      seq(
        [3],
        L.dense({
          units: 4,
          activation: "relu",
          kernelRegularizer: tf.regularizers.l1l2({ l1: 0.01, l2: 0.02 }),
          kernelConstraint: tf.constraints.maxNorm({ maxValue: 3, axis: 0 }),
        }),
        L.dense({ units: 2, useBias: false, kernelInitializer: "leCunNormal", name: "myOut" }),
      ),
    ...Object.fromEntries(
      [
        "elu",
        "selu",
        "relu",
        "relu6",
        "linear",
        "sigmoid",
        "hardSigmoid",
        "softplus",
        "softsign",
        "tanh",
        "softmax",
        "logSoftmax",
        "swish",
        "mish",
        "gelu",
      ].map((activation) => [
        `activation ${activation}`,
        () => seq([3], L.dense({ units: 4 }), L.activation({ activation })),
      ]),
    ),
    initializers: () =>
      untrained(
        seq(
          [4],
          ...[
            "zeros",
            "ones",
            "glorotUniform",
            "glorotNormal",
            "heNormal",
            "heUniform",
            "leCunNormal",
            "leCunUniform",
            "orthogonal",
            "randomNormal",
            "randomUniform",
            "truncatedNormal",
            "identity",
          ].map((kernelInitializer) => L.dense({ units: 4, kernelInitializer })),
          L.dense({
            units: 4,
            kernelInitializer: tf.initializers.constant({ value: 0.5 }),
            biasInitializer: tf.initializers.varianceScaling({
              scale: 2,
              mode: "fanOut",
              distribution: "truncatedNormal",
            }),
          }),
        ),
      ),
    constraints: () =>
      untrained(
        seq(
          [4],
          L.dense({
            units: 3,
            kernelConstraint: "nonNeg",
            biasConstraint: tf.constraints.minMaxNorm({ minValue: 0.1, maxValue: 2, rate: 0.9, axis: 0 }),
          }),
          L.dense({ units: 2, kernelConstraint: tf.constraints.unitNorm({ axis: 0 }) }),
        ),
      ),
    reLU: () => seq([3], L.dense({ units: 4 }), L.reLU({ maxValue: 0.5 })),
    leakyReLU: () => seq([3], L.dense({ units: 4 }), L.leakyReLU({ alpha: 0.2 })),
    prelu: () => seq([3, 2], L.prelu({ sharedAxes: [1] }), L.flatten(), L.prelu()),
    elu: () => seq([3], L.dense({ units: 4 }), L.elu()),
    thresholdedReLU: () => untrained(seq([3], L.dense({ units: 4 }), L.thresholdedReLU({ theta: 0.3 }))),
    softmax: () => seq([4], L.softmax()),
    conv1d: () =>
      untrained(
        seq(
          steps,
          L.conv1d({ filters: 3, kernelSize: 2, dilationRate: 2 }),
          L.conv1d({ filters: 2, kernelSize: 3, strides: 2, activation: "relu" }),
        ),
      ),
    conv2d: () =>
      seq(
        image,
        L.conv2d({ filters: 3, kernelSize: 3, padding: "same", strides: 2 }),
        L.conv2d({ filters: 2, kernelSize: [2, 1], useBias: false }),
      ),
    conv3d: () => seq([3, 4, 4, 2], L.conv3d({ filters: 2, kernelSize: 2, padding: "same" })),
    conv2dTranspose: () =>
      seq(
        [3, 3, 2],
        L.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: "same" }),
        L.conv2dTranspose({ filters: 1, kernelSize: 2 }),
      ),
    conv3dTranspose: () => untrained(seq([2, 3, 3, 2], L.conv3dTranspose({ filters: 2, kernelSize: 2, strides: 2 }))),
    depthwiseConv2d: () => seq(image, L.depthwiseConv2d({ kernelSize: 3, depthMultiplier: 2, padding: "same" })),
    separableConv2d: () => seq(image, L.separableConv2d({ filters: 3, kernelSize: 2 })),
    cropping2D: () =>
      seq(
        image,
        L.cropping2D({
          cropping: [
            [1, 0],
            [2, 1],
          ],
        }),
      ),
    zeroPadding2d: () =>
      seq(
        image,
        L.zeroPadding2d({
          padding: [
            [1, 0],
            [2, 1],
          ],
        }),
      ),
    upSampling2d: () => seq([3, 3, 2], L.upSampling2d({ size: [2, 3] })),
    averagePooling1d: () => seq(steps, L.averagePooling1d({ poolSize: 2, padding: "same" })),
    averagePooling2d: () => seq(image, L.averagePooling2d({ poolSize: 2, strides: 1, padding: "same" })),
    averagePooling3d: () => seq([4, 4, 4, 1], L.averagePooling3d({ poolSize: 2 })),
    maxPooling1d: () => seq(steps, L.maxPooling1d({ poolSize: 3, strides: 1 })),
    maxPooling2d: () => seq(image, L.maxPooling2d({ poolSize: [2, 3], padding: "same" })),
    maxPooling3d: () => seq([4, 4, 4, 1], L.maxPooling3d({ poolSize: 2 })),
    globals: () => {
      const x = tf.input({ shape: image });
      const y = L.reshape({ targetShape: [12, 6] }).apply(x);
      return tf.model({
        inputs: x,
        outputs: L.concatenate().apply([
          L.globalAveragePooling2d({}).apply(x),
          L.globalMaxPooling2d({}).apply(x),
          L.globalAveragePooling1d().apply(y),
          L.globalMaxPooling1d().apply(y),
        ]),
      });
    },
    add: () => pair([3], L.add()),
    multiply: () => pair([3], L.multiply()),
    average: () => pair([3], L.average()),
    maximum: () => pair([3], L.maximum()),
    minimum: () => pair([3], L.minimum()),
    concatenate: () => pair([2, 3], L.concatenate({ axis: 1 })),
    dot: () => pair([3], L.dot({ axes: -1, normalize: true })),
    batchNormalization: () => seq([3], L.batchNormalization({ momentum: 0.9, epsilon: 0.01 }), L.dense({ units: 2 })),
    "batchNormalization without parameters": () =>
      untrained(seq([3], L.batchNormalization({ center: false, scale: false }))),
    layerNormalization: () => seq([4, 3], L.layerNormalization({ epsilon: 0.01 })),
    "layerNormalization of two axes": () =>
      untrained(seq([4, 3], L.layerNormalization({ axis: [1, 2], center: false }))),
    "reshape, permute, repeatVector, flatten": () =>
      seq([6], L.reshape({ targetShape: [2, 3] }), L.permute({ dims: [2, 1] }), L.flatten(), L.repeatVector({ n: 3 })),
    embedding: () => ({
      model: seq([5], L.embedding({ inputDim: 7, outputDim: 3, maskZero: true }), L.lstm({ units: 2 })),
      ids: 7,
    }),
    masking: () => seq(steps, L.masking({ maskValue: 0 }), L.simpleRNN({ units: 3 })),
    simpleRNN: () =>
      seq(
        steps,
        L.simpleRNN({ units: 3, returnSequences: true }),
        L.simpleRNN({ units: 2, goBackwards: true, activation: "relu" }),
      ),
    lstm: () =>
      seq(
        steps,
        L.lstm({ units: 3, returnSequences: true, unitForgetBias: true }),
        L.lstm({ units: 2, recurrentActivation: "sigmoid" }),
      ),
    gru: () =>
      seq(
        steps,
        L.gru({ units: 3, returnSequences: true }),
        L.gru({ units: 2, recurrentActivation: "sigmoid", useBias: false }),
      ),
    "rnn of cells": () =>
      seq(
        steps,
        L.rnn({
          cell: [L.lstmCell({ units: 3 }), L.gruCell({ units: 2 }), L.gruCell({ units: 2 })],
          returnSequences: true,
        }),
        L.rnn({ cell: L.simpleRNNCell({ units: 2 }) }),
      ),
    stackedRNNCells: () =>
      seq(
        steps,
        L.rnn({ cell: L.stackedRNNCells({ cells: [L.simpleRNNCell({ units: 3 }), L.lstmCell({ units: 2 })] }) }),
      ),
    convLstm2d: () =>
      seq(
        [3, 5, 5, 1],
        L.convLstm2d({ filters: 2, kernelSize: 2, padding: "same", returnSequences: true }),
        L.convLstm2d({ filters: 1, kernelSize: 3 }),
      ),
    bidirectional: () =>
      seq(
        steps,
        L.bidirectional({ layer: L.lstm({ units: 2, returnSequences: true }), mergeMode: "concat" }),
        L.bidirectional({ layer: L.gru({ units: 2, name: "myGru" }), mergeMode: "sum" }),
      ),
    timeDistributed: () => seq([4, 3], L.timeDistributed({ layer: L.dense({ units: 2 }) })),
    "model in a model": () => {
      const x = tf.input({ shape: [3] });
      const one = inner();
      return tf.model({
        inputs: x,
        outputs: L.add().apply([one.apply(x), L.dense({ units: 4 }).apply(one.apply(x).shape ? x : x)]),
      });
    },
    "shared layer": () => {
      const [a, b] = [tf.input({ shape: [3] }), tf.input({ shape: [3] })];
      const shared = L.dense({ units: 2, activation: "tanh" });
      return tf.model({
        inputs: [a, b],
        outputs: [shared.apply(a), L.concatenate().apply([shared.apply(a), shared.apply(b)])],
      });
    },
    rescaling: () => seq(image, L.rescaling({ scale: 0.5, offset: 1 }), L.flatten(), L.dense({ units: 2 })),
    centerCrop: () => seq(image, L.centerCrop({ height: 4, width: 3 })),
    categoryEncoding: () => ({ model: seq([4], L.categoryEncoding({ numTokens: 5, outputMode: "multiHot" })), ids: 5 }),
    dropout: () => ({
      model: seq(
        [3],
        L.dense({ units: 4 }),
        L.dropout({ rate: 0.3 }),
        L.gaussianNoise({ stddev: 0.1 }),
        L.gaussianDropout({ rate: 0.1 }),
        L.alphaDropout({ rate: 0.1 }),
      ),
      trains: false,
    }),
    spatialDropout1d: () => ({
      model: seq(steps, L.spatialDropout1d({ rate: 0.3 }), L.conv1d({ filters: 2, kernelSize: 2 })),
      trains: false,
    }),
  };
}
