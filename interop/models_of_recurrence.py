"""Cases of models.py: recurrent layers, cells, wrappers of layers, ConvLSTM."""

import numpy as np
from models import Case, Data, case, tokens


def sequence(k, name, layers, *, shape=(5, 3), outputs=1, optimizer=None, **case_args):
    """A Sequential of these layers over sequences, and what learns from their last one."""
    data = Data(name)
    head = [] if outputs is None else [k.layers.Flatten(), k.layers.Dense(outputs)]
    model = k.Sequential([k.layers.Input(shape=shape), *layers, *head])
    model.compile(optimizer=optimizer or k.optimizers.SGD(0.05, momentum=0.5), loss="mse")
    return Case(model, data.x(*shape), data.x(outputs or 1), **case_args)


@case
def simple_rnn(k):
    layers = [
        k.layers.SimpleRNN(4, return_sequences=True, kernel_regularizer="l2", recurrent_constraint="max_norm"),
        k.layers.SimpleRNN(3, activation="softsign", use_bias=False, go_backwards=True),
    ]
    return sequence(k, "simple_rnn", layers, optimizer="adam")


@case
def gru_reset_after(k):
    layers = [k.layers.GRU(4, return_sequences=True), k.layers.GRU(3, go_backwards=True, recurrent_activation="hard_sigmoid")]
    return sequence(k, "gru_reset_after", layers, optimizer="rmsprop")


@case
def gru_reset_before(k):
    layers = [
        k.layers.GRU(4, reset_after=False, return_sequences=True, bias_initializer="random_normal"),
        k.layers.GRU(3, reset_after=False, use_bias=False, activation="softsign"),
    ]
    return sequence(k, "gru_reset_before", layers)


@case
def gru_masked(k):
    data = Data("gru_masked")
    model = k.Sequential(
        [
            k.layers.Input(shape=(6,), dtype="int32"),
            k.layers.Embedding(12, 4, mask_zero=True),
            k.layers.GRU(4, return_sequences=True, zero_output_for_mask=True),
            k.layers.GRU(3, reset_after=False),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="mse")
    return Case(model, tokens(k, data, 6), data.x(1))


@case
def gru_states(k):
    """States returned by one layer and given to another."""
    data = Data("gru_states")
    source, target = k.Input((5, 3)), k.Input((4, 2))
    _, state = k.layers.GRU(4, return_state=True)(source)
    steps, last = k.layers.GRU(4, return_sequences=True, return_state=True)(target, initial_state=[state])
    joined = k.layers.Concatenate()([k.layers.Flatten()(steps), last, state])
    model = k.Model([source, target], k.layers.Dense(2)(joined))
    model.compile(optimizer="rmsprop", loss="mse")
    return Case(model, [data.x(5, 3), data.x(4, 2)], data.x(2))


@case
def rnn_over_a_cell(k):
    layers = [
        k.layers.RNN(k.layers.GRUCell(4, reset_after=False), return_sequences=True),
        k.layers.RNN(k.layers.SimpleRNNCell(3, activation="relu"), go_backwards=True, return_sequences=True),
        k.layers.RNN(k.layers.LSTMCell(3, unit_forget_bias=False)),
    ]
    return sequence(k, "rnn_over_a_cell", layers)


@case
def rnn_over_cells(k):
    cells = [k.layers.LSTMCell(4), k.layers.GRUCell(3), k.layers.SimpleRNNCell(2)]
    return sequence(k, "rnn_over_cells", [k.layers.RNN(cells, return_sequences=True)])


@case
def stacked_cells(k):
    """The states of stacked cells in the order of the cells, one after the other."""
    data = Data("stacked_cells")
    x = k.Input((5, 3))
    cells = k.layers.StackedRNNCells([k.layers.LSTMCell(3), k.layers.GRUCell(2)])
    y, *states = k.layers.RNN(cells, return_state=True)(x)
    flat = [state for one in states for state in (one if isinstance(one, (list, tuple)) else [one])]
    model = k.Model(x, k.layers.Dense(1)(k.layers.Concatenate()([y, *flat])))
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    return Case(model, data.x(5, 3), data.x(1))


def bidirectional(mode):
    """A case of one merge mode."""
    name = f"bidirectional_{mode or 'apart'}"

    def build(k):
        data = Data(name)
        x = k.Input((5, 3))
        made = k.layers.Bidirectional(k.layers.GRU(3, return_sequences=mode != "mul"), merge_mode=mode)(x)
        parts = made if isinstance(made, (list, tuple)) else [made]
        flat = [k.layers.Flatten()(part) for part in parts]
        model = k.Model(x, k.layers.Dense(1)(flat[0] if len(flat) == 1 else k.layers.Concatenate()(flat)))
        model.compile(optimizer=k.optimizers.SGD(0.05, momentum=0.5), loss="mse")
        return Case(model, data.x(5, 3), data.x(1))

    build.__name__ = name
    return case(build)


for merge_mode in ("concat", "sum", "mul", "ave", None):
    bidirectional(merge_mode)


@case
def bidirectional_two_layers(k):
    """Another layer backwards, and a mask."""
    data = Data("bidirectional_two_layers")
    ids = k.Input((6,), dtype="int32")
    x = k.layers.Embedding(12, 3, mask_zero=True)(ids)
    back = k.layers.GRU(3, go_backwards=True, return_sequences=True, reset_after=False)
    x = k.layers.Bidirectional(k.layers.LSTM(3, return_sequences=True), backward_layer=back)(x)
    x = k.layers.Bidirectional(k.layers.SimpleRNN(2))(x)
    model = k.Model(ids, k.layers.Dense(1)(x))
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="mse")
    return Case(model, tokens(k, data, 6), data.x(1))


