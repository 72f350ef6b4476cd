"""Cases of models.py: operations of keras.ops as nodes of networks that are trained."""

import numpy as np
from models import Case, Data, case


def network(name, shape, function, *, outputs=1, rate=0.02, **case_args):
    """A case: a layer with weights, this function (k.ops, tensor) of what it gives, and a layer with weights."""

    def build(k):
        data = Data(name)
        x = k.Input(shape)
        made = function(k.ops, k.layers.Dense(shape[-1], activation="tanh")(x))
        parts = [part if len(part.shape) == 2 else k.layers.Flatten()(part) for part in (made if isinstance(made, list) else [made])]
        model = k.Model(x, k.layers.Dense(outputs)(parts[0] if len(parts) == 1 else k.layers.Concatenate()(parts)))
        model.compile(optimizer=k.optimizers.SGD(rate, momentum=0.5), loss="mse")
        return Case(model, data.x(*shape), data.x(outputs), **case_args)

    build.__name__ = name
    return case(build)


def elementary(o, x):
    y = o.add(o.exp(-o.abs(x)), o.log1p(o.square(x)))
    y = o.multiply(y, o.sin(x)) - o.arctan2(x, o.cosh(x)) / (2.0 + o.sqrt(o.abs(x) + 0.1))
    return o.where(x > 0.1, y, o.maximum(x, o.expm1(y)))


def numbers_first(o, x):
    """Numbers and arrays on either side of operators."""
    row = np.array([0.5, -1.0, 2.0, 0.25], "float32")
    return 1.0 - (2.0 / (3.0 + x * x)) + o.multiply(row, x) - (-x) ** 3 + o.power(2.0, x) + o.logaddexp(row, x)


def shapes(o, x):
    """(4, 6) turned, cut and put together again."""
    y = o.transpose(o.reshape(x, (-1, 2, 2, 6)), (0, 2, 1, 3))
    y = o.concatenate([o.flip(y, axis=-1), o.roll(y, 1, axis=1)], axis=2)
    a, b = o.split(o.moveaxis(y, 1, -1), 2, axis=1)
    z = o.pad(a - b, ((0, 0), (1, 0), (0, 1), (0, 0)))
    return o.tile(o.swapaxes(o.squeeze(o.expand_dims(z, 1), 1), 1, 2), (1, 1, 2, 1))


def items(o, x):
    """Slices, steps, new axes and entries."""
    return [x[:, 1:3], x[:, :, ::2], x[:, -1], x[:, None, 0, ::-1], o.take(x, [0, 2, -1], axis=2), x[:, :-1, 2:]]


def reductions(o, x):
    whole = o.mean(x, axis=0, keepdims=True)
    parts = [o.sum(x, axis=1), o.max(x, axis=-1), o.var(x, axis=(1, 2), keepdims=True), o.std(x, axis=2), o.prod(x, axis=1)]
    return [*parts, o.logsumexp(x, axis=-1), o.norm(x, axis=-1), o.median(x, axis=1), o.cumsum(x - whole, axis=1), o.average(x, axis=2)]


def orders(o, x):
    values, places = o.top_k(x, 2)
    sorted_ = o.sort(x, axis=1)
    near = o.take_along_axis(x, o.argsort(x, axis=1), axis=1)
    return [values, o.cast(places, "float32"), sorted_, near, o.quantile(x, 0.3, axis=-1), o.cast(o.argmax(x, axis=-1), "float32")]


def logic(o, x):
    wanted = o.logical_and(x > -0.5, o.logical_not(o.isnan(x)))
    either = o.logical_or(o.less(x, -0.2), o.greater_equal(x, 0.4))
    counted = o.count_nonzero(wanted, axis=1)
    return [o.where(wanted, x, 0.0), o.cast(either, "float32"), o.cast(counted, "float32"), o.cast(o.any(either, axis=2), "float32"), o.clip(x, -0.3, 0.3)]


def products(o, x):
    y = o.matmul(x, o.swapaxes(x, -1, -2))
    z = o.einsum("bij,bkj->bik", x, x)
    kernel = np.linspace(-1, 1, 20, dtype="float32").reshape(5, 4)
    return [y, z, o.dot(x, kernel), o.tensordot(x, kernel, axes=[[2], [0]]), o.cross(x[..., :3], x[..., 1:4])]


def solved(o, x):
    """Systems of equations, determinants and factors of matrices that are well-conditioned."""
    a = o.matmul(x, o.swapaxes(x, 1, 2)) + 2.0 * np.eye(4, dtype="float32")
    lower = o.cholesky(a)
    return [o.solve(a, x), o.inv(a), o.solve_triangular(lower, x, lower=True), o.expand_dims(o.det(a) * 0.01, -1), lower, o.trace(a, axis1=1, axis2=2)[:, None]]


def factors(o, x):
    a = o.matmul(x, o.swapaxes(x, 1, 2)) * 0.2 + np.diag(np.arange(1.0, 5.0)).astype("float32")
    sign, logarithm = o.slogdet(a)
    return [o.eigh(a)[0], o.svd(a, compute_uv=False), o.expand_dims(sign * logarithm, -1), o.qr(a)[1] ** 2]


def spectra(o, x):
    real, imaginary = o.fft((x, x * 0.5))
    back = o.irfft(o.rfft(x, fft_length=8), fft_length=8)
    frames = o.stft(x, sequence_length=4, sequence_stride=2, fft_length=4, window="hamming")
    return [real, imaginary, back, o.istft(frames, sequence_length=4, sequence_stride=2, fft_length=4, window="hamming"), o.fft2((x, x))[1]]


