import { appendFileSync } from "node:fs";
import { expect } from "vitest";

/**
 * The first element of `actual` that differs from `expected` by more than 1e-5 relative. Elements that are small beside
 * others of their tensor may stem from cancellation, so at least a tenth of the largest counts as their size.
 */
export function firstDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): string | null {
  if (actual.length !== expected.length) return `${actual.length} elements instead of ${expected.length}`;
  const finite = Array.from(expected).filter(Number.isFinite);
  const largest = finite.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  let worst = 0;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [actual[i]!, expected[i]!];
    if (Object.is(a, b)) continue;
    const off = Math.abs(a - b);
    if (!(off <= 1e-5 * Math.max(Math.abs(b), largest / 10))) return `element ${i} is ${a} instead of ${b}`;
    if (largest > 0) worst = Math.max(worst, off / largest);
  }
  noteDeviation(worst);
  return null;
}

const DEVIATIONS = process.env["PAWL_DEVIATIONS"];

/** For the page of parity: how far the running test was from Keras. */
export function noteDeviation(deviation: number): void {
  if (DEVIATIONS === undefined) return;
  const { currentTestName, testPath } = expect.getState();
  const kind = /([^/]+)\.test\.ts$/.exec(testPath ?? "")?.[1] ?? "";
  appendFileSync(DEVIATIONS, `${JSON.stringify({ kind, test: currentTestName, deviation })}\n`);
}
