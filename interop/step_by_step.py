"""How Keras runs models that train for a moment: on TensorFlow step by step, which compiles nothing."""

import keras

IS_TENSORFLOW = keras.backend.backend() == "tensorflow"

if IS_TENSORFLOW:
    import tensorflow as tf

    plain_apply = keras.optimizers.Optimizer.apply

    def apply_dense(self, grads, trainable_variables=None):
        """TensorFlow squares and clips an Embedding's gradient id by id, also where an id is there twice."""
        dense = [None if grad is None else tf.convert_to_tensor(grad) for grad in grads]
        return plain_apply(self, dense, trainable_variables)

    keras.optimizers.Optimizer.apply = apply_dense


def step_by_step(model):
    """The model, so that it runs in this way. TensorFlow's graphs would also weigh batches in another way."""
    model.run_eagerly = IS_TENSORFLOW
    return model
