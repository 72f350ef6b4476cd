"""Cases of models.py: layers that prepare data, within networks that are trained. Texts are in texts.py: they need TensorFlow."""

import numpy as np
from models import ROWS, Case, Data, case, image_regression


@case
def discretization_modes(k):
    """Bins that were learned or given, as several hot ones and as counts."""
    data = Data("discretization_modes")
    a, b = k.Input((4,)), k.Input((3,))
    learned = k.layers.Discretization(num_bins=4, epsilon=0.05, output_mode="multi_hot")
    learned.adapt(data.x(4))
    counted = k.layers.Discretization(bin_boundaries=[-0.5, 0.0, 0.7], output_mode="count")
    model = k.Model([a, b], k.layers.Dense(1)(k.layers.Concatenate()([learned(a), counted(b)])))
    model.compile(optimizer="adam", loss="mse")
    return Case(model, [data.x(4), data.x(3)], data.x(1))


@case
def category_weights(k):
    """Counts with weights, which are an input."""
    data = Data("category_weights")
    ids, weights = k.Input((4,), dtype="int32"), k.Input((4,))
    counts = k.layers.CategoryEncoding(6, output_mode="count")(ids, count_weights=weights)
    model = k.Model([ids, weights], k.layers.Dense(2)(counts))
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    return Case(model, [data.ids(6, 4), np.abs(data.x(4))], data.x(2))


@case
def image_rescaling(k):
    layers = [k.layers.Rescaling([0.5, 2.0, 1.5], offset=[0.1, 0.0, -0.2]), k.layers.Resizing(5, 4, "lanczos3"), k.layers.CenterCrop(3, 6)]
    return image_regression(k, "image_rescaling", (6, 5, 2), *layers)


@case
def spectrogram_modes(k):
    """Spectra of each kind that have a slope everywhere, of windows of several shapes."""
    data = Data("spectrogram_modes")
    x = k.Input((20, 1))
    y = k.layers.Conv1D(2, 3, padding="same", activation="tanh")(x)
    parts = [
        k.layers.STFTSpectrogram("real", frame_length=6, frame_step=4, window="hann")(y),
        k.layers.STFTSpectrogram("imag", frame_length=5, frame_step=5, fft_length=8, window=None)(y),
        k.layers.STFTSpectrogram("log", frame_length=6, frame_step=3, padding="same", scaling="spectrum")(y),
        k.layers.STFTSpectrogram("stft", frame_length=4, frame_step=4, expand_dims=True, periodic=True)(y),
    ]
    joined = k.layers.Concatenate()([k.layers.Flatten()(part) for part in parts])
    model = k.Model(x, k.layers.Dense(1)(joined))
    model.compile(optimizer=k.optimizers.SGD(0.0002), loss="mse")
    return Case(model, data.x(20, 1), data.x(1))


@case
def mel_spectrogram_in_decibels(k):
    data = Data("mel_spectrogram_in_decibels")
    x = k.Input((40,))
    mel = k.layers.MelSpectrogram(fft_length=16, sequence_stride=8, sequence_length=12, window="hamming", num_mel_bins=5, sampling_rate=400, min_freq=5.0, max_freq=180.0, mag_exp=1.0)
    model = k.Model(x, k.layers.Dense(1)(k.layers.Flatten()(k.layers.Rescaling(0.05)(mel(x)))))
    model.compile(optimizer=k.optimizers.SGD(0.01), loss="mse")
    return Case(model, data.x(40), data.x(1))


@case
def masks_from_data(k):
    """A mask of zeros over features, kept by what lies between, used up at the end."""
    data = Data("masks_from_data")
    x = k.Input((6, 3))
    y = k.layers.Masking(0.0)(x)
    y = k.layers.Dropout(0.0)(k.layers.Activation("tanh")(k.layers.Dense(4)(y)))
    y = k.layers.Average()([y, k.layers.LayerNormalization()(y)])
    model = k.Model(x, k.layers.Dense(1)(k.layers.GRU(3)(y)))
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="mse")
    seen = data.x(6, 3) * (data.rng.uniform(0, 1, (ROWS, 6, 1)) < 0.7)
    return Case(model, seen.astype("float32"), data.x(1))


@case
def normalization_of_two_axes(k):
    data = Data("normalization_of_two_axes")
    inputs = k.Input((3, 4))
    learned = k.layers.Normalization(axis=(1, 2))
    learned.build((None, 3, 4))
    learned.adapt(data.x(3, 4))
    given = k.layers.Normalization(axis=None, mean=0.2, variance=1.7)
    model = k.Model(inputs, k.layers.Dense(1)(k.layers.Flatten()(given(learned(inputs)))))
    model.compile(optimizer="adam", loss="mse")
    # Opening its own .h5, Keras builds it for the last axis alone.
    return Case(model, data.x(3, 4), data.x(1), keras_reads_h5=False)
