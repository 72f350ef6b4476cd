"""The models that real Keras and Pawl exchange: each defined once, small and deterministic.

A case is a function (keras) -> Case. Nothing here may depend on a shuffle or on random masks, because the losses of
both sides are compared step by step.
"""

import importlib
import zlib
from dataclasses import dataclass, field

import numpy as np

ROWS = 40
BATCH = 16

CASES = {}


@dataclass
class Case:
    model: object
    x: object  # one array, a list in the order of the model's inputs, or a dictionary by their names
    y: object
    sample_weight: object = None
    class_weight: dict | None = None
    validation: bool = False  # the same data once more as validation data
    batch_size: int = BATCH
    epochs: int = 2
    train: bool = True  # False: only predictions and weights are compared
    keras_reads_h5: bool = True  # False: Keras cannot read its own .h5 of this model
    keras_writes_h5: bool = True  # False: nor can it write one
    learning_rate: float | None = None  # assigned to the optimizer after the first epochs


def case(build):
    CASES[build.__name__] = build
    return build


class Data:
    """Random numbers that depend on the case's name alone."""

    def __init__(self, name):
        self.rng = np.random.default_rng(zlib.crc32(name.encode()))

    def x(self, *shape):
        return self.rng.standard_normal((ROWS, *shape)).astype("float32")

    def binary(self, *shape):
        return self.rng.integers(0, 2, (ROWS, *(shape or (1,)))).astype("float32")

    def labels(self, classes):
        return self.rng.integers(0, classes, (ROWS, 1)).astype("int32")

    def ids(self, vocabulary, length):
        return self.rng.integers(0, vocabulary, (ROWS, length)).astype("int32")

    def one_hot(self, classes):
        return np.eye(classes, dtype="float32")[self.rng.integers(0, classes, ROWS)]

    def weights(self):
        return self.rng.uniform(0.2, 2.0, ROWS).astype("float32")


def dense_pair(k, units=8, inputs=6, outputs=1, last=None):
    return k.Sequential(
        [
            k.layers.Input(shape=(inputs,)),
            k.layers.Dense(units, activation="tanh"),
            k.layers.Dense(outputs, activation=last),
        ]
    )


def regression(k, name, optimizer, loss="mean_squared_error", **compile_args):
    data = Data(name)
    model = dense_pair(k)
    model.compile(optimizer=optimizer, loss=loss, **compile_args)
    return Case(model, data.x(6), data.x(1))


# ---- the classic ones, one for each optimizer and each of its options