@case
def bidirectional_states(k):
    data = Data("bidirectional_states")
    source, target = k.Input((5, 3)), k.Input((4, 2))
    y, *states = k.layers.Bidirectional(k.layers.LSTM(3, return_state=True))(source)
    z = k.layers.Bidirectional(k.layers.LSTM(3, return_sequences=True))(target, initial_state=states)
    joined = k.layers.Concatenate()([y, k.layers.Flatten()(z)])
    model = k.Model([source, target], k.layers.Dense(1)(joined))
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    return Case(model, [data.x(5, 3), data.x(4, 2)], data.x(1))


@case
def stateful_layers(k):
    """States that go on from batch to batch; they begin anew where a side begins."""
    data = Data("stateful_layers")
    model = k.Sequential(
        [
            k.layers.Input(batch_shape=(8, 4, 3)),
            k.layers.LSTM(3, stateful=True, return_sequences=True),
            k.layers.GRU(3, stateful=True, return_sequences=True),
            k.layers.Bidirectional(k.layers.SimpleRNN(2, stateful=True)),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    return Case(model, data.x(4, 3), data.x(1), batch_size=8)


@case
def time_distributed(k):
    layers = [
        k.layers.TimeDistributed(k.layers.Dense(4, activation="tanh")),
        k.layers.TimeDistributed(k.layers.Reshape((2, 2))),
        k.layers.TimeDistributed(k.layers.Conv1D(2, 2, activation="relu")),
        k.layers.TimeDistributed(k.layers.Flatten()),
    ]
    return sequence(k, "time_distributed", layers, optimizer="rmsprop")


@case
def time_distributed_network(k):
    """A network in each step, with state of its own, and a mask that passes."""
    inner = k.Sequential([k.layers.Input(shape=(3,)), k.layers.Dense(4), k.layers.BatchNormalization(), k.layers.ReLU()])
    layers = [k.layers.Masking(9.0), k.layers.TimeDistributed(inner), k.layers.LSTM(3)]
    return sequence(k, "time_distributed_network", layers, optimizer=k.optimizers.SGD(0.03))


@case
def conv_lstm_1d(k):
    layers = [k.layers.ConvLSTM1D(3, 2, padding="same", return_sequences=True), k.layers.ConvLSTM1D(2, 3, strides=2, activation="softsign")]
    return sequence(k, "conv_lstm_1d", layers, shape=(3, 6, 2))


@case
def conv_lstm_2d(k):
    layers = [
        k.layers.ConvLSTM2D(2, (2, 3), padding="same", return_sequences=True, use_bias=False),
        k.layers.ConvLSTM2D(2, 2, dilation_rate=2, go_backwards=True, recurrent_activation="hard_sigmoid"),
    ]
    return sequence(k, "conv_lstm_2d", layers, shape=(3, 5, 4, 2))


@case
def conv_lstm_3d(k):
    return sequence(k, "conv_lstm_3d", [k.layers.ConvLSTM3D(2, 2, padding="same")], shape=(2, 3, 3, 2, 1))


@case
def lstm_unrolled_dropout_off(k):
    """Every option of a recurrent layer that is neither its size nor random."""
    layers = [
        k.layers.LSTM(
            3, unroll=True, return_sequences=True, kernel_initializer="he_normal", recurrent_initializer="glorot_uniform",
            bias_initializer="ones", recurrent_regularizer="l2", bias_regularizer="l1", activity_regularizer="l2",
            kernel_constraint="non_neg", bias_constraint="unit_norm", seed=4,
        ),
        k.layers.GRU(3, unroll=True, activity_regularizer="l1", bias_constraint="max_norm"),
    ]
    return sequence(k, "lstm_unrolled_dropout_off", layers, optimizer="adamax")


@case
def recurrent_many_to_many(k):
    """Each step's output has its loss, with weights of samples."""
    data = Data("recurrent_many_to_many")
    model = k.Sequential(
        [
            k.layers.Input(shape=(5, 3)),
            k.layers.Bidirectional(k.layers.GRU(3, return_sequences=True), merge_mode="ave"),
            k.layers.TimeDistributed(k.layers.Dense(4, activation="softmax")),
        ]
    )
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy", weighted_metrics=["accuracy"])
    return Case(model, data.x(5, 3), data.ids(4, 5), sample_weight=np.abs(data.x(5)))


@case
def rows_of_any_length(k):
    """Sequences whose length the model does not know."""
    data = Data("rows_of_any_length")
    model = k.Sequential(
        [
            k.layers.Input(shape=(None, 3)),
            k.layers.Conv1D(4, 3, padding="causal", activation="tanh"),
            k.layers.GRU(3, return_sequences=True),
            k.layers.GlobalMaxPooling1D(),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer="adam", loss="mse")
    return Case(model, np.ascontiguousarray(data.x(7, 3)), data.x(1))
