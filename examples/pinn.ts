// A physics-informed network: it learns the solution u(x, t) of Burgers' equation, u_t + u u_x = v u_xx, from the
// equation itself, the first moment and the edges. The loss holds second derivatives of the network by its inputs.

import type { TrainStep, Value } from "pawl";
import { type Batch, compute, layers, Model, ops, optimizers, random, Sequential, setRandomSeed, Tensor } from "pawl";

setRandomSeed(10);
const [POINTS, VISCOSITY] = [640, 0.01 / Math.PI];

class Physics extends Model {
  readonly u = new Sequential([
    new layers.Dense(20, { activation: "tanh", inputShape: [2] }),
    new layers.Dense(20, { activation: "tanh" }),
    new layers.Dense(20, { activation: "tanh" }),
    new layers.Dense(1),
  ]);

  override trainStep({ x: [inside, edge], y }: Batch<readonly [Value, Value]>, step: TrainStep) {
    const u = this.u.call(inside);
    const slopes = ops.gradients(u, inside); // (rows, 2): by x and by t
    const byX = ops.slice(slopes, 1, 0, 1);
    const byXX = ops.slice(ops.gradients(byX, inside), 1, 0, 1);
    const flow = ops.add(ops.slice(slopes, 1, 1, 2), ops.multiply(u, byX));
    const equation = ops.mean(ops.square(ops.subtract(flow, ops.multiply(byXX, VISCOSITY))));
    const edges = ops.mean(ops.square(ops.subtract(this.u.call(edge), y)));
    const loss = ops.add(equation, edges);
    step.minimize(loss);
    return { loss, equation, edges };
  }
}

// Points (x, t) with -1 < x < 1 and 0 < t < 1, and as many on the edges: at t = 0 a wave, at x = -1 and x = 1 nothing.
const x = random.uniform([POINTS, 1], { min: -1 });
const t = random.uniform([POINTS, 1]);
const inside = await compute(ops.concatenate([x, t], 1));
const edge = Array.from({ length: POINTS }, (_, i) =>
  i % 2 === 0 ? [Number(x.data[i]), 0] : [i % 4 === 1 ? -1 : 1, Number(t.data[i])],
);
const wave = edge.map(([x = 0, t]) => [t === 0 ? -Math.sin(Math.PI * x) : 0]);

const model = new Physics();
model.compile({ optimizer: new optimizers.Adam({ learningRate: 0.005 }) });
await model.fit([inside, Tensor.from(edge)], Tensor.from(wave), {
  batchSize: 64,
  epochs: 30,
  verbose: 2,
  run: "runs/pinn",
});
const at = await model.u.predict([[0.5, 0.25]]);
console.log(`u(0.5, 0.25) = ${at.item().toFixed(3)}`);
