/**
 * A small DQN: a model and its target, a half full replay buffer of one kind, another of the user's own, an environment
 * with a hidden state, counters, a learning rate set by hand, exploration by the run's random numbers and by those of
 * `setRandomSeed`. Prints a digest of everything that it ends with.
 *
 * Arguments: folder, steps. STOP: the step in whose middle the process ends, by SIGNAL or "exit"; AT "after": after its
 * commit instead. EVERY, CLOSE, OWN (a handler of the program), FLUSH as they say.
 */
export const LOOP_PROGRAM: string = `
import { createHash } from "node:crypto";
import { data, layers, openRun, random, Sequential, setRandomSeed } from "pawl";

const [dir, steps] = process.argv.slice(2);
const { STOP = "-1", SIGNAL = "SIGKILL", AT = "middle", EVERY = "1", CLOSE, OWN, FLUSH = "1", SEED = "7" } = process.env;
setRandomSeed(Number(SEED));

function network() {
  return new Sequential([
    new layers.Dense(8, { activation: "relu", inputShape: [4] }),
    new layers.Dropout(0.2),
    new layers.BatchNormalization(),
    new layers.Dense(2),
  ]);
}
class Game {
  #position = new Float32Array(4);
  #round = 0;
  get position() { return [...this.#position]; }
  play(action) {
    this.#round++;
    for (let i = 0; i < 4; i++) this.#position[i] = this.#position[i] * 0.9 + (action ? 0.1 : -0.1) * (i + 1);
    return this.#position[0] - this.#round / 100;
  }
  getState() { return { position: this.#position, round: this.#round }; }
  setState({ position, round }) { this.#position.set(position); this.#round = round; }
}
const agent = network();
const target = network();
agent.compile({ optimizer: "adam", loss: "mse", metrics: ["mae"] });
const memory = new data.ReplayBuffer({ capacity: 10, fields: { state: [4], action: { dtype: "int32" }, reward: [], next: [4] } });
const game = new Game();
const rewards = new Map();
const counters = { explored: 0, best: -Infinity, seen: new Set() };
if (OWN) process.on("SIGINT", () => console.log("own handler"));

const stop = async () => {
  if (SIGNAL === "exit") process.exit(0);
  if (SIGNAL === "throw") throw new Error("broken");
  process.kill(process.pid, SIGNAL);
  // Until it has been heard.
  await new Promise((resolve) => setTimeout(resolve, 20));
};
const run = await openRun(dir, { agent, target, memory, game, rewards, counters }, { every: Number(EVERY) });
console.log("from " + run.step);
while (run.step < Number(steps) && !run.interrupted) {
  const state = game.position;
  const explores = run.random.uniform().item() < 0.4 || random.uniform([]).item() < 0.1;
  const values = await target.predictOnBatch([state]);
  const action = explores ? run.random.integers(0, 2).item() : Number(values.data[1] > values.data[0]);
  const reward = game.play(action);
  memory.add({ state, action, reward, next: game.position });
  counters.explored += Number(explores);
  counters.best = Math.max(counters.best, reward);
  counters.seen.add(action);
  if (run.step === Number(STOP) && AT === "middle") await stop();
  const batch = memory.sample(4, run.random);
  const now = await agent.predictOnBatch(batch.state);
  batch.action.data.forEach((a, i) => { now.data[2 * i + a] = batch.reward.data[i]; });
  const { loss } = await agent.trainOnBatch(batch.state, now);
  rewards.set(run.step, reward);
  if (run.step % 3 === 2) await target.setWeights(await agent.getWeights());
  if (run.step === 4) agent.optimizer.learningRate.assign(0.003);
  if (run.step === 6) await agent.fit(batch.state, now, { epochs: 2, batchSize: 2, verbose: 0 });
  await run.commit({ loss, reward });
  if (FLUSH) await run.flush();
  if (run.step === Number(STOP) && AT === "after") await stop();
}
if (CLOSE) await run.close();
const hash = createHash("sha256");
for (const { data } of [...(await agent.getWeights()), ...(await target.getWeights())]) hash.update(data);
for (const entry of agent.optimizer.variables) hash.update(String(entry.read().tolist()));
const { tensors } = memory.getState();
for (const { data } of Object.values(tensors)) hash.update(data);
hash.update(JSON.stringify([game.position, game.getState().round, [...rewards], counters, [...counters.seen], run.logs, run.step]));
console.log("digest " + hash.digest("hex"));
`;
