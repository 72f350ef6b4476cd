import { Tensor } from "../core/tensor.js";
import type { Variable } from "../engine/index.js";
import { modelJob } from "../saving/index.js";
import { Staging, type Writer } from "../store/index.js";
import type { Savable, SaveHandler } from "../training/index.js";

const ALIGNMENT = 64;

/** Writes the files that callbacks ask for. It may replace files that it wrote itself. */
export function fileSaver(writer: Writer): SaveHandler {
  const written = new Set<string>();
  const staging = new Staging();
  let last: Promise<unknown> = Promise.resolve();
  return {
    ready: () => last.then(() => undefined),
    async save(model, { path, weightsOnly, overwrite }) {
      const options = { path, weightsOnly, overwrite: overwrite || written.has(path) };
      const writing = writer.write(modelJob(model, options, copierInto(staging, model)));
      last = writing.catch(() => undefined);
      await writing;
      written.add(path);
    },
  };
}

/** Copies variables one after the other into memory that is already mapped. */
function copierInto(staging: Staging, { network, optimizers }: Savable): (variable: Variable) => Tensor {
  let total = 0;
  const variables = new Set<Variable>(network.weights);
  for (const { optimizer } of optimizers) {
    for (const { variable } of optimizer.variables) if (variable !== undefined) variables.add(variable);
  }
  for (const { byteLength } of variables) total += aligned(byteLength);
  const memory = staging.reserve(total);
  let at = 0;
  return (variable) => {
    if (!variables.has(variable)) return variable.read();
    const { data, shape, dtype, byteLength } = variable;
    const place = memory.byteOffset + at;
    at += aligned(byteLength);
    const copy = new (data.constructor as Float32ArrayConstructor)(memory.buffer, place, data.length);
    copy.set(data as Float32Array);
    return new Tensor(copy, shape, dtype);
  };
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNMENT) * ALIGNMENT;
}
