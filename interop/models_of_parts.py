"""Cases of models.py: attention without projections, products, renormalization; further optimizers, losses and metrics.

Adafactor is not among them: Keras cannot save it in .h5 files, where it gives two variables one name.
"""

from models import Case, Data, case, dense_pair, regression



@case
def muon(k):
    return regression(k, "muon", k.optimizers.Muon(0.01, exclude_layers=["dense_1"]))


@case
def muon_plain(k):
    return regression(k, "muon_plain", k.optimizers.Muon(0.01, rms_rate=None, nesterov=False, weight_decay=0.02))


@case
def schedule_free(k):
    return regression(k, "schedule_free", k.optimizers.ScheduleFreeAdamW(0.01, warmup_steps=3))


@case
def loss_scale(k):
    inner = k.optimizers.SGD(0.03, momentum=0.9)
    return regression(k, "loss_scale", k.optimizers.LossScaleOptimizer(inner, initial_scale=64.0, dynamic_growth_steps=2))


@case
def circle(k):
    data = Data("circle")
    inputs = k.layers.Input(shape=(6,))
    embedded = k.layers.UnitNormalization()(k.layers.Dense(5)(inputs))
    model = k.Model(inputs, embedded)
    model.compile(optimizer=k.optimizers.SGD(0.01), loss=k.losses.Circle(gamma=8.0))
    return Case(model, data.x(6), data.labels(3))


@case
def mean_iou(k):
    data = Data("mean_iou")
    model = dense_pair(k, outputs=3, last="softmax")
    metrics = [
        k.metrics.MeanIoU(num_classes=3, sparse_y_pred=False, name="mean_iou"),
        k.metrics.IoU(num_classes=3, target_class_ids=[0, 2], sparse_y_pred=False, name="iou"),
    ]
    model.compile(optimizer="sgd", loss="sparse_categorical_crossentropy", metrics=metrics)
    return Case(model, data.x(6), data.labels(3), validation=True)


@case
def one_hot_iou(k):
    data = Data("one_hot_iou")
    model = dense_pair(k, outputs=3, last="softmax")
    metrics = [
        k.metrics.OneHotIoU(num_classes=3, target_class_ids=[1], name="one_hot_iou"),
        k.metrics.OneHotMeanIoU(num_classes=3, name="one_hot_mean_iou"),
    ]
    model.compile(optimizer="sgd", loss="categorical_crossentropy", metrics=metrics)
    return Case(model, data.x(6), data.one_hot(3))


@case
def binary_iou(k):
    data = Data("binary_iou")
    model = dense_pair(k, last="sigmoid")
    metrics = [k.metrics.BinaryIoU(threshold=0.45, name="binary_iou")]
    model.compile(optimizer="sgd", loss="binary_crossentropy", metrics=metrics)
    return Case(model, data.x(6), data.binary())


def attending(k, name, make, calls=None, key=False, **case_args):
    """A model of a layer of attention over (4, 3) and (5, 3)."""
    data = Data(name)
    query, value = k.layers.Input(shape=(4, 3)), k.layers.Input(shape=(5, 3))
    given = [k.layers.Dense(3)(query), k.layers.Dense(3)(value)]
    layer = make()
    y = layer(*given, **(calls or {})) if key else layer(given, **(calls or {}))
    model = k.Model([query, value], k.layers.Dense(1)(k.layers.Flatten()(y)))
    model.compile(optimizer=k.optimizers.SGD(0.02, momentum=0.5), loss="mse")
    return Case(model, [data.x(4, 3), data.x(5, 3)], data.x(1), **case_args)


@case
def dot_attention(k):
    """Reading its .h5, Keras takes the string "dot" for its function of that name."""
    make = lambda: k.layers.Attention(use_scale=True)
    return attending(k, "dot_attention", make, {"use_causal_mask": True}, keras_reads_h5=False)


