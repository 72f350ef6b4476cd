// Compiled, never run: what a user's editor accepts and refuses in a loop of their own.
import {
  data,
  type LoopRun,
  layers,
  Model,
  metrics,
  openRun,
  optimizers,
  random,
  Sequential,
  type Tensor,
  Variable,
} from "pawl";

class Game {
  position: [number, number] = [0, 0];
  getState() {
    return { position: this.position };
  }
  setState({ position }: { position: [number, number] }) {
    this.position = position;
  }
}

interface Counters {
  episodes: number;
  best: number;
}

const memory = new data.ReplayBuffer({ capacity: 10, fields: { state: [4], action: { dtype: "int32" }, reward: [] } });
memory.add({ state: [1, 2, 3, 4], action: 1, reward: 0.5 });
// @ts-expect-error: a field is missing
memory.add({ state: [1, 2, 3, 4], action: 1 });
// @ts-expect-error: there is no such field
memory.sample(3, random).next;

const counters: Counters = { episodes: 0, best: 0 };
const run: LoopRun = await openRun("runs/types", {
  agent: new Sequential([new layers.Dense(1, { inputShape: [1] })]),
  nothing: new (class extends Model {})(),
  layer: new layers.Dense(2),
  rate: new Variable({ name: "rate", shape: [] }),
  optimizer: new optimizers.Adam(),
  mean: new metrics.Mean(),
  memory,
  game: new Game(),
  counters,
  list: [1, "a"],
  seen: new Set<string>(),
  table: new Map([[1, 2]]),
  cells: new Uint8Array(3),
});
await openRun("runs/types", {}, { every: 100, keep: { last: 2, best: 1, monitor: "reward", mode: "max" }, steps: 10 });
await openRun("runs/types", {}, { every: { steps: 10, seconds: "auto" }, onChange: "fork", from: "best", seed: 3 });
// @ts-expect-error: a number cannot be restored
await openRun("runs/types", { epsilon: 0.1 });
// @ts-expect-error: a loop has no epochs
await openRun("runs/types", {}, { every: { epochs: 1 } });

const { state, action }: { state: Tensor; action: Tensor } = memory.sample(32, run.random);
const logs: Readonly<Record<string, number>> = run.logs;
await run.commit({ loss: state.size + action.size, reward: logs["reward"] ?? 0 });
// @ts-expect-error: logs are numbers
await run.commit({ loss: "low" });
if (run.interrupted) await run.save();
await run.flush();
await run.close();
