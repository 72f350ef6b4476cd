import { FormatError } from "../core/errors.js";
import { withNumbers } from "../core/with-numbers.js";
import type { Variable } from "../engine/index.js";
import type { NamedTensor, Optimizer } from "../optimizers/index.js";

/**
 * Sets an optimizer's variables from a file, in any of the orders and namings that Keras has had.
 * @param optimizer built for the model's trainable weights
 * @param order those in the file's order
 * @throws {FormatError} naming the file and what does not fit; nothing has been set then
 */
export function applyOptimizer(
  optimizer: Optimizer,
  entries: readonly NamedTensor[],
  file: string,
  order: readonly Variable[],
): void {
  const numbers = entries.map(({ name, tensor }) => ({ name, tensor: withNumbers(tensor) }));
  if (isUntouched(numbers) && optimizer.variables.length > numbers.length) {
    // Keras makes the slots at the first step: a model that was saved before it has a rate alone.
    optimizer.iteration = 0;
    const rate = numbers[1];
    if (rate !== undefined && optimizer.learningRate.variable !== null)
      optimizer.learningRate.assign(rate.tensor.item());
    return;
  }
  try {
    optimizer.loadEntries(numbers, order);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new FormatError({
      code: error.code,
      what: `The optimizer state in "${file}" cannot be used`,
      received: error.message.replace(/\.$/, ""),
      fix: "Load the weights alone: loadWeights(path, { optimizer: false }), or loadModel(path, { compile: false })",
      data: error.data,
      cause: error,
    });
  }
}

/** A step counter of 0 and perhaps a learning rate: the optimizer has made no step and has no slots. */
function isUntouched(entries: readonly NamedTensor[]): boolean {
  if (entries.length === 0) return true;
  return (
    entries.length <= 2 && entries.every(({ tensor }) => tensor.shape.length === 0) && entries[0]!.tensor.item() === 0
  );
}
