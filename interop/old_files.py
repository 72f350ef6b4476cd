"""Files of Keras 1.2 to 2.3 made by hand: configs, names and orders of each age, states by its own optimizers."""

import json
import os

import h5py
import numpy as np
import old_keras
import tensorflow as tf
import tf_keras
from common import to_json

L = tf_keras.layers
OPTIMIZERS = {
    "SGD": dict(lr=0.1, momentum=0.8, nesterov=True),
    "RMSprop": dict(lr=0.01, epsilon=1e-3),
    "Adagrad": dict(lr=0.05, epsilon=1e-3),
    "Adadelta": dict(lr=1.0, epsilon=1e-3),
    "Adam": dict(lr=0.01),
    "Adamax": dict(lr=0.01),
    "Nadam": dict(lr=0.01),
}
INITIALIZER = {"class_name": "VarianceScaling", "config": {"scale": 1.0, "mode": "fan_avg", "distribution": "uniform", "seed": None}}
ZEROS = {"class_name": "Zeros", "config": {}}
COMMON = ("kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint", "bias_constraint")


class Age:
    """How one version writes layers and names weights."""

    def __init__(self, version):
        self.version = version
        self.is_first = version.startswith("1.")

    def dense(self, name, units, activation):
        if self.is_first:
            return self.layer("Dense", name, output_dim=units, init="glorot_uniform", activation=activation, bias=True)
        return self.layer("Dense", name, units=units, activation=activation, use_bias=True, **self.weights())

    def conv(self, name, filters, size):
        if self.is_first:
            old = dict(nb_filter=filters, nb_row=size, nb_col=size, border_mode="same", subsample=[1, 1], dim_ordering="tf")
            return self.layer("Convolution2D", name, **old, init="glorot_uniform", activation="relu", bias=True)
        window = dict(kernel_size=[size, size], strides=[1, 1], padding="same", data_format="channels_last")
        more = dict(dilation_rate=[1, 1], activation="relu", use_bias=True)
        return self.layer("Conv2D", name, filters=filters, **window, **more, **self.weights())

    def pool(self, name):
        if self.is_first:
            old = dict(pool_size=[2, 2], strides=[2, 2], border_mode="valid", dim_ordering="tf")
            return self.layer("MaxPooling2D", name, **old)
        now = dict(pool_size=[2, 2], strides=[2, 2], padding="valid", data_format="channels_last")
        return self.layer("MaxPooling2D", name, **now)

    def embedding(self, name, words, size):
        if self.is_first:
            return self.layer("Embedding", name, input_dim=words, output_dim=size, init="uniform", input_length=5, mask_zero=False, dropout=0.0)
        now = dict(input_dim=words, output_dim=size, embeddings_initializer=INITIALIZER, mask_zero=False, input_length=5)
        return self.layer("Embedding", name, **now)

    def lstm(self, name, units):
        if self.is_first:
            old = dict(output_dim=units, init="glorot_uniform", inner_init="orthogonal", forget_bias_init="one", inner_activation="hard_sigmoid")
            return self.layer("LSTM", name, **old, activation="tanh", return_sequences=False, go_backwards=False, stateful=False, unroll=False, consume_less="cpu", dropout_W=0.0, dropout_U=0.0)
        now = dict(units=units, activation="tanh", recurrent_activation="hard_sigmoid", use_bias=True, unit_forget_bias=True)
        more = dict(return_sequences=False, go_backwards=False, stateful=False, unroll=False, dropout=0.0, recurrent_dropout=0.0)
        return self.layer("LSTM", name, **now, **more, recurrent_initializer=INITIALIZER, **self.weights())

    def normalization(self, name):
        if self.is_first:
            return self.layer("BatchNormalization", name, epsilon=1e-2, mode=0, axis=-1, momentum=0.9)
        return self.layer("BatchNormalization", name, axis=-1, momentum=0.9, epsilon=1e-2, center=True, scale=True)

    def plain(self, class_name, name):
        return self.layer(class_name, name)

    def layer(self, class_name, name, **config):
        return {"class_name": class_name, "config": {"name": name, "trainable": True, **config}}

    def weights(self):
        return {"kernel_initializer": INITIALIZER, "bias_initializer": ZEROS, **dict.fromkeys(COMMON)}

    def names(self, layer):
        """Names of a layer's weights in the order of its weights."""
        name = layer.name
        parts = [weight.name.split("/")[-1].split(":")[0] for weight in layer.weights]
        if not self.is_first:
            return [f"{name}/{part}:0" for part in parts]
        old = dict(kernel="W", bias="b", embeddings="W", moving_mean="running_mean", moving_variance="running_std")
        return [f"{name}_{old.get(part, part)}:0" for part in parts]


def perceptron(age):
    layers = [age.dense("dense_1", 4, "tanh"), age.normalization("norm_1"), age.dense("dense_2", 4, "linear")]
    layers += [age.dense("dense_10", 3, "softmax")]
    built = [L.Dense(4, "tanh", name="dense_1"), L.BatchNormalization(momentum=0.9, epsilon=1e-2, name="norm_1")]
    built += [L.Dense(4, name="dense_2"), L.Dense(3, "softmax", name="dense_10")]
    y = np.eye(3, dtype="float32")[[0, 2, 1, 0, 1, 2]]
    return layers, built, (4,), floats(4), y, "categorical_crossentropy"