@case
def seed_model(k):
    data = Data("seed_model")
    model = k.Sequential(
        [
            k.layers.Input(shape=(10,)),
            k.layers.Dense(10, activation="relu"),
            k.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return Case(model, data.x(10), data.binary())


@case
def sgd_sparse(k):
    data = Data("sgd_sparse")
    model = dense_pair(k, outputs=4, last="softmax")
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, data.x(6), data.labels(4), validation=True)


@case
def sgd_momentum_categorical(k):
    data = Data("sgd_momentum_categorical")
    model = dense_pair(k, outputs=3, last="softmax")
    model.compile(
        optimizer=k.optimizers.SGD(0.05, momentum=0.9),
        loss="categorical_crossentropy",
        metrics=["acc", "categorical_crossentropy"],
    )
    return Case(model, data.x(6), data.one_hot(3))


@case
def sgd_nesterov(k):
    return regression(k, "sgd_nesterov", k.optimizers.SGD(0.03, momentum=0.8, nesterov=True), metrics=["mae"])


@case
def sgd_weight_decay(k):
    return regression(k, "sgd_weight_decay", k.optimizers.SGD(0.03, momentum=0.5, weight_decay=0.02))


@case
def adam_amsgrad(k):
    return regression(k, "adam_amsgrad", k.optimizers.Adam(0.01, beta_1=0.8, beta_2=0.95, amsgrad=True))


@case
def adamw(k):
    return regression(k, "adamw", k.optimizers.AdamW(0.01, weight_decay=0.05, epsilon=1e-6))


@case
def adamw_amsgrad_clip(k):
    optimizer = k.optimizers.AdamW(0.02, weight_decay=0.01, amsgrad=True, global_clipnorm=0.5)
    return regression(k, "adamw_amsgrad_clip", optimizer)


@case
def rmsprop(k):
    return regression(k, "rmsprop", "rmsprop")


@case
def rmsprop_centered_momentum(k):
    return regression(
        k, "rmsprop_centered_momentum", k.optimizers.RMSprop(0.005, rho=0.8, momentum=0.7, centered=True)
    )


@case
def rmsprop_centered(k):
    return regression(k, "rmsprop_centered", k.optimizers.RMSprop(0.005, centered=True))


@case
def clipnorm(k):
    return regression(k, "clipnorm", k.optimizers.Adam(0.01, clipnorm=0.1))


@case
def clipvalue(k):
    return regression(k, "clipvalue", k.optimizers.SGD(0.1, clipvalue=0.02))


@case
def global_clipnorm(k):
    return regression(k, "global_clipnorm", k.optimizers.SGD(0.1, momentum=0.9, global_clipnorm=0.2))


@case
def ema_overwrite(k):
    optimizer = k.optimizers.Adam(0.02, use_ema=True, ema_momentum=0.7, ema_overwrite_frequency=2)
    return regression(k, "ema_overwrite", optimizer)


@case
def ema_at_the_end(k):
    return regression(k, "ema_at_the_end", k.optimizers.SGD(0.05, momentum=0.9, use_ema=True, ema_momentum=0.8))


@case
def accumulation(k):
    # 3 steps an epoch and accumulation over 4: a save finds a half-filled accumulator.
    return regression(k, "accumulation", k.optimizers.Adam(0.02, gradient_accumulation_steps=4))


@case
def accumulation_ema_clip_schedule(k):
    optimizer = k.optimizers.RMSprop(
        k.optimizers.schedules.ExponentialDecay(0.02, 4, 0.7),
        momentum=0.5,
        use_ema=True,
        ema_momentum=0.6,
        gradient_accumulation_steps=2,
        clipnorm=0.3,
    )
    return regression(k, "accumulation_ema_clip_schedule", optimizer)


@case
def learning_rate_assigned(k):
    made = regression(k, "learning_rate_assigned", k.optimizers.Adam(0.01))
    made.learning_rate = 0.0025
    return made


# ---- schedules


@case
def schedule_cosine(k):
    rate = k.optimizers.schedules.CosineDecay(0.01, 8, alpha=0.1, warmup_target=0.08, warmup_steps=4)
    return regression(k, "schedule_cosine", k.optimizers.Adam(rate))


@case
def schedule_cosine_restarts(k):
    rate = k.optimizers.schedules.CosineDecayRestarts(0.05, 4, t_mul=2.0, m_mul=0.8, alpha=0.05)
    return regression(k, "schedule_cosine_restarts", k.optimizers.SGD(rate, momentum=0.9))


@case
def schedule_exponential(k):
    rate = k.optimizers.schedules.ExponentialDecay(0.05, 4, 0.5, staircase=True)
    return regression(k, "schedule_exponential", k.optimizers.Adam(rate))


@case
def schedule_inverse_time(k):
    rate = k.optimizers.schedules.InverseTimeDecay(0.05, 3, 0.5)
    return regression(k, "schedule_inverse_time", k.optimizers.RMSprop(rate))


@case
def schedule_piecewise(k):
    rate = k.optimizers.schedules.PiecewiseConstantDecay([4, 8], [0.05, 0.02, 0.005])
    return regression(k, "schedule_piecewise", k.optimizers.SGD(rate))


@case
def schedule_polynomial(k):
    rate = k.optimizers.schedules.PolynomialDecay(0.05, 5, 0.001, power=2.0, cycle=True)
    return regression(k, "schedule_polynomial", k.optimizers.AdamW(rate))


# ---- losses and metrics


@case
def loss_mae(k):
    return regression(k, "loss_mae", "adam", loss="mean_absolute_error", metrics=["mse"])


@case
def loss_huber(k):
    return regression(k, "loss_huber", "adam", loss=k.losses.Huber(), metrics=["mean_absolute_error"])


@case
def loss_sum_reduction(k):
    loss = k.losses.MeanSquaredError(reduction="sum", name="total_error")
    return regression(k, "loss_sum_reduction", k.optimizers.SGD(0.002), loss=loss)


@case
def loss_binary_logits(k):
    data = Data("loss_binary_logits")
    model = dense_pair(k)
    model.compile(
        optimizer="adam",
        loss=k.losses.BinaryCrossentropy(from_logits=True, label_smoothing=0.1),
        metrics=[k.metrics.BinaryAccuracy(threshold=0.0, name="hits")],
    )
    return Case(model, data.x(6), data.binary())


@case
def loss_categorical_logits(k):
    data = Data("loss_categorical_logits")
    model = dense_pair(k, outputs=5)
    model.compile(
        optimizer="adam",
        loss=k.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.2),
        metrics=["accuracy", k.metrics.TopKCategoricalAccuracy(k=2)],
    )
    return Case(model, data.x(6), data.one_hot(5))


@case
def loss_sparse_logits(k):
    data = Data("loss_sparse_logits")
    model = dense_pair(k, outputs=5)
    model.compile(
        optimizer="adam",
        loss=k.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["sparse_categorical_accuracy", k.metrics.SparseTopKCategoricalAccuracy(k=3, name="top3")],
    )
    return Case(model, data.x(6), data.labels(5))


@case
def metrics_auc_precision_recall(k):
    data = Data("metrics_auc_precision_recall")
    model = dense_pair(k, last="sigmoid")
    model.compile(
        optimizer="adam",
        loss="binary_crossentropy",
        metrics=[
            k.metrics.AUC(num_thresholds=50, name="auc"),
            k.metrics.Precision(thresholds=0.4, name="precision"),
            k.metrics.Recall(name="recall"),
        ],
    )
    return Case(model, data.x(6), data.binary(), validation=True)


