"""Pawl's event files against Keras's, read by the real tensorboard.

    interop/.venv/bin/python interop/tensorboard.py

Keras trains models with its TensorBoard; Pawl trains the same models, with the same data, with its own: folders, tags,
steps, plugins and values must be the same, and the graph and the projector must show. Then Pawl is killed after each
step and goes on: an accumulator that was open all the time, a new one and TensorBoard's data server must see each step
once, with the values of a training that nobody stopped.
"""

import concurrent.futures
import glob
import json
import logging
import os
import subprocess
import sys
import tempfile

os.environ["KERAS_BACKEND"] = "tensorflow"
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")
os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
# The script has the name of the package that it reads with.
here = os.path.dirname(os.path.abspath(__file__))
sys.path = [path for path in sys.path if os.path.abspath(path or ".") != here]

import keras
import numpy as np
import tensorflow as tf
from keras import layers as L
from tensorboard import context
from tensorboard.backend.event_processing import data_provider, event_accumulator, plugin_event_accumulator, plugin_event_multiplexer
from tensorboard.data import provider, server_ingester
from tensorboard.plugins import base_plugin
from tensorboard.plugins.graph import graphs_plugin
from tensorboard.plugins.projector import projector_plugin
from tensorboard.util import grpc_util, tensor_util

sys.path.append(here)
from common import to_json

# It says of each file that it drops that it does.
logging.getLogger("tensorboard").setLevel(logging.CRITICAL)

EPOCHS, STEPS = 2, 4
WHOLE = {event_accumulator.TENSORS: 0}


def pictures():
    x = keras.Input((6, 6, 1), name="pictures")
    y = L.Conv2D(3, 3, name="conv")(x)
    y = L.Flatten(name="flat")(y)
    y = L.Dense(4, activation="relu", name="hidden")(y)
    y = L.Add(name="sum")([y, L.Dense(4, name="beside")(L.Flatten(name="whole")(x))])
    return keras.Model(x, L.Dense(1, name="out")(y), name="net")


def words():
    return keras.Sequential([keras.Input((5,), name="words"), L.Embedding(7, 3, name="table"), L.Flatten(name="flat"), L.Dense(1, name="out")], name="words")


def data(name):
    draw = np.random.default_rng(3)
    x = draw.random((40, 6, 6, 1), dtype="float32") if name == "pictures" else draw.integers(0, 7, (40, 5)).astype("int32")
    return x, x.reshape(40, -1).sum(1, keepdims=True).astype("float32") / 10


def saved(make, folder):
    keras.utils.set_random_seed(5)
    model = make()
    model.compile(keras.optimizers.SGD(0.01, momentum=0.9), "mse", metrics=["mae"])
    path = os.path.join(folder, f"{make.__name__}.keras")
    model.save(path)
    return model, path


def ours(folder, **job):
    """Runs Pawl; its history, or None where it was killed."""
    handle, path = tempfile.mkstemp(".json", dir=folder)
    with open(handle, "w") as file:
        json.dump({"epochs": EPOCHS, "run": None, "killAfter": None, **job}, file)
    done = subprocess.run(["node", os.path.join(here, "tensorboard-side.mjs"), path], capture_output=True, text=True)
    if done.returncode == -9 and job.get("killAfter"):
        return None
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def accumulator(folder):
    return event_accumulator.EventAccumulator(folder, size_guidance=WHOLE)


def open_accumulator(folder):
    """What TensorBoard keeps open; it drops what is superseded, which the plain one does for none of today's files."""
    return plugin_event_accumulator.EventAccumulator(folder, size_guidance=WHOLE)


def read(folder, acc=None):
    """{tag: (plugin, {step: value})}; a step that is there twice is an error."""
    acc = acc or accumulator(folder)
    acc.Reload()
    out = {}
    for tag in acc.Tags()["tensors"]:
        events = acc.Tensors(tag)
        steps = [event.step for event in events]
        assert len(steps) == len(set(steps)), f"{folder}: {tag} has steps {steps}"
        plugin = acc.SummaryMetadata(tag).plugin_data
        out[tag] = ((plugin.plugin_name, plugin.content), {event.step: tensor_util.make_ndarray(event.tensor_proto) for event in events})
    return out


