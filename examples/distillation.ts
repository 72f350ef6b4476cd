// Distillation: a small network learns from the answers of a large one, not only from the labels. Its steps of training
// and of validation are its own; callbacks, runs and logs are those of every model.

import type { TestStep, TrainStep, Value } from "pawl";
import { type Batch, layers, losses, Model, metrics, ops, optimizers, Sequential, setRandomSeed } from "pawl";
import { digits } from "./data/digits.js";

setRandomSeed(7);
const TEMPERATURE = 3;
const crossentropy = new losses.SparseCategoricalCrossentropy({ fromLogits: true });
const divergence = new losses.KLDivergence();
const soft = (logits: Value) => ops.softmax(ops.divide(logits, TEMPERATURE));

const network = (units: number) =>
  new Sequential([
    new layers.Flatten({ inputShape: [14, 14, 1] }),
    new layers.Dense(units, { activation: "relu" }),
    new layers.Dense(10),
  ]);

class Distiller extends Model {
  readonly student = network(16);
  readonly accuracy = new metrics.SparseCategoricalAccuracy({ name: "accuracy" });
  readonly teacher: Sequential;

  constructor(teacher: Sequential) {
    super();
    this.teacher = teacher;
    teacher.trainable = false;
  }

  override trainStep({ x, y }: Batch, step: TrainStep) {
    const answers = this.student.call(x);
    const taught = divergence.call(soft(this.teacher.call(x)), soft(answers));
    const labelled = crossentropy.call(y, answers);
    const loss = ops.mean(ops.add(ops.multiply(labelled, 0.1), ops.multiply(taught, 0.9 * TEMPERATURE ** 2)));
    step.minimize(loss, this.student.trainableWeights);
    step.measure(this.accuracy, y, answers);
    return { loss };
  }

  override testStep({ x, y }: Batch, step: TestStep) {
    const answers = this.student.call(x);
    step.measure(this.accuracy, y, answers);
    return { loss: ops.mean(crossentropy.call(y, answers)) };
  }
}

const { images, labels } = await digits(1600);
const [x, y] = [images.slice(0, 1280), labels.slice(0, 1280)];
const options = { batchSize: 64, epochs: 4, verbose: 2 } as const;
const validationData = [images.slice(1280, 1600), labels.slice(1280, 1600)] as const;

const teacher = network(128);
teacher.compile({ optimizer: "adam", loss: crossentropy, metrics: ["accuracy"] });
await teacher.fit(x, y, { ...options, run: "runs/teacher" });

const distiller = new Distiller(teacher);
distiller.compile({ optimizer: new optimizers.Adam({ learningRate: 0.005 }) });
const { history } = await distiller.fit(x, y, { ...options, validationData, run: "runs/student" });
console.log(`The student is right in ${(100 * history["val_accuracy"]!.at(-1)!).toFixed(0)} % of cases`);
