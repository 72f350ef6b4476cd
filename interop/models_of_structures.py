"""Cases of models.py: dictionaries of inputs and outputs, networks in networks, dtypes, small copies of known networks."""

import numpy as np
from models import Case, Data, case


@case
def named_inputs(k):
    """Inputs as a dictionary, data in another order."""
    data = Data("named_inputs")
    inputs = {"b": k.Input((3,), name="b"), "a": k.Input((4,), name="a")}
    joined = k.layers.Concatenate()([k.layers.Dense(4, activation="tanh")(inputs["a"]), inputs["b"]])
    model = k.Model(inputs, k.layers.Dense(1)(joined))
    model.compile(optimizer="adam", loss="mse")
    return Case(model, {"a": data.x(4), "b": data.x(3)}, data.x(1))


@case
def named_outputs(k):
    data = Data("named_outputs")
    x = k.Input((5,))
    hidden = k.layers.Dense(6, activation="relu")(x)
    model = k.Model(x, {"score": k.layers.Dense(1, name="score")(hidden), "kind": k.layers.Dense(3, activation="softmax", name="kind")(hidden)})
    model.compile(
        optimizer="adam",
        loss={"kind": "sparse_categorical_crossentropy", "score": "mse"},
        loss_weights={"score": 0.4, "kind": 1.5},
        metrics={"kind": ["accuracy"], "score": ["mae"]},
    )
    return Case(model, data.x(5), {"score": data.x(1), "kind": data.labels(3)}, validation=True)


@case
def named_both(k):
    """Dictionaries on both sides, in a network within a network, and weights of samples for one output alone."""
    data = Data("named_both")
    inner_in = {"left": k.Input((4,), name="left"), "right": k.Input((4,), name="right")}
    both = k.layers.Add()([k.layers.Dense(3)(inner_in["left"]), k.layers.Dense(3)(inner_in["right"])])
    inner = k.Model(inner_in, {"sum": both, "square": k.layers.Multiply()([both, both])}, name="inner")
    inputs = {"left": k.Input((4,), name="left"), "right": k.Input((4,), name="right")}
    parts = inner(inputs)
    model = k.Model(inputs, {"y": k.layers.Dense(2, name="y")(k.layers.Concatenate()([parts["sum"], parts["square"]]))})
    model.compile(optimizer=k.optimizers.SGD(0.05), loss={"y": "mae"})
    return Case(model, {"left": data.x(4), "right": data.x(4)}, {"y": data.x(2)})


@case
def unequal_losses(k):
    """Of four outputs one has no loss, and one a loss object."""
    data = Data("unequal_losses")
    x = k.Input((5,))
    hidden = k.layers.Dense(6, activation="tanh")(x)
    outputs = [k.layers.Dense(n, name=name)(hidden) for n, name in ((1, "a"), (2, "b"), (3, "c"), (1, "d"))]
    model = k.Model(x, outputs)
    losses = ["mse", None, k.losses.CategoricalCrossentropy(from_logits=True, reduction="sum"), k.losses.LogCosh(name="lc")]
    model.compile(optimizer=k.optimizers.SGD(0.01), loss=losses, loss_weights=[1.0, 0.0, 0.1, 2.0], metrics=[["mae"], None, ["accuracy"], None])
    return Case(model, data.x(5), [data.x(1), data.x(2), data.one_hot(3), data.x(1)])


@case
def intermediate_outputs(k):
    """Outputs from the middle of the network, and one input that is an output as well."""
    data = Data("intermediate_outputs")
    x = k.Input((4,))
    first = k.layers.Dense(4, activation="relu")(x)
    second = k.layers.Dense(3)(first)
    model = k.Model(x, [second, first, k.layers.Identity()(x)])
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    return Case(model, data.x(4), [data.x(3), data.x(4), data.x(4)])


@case
def whole_number_inputs(k):
    """Inputs of other dtypes than float32, cast on the way."""
    data = Data("whole_number_inputs")
    pixels, flags = k.Input((4, 4, 1), dtype="uint8"), k.Input((3,), dtype="bool")
    x = k.layers.Flatten()(k.layers.Rescaling(1 / 127.5, offset=-1.0)(pixels))
    joined = k.layers.Concatenate()([k.layers.Dense(4, activation="relu")(x), k.ops.cast(flags, "float32")])
    model = k.Model([pixels, flags], k.layers.Dense(1)(joined))
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    seen = data.rng.integers(0, 256, (40, 4, 4, 1)).astype("uint8")
    return Case(model, [seen, data.binary(3).astype(bool)], data.x(1))


@case
def clones_with_shared_parts(k):
    """A Sequential within a functional model within a Sequential, one part twice."""
    data = Data("clones_with_shared_parts")
    block = k.Sequential([k.layers.Input(shape=(4,)), k.layers.Dense(4, activation="tanh"), k.layers.LayerNormalization()], name="block")
    x = k.Input((4,))
    middle = k.Model(x, k.layers.Add()([block(x), block(block(x))]), name="middle")
    model = k.Sequential([k.layers.Input(shape=(4,)), middle, k.layers.Dense(2)])
    model.compile(optimizer="adam", loss="mse")
    return Case(model, data.x(4), data.x(2))


