"""Cases of models.py: attention of each kind, normalization, pooling, convolutions and merging with options of their own."""

from models import Case, Data, case, image_regression, tokens


@case
def multi_query_attention(k):
    """One head of keys and values for all heads of queries; scores wanted; a causal mask and a mask of padding."""
    data = Data("multi_query_attention")
    ids = k.Input((6,), dtype="int32")
    x = k.layers.Embedding(12, 6, mask_zero=True)(ids)
    y = k.layers.GroupQueryAttention(3, 4, 1, use_bias=False)(x, x, use_causal_mask=True)
    z, scores = k.layers.MultiHeadAttention(2, 3, value_dim=2)(y, x, return_attention_scores=True)
    model = k.Model(ids, [k.layers.Dense(1)(k.layers.GlobalAveragePooling1D()(z)), scores])
    model.compile(optimizer=k.optimizers.SGD(0.1), loss=["mse", None])
    return Case(model, tokens(k, data, 6), [data.x(1), data.x(2, 6, 6)])


@case
def attention_over_images(k):
    """Attention along two axes, and queries of another shape."""
    data = Data("attention_over_images")
    x = k.Input((3, 4, 2))
    y = k.layers.MultiHeadAttention(2, 3, attention_axes=(1, 2))(x, x)
    y = k.layers.MultiHeadAttention(1, 2, attention_axes=2, output_shape=3)(y, x)
    model = k.Model(x, k.layers.Dense(1)(k.layers.Flatten()(y)))
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    return Case(model, data.x(3, 4, 2), data.x(1))


@case
def attention_with_masks(k):
    """Attention and AdditiveAttention with masks of padding, a scale, scores, and keys of their own."""
    data = Data("attention_with_masks")
    ids, more = k.Input((4,), dtype="int32"), k.Input((5, 3))
    query = k.layers.Embedding(12, 3, mask_zero=True)(ids)
    value = k.layers.Masking(0.0)(more)
    key = k.layers.Dense(3)(value)
    y, scores = k.layers.Attention(use_scale=True)([query, value, key], return_attention_scores=True)
    z = k.layers.AdditiveAttention(use_scale=False)([query, value, key])
    joined = k.layers.Concatenate()([k.layers.Flatten()(part) for part in (y, z, scores)])
    model = k.Model([ids, more], k.layers.Dense(1)(joined))
    model.compile(optimizer=k.optimizers.SGD(0.05), loss="mse")
    # Reading its .h5, Keras takes the string "dot" for its function of that name.
    return Case(model, [tokens(k, data, 4), data.x(5, 3)], data.x(1), keras_reads_h5=False)


@case
def causal_additive_attention(k):
    data = Data("causal_additive_attention")
    x = k.Input((5, 3))
    y = k.layers.AdditiveAttention()([k.layers.Dense(4)(x), k.layers.Dense(4)(x)], use_causal_mask=True)
    model = k.Model(x, k.layers.Dense(2)(y))
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="mse")
    return Case(model, data.x(5, 3), data.x(5, 2))


@case
def einsum_dense(k):
    """Equations with dots, bias over several axes, activations and regularizers."""
    data = Data("einsum_dense")
    x = k.Input((4, 3))
    y = k.layers.EinsumDense("...x,xy->...y", output_shape=5, bias_axes="y", activation="relu", kernel_regularizer="l2")(x)
    y = k.layers.EinsumDense("abc,bcde->ade", output_shape=(2, 3), bias_axes="de", bias_constraint="max_norm")(y)
    y = k.layers.EinsumDense("ade,df->afe", output_shape=(4, 3))(y)
    model = k.Model(x, k.layers.Dense(1)(k.layers.Flatten()(y)))
    model.compile(optimizer="adam", loss="mse")
    return Case(model, data.x(4, 3), data.x(1))


@case
def reversible_untied(k):
    data = Data("reversible_untied")
    ids = k.Input((5,), dtype="int32")
    embedding = k.layers.ReversibleEmbedding(9, 4, tie_weights=False, mask_zero=True)
    model = k.Model(ids, embedding(k.layers.Dense(4)(embedding(ids)), reverse=True))
    loss = k.losses.SparseCategoricalCrossentropy(from_logits=True)
    model.compile(optimizer=k.optimizers.SGD(0.1, momentum=0.5), loss=loss)
    return Case(model, tokens(k, data, 5, vocabulary=9), data.ids(9, 5))


