// Proximal policy optimization on CartPole: an actor plays, a critic judges, and both learn from what was played, a few
// times over. A stopped run goes on from its last commit, in the middle of a game.

import type { TrainStep, Value } from "pawl";
import { type Batch, compute, layers, Model, openRun, ops, optimizers, Sequential, setRandomSeed, Tensor } from "pawl";
import { CartPole } from "./data/cart-pole.js";

setRandomSeed(9);
const [MOVES, PASSES, DISCOUNT, SMOOTH] = [64, 4, 0.98, 0.95];
const network = (outputs: number) =>
  new Sequential([new layers.Dense(32, { activation: "tanh", inputShape: [4] }), new layers.Dense(outputs)]);

type Moves = Readonly<Record<"state" | "action" | "chance" | "advantage" | "goal", Value>>;

class ActorCritic extends Model {
  readonly actor = network(2);
  readonly critic = network(1);

  /** Logs of the chances of both actions, and how much is still to be won. */
  look(state: Value): readonly [Value, Value] {
    return [ops.logSoftmax(this.actor.call(state)), ops.squeeze(this.critic.call(state), 1)];
  }

  override trainStep({ x: { state, action, chance, advantage, goal } }: Batch<Moves>, step: TrainStep) {
    const [chances, judged] = this.look(state);
    const ratio = ops.exp(ops.subtract(ops.take(chances, action), chance));
    const won = ops.minimum(ops.multiply(ratio, advantage), ops.multiply(ops.clip(ratio, 0.8, 1.2), advantage));
    const policy = ops.neg(ops.mean(won));
    const value = ops.mean(ops.square(ops.subtract(judged, goal)));
    const entropy = ops.neg(ops.mean(ops.sum(ops.multiply(ops.exp(chances), chances), { axes: [1] })));
    const loss = ops.subtract(ops.add(policy, ops.multiply(value, 0.5)), ops.multiply(entropy, 0.01));
    step.minimize(loss);
    return { loss, policy, value, entropy };
  }
}

/** Plays, and says of each move what it was, how likely, and how much better than the critic had thought. */
async function play(agent: ActorCritic, game: CartPole, luck: Tensor) {
  const moves: { state: readonly number[]; action: number; chance: number; value: number; ended: boolean }[] = [];
  for (const at of luck.data) {
    const { state } = game;
    const [chances, value] = await compute(agent.look(ops.constant(Tensor.from([state]))));
    const action = Number(at) < Math.exp(Number(chances.data[0])) ? 0 : 1;
    const ended = game.push(action);
    moves.push({ state, action, chance: Number(chances.data[action]), value: value.item(), ended });
    if (ended) game.reset();
  }
  const [, last] = await compute(agent.look(ops.constant(Tensor.from([game.state]))));
  const advantage: number[] = [];
  for (let i = moves.length - 1; i >= 0; i--) {
    const { value, ended } = moves[i]!;
    const next = moves[i + 1]?.value ?? last.item();
    advantage[i] = 1 - value + (ended ? 0 : DISCOUNT * (next + SMOOTH * (advantage[i + 1] ?? 0)));
  }
  const column = (of: (move: (typeof moves)[number], i: number) => number) => Tensor.from(moves.map(of));
  return {
    state: Tensor.from(moves.map(({ state }) => state)),
    action: column(({ action }) => action).cast("int32"),
    chance: column(({ chance }) => chance),
    advantage: Tensor.from(advantage),
    goal: column(({ value }, i) => value + advantage[i]!),
  };
}

const agent = new ActorCritic();
agent.compile({ optimizer: new optimizers.Adam({ learningRate: 3e-3 }) });
const game = new CartPole();
const run = await openRun("runs/ppo", { agent, game }, { steps: 20 });
while (run.step < 20) {
  const moves = await play(agent, game, run.random.uniform([MOVES]));
  for (let pass = 0; pass < PASSES; pass++) await agent.trainOnBatch(moves);
  await run.commit();
}
console.log(`${game.games} games played`);