def graded(k, name, x, y, shape, optimizer=None):
    data = Data(name)
    model = k.Model(x, k.layers.Dense(3, activation="softmax")(k.layers.GlobalAveragePooling2D()(y)))
    model.compile(optimizer=optimizer or k.optimizers.SGD(0.05), loss="sparse_categorical_crossentropy")
    return Case(model, data.x(*shape), data.labels(3))


@case
def little_resnet(k):
    x = k.Input((6, 6, 2))
    y = k.layers.Conv2D(4, 3, padding="same", use_bias=False)(x)
    for stride in (1, 2):
        short = y if stride == 1 else k.layers.Conv2D(4, 1, strides=2, use_bias=False)(y)
        z = k.layers.BatchNormalization(momentum=0.8)(k.layers.Conv2D(4, 3, strides=stride, padding="same", use_bias=False)(y))
        y = k.layers.ReLU()(k.layers.Add()([short, z]))
    return graded(k, "little_resnet", x, y, (6, 6, 2))


@case
def little_mobilenet(k):
    x = k.Input((6, 6, 2))
    y = k.layers.ZeroPadding2D(((0, 1), (0, 1)))(x)
    y = k.layers.ReLU(6.0)(k.layers.BatchNormalization(momentum=0.9)(k.layers.Conv2D(4, 3, strides=2, use_bias=False)(y)))
    z = k.layers.Conv2D(8, 1, use_bias=False, activation="relu6")(y)
    z = k.layers.DepthwiseConv2D(3, padding="same", use_bias=False)(z)
    squeezed = k.layers.Reshape((1, 1, 8))(k.layers.GlobalAveragePooling2D()(z))
    scale = k.layers.Conv2D(8, 1, activation="hard_sigmoid")(k.layers.Conv2D(2, 1, activation="relu")(squeezed))
    z = k.layers.Conv2D(4, 1, use_bias=False)(k.layers.Multiply()([z, scale]))
    return graded(k, "little_mobilenet", x, k.layers.Add()([y, z]), (6, 6, 2))


@case
def little_densenet(k):
    x = k.Input((6, 6, 2))
    y = k.layers.Conv2D(3, 3, padding="same")(x)
    for _ in range(2):
        z = k.layers.Conv2D(2, 3, padding="same")(k.layers.Activation("relu")(k.layers.LayerNormalization()(y)))
        y = k.layers.Concatenate()([y, z])
    return graded(k, "little_densenet", x, k.layers.AveragePooling2D(2)(y), (6, 6, 2))


@case
def little_inception(k):
    x = k.Input((6, 6, 2))
    paths = [
        k.layers.Conv2D(2, 1, activation="relu")(x),
        k.layers.Conv2D(2, (1, 3), padding="same")(k.layers.Conv2D(2, (3, 1), padding="same")(x)),
        k.layers.Conv2D(2, 1)(k.layers.AveragePooling2D(3, strides=1, padding="same")(x)),
        k.layers.MaxPooling2D(3, strides=1, padding="same")(x),
    ]
    return graded(k, "little_inception", x, k.layers.Concatenate()(paths), (6, 6, 2), k.optimizers.RMSprop(0.005))


@case
def little_unet(k):
    """Down and up again, with crops and ways across."""
    data = Data("little_unet")
    x = k.Input((7, 6, 1))
    down = k.layers.Conv2D(3, 3, padding="same", activation="relu")(x)
    low = k.layers.Conv2D(4, 3, padding="same", activation="relu")(k.layers.MaxPooling2D(2, padding="same")(down))
    up = k.layers.Cropping2D(((0, 1), (0, 0)))(k.layers.Conv2DTranspose(3, 2, strides=2)(low))
    y = k.layers.Conv2D(1, 1, activation="sigmoid")(k.layers.Concatenate()([down, up]))
    model = k.Model(x, y)
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="binary_crossentropy", metrics=[k.metrics.BinaryIoU(name="iou")])
    return Case(model, data.x(7, 6, 1), data.binary(7, 6, 1))


@case
def little_convnext(k):
    x = k.Input((6, 6, 2))
    y = k.layers.LayerNormalization(epsilon=1e-6)(k.layers.Conv2D(4, 2, strides=2)(x))
    z = k.layers.LayerNormalization(epsilon=1e-6)(k.layers.DepthwiseConv2D(3, padding="same")(y))
    z = k.layers.Dense(4)(k.layers.Dense(8, activation="gelu")(z))
    return graded(k, "little_convnext", x, k.layers.Add()([y, z]), (6, 6, 2), k.optimizers.SGD(0.1))


@case
def little_autoencoder(k):
    data = Data("little_autoencoder")
    encoder = k.Sequential([k.layers.Input(shape=(8, 2)), k.layers.Conv1D(3, 3, strides=2, padding="same", activation="elu"), k.layers.Flatten(), k.layers.Dense(3)], name="encoder")
    decoder = k.Sequential([k.layers.Input(shape=(3,)), k.layers.Dense(12), k.layers.Reshape((4, 3)), k.layers.Conv1DTranspose(2, 3, strides=2, padding="same")], name="decoder")
    model = k.Sequential([k.layers.Input(shape=(8, 2)), encoder, k.layers.RepeatVector(1), k.layers.Flatten(), decoder])
    model.compile(optimizer="adam", loss="mse")
    x = np.tanh(data.x(8, 2))
    return Case(model, x, x)
