// Pawl's side of tensorboard.py: trains a model that Keras saved, with TensorBoard, and prints the history.
//
//     node interop/tensorboard-side.mjs JOB.json
import { readFileSync } from "node:fs";
import { callbacks, loadModel, Tensor } from "../dist/index.js";

const { file, x, y, logs, options, epochs, run, killAfter } = JSON.parse(readFileSync(process.argv[2], "utf8"));
const tensor = ({ data, shape, dtype }) => new Tensor(data, shape, dtype);
const model = await loadModel(file);
const board = new callbacks.TensorBoard(logs, options);
// Behind it: what the step has to say is written when the process dies.
const death = new callbacks.LambdaCallback({
  onTrainBatchEnd() {
    if (model.optimizer.iteration === killAfter) process.kill(process.pid, "SIGKILL");
  },
});
const fit = { epochs, batchSize: 8, shuffle: false, verbose: 0, validationSplit: 0.2 };
const history = await model.fit(tensor(x), tensor(y), {
  ...fit,
  callbacks: killAfter === null ? [board] : [board, death],
  ...(run === null ? {} : { run: { dir: run, every: { epochs: 1, steps: 3 } } }),
});
console.log(JSON.stringify(history.history));