def windows(o, x):
    """(6, 5, 2): convolutions and pools of operations."""
    kernel = (np.arange(24, dtype="float32").reshape(2, 3, 2, 2) - 12) / 20
    y = o.conv(x, kernel, strides=1, padding="same")
    z = o.depthwise_conv(x, kernel, strides=2, padding="valid")
    return [o.max_pool(y, 2, 1, "same"), o.average_pool(y, 2), z, o.space_to_depth(y[:, :, :4], 2), o.separable_conv(x, kernel, np.ones((1, 1, 4, 2), "float32") / 4)]


def attended(o, x):
    q = o.reshape(x, (-1, 4, 2, 3))
    y = o.dot_product_attention(q, q * 0.5, q, is_causal=True)
    return [y, o.layer_normalization(x), o.moments(x, axes=[2])[0]]


def scattered(o, x):
    places = np.array([[0], [2]], "int32")
    y = o.segment_sum(o.transpose(x, (1, 0, 2)), np.array([0, 1, 0, 2], "int32"), num_segments=3)
    z = o.diff(o.tril(x), axis=1)
    w = o.scatter_update(o.transpose(x, (1, 0, 2)), places, o.transpose(x, (1, 0, 2))[:2, :] * 2.0)
    return [o.transpose(part, (1, 0, 2)) for part in (y, w)] + [z, o.triu(x, k=1), o.diagonal(x, axis1=1, axis2=2)]


def neural(o, x):
    """Activations and what else networks are made of, all without a step, at which a rounding would decide."""
    parts = [o.relu6(x * 4.0), o.silu(x), o.gelu(x), o.gelu(x, approximate=False), o.softplus(x), o.elu(x), o.selu(x)]
    parts += [o.hard_silu(x * 3.0), o.hard_tanh(x * 2.0), o.celu(x), o.glu(x), o.log_sigmoid(x), o.soft_shrink(x, 0.2)]
    parts += [o.softsign(x), o.squareplus(x), o.tanh_shrink(x), o.sparsemax(x), o.log_softmax(x), o.softmax(x, axis=1)]
    return [*parts, o.leaky_relu(x, 0.3), o.sparse_sigmoid(x), o.normalize(x, axis=-1)]


def steps(o, x):
    """What jumps."""
    places = o.argmax(x, axis=-1)
    return [o.threshold(x, 0.1, -0.3), o.hard_shrink(x, 0.3), o.one_hot(places, 4), o.multi_hot(places, 4)[:, :, None]]


def scaled(o, x):
    return o.rms_normalization(x)


def images(o, x):
    """(6, 5, 3): pictures. Not affine_transform, whose gradient TensorFlow only approximates, with the inverse transform."""
    bright = o.clip(x * 0.5 + 0.5, 0.0, 1.0)
    parts = [o.image.resize(x, (4, 7)), o.image.resize(x, (3, 3), interpolation="bicubic", antialias=True)]
    parts += [o.image.rgb_to_grayscale(bright), o.image.crop_images(x, 1, 1, target_height=3, target_width=3)]
    parts += [o.image.pad_images(x, 1, 0, target_height=8, target_width=6), o.image.rgb_to_hsv(bright)]
    parts += [o.image.gaussian_blur(x, (3, 3), (1.0, 0.5))]
    return parts + [o.image.extract_patches(x, (2, 2))]


def contracted(o, x):
    """Products of three tensors in one."""
    return 0.05 * o.einsum("bij,bkj,bik->bk", x, x, o.matmul(x, o.swapaxes(x, 1, 2)))


def bits(o, x):
    whole, other = (o.cast(o.abs(o.round(x * by)), "int32") for by in (7.0, 5.0))
    parts = [o.bitwise_and(whole, other), o.bitwise_or(whole, other), o.bitwise_xor(whole, other), o.bitwise_invert(whole)]
    parts += [o.left_shift(whole, other), o.right_shift(whole, other), o.bitwise_not(whole)]
    return [o.cast(part, "float32") * 0.05 for part in parts] + [x]


for name, shape, function in [
    ("ops_elementary", (5,), elementary), ("ops_numbers_first", (4,), numbers_first), ("ops_shapes", (4, 6), shapes),
    ("ops_items", (4, 5), items), ("ops_reductions", (3, 4), reductions), ("ops_orders", (4, 3), orders),
    ("ops_logic", (3, 4), logic), ("ops_products", (4, 5), products),
    ("ops_solved", (4, 4), solved), ("ops_factors", (4, 4), factors), ("ops_spectra", (3, 8), spectra),
    ("ops_windows", (6, 5, 2), windows),
    ("ops_neural", (3, 4), neural), ("ops_steps", (3, 4), steps), ("ops_scaled", (3, 4), scaled), ("ops_images", (6, 5, 3), images), ("ops_contracted", (3, 4), contracted), ("ops_bits", (5,), bits),
    ("ops_attended", (4, 6), attended), ("ops_scattered", (4, 4), scattered),
]:
    # Opening a .h5, Keras reads an ellipsis twice, the second time in vain.
    network(name, shape, function, keras_reads_h5=function is not products)


@case
def ops_between_networks(k):
    """Operations on what two layers and a nested network share."""
    data = Data("ops_between_networks")
    inner_in = k.Input((4,))
    inner = k.Model(inner_in, k.ops.tanh(k.layers.Dense(3)(inner_in)) + 0.5, name="inner")
    a, b = k.Input((4,)), k.Input((4,))
    x, y = inner(a), inner(b)
    model = k.Model([a, b], k.layers.Dense(1)(k.ops.stack([x, y, x * y], axis=1)[:, :, 0]))
    model.compile(optimizer="adam", loss="mse")
    return Case(model, [data.x(4), data.x(4)], data.x(1))