@case
def group_and_rms_norm(k):
    data = Data("group_and_rms_norm")
    x = k.Input((4, 6))
    y = k.layers.GroupNormalization(3, epsilon=1e-2, beta_initializer="ones")(x)
    y = k.layers.GroupNormalization(-1, axis=1, center=False)(k.layers.Dense(5)(y))
    y = k.layers.RMSNormalization(axis=-1, epsilon=1e-4)(y)
    y = k.layers.UnitNormalization(axis=[1, 2])(y)
    model = k.Model(x, k.layers.Dense(1)(k.layers.Flatten()(y)))
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="mse")
    # Its .h5 loader drops an axis that is a list of several.
    return Case(model, data.x(4, 6), data.x(1), keras_reads_h5=False)


@case
def batch_norm_masked(k):
    """Means and variances of the steps that are no padding."""
    data = Data("batch_norm_masked")
    ids = k.Input((6,), dtype="int32")
    x = k.layers.Embedding(12, 4, mask_zero=True)(ids)
    x = k.layers.BatchNormalization(momentum=0.7, scale=False)(x)
    model = k.Model(ids, k.layers.Dense(1)(k.layers.GlobalAveragePooling1D()(x)))
    model.compile(optimizer=k.optimizers.SGD(0.1), loss="mse")
    return Case(model, tokens(k, data, 6), data.x(1), validation=True)


@case
def batch_norm_axis_1(k):
    layers = [k.layers.BatchNormalization(axis=1), k.layers.BatchNormalization(axis=2, center=False, momentum=0.5)]
    return image_regression(k, "batch_norm_axis_1", (4, 3, 2), *layers)


def pools(k, kinds, rank):
    """Layers of pooling by name, and the same with strides and padding."""
    return [getattr(k.layers, f"{kind}Pooling{rank}D")(2, strides=1, padding="same") for kind in kinds]


@case
def pools_1d_3d(k):
    data = Data("pools_1d_3d")
    line, volume = k.Input((8, 2)), k.Input((4, 4, 4, 1))
    x = line
    for layer in pools(k, ("Max", "Average"), 1):
        x = layer(k.layers.Conv1D(3, 2, padding="same")(x))
    y = volume
    for layer in pools(k, ("Max", "Average"), 3):
        y = layer(k.layers.Conv3D(2, 2, padding="same", activation="tanh")(y))
    kept = k.layers.GlobalMaxPooling1D(keepdims=True)(x)
    parts = [k.layers.Flatten()(kept), k.layers.GlobalAveragePooling1D()(x), k.layers.GlobalAveragePooling3D()(y), k.layers.GlobalMaxPooling3D()(y)]
    model = k.Model([line, volume], k.layers.Dense(1)(k.layers.Concatenate()(parts)))
    model.compile(optimizer=k.optimizers.SGD(0.02), loss="mse")
    return Case(model, [data.x(8, 2), data.x(4, 4, 4, 1)], data.x(1))


@case
def adaptive_pools_1d_3d(k):
    data = Data("adaptive_pools_1d_3d")
    line, volume = k.Input((7, 2)), k.Input((4, 3, 5, 1))
    x = k.layers.Conv1D(3, 2)(line)
    y = k.layers.Conv3D(2, 2, padding="same")(volume)
    parts = [
        k.layers.AdaptiveAveragePooling1D(4)(x),
        k.layers.AdaptiveMaxPooling1D(3)(x),
        k.layers.AdaptiveAveragePooling3D((2, 1, 3))(y),
        k.layers.AdaptiveMaxPooling3D(2)(y),
    ]
    joined = k.layers.Concatenate()([k.layers.Flatten()(part) for part in parts])
    model = k.Model([line, volume], k.layers.Dense(1)(joined))
    model.compile(optimizer=k.optimizers.SGD(0.02), loss="mse")
    return Case(model, [data.x(7, 2), data.x(4, 3, 5, 1)], data.x(1))


