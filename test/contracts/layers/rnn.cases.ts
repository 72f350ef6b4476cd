import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

const recurrent = {
  kernelInitializer: "he_normal",
  recurrentRegularizer: "l2",
  kernelConstraint: "max_norm",
  recurrentInitializer: "glorot_uniform",
} as const;

export const rnn: LayerRows<"LSTM" | "LSTMCell"> = {
  LSTM: [
    { fixture: "lstm", make: (o) => new layers.LSTM(4, o) },
    {
      fixture: "lstm_sequences",
      make: (o) =>
        new layers.LSTM(3, {
          returnSequences: true,
          goBackwards: true,
          activation: "relu",
          recurrentActivation: "hard_sigmoid",
          ...recurrent,
          ...o,
        }),
    },
    {
      fixture: "lstm_backwards",
      make: (o) =>
        new layers.LSTM(3, {
          goBackwards: true,
          useBias: false,
          unroll: true,
          dropout: 0.2,
          recurrentDropout: 0.3,
          seed: 4,
          ...o,
        }),
    },
    {
      fixture: "lstm_softmax",
      make: (o) =>
        new layers.LSTM(3, {
          activation: "softmax",
          recurrentActivation: "tanh",
          unitForgetBias: false,
          activityRegularizer: "l2",
          returnState: true,
          ...o,
        }),
    },
    { fixture: "lstm_train", make: (o) => new layers.LSTM(3, { returnSequences: true, ...o }) },
    { fixture: "lstm_mask", make: (o) => new layers.LSTM(3, { returnSequences: true, returnState: true, ...o }) },
    {
      fixture: "lstm_mask_zero",
      make: (o) => new layers.LSTM(3, { returnSequences: true, zeroOutputForMask: true, ...o }),
    },
    { fixture: "lstm_mask_last", make: (o) => new layers.LSTM(3, { goBackwards: true, ...o }) },
    { fixture: "lstm_states", make: (o) => new layers.LSTM(4, { returnSequences: true, returnState: true, ...o }) },
  ],
  LSTMCell: [
    { fixture: "lstm_cell", make: (o) => new layers.LSTMCell(4, o) },
    {
      fixture: "lstm_cell_options",
      make: (o) => new layers.LSTMCell(3, { activation: "gelu", useBias: false, dropout: 0.5, ...recurrent, ...o }),
    },
  ],
};