def convolution(age):
    layers = [age.conv("conv_1", 3, 3), age.pool("pool_1"), age.plain("Flatten", "flatten_1"), age.dense("dense_1", 1, "linear")]
    built = [L.Conv2D(3, 3, padding="same", activation="relu", name="conv_1"), L.MaxPooling2D(name="pool_1")]
    built += [L.Flatten(name="flatten_1"), L.Dense(1, name="dense_1")]
    return layers, built, (6, 6, 2), floats(6, 6, 2), floats(1), "mean_squared_error"


def recurrence(age):
    layers = [age.embedding("embedding_1", 7, 3), age.lstm("lstm_1", 4), age.dense("dense_1", 1, "sigmoid")]
    built = [L.Embedding(7, 3, input_length=5, name="embedding_1")]
    built += [L.LSTM(4, recurrent_activation="hard_sigmoid", name="lstm_1"), L.Dense(1, "sigmoid", name="dense_1")]
    x = np.random.default_rng(4).integers(0, 7, (6, 5)).astype("float32")
    return layers, built, (5,), x, np.array([[0], [1], [1], [0], [1], [0]], "float32"), "binary_crossentropy"


def floats(*shape):
    return np.random.default_rng(len(shape)).normal(size=(6, *shape)).astype("float32")


def stored_weights(age, layer):
    """Names and values of a layer as files of the age have them."""
    pairs = list(zip(age.names(layer), [weight.numpy() for weight in layer.weights]))
    if not (age.is_first and isinstance(layer, L.LSTM)):
        return pairs
    # Gates apart, in the order input, cell, forget, output; today's is input, forget, cell, output.
    parts = [np.split(weight.numpy(), 4, axis=-1) for weight in layer.weights]
    gates = zip("icfo", (0, 2, 1, 3))
    return [(f"{layer.name}_{p}_{g}:0", parts[k][at]) for g, at in gates for k, p in enumerate("WUb")]


def write(path, age, layers, model, x_shape, loss, training):
    layers[0]["config"]["batch_input_shape"] = [None, *x_shape]
    layers[0]["config"]["input_dtype" if age.is_first else "dtype"] = "float32"
    config = layers if old_keras.version_of(age.version) < (2, 2) else {"name": "sequential_1", "layers": layers}
    with h5py.File(path, "w") as file:
        file.attrs["keras_version"] = np.bytes_(age.version)
        if not age.is_first:
            file.attrs["backend"] = np.bytes_("tensorflow")
        file.attrs["model_config"] = np.bytes_(json.dumps({"class_name": "Sequential", "config": config}))
        group = file.create_group("model_weights")
        group.attrs["layer_names"] = [np.bytes_(layer.name) for layer in model.layers]
        for layer in model.layers:
            put(group.create_group(layer.name), stored_weights(age, layer))
        if training is None:
            return
        compiled = {"optimizer_config": training.config(), "loss": loss, "metrics": [], "sample_weight_mode": None}
        file.attrs["training_config"] = np.bytes_(json.dumps({**compiled, "loss_weights": None}))
        put(file.create_group("optimizer_weights"), training.entries())


def put(group, pairs):
    group.attrs["weight_names"] = [np.bytes_(name) for name, _ in pairs] if pairs else []
    for name, value in pairs:
        group[name] = value


def gradients_of(model, x, y, loss):
    with tf.GradientTape() as tape:
        value = tf.reduce_mean(tf_keras.losses.get(loss)(y, model(x, training=True)))
    return float(value), tape.gradient(value, model.trainable_weights)


def cases(folder):
    """Yields name, file and expectations, as dialects.py has them."""
    for version in old_keras.VERSIONS:
        age = Age(version)
        runs = [(perceptron, name) for name in OPTIMIZERS] + [(convolution, "Adam"), (recurrence, "Adam")]
        for make, optimizer in runs:
            tf_keras.backend.clear_session()
            tf_keras.utils.set_random_seed(9)
            layers, built, shape, x, y, loss = make(age)
            model = tf_keras.Sequential([L.InputLayer(input_shape=shape), *built])
            # An optimizer of Keras 1 has slots for each gate's weights, which today's LSTM has no place for.
            trains = not (age.is_first and make is recurrence)
            names = {id(w): n for layer in model.layers for w, n in zip(layer.weights, age.names(layer))}
            keys = [names[id(weight)] for weight in model.trainable_weights]
            values = {key: weight.numpy() for key, weight in zip(keys, model.trainable_weights)}
            training = old_keras.Training(version, optimizer, OPTIMIZERS[optimizer], values)

            def step():
                value, gradients = gradients_of(model, x, y, loss)
                training.step({key: tf.convert_to_tensor(g).numpy() for key, g in zip(keys, gradients)})
                for key, weight in zip(keys, model.trainable_weights):
                    weight.assign(training.weights[key].value)
                return value

            for _ in range(3):
                step()
            path = os.path.join(folder, f"keras-{version}-{make.__name__}-{optimizer}.h5")
            write(path, age, layers, model, shape, loss, training if trains else None)
            before = model(x).numpy()
            losses = [step() for _ in range(3)] if trains else []
            # Keras's variance over time depends on the kernel that computes it, so only losses are compared there.
            after = None if make is perceptron or not trains else model(x).numpy()
            yield os.path.basename(path), path, {"x": to_json(x), "y": to_json(y), "before": before, "losses": losses, "after": after}
