import { expect, test } from "vitest";
import { DATA_KILL_PROGRAM } from "../support/data-kill-program.js";
import { emitProgram } from "../support/run-ts.js";
import { publish, scaled } from "./figures.js";
import { killAgain } from "./kill-again.js";

const KILLS = scaled(200, 20, 4);
/** Each start has another number of them. */
const WORKERS = ["2", "0", "4", "1"];

test(`${KILLS} kills of trainings over pipelines with workers: the bits of the uninterrupted one`, async () => {
  const program = emitProgram("data-kills", DATA_KILL_PROGRAM);
  const args = (start: number): string[] => ["25", WORKERS[start % WORKERS.length]!];
  const figures = await killAgain({ program, args, kills: KILLS });
  publish("data-kills", { ...figures });
  expect(figures).toMatchObject({ wrongEnds: 0, manualRepairs: 0, halfWritten: 0 });
  expect(figures.kills).toBeGreaterThanOrEqual(KILLS);
}, 7_200_000);
