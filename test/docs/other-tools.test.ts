import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emitProgram, ROOT } from "../support/run-ts.js";

interface Metric {
  readonly key: string;
  readonly value: number;
  readonly timestamp: number;
  readonly step: number;
}

const blocks = [...readFileSync(join(ROOT, "docs/other-tools.md"), "utf8").matchAll(/```ts\n([\s\S]*?)```/gu)];
const source = blocks.map((match) => match[1]!).find((text) => text.includes("class MLflow"))!;

/** A stand-in of MLflow's REST API that refuses what its schema does not have. */
function standIn(heard: (metrics: readonly Metric[]) => Promise<void>) {
  const created: string[] = [];
  const ended: string[] = [];
  const points = new Set<string>();
  const answer = async (path: string, body: Record<string, unknown>): Promise<object> => {
    if (path === "create") {
      expect(body).toEqual({ experiment_id: "0", start_time: expect.any(Number) });
      created.push(`run-${created.length}`);
      return { run: { info: { run_id: created.at(-1) } } };
    }
    expect(created).toContain(body["run_id"]);
    if (path === "update") {
      expect(body).toMatchObject({ status: "FINISHED", end_time: expect.any(Number) });
      ended.push(body["run_id"] as string);
      return {};
    }
    expect(path).toBe("log-batch");
    const metrics = body["metrics"] as readonly Metric[];
    for (const metric of metrics) {
      expect(metric).toEqual({
        key: expect.any(String),
        value: expect.any(Number),
        timestamp: expect.any(Number),
        step: expect.any(Number),
      });
      points.add(JSON.stringify([body["run_id"], metric.key, metric.step, metric.timestamp, metric.value]));
    }
    await heard(metrics);
    return {};
  };
  const failures: unknown[] = [];
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    try {
      const path = /^\/api\/2\.0\/mlflow\/runs\/(.*)$/u.exec(request.url!)![1]!;
      response.end(JSON.stringify(await answer(path, JSON.parse(Buffer.concat(parts).toString()))));
    } catch (error) {
      failures.push(error);
      response.writeHead(400).end();
    }
  });
  return { server, created, ended, points, failures };
}

test("the adapter for MLflow goes on with its run after a kill, each epoch at one point", async () => {
  const folder = mkdtempSync(join(tmpdir(), "pawl-mlflow-"));
  const program = emitProgram("docs-mlflow", source);
  let kill: (() => void) | null = null;
  const { server, created, ended, points, failures } = standIn(async ([metric]) => {
    if (metric!.step !== 2 || kill === null) return;
    // By then the epoch before is durable.
    await new Promise((resolve) => setTimeout(resolve, 500));
    kill();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const train = (killed: boolean): Promise<number | string | null> =>
    new Promise((resolve) => {
      const env = { ...process.env, MLFLOW_TRACKING_URI: address };
      const child = spawn(process.execPath, [program], { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
      kill = killed ? () => child.kill("SIGKILL") : null;
      child.on("exit", (code, signal) => resolve(signal ?? code));
    });
  try {
    expect([await train(true), await train(false)]).toEqual(["SIGKILL", 0]);
  } finally {
    server.closeAllConnections();
    server.close();
  }
  expect(failures).toEqual([]);
  expect([created, ended]).toEqual([["run-0"], ["run-0"]]);
  const at = [...points].map((point) => (JSON.parse(point) as unknown[]).slice(1, 3).join(" "));
  expect(at.sort()).toEqual(["loss 0", "loss 1", "loss 2", "loss 3"]);
}, 60_000);
