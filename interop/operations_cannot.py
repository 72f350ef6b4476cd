"""What Keras cannot do with its own files: beginnings of labels -> what its error says, and why it is Keras's. Each is
checked to be so still."""

KERAS_CANNOT = {
    "hstack, rows": ("failed to be resolved", "it asks for a second axis of what has one, whatever it gives"),
    "broadcastTo, row": ("Negative dimensions", "it has no word for the size of the batch in a shape"),
    "bincount, weights": ("not a valid JAX type", "its file has the weights as a list, which JAX takes for none"),
}