@case
def concat_attention(k):
    return attending(k, "concat_attention", lambda: k.layers.Attention(score_mode="concat"))


@case
def additive_attention(k):
    return attending(k, "additive_attention", lambda: k.layers.AdditiveAttention())


@case
def group_query_attention(k):
    return attending(k, "group_query_attention", lambda: k.layers.GroupQueryAttention(2, 4, 2, use_gate=True), key=True)


@case
def dot_products(k):
    data = Data("dot_products")
    a, b = k.layers.Input(shape=(4, 3)), k.layers.Input(shape=(5, 3))
    products = k.layers.Dot(axes=(2, 2))([k.layers.Dense(3)(a), k.layers.Dense(3)(b)])
    angles = k.layers.dot([k.layers.Flatten()(products), k.layers.Dense(20)(k.layers.Flatten()(a))], axes=1, normalize=True)
    model = k.Model([a, b], angles)
    model.compile(optimizer="sgd", loss="mse")
    return Case(model, [data.x(4, 3), data.x(5, 3)], data.x(1))


@case
def tied_language_model(k):
    """An embedding that is its own way back."""
    data = Data("tied_language_model")
    ids = k.layers.Input(shape=(6,), dtype="int32")
    embedding = k.layers.ReversibleEmbedding(9, 4, logit_soft_cap=5.0)
    logits = embedding(k.layers.Dense(4, activation="tanh")(embedding(ids)), reverse=True)
    model = k.Model(ids, k.layers.Softmax()(logits))
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="sparse_categorical_crossentropy")
    return Case(model, data.ids(9, 6), data.ids(9, 6))


@case
def batch_renormalization(k):
    data = Data("batch_renormalization")
    inputs = k.layers.Input(shape=(5, 4))
    x = k.layers.BatchNormalization(renorm=True, renorm_clipping={"rmax": 1.5, "rmin": 0.5, "dmax": 0.5})(inputs)
    x = k.layers.BatchNormalization(axis=1, renorm=True, momentum=0.9)(k.layers.Dense(3)(x))
    model = k.Model(inputs, k.layers.Dense(1)(k.layers.Flatten()(x)))
    model.compile(optimizer=k.optimizers.SGD(0.02), loss="mse")
    return Case(model, data.x(5, 4), data.x(1))


@case
def merging_functions(k):
    data = Data("merging_functions")
    a, b = k.layers.Input(shape=(4,)), k.layers.Input(shape=(4,))
    x, y = k.layers.Dense(3)(a), k.layers.Dense(3)(b)
    parts = [k.layers.add([x, y]), k.layers.average([x, y]), k.layers.maximum([x, y]), k.layers.minimum([x, y])]
    joined = k.layers.concatenate([*parts, k.layers.multiply([x, y]), k.layers.subtract([x, y])])
    model = k.Model([a, b], k.layers.Dense(1)(joined))
    model.compile(optimizer="sgd", loss="mse")
    return Case(model, [data.x(4), data.x(4)], data.x(1))


@case
def spectral_normalization(k):
    data = Data("spectral_normalization")
    model = k.Sequential(
        [
            k.layers.Input(shape=(5, 5, 2)),
            k.layers.SpectralNormalization(k.layers.Conv2D(3, 2, activation="relu"), power_iterations=2),
            k.layers.Flatten(),
            k.layers.SpectralNormalization(k.layers.Dense(2, kernel_regularizer="l2")),
        ]
    )
    model.compile(optimizer=k.optimizers.Adam(0.01), loss="mse")
    return Case(model, data.x(5, 5, 2), data.x(2))


@case
def schedule_free_clipped(k):
    """On TensorFlow step by step, Keras takes the new value for the old one here: `momentum.value` is the variable itself."""
    optimizer = k.optimizers.ScheduleFreeAdamW(0.01, warmup_steps=3, clipnorm=0.5, weight_decay=0.02)
    return regression(k, "schedule_free_clipped", optimizer)