@case
def up_sampling_others(k):
    data = Data("up_sampling_others")
    line, image, volume = k.Input((3, 2)), k.Input((3, 2, 2)), k.Input((2, 2, 2, 1))
    y = k.layers.UpSampling2D((2, 3), interpolation="nearest")(k.layers.Conv2D(2, 1)(image))
    y = k.layers.UpSampling2D(2, interpolation="bicubic")(y)
    y = k.layers.UpSampling2D((1, 2), interpolation="lanczos5")(y)
    z = k.layers.UpSampling3D((1, 2, 2))(k.layers.Conv3D(2, 1)(volume))
    parts = [k.layers.UpSampling1D(3)(k.layers.Conv1D(3, 2)(line)), y, z]
    model = k.Model([line, image, volume], k.layers.Dense(1)(k.layers.Concatenate()([k.layers.Flatten()(part) for part in parts])))
    model.compile(optimizer=k.optimizers.SGD(0.002), loss="mse")
    return Case(model, [data.x(3, 2), data.x(3, 2, 2), data.x(2, 2, 2, 1)], data.x(1))


@case
def convolutions_of_each_kind(k):
    layers = [
        k.layers.DepthwiseConv2D(2, depth_multiplier=2, padding="same", activation="relu"),
        k.layers.SeparableConv2D(3, 2, strides=2, padding="same", pointwise_regularizer="l2"),
        k.layers.Conv2DTranspose(2, 3, strides=2, padding="same", output_padding=1),
        k.layers.Conv2DTranspose(3, 2, use_bias=False),
    ]
    return image_regression(k, "convolutions_of_each_kind", (6, 5, 2), *layers)


@case
def convolutions_of_lines(k):
    data = Data("convolutions_of_lines")
    layers = [
        k.layers.SeparableConv1D(4, 3, padding="same", depth_multiplier=2),
        k.layers.DepthwiseConv1D(2, strides=2, activation="softplus"),
        k.layers.Conv1DTranspose(3, 3, strides=2),
        k.layers.Cropping1D((1, 2)),
        k.layers.ZeroPadding1D(2),
        k.layers.Flatten(),
        k.layers.Dense(1),
    ]
    model = k.Sequential([k.layers.Input(shape=(8, 2)), *layers])
    model.compile(optimizer=k.optimizers.SGD(0.02), loss="mse")
    return Case(model, data.x(8, 2), data.x(1))


@case
def volumes(k):
    layers = [
        k.layers.ZeroPadding3D((0, 1, (1, 0))),
        k.layers.Conv3D(2, 2, strides=(1, 2, 1), activation="relu"),
        k.layers.Conv3DTranspose(2, 2, padding="same"),
        k.layers.Cropping3D(((0, 1), (0, 0), (1, 0))),
        k.layers.Flatten(),
        k.layers.Dense(1),
    ]
    data = Data("volumes")
    model = k.Sequential([k.layers.Input(shape=(3, 4, 3, 1)), *layers])
    model.compile(optimizer=k.optimizers.SGD(0.02), loss="mse")
    return Case(model, data.x(3, 4, 3, 1), data.x(1))


@case
def activation_layers(k):
    """Activations with weights or options, as layers."""
    layers = [
        k.layers.PReLU(shared_axes=[1, 2], alpha_initializer="random_normal"),
        k.layers.ELU(0.7),
        k.layers.LeakyReLU(0.2),
        k.layers.Softmax(axis=[1, 2]),
        k.layers.PReLU(alpha_constraint="non_neg"),
        k.layers.ActivityRegularization(l1=0.01, l2=0.02),
        k.layers.Permute((2, 1, 3)),
    ]
    made = image_regression(k, "activation_layers", (4, 3, 2), *layers)
    # Its .h5 loader drops an axis that is a list of several.
    made.keras_reads_h5 = False
    return made


@case
def dot_of_each_kind(k):
    data = Data("dot_of_each_kind")
    a, b = k.Input((4, 3)), k.Input((4, 3))
    x, y = k.layers.Dense(3)(a), k.layers.Dense(3, activation="tanh")(b)
    parts = [k.layers.Dot(axes=1)([x, y]), k.layers.Dot(axes=(1, 1), normalize=True)([x, y]), k.layers.Dot(axes=-1)([x, y])]
    joined = k.layers.Concatenate()([k.layers.Flatten()(part) for part in parts])
    model = k.Model([a, b], k.layers.Dense(1)(joined))
    model.compile(optimizer=k.optimizers.SGD(0.02), loss="mse")
    return Case(model, [data.x(4, 3), data.x(4, 3)], data.x(1))
