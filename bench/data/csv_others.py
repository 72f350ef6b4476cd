"""The other sides of csv.mjs: rows a second of one reading in batches of 256, opening the file included."""

import os
import sys
import time

what, path, rows = sys.argv[1], sys.argv[2], int(sys.argv[3])
BATCH = 256
COLUMNS = [f"x{i}" for i in range(9)]


def tf_data():
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    import tensorflow as tf

    start = time.perf_counter()
    lines = tf.data.experimental.CsvDataset(path, [tf.float32] * 9 + [tf.int32], header=True)
    batches = lines.batch(BATCH).map(lambda *fields: (tf.stack(fields[:9], axis=1), fields[9])).prefetch(2)
    seen = sum(int(y.shape[0]) for _, y in batches)
    return seen, start


def pandas(read):
    import pandas as pd

    start = time.perf_counter()
    frame = pd.read_csv(path) if read == "csv" else pd.read_json(path, lines=True)
    x, y = frame[COLUMNS].to_numpy("float32"), frame["y"].to_numpy("int32")
    seen = 0
    for at in range(0, len(y), BATCH):
        batch = x[at : at + BATCH].copy(), y[at : at + BATCH].copy()
        seen += len(batch[1])
    return seen, start


seen, start = {"tf": tf_data, "pandas": lambda: pandas("csv"), "pandas-json": lambda: pandas("json")}[what]()
assert seen == rows, seen
print(rows / (time.perf_counter() - start))
