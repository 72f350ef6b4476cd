"""Models whose layers look texts and numbers up, between real Keras (on TensorFlow) and Pawl, both ways.

    interop/.venv/bin/python interop/texts.py

Keras makes each model of MODELS, lets it learn its vocabularies, and saves it; Pawl opens the files, predicts the same,
and saves them anew; Keras opens those. Then Pawl's own models, which have learned from the same data, go to Keras.
"""

import json
import os
import subprocess
import sys
import tempfile

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

import keras
import numpy as np
import tensorflow as tf
from keras import layers as L

here = os.path.dirname(os.path.abspath(__file__))
TEXTS = ["the quick fox", "a lazy dog", "the dog, the fox!", "quick quick", "naïve café", "an unknown word", "fox", "lazy lazy a"]
WORDS = ["the", "fox", "dog", "lazy", "zebra", "zebra", "fox", "a"]
NUMBERS = [3, 7, 7, 12, -5, 3, 900, 7]
FLOATS = [0.5, 1.25, -3.0, 8.0, 2.5, 0.0, 4.0, 1.0]


def text_ids():
    vectorize = L.TextVectorization(max_tokens=12, output_sequence_length=4)
    vectorize.adapt(TEXTS)
    return keras.Sequential([keras.Input((1,), dtype="string"), vectorize, L.Embedding(12, 3), L.Flatten(), L.Dense(2)]), ["texts"]


def text_tf_idf():
    vectorize = L.TextVectorization(output_mode="tf_idf", max_tokens=9, ngrams=2)
    vectorize.adapt(TEXTS)
    return keras.Sequential([keras.Input((1,), dtype="string"), vectorize, L.Dense(2)]), ["texts"]


def text_given():
    vectorize = L.TextVectorization(vocabulary=["fox", "dog"], output_mode="multi_hot")
    return keras.Sequential([keras.Input((1,), dtype="string"), vectorize, L.Dense(2)]), ["texts"]


def features():
    words, numbers, floats = keras.Input((1,), dtype="string", name="words"), keras.Input((1,), dtype="int64", name="numbers"), keras.Input((1,), name="floats")
    lookup = L.StringLookup(output_mode="one_hot", num_oov_indices=2)
    lookup.adapt(np.array(WORDS))
    ids = L.IntegerLookup(output_mode="multi_hot")
    ids.adapt(np.array(NUMBERS))
    bins, normalize = L.Discretization(num_bins=4), L.Normalization()
    bins.adapt(np.array(FLOATS))
    normalize.adapt(np.array(FLOATS, "float32").reshape(-1, 1))
    binned = bins(floats)
    parts = [
        lookup(words),
        ids(numbers),
        L.CategoryEncoding(4, output_mode="one_hot")(binned),
        normalize(floats),
        L.Hashing(5, output_mode="one_hot", salt=3)(words),
        L.HashedCrossing(6, output_mode="one_hot")([words, binned]),
    ]
    return keras.Model([words, numbers, floats], L.Dense(2)(L.Concatenate()(parts))), ["words", "numbers", "floats"]


MODELS = {f.__name__: f for f in [text_ids, text_tf_idf, text_given, features]}
COLUMNS = {"texts": TEXTS, "words": WORDS, "numbers": NUMBERS, "floats": FLOATS}


def inputs(names):
    dtypes = {"numbers": "int64", "floats": "float32"}
    arrays = [tf.constant([[v] for v in COLUMNS[name]], dtype=dtypes.get(name)) for name in names]
    return arrays[0] if len(arrays) == 1 else arrays


def check(name, actual, expected):
    difference = np.abs(np.asarray(actual) - np.asarray(expected)).max()
    assert difference < 1e-5, f"{name}: predictions differ by {difference}"


SPACE = {"age": [31.0, 54.0, 47.0, 22.0], "city": ["Oslo", "Rome", "Oslo", "Bonn"], "visits": [3, 1, 7, 3], "height": [1.5, 1.7, 1.8, 2.0]}


def make_space():
    kinds = {"age": "float_normalized", "city": "string_categorical", "visits": "integer_categorical", "height": keras.utils.FeatureSpace.float_discretized(3)}
    space = keras.utils.FeatureSpace(kinds, crosses=[("city", "height")], crossing_dim=6)
    space.adapt(SPACE)
    return space


def space_both_ways(folder):
    space = make_space()
    space.save(f"{folder}/space.keras")
    expected = np.asarray(space(SPACE)).tolist()
    with open(f"{folder}/space.json", "w") as file:
        json.dump({"columns": SPACE, "expected": expected}, file)
    subprocess.run(["node", f"{here}/texts-side.mjs", folder, "space"], check=True)
    again = keras.models.load_model(f"{folder}/pawl-space.keras")
    check("a FeatureSpace by Pawl", again(SPACE), expected)


def main(folder):
    expected, build = {}, {}
    for name, make in MODELS.items():
        keras.utils.set_random_seed(2)
        model, columns = make()
        model.compile(optimizer="adam", loss="mse")
        model.fit(inputs(columns), np.zeros((len(TEXTS), 2)), verbose=0, shuffle=False)
        model.save(f"{folder}/{name}.keras")
        model.save_weights(f"{folder}/{name}.weights.h5")
        expected[name] = model.predict(inputs(columns), verbose=0)
        build[name] = columns
    job = {"columns": COLUMNS, "models": build, "predictions": {name: value.tolist() for name, value in expected.items()}}
    with open(f"{folder}/job.json", "w") as file:
        json.dump(job, file)
    subprocess.run(["node", f"{here}/texts-side.mjs", folder], check=True)
    for name, columns in build.items():
        again = keras.models.load_model(f"{folder}/again-{name}.keras")
        check(f"{name} written anew", again.predict(inputs(columns), verbose=0), expected[name])
        again.fit(inputs(columns), np.zeros((len(TEXTS), 2)), verbose=0)
    with open(f"{folder}/pawl.json") as file:
        made = json.load(file)
    for name, predictions in made.items():
        model = keras.models.load_model(f"{folder}/pawl-{name}.keras")
        check(f"{name} by Pawl", model.predict(inputs(build[name]), verbose=0), predictions)
        model.fit(inputs(build[name]), np.zeros((len(TEXTS), 2)), verbose=0)
    space_both_ways(folder)
    print(f"{len(build)} models by Keras and {len(made)} by Pawl: both open the other's files and predict the same")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        main(sys.argv[1])
    else:
        with tempfile.TemporaryDirectory() as folder:
            main(folder)
