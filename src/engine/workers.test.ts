import { afterEach, describe, expect, it } from "vitest";
import { configure, workerCount } from "./workers.js";

afterEach(() => {
  delete process.env["PAWL_WORKERS"];
  configure({});
});

describe("the number of workers", () => {
  it("is the configured one, else that of PAWL_WORKERS, else the number of cores", () => {
    expect(workerCount(6)).toBe(6);
    process.env["PAWL_WORKERS"] = "3";
    configure({});
    expect(workerCount(6)).toBe(3);
    configure({ workers: 2 });
    expect(workerCount(6)).toBe(2);
    configure({ workers: null });
    expect(workerCount(6)).toBe(3);
  });

  it("must be a whole number", () => {
    process.env["PAWL_WORKERS"] = "two";
    configure({});
    expect(() => workerCount(6)).toThrow(
      'The environment variable PAWL_WORKERS is no number of workers. Received: "two". Expected: a whole number, 1 or more.',
    );
    expect(() => configure({ workers: 0 })).toThrow("configure.workers must be an integer >= 1. Received: 0.");
    expect(() => configure({ worker: 2 } as never)).toThrow('configure has no option "worker"');
  });
});