def same(tag, a, b):
    a, b = np.asarray(a), np.asarray(b)
    assert a.shape == b.shape, f"{tag}: shapes {a.shape} and {b.shape}"
    if tag.endswith("/image"):
        assert list(a[:2]) == list(b[:2]), f"{tag}: sizes {a[:2]} and {b[:2]}"
        for one, other in zip(a[2:], b[2:]):
            one, other = tf.io.decode_png(one).numpy().astype(int), tf.io.decode_png(other).numpy().astype(int)
            assert one.shape == other.shape and np.abs(one - other).max() <= 1, f"{tag}: pixels differ"
    elif tag.endswith("/histogram"):
        assert np.allclose(a[:, :2], b[:, :2], atol=1e-5) and a[:, 2].sum() == b[:, 2].sum(), f"{tag}: {a} and {b}"
        assert np.abs(a[:, 2] - b[:, 2]).sum() <= 2, f"{tag}: counts differ"
    elif a.dtype.kind in "fi":
        assert np.allclose(a, b, rtol=1e-4, atol=1e-6), f"{tag}: {a} and {b}"


def compare_with_keras(make, folder):
    # (A Sequential that Keras has loaded names its weights without the model's name.)
    model, file = saved(make, folder)
    x, y = data(make.__name__)
    names = {"histogram_freq": 1, "write_images": True, "update_freq": 1, "write_steps_per_second": True, "embeddings_freq": 1 if make is words else 0}
    theirs = os.path.join(folder, make.__name__, "keras")
    fitted = model.fit(x, y, epochs=EPOCHS, batch_size=8, shuffle=False, verbose=0, validation_split=0.2, callbacks=[keras.callbacks.TensorBoard(theirs, **names)])
    mine = os.path.join(folder, make.__name__, "pawl")
    options = {"histogramFreq": 1, "writeImages": True, "updateFreq": 1, "writeStepsPerSecond": True, "embeddingsFreq": names["embeddings_freq"]}
    history = ours(folder, file=file, x=to_json(x), y=to_json(y), logs=mine, options=options)
    assert sorted(history) == sorted(fitted.history)
    points = 0
    for part in ["train", "validation"]:
        expected, received = read(os.path.join(theirs, part)), read(os.path.join(mine, part))
        # Texts are ours alone.
        extra = {tag for tag, (plugin, _) in received.items() if plugin[0] == "text"}
        assert extra == ({"model_config", "fit"} if part == "train" else set()), extra
        assert set(received) - extra == set(expected), set(received) ^ set(expected)
        for tag, (plugin, steps) in expected.items():
            assert received[tag][0] == plugin, f"{tag}: {received[tag][0]} instead of {plugin}"
            assert list(received[tag][1]) == list(steps), f"{tag}: steps {list(received[tag][1])} instead of {list(steps)}"
            if "steps_per_second" in tag or tag == "keras":
                continue
            for step, value in steps.items():
                same(tag, received[tag][1][step], value)
                points += 1
        for key, values in history.items():
            if key.startswith("val_") == (part == "validation"):
                shown = received[f"epoch_{key.removeprefix('val_')}"][1]
                assert [float(shown[epoch]) for epoch in range(EPOCHS)] == [float(np.float32(value)) for value in values], key
    graphs = [drawn(folder) for folder in (theirs, mine)]
    assert graphs[0] == graphs[1] and len(graphs[0]) >= 3, graphs
    if make is words:
        projected(mine, model)
    print(f"{make.__name__}: {points} points as Keras's, the graph of {len(graphs[0])} nodes too")


def plugin_context(logs):
    multiplexer = plugin_event_multiplexer.EventMultiplexer()
    multiplexer.AddRunsFromDirectory(logs)
    multiplexer.Reload()
    return base_plugin.TBContext(logdir=logs, data_provider=data_provider.MultiplexerDataProvider(multiplexer, logs))


def drawn(logs):
    """The nodes that TensorBoard's graph plugin draws, with their inputs."""
    plugin = graphs_plugin.GraphsPlugin(plugin_context(logs))
    assert plugin.info_impl(context.RequestContext(), "")["train"]["tags"]["keras"]["conceptual_graph"]
    text, _ = plugin.graph_impl(context.RequestContext(), "train", "keras", True, "")
    return sorted(text.replace(" ", "").split("node{"))[1:]


