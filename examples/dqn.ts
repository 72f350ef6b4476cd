// Deep Q-learning on CartPole, in a loop of one's own: it plays, remembers, and learns from what it remembers. The run
// holds all of it, so a stopped training goes on in the middle of a game, its memory as full as it was.

import type { TrainStep, Value } from "pawl";
import { type Batch, data, layers, losses, Model, openRun, ops, Sequential, setRandomSeed, Tensor } from "pawl";
import { CartPole } from "./data/cart-pole.js";

setRandomSeed(8);
const [STEPS, CAPACITY, DISCOUNT] = [800, 500, 0.97];
const huber = new losses.Huber();
const network = () =>
  new Sequential([
    new layers.Dense(32, { activation: "relu", inputShape: [4] }),
    new layers.Dense(32, { activation: "relu" }),
    new layers.Dense(2),
  ]);

/** Moves: before, what was done, what came of it, and whether (1) the game went on or (0) had ended. */
type Moves = Readonly<Record<"state" | "action" | "reward" | "next" | "on", Value>>;

class Dqn extends Model {
  readonly online = network();
  readonly target = network();

  override trainStep({ x: { state, action, reward, next, on } }: Batch<Moves>, step: TrainStep) {
    const best = ops.max(this.target.call(next), { axes: [1] });
    const goal = ops.add(reward, ops.multiply(ops.multiply(on, best), DISCOUNT));
    const value = ops.take(this.online.call(state), action);
    const loss = ops.mean(huber.call(ops.expandDims(goal, 1), ops.expandDims(value, 1)));
    step.minimize(loss, this.online.trainableWeights);
    step.every(10, () => {
      for (const [i, weight] of this.target.weights.entries()) step.assign(weight, this.online.weights[i]!.value);
    });
    return { loss };
  }
}

const agent = new Dqn();
agent.compile({ optimizer: "adam" });
const game = new CartPole();
const action = { dtype: "int32" } as const;
const memory = new data.ReplayBuffer({
  capacity: CAPACITY,
  fields: { state: [4], action, reward: [], next: [4], on: [] },
});

const run = await openRun("runs/dqn", { agent, memory, game }, { steps: STEPS });
while (run.step < STEPS) {
  const values = await agent.online.predictOnBatch(Tensor.from([game.state]));
  const explores = run.random.uniform([1]).item() < 1 - run.step / STEPS;
  const best = Number(values.data[1]) > Number(values.data[0]) ? 1 : 0;
  const action = explores ? run.random.integers(0, 2, [1]).item() : best;

  const state = game.state;
  const ended = game.push(action);
  memory.add({ state, action, reward: 1, next: game.state, on: ended ? 0 : 1 });
  if (ended) game.reset();
  if (memory.size >= 32) await agent.trainOnBatch(memory.sample(32, run.random));
  await run.commit();
}
console.log(`${run.step} moves in ${game.games} games`);
