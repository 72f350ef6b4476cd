import { OptionError } from "../core/errors.js";
import type { Action, CurvesRequest } from "./wire.js";

type Members = { readonly [key: string]: unknown };

const MOST_RUNS = 500;
const MOST_KEYS = 100;
const MOST_POINTS = 4000;

function wrong(what: string, expected: string): OptionError {
  return new OptionError({
    code: "wrong-request",
    what,
    expected,
    fix: "Reload the page, if it is from another version",
  });
}

function membersOf(value: unknown): Members {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Members;
  throw wrong("The question is no object", "a JSON object");
}

function text(from: Members, key: string, longest: number): string {
  const value = from[key];
  if (typeof value === "string" && value.length <= longest) return value;
  throw wrong(`"${key}" is wrong`, `a text of at most ${longest} characters`);
}

function texts(from: Members, key: string, most: number, longest: number): string[] {
  const value = from[key];
  const isList = Array.isArray(value) && value.length <= most;
  if (isList && value.every((one) => typeof one === "string" && one.length <= longest)) return value as string[];
  throw wrong(`"${key}" is wrong`, `at most ${most} texts`);
}

function place(from: Members, key: string): number | null {
  const value = from[key];
  if (value === null || (typeof value === "number" && Number.isFinite(value))) return value;
  throw wrong(`"${key}" is wrong`, "a number, or null");
}

function step(from: Members): number {
  const value = from["step"];
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrong('"step" is wrong', "a number of steps");
}

/** @throws {OptionError} when it is another thing */
export function curvesRequestOf(value: unknown): CurvesRequest {
  const from = membersOf(value);
  const x = from["x"];
  const points = from["points"];
  if (x !== "step" && x !== "epoch" && x !== "time") throw wrong('"x" is wrong', "step, epoch or time");
  if (typeof points !== "number" || !(points >= 2 && points <= MOST_POINTS)) {
    throw wrong('"points" is wrong', `a number from 2 to ${MOST_POINTS}`);
  }
  return {
    runs: texts(from, "runs", MOST_RUNS, 4096),
    keys: texts(from, "keys", MOST_KEYS, 1000),
    x,
    from: place(from, "from"),
    to: place(from, "to"),
    points: Math.floor(points),
  };
}

/** @throws {OptionError} when it is another thing */
export const runsOf = (value: unknown): string[] => texts(membersOf(value), "runs", MOST_RUNS, 4096);

/** @throws {OptionError} when it is another thing */
export function actionOf(value: unknown): Action {
  const from = membersOf(value);
  const run = text(from, "run", 4096);
  const act = from["act"];
  switch (act) {
    case "stop":
    case "save":
      return { run, act };
    case "pin":
      return { run, act, step: step(from), why: text(from, "why", 1000) };
    case "unpin":
      return { run, act, step: step(from) };
    case "note":
      return { run, act, note: text(from, "note", 20_000), tags: texts(from, "tags", 100, 100) };
    case "delete":
      return { run, act, confirm: text(from, "confirm", 4096) };
    default:
      throw wrong('"act" is wrong', "stop, save, pin, unpin, note or delete");
  }
}