# ---- weights of classes and of samples


@case
def class_weights(k):
    data = Data("class_weights")
    model = dense_pair(k, outputs=3, last="softmax")
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, data.x(6), data.labels(3), class_weight={0: 0.5, 1: 2.0})


@case
def sample_weights(k):
    data = Data("sample_weights")
    model = dense_pair(k)
    model.compile(
        optimizer="adam", loss="mean_squared_error", metrics=["mae"], weighted_metrics=["mean_squared_error"]
    )
    return Case(model, data.x(6), data.x(1), sample_weight=data.weights())


@case
def sample_weights_per_output(k):
    data = Data("sample_weights_per_output")
    inputs = k.Input((6,))
    hidden = k.layers.Dense(8, activation="relu")(inputs)
    model = k.Model(inputs, [k.layers.Dense(1, name="a")(hidden), k.layers.Dense(2, name="b")(hidden)])
    model.compile(optimizer="adam", loss=["mean_squared_error", "mean_absolute_error"])
    return Case(model, data.x(6), [data.x(1), data.x(2)], sample_weight=[data.weights(), data.weights()])


# ---- topologies


@case
def two_inputs(k):
    data = Data("two_inputs")
    left, right = k.Input((4,), name="left"), k.Input((3,), name="right")
    joined = k.layers.Concatenate()([k.layers.Dense(5, activation="relu")(left), right])
    model = k.Model([left, right], k.layers.Dense(1, activation="sigmoid")(joined), name="joined")
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return Case(model, [data.x(4), data.x(3)], data.binary())


@case
def two_outputs(k):
    data = Data("two_outputs")
    inputs = k.Input((6,))
    hidden = k.layers.Dense(8, activation="relu", name="trunk")(inputs)
    score = k.layers.Dense(1, name="score")(hidden)
    kind = k.layers.Dense(3, activation="softmax", name="kind")(hidden)
    model = k.Model(inputs, [score, kind])
    model.compile(
        optimizer="adam",
        loss={"score": "mean_squared_error", "kind": "sparse_categorical_crossentropy"},
        loss_weights={"score": 0.3, "kind": 2.0},
        metrics={"score": ["mean_absolute_error"], "kind": ["accuracy"]},
    )
    return Case(model, data.x(6), [data.x(1), data.labels(3)], validation=True)


@case
def shared_layer(k):
    data = Data("shared_layer")
    shared = k.layers.Dense(5, activation="tanh", name="shared")
    a, b = k.Input((6,)), k.Input((6,))
    joined = k.layers.Add()([shared(a), shared(b)])
    model = k.Model([a, b], k.layers.Dense(1)(joined))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return Case(model, [data.x(6), data.x(6)], data.x(1))


@case
def shared_layer_applied_in_a_chain(k):
    data = Data("shared_layer_applied_in_a_chain")
    shared = k.layers.Dense(6, activation="tanh")
    inputs = k.Input((6,))
    model = k.Model(inputs, k.layers.Dense(1)(shared(shared(shared(inputs)))))
    model.compile(optimizer=k.optimizers.RMSprop(0.01), loss="mean_squared_error")
    return Case(model, data.x(6), data.x(1))


@case
def nested_sequential(k):
    data = Data("nested_sequential")
    encoder = k.Sequential(
        [k.layers.Input(shape=(6,)), k.layers.Dense(5, activation="relu"), k.layers.Dense(3)], name="encoder"
    )
    inputs = k.Input((6,))
    model = k.Model(inputs, k.layers.Dense(6)(encoder(inputs)), name="autoencoder")
    model.compile(optimizer="adam", loss="mean_squared_error")
    x = data.x(6)
    return Case(model, x, x)


@case
def nested_functional_shared(k):
    data = Data("nested_functional_shared")
    tower_in = k.Input((4,))
    tower = k.Model(
        tower_in, k.layers.Dense(3, name="top")(k.layers.Dense(5, activation="relu")(tower_in)), name="tower"
    )
    a, b = k.Input((4,)), k.Input((4,))
    merged = k.layers.Multiply()([tower(a), tower(b)])
    model = k.Model([a, b], k.layers.Dense(1, activation="sigmoid")(merged))
    model.compile(optimizer="adam", loss="binary_crossentropy")
    return Case(model, [data.x(4), data.x(4)], data.binary())


@case
def nested_twice(k):
    data = Data("nested_twice")
    inner = k.Sequential(
        [k.layers.Input(shape=(5,)), k.layers.Dense(4, activation="tanh"), k.layers.BatchNormalization()], name="inner"
    )
    middle = k.Sequential([k.layers.Input(shape=(5,)), inner, k.layers.Dense(4)], name="middle")
    model = k.Sequential([k.layers.Input(shape=(5,)), middle, k.layers.Dense(2)])
    model.compile(optimizer=k.optimizers.SGD(0.05, momentum=0.9), loss="mean_squared_error")
    return Case(model, data.x(5), data.x(2))