def projected(logs, model):
    plugin = projector_plugin.ProjectorPlugin(plugin_context(logs))
    configs, _ = plugin._read_latest_config_files([("", logs)])
    (embedding,) = configs[""].embeddings
    rows = np.loadtxt(os.path.join(logs, embedding.tensor_path), delimiter="\t", dtype="float32")
    assert np.allclose(rows, model.get_layer("table").get_weights()[0], atol=1e-5)
    assert len(glob.glob(os.path.join(logs, "train", "*.weights.h5"))) == 2


def killed(k, job, folder, whole):
    """Killed after step k, with half a record behind it for odd k, and gone on with."""
    logs, run = os.path.join(folder, f"logs-{k}"), os.path.join(folder, f"run-{k}")
    job = {**job, "logs": logs, "run": run}
    assert ours(folder, **job, killAfter=k) is None
    open_ones = {part: open_accumulator(os.path.join(logs, part)) for part in ["train", "validation"] if os.path.isdir(os.path.join(logs, part))}
    for acc in open_ones.values():
        acc.Reload()
    for path in glob.glob(os.path.join(logs, "*", "*tfevents*")):
        if k % 2:
            with open(path, "ab") as file:
                file.write(b"\x20\x00\x00\x00\x00\x00\x00\x00half")
    history = ours(folder, **job)
    assert history == whole["history"], f"killed after {k}: another history"
    for part in ["train", "validation"]:
        directory = os.path.join(logs, part)
        for acc in [None, open_ones.get(part)]:
            if acc is None or part in open_ones:
                check_whole(k, part, read(directory, acc), whole[part])
    return logs


def check_whole(k, part, received, expected):
    assert set(received) == set(expected), f"killed after {k}: tags {set(received) ^ set(expected)}"
    for tag, (_, steps) in expected.items():
        assert list(received[tag][1]) == list(steps), f"killed after {k}: {tag} has steps {list(received[tag][1])}"
        for step, value in steps.items():
            # Where the training began again, the config states the learning rate as the float32 that was saved.
            if tag in ("keras", "model_config"):
                continue
            assert np.array_equal(received[tag][1][step], value), f"killed after {k}: {tag} differs at {step}"


def serve(root, logs, whole):
    """What TensorBoard's own data server says of all folders."""
    ingester = server_ingester.SubprocessServerDataIngester(
        server_binary=server_ingester.get_server_binary(), logdir=root, reload_interval=5, channel_creds_type=grpc_util.ChannelCredsType.LOCAL
    )
    ingester.start()
    ctx, runs = context.RequestContext(), [os.path.relpath(os.path.join(folder, part), root) for folder in logs for part in ["train", "validation"]]
    read = ingester.data_provider.read_scalars(ctx, experiment_id="", plugin_name="scalars", downsample=10**6, run_tag_filter=provider.RunTagFilter(runs=runs))
    assert set(read) == set(runs), set(runs) ^ set(read)
    for run, tags in read.items():
        expected = {tag: steps for tag, (plugin, steps) in whole[os.path.basename(run)].items() if plugin[0] == "scalars"}
        assert set(tags) == set(expected), run
        for tag, points in tags.items():
            assert [(point.step, point.value) for point in points] == [(step, float(value)) for step, value in expected[tag].items()], f"{run}: {tag}"
    return len(read)


def main():
    with tempfile.TemporaryDirectory() as folder:
        for make in [pictures, words]:
            compare_with_keras(make, folder)
        x, y = data("pictures")
        job = {"file": os.path.join(folder, "pictures.keras"), "x": to_json(x), "y": to_json(y), "options": {"updateFreq": 1, "histogramFreq": 1}}
        logs = os.path.join(folder, "logs-0")
        whole = {"history": ours(folder, **job, logs=logs, run=os.path.join(folder, "run-0"))}
        whole |= {part: read(os.path.join(logs, part)) for part in ["train", "validation"]}
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            folders = list(pool.map(lambda k: killed(k, job, folder, whole), range(1, EPOCHS * STEPS + 1)))
        runs = serve(folder, [logs, *folders], whole)
        print(f"killed after each of {len(folders)} steps: each step once, with the same values; {runs} runs by the data server")


main()
