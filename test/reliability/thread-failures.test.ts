import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { scratch } from "../resume/support.js";
import { emitProgram, runNode } from "../support/run-ts.js";
import { THREAD_FAULTS, THREAD_FAULTS_PROGRAM } from "../support/thread-faults.js";
import { FULL, publish, scaled } from "./figures.js";

const CODES = ["ENOSPC", "EIO", "EACCES", "EMFILE", "EROFS"] as const;

interface Told {
  readonly code: string;
  readonly at: number;
  readonly operation: string | null;
  readonly outcome: "went on" | "other bits" | "refused";
  readonly error: string;
  readonly said: readonly string[];
  readonly kept: number;
  readonly again: boolean;
  readonly left: readonly string[];
}

let faults = "";
let program = "";
beforeAll(() => {
  faults = emitProgram("thread-faults", THREAD_FAULTS, "cjs");
  program = emitProgram("thread-faults-program", THREAD_FAULTS_PROGRAM);
});

test("whichever call fails in the writing thread, training goes on or does not begin, and says so", async () => {
  const folder = scratch();
  const { code, stdout, stderr } = await runNode(
    program,
    folder,
    [join(folder, "run"), scaled("1", "5", "29"), ...CODES],
    {
      NODE_OPTIONS: `--require ${faults}`,
      FAULTS: join(folder, "control"),
    },
  );
  expect([code, stderr]).toEqual([0, ""]);
  const [first, ...told] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as unknown);
  const { calls } = first as { calls: number };
  expect(calls).toBeGreaterThan(80);
  const outcomes = { operations: 0, wentOn: 0, refused: 0 };
  const operations = new Set<string | null>();
  for (const each of told as Told[]) {
    const { operation, outcome, error, said, kept, again, left } = each;
    operations.add(operation);
    outcomes.operations++;
    expect([each, again, left]).toEqual([each, true, []]);
    if (outcome === "refused") {
      outcomes.refused++;
      expect(error).toContain(each.code);
      continue;
    }
    expect([each, outcome]).toEqual([each, "went on"]);
    outcomes.wentOn++;
    expect(kept).toBeGreaterThan(0);
    expect([each, said]).toEqual([each, [expect.stringContaining(each.code)]]);
  }
  if (FULL) {
    expect([...operations].sort()).toEqual(["close", "open", "rename", "stat", "sync", "write"]);
  }
  expect(outcomes.wentOn).toBeGreaterThan(outcomes.refused);
  publish("thread-failures", { ...outcomes, codes: CODES });
}, 600_000);