@case
def residual(k):
    data = Data("residual")
    inputs = k.Input((6,))
    x = k.layers.Dense(6, activation="relu")(inputs)
    x = k.layers.Add()([inputs, x])
    y = k.layers.Dense(6, activation="sigmoid")(x)
    x = k.layers.Multiply()([x, y])
    x = k.layers.Concatenate(axis=-1)([x, inputs, y])
    model = k.Model(inputs, k.layers.Dense(1)(x))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return Case(model, data.x(6), data.x(1))


@case
def frozen_layers(k):
    data = Data("frozen_layers")
    model = k.Sequential(
        [
            k.layers.Input(shape=(6,)),
            k.layers.Dense(7, activation="relu", trainable=False, name="base"),
            k.layers.BatchNormalization(trainable=False),
            k.layers.Dense(5, activation="relu"),
            k.layers.Dense(1, name="head"),
        ]
    )
    model.compile(optimizer="adam", loss="mean_squared_error")
    return Case(model, data.x(6), data.x(1))


@case
def frozen_nested(k):
    data = Data("frozen_nested")
    base = k.Sequential([k.layers.Input(shape=(6,)), k.layers.Dense(5, activation="relu")], name="base")
    base.trainable = False
    inputs = k.Input((6,))
    model = k.Model(inputs, k.layers.Dense(1)(base(inputs)))
    model.compile(optimizer=k.optimizers.SGD(0.05, momentum=0.9), loss="mean_squared_error")
    return Case(model, data.x(6), data.x(1))


# ---- regularizers and constraints


