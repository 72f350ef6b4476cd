"""tf.data's side of pictures.mjs."""

import os
import sys
import time

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
import tensorflow as tf

folder, count, workers, kind = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
tf.config.threading.set_inter_op_parallelism_threads(workers)
tf.config.threading.set_intra_op_parallelism_threads(workers)
files, labels = [], []
for label, name in enumerate(sorted(os.listdir(folder))):
    for file in sorted(os.listdir(os.path.join(folder, name))):
        files.append(os.path.join(folder, name, file))
        labels.append(label)


def prepare(file, label):
    if kind == "jpeg":
        image = tf.image.resize(tf.io.decode_jpeg(tf.io.read_file(file), channels=3), (180, 180)) / 255.0
    else:
        image = tf.image.convert_image_dtype(tf.io.decode_png(tf.io.read_file(file), channels=3), tf.float32)
    image = tf.image.random_crop(image, (160, 160, 3))
    image = tf.image.random_flip_left_right(image)
    image = tf.clip_by_value(tf.image.random_brightness(image, 0.1), 0.0, 1.0)
    return image, label


dataset = tf.data.Dataset.from_tensor_slices((files, labels)).shuffle(len(files)).map(prepare, num_parallel_calls=workers)
options = tf.data.Options()
options.threading.private_threadpool_size = workers
dataset = dataset.with_options(options).batch(32).prefetch(2)


def turn():
    start = time.perf_counter()
    rows = 0
    for images, _ in dataset:
        assert images.shape[1] == 160
        rows += images.shape[0]
        if rows >= count:
            break
    return rows / (time.perf_counter() - start)


for _ in sys.stdin:
    print(turn(), flush=True)
