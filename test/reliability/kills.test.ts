import { expect, test } from "vitest";
import { KILL_PROGRAM } from "../support/kill-program.js";
import { emitProgram } from "../support/run-ts.js";
import { publish, scaled } from "./figures.js";
import { killAgain } from "./kill-again.js";

const KILLS = scaled(1000, 100, 6);
/** Long enough for many kills in one training. */
const EPOCHS = "60";

test(`${KILLS} kills at random moments: every training ends with the bits of the uninterrupted one`, async () => {
  const figures = await killAgain({ program: emitProgram("kills", KILL_PROGRAM), args: () => [EPOCHS], kills: KILLS });
  publish("kills", { ...figures });
  expect(figures).toMatchObject({ wrongEnds: 0, manualRepairs: 0, halfWritten: 0 });
  expect(figures.kills).toBeGreaterThanOrEqual(KILLS);
}, 7_200_000);