@case
def regularized(k):
    data = Data("regularized")
    model = k.Sequential(
        [
            k.layers.Input(shape=(6,)),
            k.layers.Dense(6, activation="relu", kernel_regularizer="l2", bias_regularizer=k.regularizers.L1(0.02)),
            k.layers.Dense(
                5,
                kernel_regularizer=k.regularizers.L1L2(l1=0.001, l2=0.01),
                activity_regularizer=k.regularizers.L2(0.01),
            ),
            k.layers.Dense(3, kernel_regularizer=k.regularizers.OrthogonalRegularizer(0.01, mode="columns")),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer="adam", loss="mean_squared_error")
    return Case(model, data.x(6), data.x(1), validation=True)


@case
def constrained(k):
    data = Data("constrained")
    constraints = k.constraints
    model = k.Sequential(
        [
            k.layers.Input(shape=(6,)),
            k.layers.Dense(6, kernel_constraint=constraints.MaxNorm(0.8), bias_constraint="non_neg"),
            k.layers.Dense(5, kernel_constraint=constraints.UnitNorm(axis=1)),
            k.layers.Dense(1, kernel_constraint=constraints.MinMaxNorm(0.2, 0.9, rate=0.5)),
        ]
    )
    model.compile(optimizer=k.optimizers.SGD(0.1, momentum=0.5), loss="mean_squared_error")
    return Case(model, data.x(6), data.x(1))


# ---- convolutions, pools, normalization, embeddings


@case
def conv_net(k):
    data = Data("conv_net")
    model = k.Sequential(
        [
            k.layers.Input(shape=(8, 8, 2)),
            k.layers.Conv2D(4, 3, activation="relu"),
            k.layers.MaxPooling2D(),
            k.layers.Conv2D(5, (2, 3), padding="same", use_bias=False),
            k.layers.Activation("relu"),
            k.layers.Flatten(),
            k.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, data.x(8, 8, 2), data.labels(3))


@case
def conv_strides_dilation_groups(k):
    data = Data("conv_strides_dilation_groups")
    model = k.Sequential(
        [
            k.layers.Input(shape=(9, 7, 4)),
            k.layers.Conv2D(6, 3, strides=2, padding="same", groups=2),
            k.layers.AveragePooling2D(2, strides=1, padding="same"),
            k.layers.Conv2D(4, 2, dilation_rate=2, activation="tanh", padding="same"),
            k.layers.MaxPooling2D(3, strides=2, padding="same"),
            k.layers.Flatten(),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer=k.optimizers.SGD(0.02, momentum=0.9), loss="mean_squared_error")
    return Case(model, data.x(9, 7, 4), data.x(1))


@case
def global_pools(k):
    data = Data("global_pools")
    inputs = k.Input((6, 6, 3))
    x = k.layers.Conv2D(4, 3, padding="same", activation="relu")(inputs)
    both = k.layers.Concatenate()([k.layers.GlobalAveragePooling2D()(x), k.layers.GlobalMaxPooling2D()(x)])
    model = k.Model(inputs, k.layers.Dense(2)(both))
    model.compile(optimizer="adam", loss="mean_squared_error")
    return Case(model, data.x(6, 6, 3), data.x(2))


@case
def conv_batch_norm(k):
    data = Data("conv_batch_norm")
    model = k.Sequential(
        [
            k.layers.Input(shape=(6, 6, 2)),
            k.layers.Conv2D(4, 3, use_bias=False, padding="same"),
            k.layers.BatchNormalization(momentum=0.8),
            k.layers.ReLU(),
            # A bias here would have no gradient but rounding errors, which Adam makes into steps.
            k.layers.Conv2D(3, 3, strides=2, use_bias=False),
            k.layers.BatchNormalization(scale=False, epsilon=0.01),
            k.layers.ReLU(max_value=6.0, negative_slope=0.1),
            k.layers.Flatten(),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer=k.optimizers.Adam(0.005), loss="mean_squared_error")
    return Case(model, data.x(6, 6, 2), data.x(1), validation=True)


@case
def batch_norm_dense(k):
    data = Data("batch_norm_dense")
    model = k.Sequential(
        [
            k.layers.Input(shape=(6,)),
            k.layers.Dense(8),
            k.layers.BatchNormalization(center=False),
            k.layers.Activation("tanh"),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer="rmsprop", loss="mean_squared_error", metrics=["mae"])
    return Case(model, data.x(6), data.x(1), validation=True)


@case
def layer_norm(k):
    data = Data("layer_norm")
    model = k.Sequential(
        [
            k.layers.Input(shape=(5, 6)),
            k.layers.LayerNormalization(),
            k.layers.Dense(4, activation="relu"),
            k.layers.LayerNormalization(axis=[1, 2], epsilon=1e-5),
            k.layers.Flatten(),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer="adam", loss="mean_squared_error")
    # Its .h5 loader drops an axis that is a list of several.
    return Case(model, data.x(5, 6), data.x(1), keras_reads_h5=False)


@case
def embedding(k):
    data = Data("embedding")
    model = k.Sequential(
        [
            k.layers.Input(shape=(7,), dtype="int32"),
            k.layers.Embedding(20, 4),
            k.layers.Flatten(),
            k.layers.Dense(1, activation="sigmoid"),
        ]
    )
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return Case(model, data.ids(20, 7), data.binary())


@case
def embedding_shared(k):
    data = Data("embedding_shared")
    table = k.layers.Embedding(15, 4, name="table")
    a, b = k.Input((5,), dtype="int32"), k.Input((3,), dtype="int32")
    joined = k.layers.Concatenate(axis=1)([table(a), table(b)])
    model = k.Model([a, b], k.layers.Dense(1)(k.layers.Flatten()(joined)))
    model.compile(optimizer=k.optimizers.SGD(0.1, momentum=0.9), loss="mean_squared_error")
    return Case(model, [data.ids(15, 5), data.ids(15, 3)], data.x(1))


@case
def reshape_dense_rank3(k):
    data = Data("reshape_dense_rank3")
    model = k.Sequential(
        [
            k.layers.Input(shape=(12,)),
            k.layers.Reshape((3, 4)),
            k.layers.Dense(5, activation="gelu"),
            k.layers.Reshape((-1,)),
            k.layers.Dense(2),
            k.layers.Softmax(),
        ]
    )
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    return Case(model, data.x(12), data.one_hot(2))


@case
def many_activations(k):
    data = Data("many_activations")
    names = "elu selu gelu silu softplus softsign hard_sigmoid mish leaky_relu exponential relu6 log_softmax".split()
    inputs = k.Input((6,))
    parts = [k.layers.Dense(3, activation=name, name=f"with_{name}")(inputs) for name in names]
    model = k.Model(inputs, k.layers.Dense(1)(k.layers.Concatenate()(parts)))
    model.compile(optimizer=k.optimizers.SGD(0.002), loss="mean_squared_error")
    return Case(model, data.x(6), data.x(1))


@case
def initializers_kept(k):
    data = Data("initializers_kept")
    model = k.Sequential(
        [
            k.layers.Input(shape=(6,)),
            k.layers.Dense(5, kernel_initializer="he_normal", bias_initializer=k.initializers.Constant(0.1)),
            k.layers.Dense(4, kernel_initializer=k.initializers.TruncatedNormal(stddev=0.2, seed=7)),
            k.layers.Dense(3, kernel_initializer=k.initializers.VarianceScaling(2.0, "fan_avg", "uniform", seed=3)),
            k.layers.Dense(1, kernel_initializer="lecun_uniform", use_bias=False),
        ]
    )
    model.compile(optimizer="sgd", loss="mean_squared_error")
    return Case(model, data.x(6), data.x(1))


@case
def noise_layers(k):
    """Random masks cannot agree across systems: only what inference computes is compared."""
    data = Data("noise_layers")
    model = k.Sequential(
        [
            k.layers.Input(shape=(6,)),
            k.layers.GaussianNoise(0.3),
            k.layers.Dense(8, activation="relu"),
            k.layers.Dropout(0.4, seed=5),
            k.layers.GaussianDropout(0.2),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer="adam", loss="mean_squared_error")
    made = Case(model, data.x(6), data.x(1))
    made.train = False
    return made


@case
def names_with_slashes(k):
    data = Data("names_with_slashes")
    model = k.Sequential(
        [k.layers.Input(shape=(6,)), k.layers.Dense(4, name="part.one"), k.layers.Dense(1, name="Part-Two")],
        name="my_model",
    )
    model.compile(optimizer=k.optimizers.Adam(0.01, name="my_adam"), loss="mean_squared_error")
    return Case(model, data.x(6), data.x(1))


# ---- the other optimizers


@case
def adagrad(k):
    return regression(k, "adagrad", k.optimizers.Adagrad(0.05))


@case
def adadelta(k):
    return regression(k, "adadelta", k.optimizers.Adadelta(0.5))


@case
def adamax(k):
    return regression(k, "adamax", k.optimizers.Adamax(0.01))


@case
def nadam(k):
    return regression(k, "nadam", k.optimizers.Nadam(0.01))


@case
def lion(k):
    return regression(k, "lion", k.optimizers.Lion(0.002, weight_decay=0.01))


@case
def lamb(k):
    return regression(k, "lamb", k.optimizers.Lamb(0.01))


@case
def ftrl(k):
    return regression(k, "ftrl", k.optimizers.Ftrl(0.05, l1_regularization_strength=0.001))


# ---- recurrent layers


@case
def lstm_stacked(k):
    data = Data("lstm_stacked")
    model = k.Sequential(
        [
            k.layers.Input(shape=(6,), dtype="int32"),
            k.layers.Embedding(12, 5),
            k.layers.LSTM(6, return_sequences=True, kernel_regularizer="l2", recurrent_constraint="max_norm"),
            k.layers.LSTM(4, go_backwards=True, activation="softsign", unit_forget_bias=False),
            k.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    return Case(model, data.ids(12, 6), data.labels(3))


@case
def lstm_encoder_decoder(k):
    """States given and returned, one layer called twice."""
    data = Data("lstm_encoder_decoder")
    source, target = k.layers.Input(shape=(5, 3)), k.layers.Input(shape=(4, 3))
    encoder = k.layers.LSTM(4, return_state=True, use_bias=False, name="encoder")
    _, h, c = encoder(source)
    decoder = k.layers.LSTM(4, return_sequences=True, name="decoder", recurrent_activation="hard_sigmoid")
    first = decoder(target, initial_state=[h, c])
    second = decoder(k.layers.Dense(3)(first), initial_state=[h, c])
    model = k.Model([source, target], k.layers.Dense(2)(k.layers.Add()([first, second])))
    model.compile(optimizer=k.optimizers.RMSprop(0.005), loss="mean_squared_error")
    return Case(model, [data.x(5, 3), data.x(4, 3)], data.x(4, 2))


@case
def lstm_frozen(k):
    data = Data("lstm_frozen")
    model = k.Sequential(
        [
            k.layers.Input(shape=(7, 2)),
            k.layers.LSTM(5, trainable=False, return_sequences=True),
            k.layers.LSTM(3, dropout=0.0, recurrent_dropout=0.0, unroll=True, seed=3, bias_initializer="ones"),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer=k.optimizers.SGD(0.05, momentum=0.9), loss="mse")
    return Case(model, data.x(7, 2), data.x(1))


# ---- attention and masks


def tokens(k, data, length, vocabulary=12):
    """Ids that end in padding."""
    ids = data.ids(vocabulary - 1, length) + 1
    ids[np.arange(length) >= data.rng.integers(1, length + 1, (ROWS, 1))] = 0
    return ids


@case
def attention_transformer(k):
    data = Data("attention_transformer")
    ids, places = k.layers.Input(shape=(6,), dtype="int32"), k.layers.Input(shape=(6,), dtype="int32")
    x = k.layers.Add()([k.layers.Embedding(12, 8)(ids), k.layers.Embedding(6, 8)(places)])
    normed = k.layers.LayerNormalization()(x)
    x = k.layers.Add()([x, k.layers.MultiHeadAttention(2, 4)(normed, normed, use_causal_mask=True)])
    forward = k.layers.Dense(16, activation="gelu")(k.layers.LayerNormalization()(x))
    x = k.layers.Add()([x, k.layers.Dense(8)(forward)])
    model = k.Model([ids, places], k.layers.Dense(12, activation="softmax")(k.layers.LayerNormalization()(x)))
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    y = data.ids(12, 6)
    return Case(model, [data.ids(12, 6), np.tile(np.arange(6, dtype="int32"), (ROWS, 1))], y)


@case
def attention_options(k):
    """One layer called twice, with a mask that is an input, and all that changes its weights."""
    data = Data("attention_options")
    query, value = k.layers.Input(shape=(4, 5)), k.layers.Input(shape=(3, 6))
    mask = k.layers.Input(shape=(4, 3), dtype="bool")
    attention = k.layers.MultiHeadAttention(
        3, 2, value_dim=2, output_shape=(5,), dropout=0.0, bias_initializer="ones", kernel_regularizer="l2",
        kernel_constraint="max_norm", attention_axes=1, name="attention",
    )
    first = attention(query, value, attention_mask=mask)
    second = attention(first, value, value, use_causal_mask=True)
    cross = k.layers.MultiHeadAttention(1, 3, use_bias=False, use_gate=True, sliding_window=2)(second, second, first)
    projected = k.layers.EinsumDense("abc,cd->abd", output_shape=(None, 2), bias_axes="d")(cross)
    model = k.Model([query, value, mask], projected)
    model.compile(optimizer=k.optimizers.SGD(0.05, momentum=0.9), loss="mse")
    return Case(model, [data.x(4, 5), data.x(3, 6), data.rng.uniform(0, 1, (ROWS, 4, 3)) < 0.7], data.x(4, 2))


@case
def masked_functional(k):
    """Masks that meet, end at attention and go on to layers that count steps."""
    data = Data("masked_functional")
    ids, features = k.layers.Input(shape=(6,), dtype="int32"), k.layers.Input(shape=(6, 3))
    x = k.layers.Embedding(12, 4, mask_zero=True)(ids)
    attended = k.layers.MultiHeadAttention(2, 3)(x, x)
    joined = k.layers.Concatenate()([k.layers.Add()([x, attended]), k.layers.Masking(mask_value=0.0)(features)])
    steps = k.layers.LSTM(5, return_sequences=True)(joined)
    model = k.Model([ids, features], k.layers.Dense(1)(k.layers.GlobalAveragePooling1D()(steps)))
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="mse")
    return Case(model, [tokens(k, data, 6), np.where(data.x(6, 1) > 0.5, 0, data.x(6, 3)).astype("float32")], data.x(1))


@case
def masked_tagger(k):
    """A mask that reaches the loss, in a Sequential."""
    data = Data("masked_tagger")
    model = k.Sequential(
        [
            k.layers.Input(shape=(6,), dtype="int32"),
            k.layers.Embedding(12, 5, mask_zero=True),
            k.layers.LSTM(6, return_sequences=True, zero_output_for_mask=True),
            k.layers.BatchNormalization(),
            k.layers.Dropout(0.0),
            k.layers.Dense(3, activation="softmax"),
        ]
    )
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return Case(model, tokens(k, data, 6), data.ids(3, 6))


# ---- layers that learn from data


@case
def normalization_adapted(k):
    data = Data("normalization_adapted")
    x = data.x(5) * 3 + 2
    normalize = k.layers.Normalization()
    model = k.Sequential([k.layers.Input(shape=(5,)), normalize, k.layers.Dense(3, activation="tanh"), k.layers.Dense(1)])
    normalize.adapt(x)
    model.compile(optimizer="adam", loss="mse")
    return Case(model, x, data.x(1))


@case
def normalization_given(k):
    """Mean and variance in the config, and back again at the end."""
    data = Data("normalization_given")
    x = k.layers.Input(shape=(4, 3))
    y = k.layers.Normalization(axis=(1, 2), mean=[1.0, -1.0, 0.5], variance=[2.0, 0.5, 1.0])(x)
    y = k.layers.Dense(1)(y)
    y = k.layers.Normalization(mean=0.3, variance=2.0, invert=True)(y)
    model = k.Model(x, y)
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    return Case(model, data.x(4, 3), data.x(4, 1))


@case
def normalization_whole(k):
    data = Data("normalization_whole")
    x = data.x(6) * 2 - 1
    normalize = k.layers.Normalization(axis=None)
    model = k.Sequential([k.layers.Input(shape=(6,)), normalize, k.layers.Dense(2)])
    normalize.adapt(x)
    model.compile(optimizer="rmsprop", loss="mse")
    # Of no axes Keras makes the last one when it reads .h5.
    return Case(model, x, data.x(2), keras_reads_h5=False)


@case
def discretization_adapted(k):
    """Boundaries that were learned, one-hot."""
    data = Data("discretization_adapted")
    x = data.x(3)
    bins = k.layers.Discretization(num_bins=5, output_mode="one_hot")
    bins.adapt(x)
    model = k.Sequential([k.layers.Input(shape=(3,)), bins, k.layers.Flatten(), k.layers.Dense(2)])
    model.compile(optimizer="adam", loss="mse")
    return Case(model, x, data.x(2))


@case
def discretization_embedded(k):
    data = Data("discretization_embedded")
    x = k.layers.Input(shape=(4,))
    ids = k.layers.Discretization(bin_boundaries=[-1.0, -0.2, 0.4, 1.1])(x)
    y = k.layers.Flatten()(k.layers.Embedding(5, 3)(ids))
    model = k.Model(x, k.layers.Dense(1)(y))
    model.compile(optimizer="adam", loss="mse")
    return Case(model, data.x(4), data.x(1))


@case
def category_encoding(k):
    data = Data("category_encoding")
    ids, one = k.layers.Input(shape=(5,), dtype="int32"), k.layers.Input(shape=(1,), dtype="int32")
    parts = [
        k.layers.CategoryEncoding(7)(ids),
        k.layers.CategoryEncoding(7, output_mode="count")(ids),
        k.layers.CategoryEncoding(4, output_mode="one_hot")(one),
    ]
    model = k.Model([ids, one], k.layers.Dense(1)(k.layers.Concatenate()(parts)))
    model.compile(optimizer=k.optimizers.SGD(0.1, momentum=0.9), loss="mse")
    return Case(model, [data.ids(7, 5), data.ids(4, 1)], data.x(1))


# ---- images and spectra: what changes them in the same way each time


def image_regression(k, name, shape, *layers):
    """These layers, and what learns from the images that they give."""
    data = Data(name)
    model = k.Sequential(
        [
            k.layers.Input(shape=shape),
            k.layers.Conv2D(3, 2, padding="same", activation="tanh"),
            *layers,
            k.layers.Flatten(),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer=k.optimizers.SGD(0.02), loss="mse")
    return Case(model, data.x(*shape), data.x(1))


@case
def image_resizing(k):
    return image_regression(k, "image_resizing", (6, 7, 2), k.layers.Resizing(4, 9), k.layers.Resizing(3, 3, "bicubic", antialias=True))


@case
def image_resizing_aspect(k):
    layers = [k.layers.Resizing(5, 3, crop_to_aspect_ratio=True), k.layers.Resizing(4, 6, "nearest", pad_to_aspect_ratio=True)]
    return image_regression(k, "image_resizing_aspect", (6, 7, 2), *layers)


@case
def image_center_crop(k):
    return image_regression(k, "image_center_crop", (6, 7, 2), k.layers.CenterCrop(4, 3), k.layers.AutoContrast(value_range=(-1, 1)))


@case
def image_up_sampling(k):
    layers = [k.layers.UpSampling2D((2, 1), interpolation="bilinear"), k.layers.UpSampling2D(2, interpolation="lanczos3")]
    return image_regression(k, "image_up_sampling", (4, 3, 2), *layers)


@case
def adaptive_average_pooling(k):
    return image_regression(k, "adaptive_average_pooling", (7, 5, 2), k.layers.AdaptiveAveragePooling2D((3, 2)))


@case
def adaptive_max_pooling(k):
    return image_regression(k, "adaptive_max_pooling", (7, 5, 2), k.layers.AdaptiveMaxPooling2D(3))


@case
def image_operations(k):
    """Operations on images as nodes of a network."""
    data = Data("image_operations")
    image = k.ops.image
    inputs = k.Input((6, 5, 3))
    x = k.layers.Conv2D(3, 2, padding="same", activation="sigmoid")(inputs)
    grey = image.rgb_to_grayscale(image.hsv_to_rgb(x, data_format="channels_last"), data_format="channels_last")
    wide = image.pad_images(image.resize(grey, (4, 4)), 1, 0, 1, 2)
    patches = image.extract_patches(image.gaussian_blur(wide, data_format="channels_last"), (3, 2), strides=(1, 2))
    model = k.Model(inputs, k.layers.Dense(1)(k.layers.Flatten()(patches)))
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    return Case(model, data.x(6, 5, 3), data.x(1))


@case
def spectrogram_trained(k):
    data = Data("spectrogram_trained")
    model = k.Sequential(
        [
            k.layers.Input(shape=(20, 2)),
            k.layers.STFTSpectrogram("psd", frame_length=6, frame_step=3),
            k.layers.GlobalAveragePooling1D(),
            k.layers.Dense(1),
        ]
    )
    model.compile(optimizer=k.optimizers.SGD(0.01), loss="mse")
    return Case(model, data.x(20, 2), data.x(1))


@case
def mel_spectrogram(k):
    data = Data("mel_spectrogram")
    inputs = k.Input((48,))
    x = k.layers.Dense(40, activation="tanh")(inputs)
    mel = k.layers.MelSpectrogram(fft_length=16, sequence_stride=6, num_mel_bins=4, sampling_rate=400, power_to_db=False)(x)
    model = k.Model(inputs, k.layers.Dense(1)(k.layers.Flatten()(mel)))
    model.compile(optimizer=k.optimizers.SGD(0.001), loss="mse")
    return Case(model, data.x(48), data.x(1))


@case
def fourier_operations(k):
    data = Data("fourier_operations")
    inputs = k.Input((12,))
    x = k.layers.Dense(12, activation="tanh")(inputs)
    real, imaginary = k.ops.rfft(x)
    frames, turned = k.ops.stft(x, 4, 2, 4)
    parts = [real, imaginary, k.layers.Flatten()(frames), k.layers.Flatten()(turned)]
    model = k.Model(inputs, k.layers.Dense(1)(k.layers.Concatenate()(parts)))
    model.compile(optimizer=k.optimizers.SGD(0.01), loss="mse")
    return Case(model, data.x(12), data.x(1))


# More cases, which use the names above: those of models_of_parts.py are compiled by JAX as the ones here are; the others
# TensorFlow runs step by step, which takes less for models that train for a moment.
importlib.import_module("models_of_parts")
COMPILED = list(CASES)
for kind in ("recurrence", "attention", "scores", "structures", "operations", "data"):
    importlib.import_module(f"models_of_{kind}")
STEP_BY_STEP = [name for name in CASES if name not in COMPILED]
