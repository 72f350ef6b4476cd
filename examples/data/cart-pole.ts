// The classic game: balance a pole on a cart by pushing it left (0) or right (1). Its state can be saved and set, so
// that a training that plays it goes on in the middle of a game. Equations of Barto, Sutton and Anderson (1983).
import { random } from "pawl";

export class CartPole {
  /** Place and speed of the cart, angle and speed of the pole. */
  state: readonly number[] = [0, 0, 0, 0];
  steps = 0;
  games = 0;

  constructor() {
    this.reset();
  }

  /** Begins the next game, near the balance. */
  reset(): void {
    this.state = Array.from(random.uniform([4], { min: -0.05, max: 0.05, seed: this.games++ }).data, Number);
    this.steps = 0;
  }

  /** Pushes once. @returns whether the game has ended: the pole fell, the cart left the field, or 200 pushes went well */
  push(action: number): boolean {
    const [x, speed, angle, turn] = this.state as readonly [number, number, number, number];
    const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
    const force = ((action === 1 ? 10 : -10) + 0.05 * turn ** 2 * sin) / 1.1;
    const turning = (9.8 * sin - cos * force) / (0.5 * (4 / 3 - (0.1 * cos ** 2) / 1.1));
    const speeding = force - (0.05 * turning * cos) / 1.1;
    this.state = [x + 0.02 * speed, speed + 0.02 * speeding, angle + 0.02 * turn, turn + 0.02 * turning];
    this.steps += 1;
    return Math.abs(this.state[0]!) > 2.4 || Math.abs(this.state[2]!) > 0.21 || this.steps === 200;
  }

  getState(): Place {
    const { state, steps, games } = this;
    return { state, steps, games };
  }

  setState(place: Place): void {
    Object.assign(this, place);
  }
}

type Place = Pick<CartPole, "state" | "steps" | "games">;
