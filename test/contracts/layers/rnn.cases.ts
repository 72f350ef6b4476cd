import * as layers from "../../../src/layers/index.js";
import type { LayerRows } from "../layer-by-hand.js";

const recurrent = {
  kernelInitializer: "he_normal",
  recurrentRegularizer: "l2",
  kernelConstraint: "max_norm",
  recurrentInitializer: "glorot_uniform",
} as const;

type Names =
  | "Bidirectional"
  | "ConvLSTM1D"
  | "ConvLSTM2D"
  | "ConvLSTM3D"
  | "GRU"
  | "GRUCell"
  | "LSTM"
  | "LSTMCell"
  | "RNN"
  | "SimpleRNN"
  | "SimpleRNNCell"
  | "StackedRNNCells"
  | "TimeDistributed";

const named = (name: string) => ({ name });
const both = (...cells: layers.Cell[]) => new layers.StackedRNNCells(cells, named("both"));

export const rnn: LayerRows<Names> = {
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
  SimpleRNN: [
    { fixture: "simple_rnn", make: (o) => new layers.SimpleRNN(3, o) },
    {
      fixture: "simple_rnn_sequences",
      make: (o) =>
        new layers.SimpleRNN(2, {
          returnSequences: true,
          goBackwards: true,
          activation: "elu",
          dropout: 0.3,
          recurrentDropout: 0.1,
          ...recurrent,
          ...o,
        }),
    },
    { fixture: "simple_rnn_states", make: (o) => new layers.SimpleRNN(3, { returnState: true, useBias: false, ...o }) },
    {
      fixture: "simple_rnn_mask",
      make: (o) => new layers.SimpleRNN(2, { returnSequences: true, returnState: true, ...o }),
    },
    { fixture: "simple_rnn_train", make: (o) => new layers.SimpleRNN(2, { unroll: true, ...o }) },
  ],
  SimpleRNNCell: [
    { fixture: "simple_rnn_cell", make: (o) => new layers.SimpleRNNCell(3, o) },
    {
      fixture: "simple_rnn_cell_options",
      make: (o) =>
        new layers.SimpleRNNCell(2, {
          activation: "sigmoid",
          useBias: false,
          dropout: 0.5,
          seed: 3,
          ...recurrent,
          ...o,
        }),
    },
  ],
  GRU: [
    { fixture: "gru", make: (o) => new layers.GRU(4, o) },
    {
      fixture: "gru_sequences",
      make: (o) =>
        new layers.GRU(3, {
          returnSequences: true,
          goBackwards: true,
          activation: "relu",
          recurrentActivation: "hard_sigmoid",
          ...recurrent,
          ...o,
        }),
    },
    {
      fixture: "gru_before",
      make: (o) => new layers.GRU(3, { resetAfter: false, returnSequences: true, activityRegularizer: "l2", ...o }),
    },
    {
      fixture: "gru_before_options",
      make: (o) =>
        new layers.GRU(2, {
          resetAfter: false,
          useBias: false,
          dropout: 0.2,
          recurrentDropout: 0.3,
          seed: 4,
          unroll: true,
          ...o,
        }),
    },
    { fixture: "gru_train", make: (o) => new layers.GRU(3, { returnSequences: true, useBias: false, ...o }) },
    { fixture: "gru_states", make: (o) => new layers.GRU(3, { returnSequences: true, returnState: true, ...o }) },
    { fixture: "gru_mask", make: (o) => new layers.GRU(3, { returnSequences: true, returnState: true, ...o }) },
    {
      fixture: "gru_mask_zero",
      make: (o) => new layers.GRU(3, { resetAfter: false, returnSequences: true, zeroOutputForMask: true, ...o }),
    },
    { fixture: "gru_mask_last", make: (o) => new layers.GRU(2, { goBackwards: true, ...o }) },
  ],
  GRUCell: [
    { fixture: "gru_cell", make: (o) => new layers.GRUCell(4, o) },
    {
      fixture: "gru_cell_before",
      make: (o) =>
        new layers.GRUCell(3, {
          resetAfter: false,
          activation: "gelu",
          recurrentActivation: "tanh",
          dropout: 0.5,
          recurrentDropout: 0.1,
          ...recurrent,
          ...o,
        }),
    },
  ],
  StackedRNNCells: [
    {
      fixture: "stacked_cells",
      make: (o) =>
        new layers.StackedRNNCells(
          [new layers.GRUCell(3, named("first")), new layers.SimpleRNNCell(2, named("second"))],
          o,
        ),
    },
  ],
  RNN: [
    {
      fixture: "rnn",
      make: (o) => new layers.RNN(new layers.LSTMCell(3, named("inner")), { returnState: true, ...o }),
    },
    {
      fixture: "rnn_list",
      make: (o) =>
        new layers.RNN(both(new layers.GRUCell(3, named("first")), new layers.LSTMCell(2, named("second"))), {
          returnSequences: true,
          ...o,
        }),
    },
    {
      fixture: "rnn_list_mask",
      make: (o) =>
        new layers.RNN(both(new layers.LSTMCell(2, named("first")), new layers.SimpleRNNCell(3, named("second"))), {
          returnSequences: true,
          goBackwards: true,
          zeroOutputForMask: true,
          ...o,
        }),
    },
  ],
  Bidirectional: [
    { fixture: "bidirectional", make: (o) => new layers.Bidirectional(new layers.LSTM(3, named("inner")), o) },
    {
      fixture: "bidirectional_sum",
      make: (o) =>
        new layers.Bidirectional(new layers.GRU(2, { returnSequences: true, name: "inner" }), {
          mergeMode: "sum",
          ...o,
        }),
    },
    {
      fixture: "bidirectional_ave",
      make: (o) =>
        new layers.Bidirectional(new layers.SimpleRNN(2, { name: "inner", ...recurrent }), { mergeMode: "ave", ...o }),
    },
    {
      fixture: "bidirectional_mul",
      make: (o) =>
        new layers.Bidirectional(new layers.GRU(2, { returnSequences: true, resetAfter: false, name: "inner" }), {
          mergeMode: "mul",
          ...o,
        }),
    },
    {
      fixture: "bidirectional_two",
      make: (o) =>
        new layers.Bidirectional(new layers.SimpleRNN(2, { returnSequences: true, name: "inner" }), {
          mergeMode: null,
          ...o,
        }),
    },
    {
      fixture: "bidirectional_states",
      make: (o) =>
        new layers.Bidirectional(new layers.LSTM(2, { returnState: true, returnSequences: true, name: "inner" }), o),
    },
    {
      fixture: "bidirectional_other",
      make: (o) =>
        new layers.Bidirectional(new layers.GRU(2, { returnSequences: true, name: "ahead" }), {
          backwardLayer: new layers.LSTM(2, {
            returnSequences: true,
            goBackwards: true,
            activation: "relu",
            name: "back",
          }),
          ...o,
        }),
    },
    {
      fixture: "bidirectional_rnn",
      make: (o) => {
        const cells = both(new layers.GRUCell(2, named("first")), new layers.GRUCell(3, named("second")));
        return new layers.Bidirectional(new layers.RNN(cells, { returnSequences: true, name: "inner" }), o);
      },
    },
  ],
  TimeDistributed: [
    {
      fixture: "time_distributed",
      make: (o) => {
        const inner = new layers.Dense(2, { activation: "tanh", kernelRegularizer: "l2", name: "inner" });
        return new layers.TimeDistributed(inner, o);
      },
    },
    {
      fixture: "time_distributed_conv",
      make: (o) => new layers.TimeDistributed(new layers.Conv2D(2, 2, named("inner")), o),
    },
    {
      fixture: "time_distributed_pool",
      make: (o) => new layers.TimeDistributed(new layers.MaxPooling1D(2, { name: "inner" }), o),
    },
    {
      fixture: "time_distributed_rnn",
      make: (o) => new layers.TimeDistributed(new layers.GRU(2, { returnSequences: true, name: "inner" }), o),
    },
    {
      fixture: "time_distributed_mask",
      make: (o) => new layers.TimeDistributed(new layers.Dense(2, { useBias: false, name: "inner" }), o),
    },
    {
      fixture: "time_distributed_norm",
      make: (o) => new layers.TimeDistributed(new layers.BatchNormalization(named("inner")), o),
    },
  ],
  ConvLSTM1D: [
    { fixture: "conv_lstm1d", make: (o) => new layers.ConvLSTM1D(2, 3, { padding: "same", ...o }) },
    {
      fixture: "conv_lstm1d_options",
      make: (o) =>
        new layers.ConvLSTM1D(2, 2, {
          strides: 2,
          goBackwards: true,
          returnSequences: true,
          useBias: false,
          recurrentActivation: "hard_sigmoid",
          dropout: 0.2,
          recurrentDropout: 0.1,
          seed: 3,
          ...o,
        }),
    },
    {
      fixture: "conv_lstm1d_mask",
      make: (o) => new layers.ConvLSTM1D(2, 2, { returnSequences: true, returnState: true, ...o }),
    },
  ],
  ConvLSTM2D: [
    {
      fixture: "conv_lstm2d",
      make: (o) => new layers.ConvLSTM2D(2, [2, 3], { returnSequences: true, activityRegularizer: "l2", ...o }),
    },
    {
      fixture: "conv_lstm2d_first",
      make: (o) =>
        new layers.ConvLSTM2D(2, 2, { padding: "same", dataFormat: "channels_first", unitForgetBias: false, ...o }),
    },
    {
      fixture: "conv_lstm2d_states",
      make: (o) => new layers.ConvLSTM2D(1, 2, { dilationRate: 2, returnState: true, ...o }),
    },
  ],
  ConvLSTM3D: [{ fixture: "conv_lstm3d", make: (o) => new layers.ConvLSTM3D(1, 2, { activation: "relu", ...o }) }],
};
