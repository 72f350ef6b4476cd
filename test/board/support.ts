import type { Hono } from "hono";
import { boardApp } from "../../src/board/app.js";
import type { Assets } from "../../src/board/assets.js";
import { Board } from "../../src/board/board.js";
import type { Vfs } from "../../src/core/vfs.js";
import { memoryVfs } from "../../src/core/vfs-memory.js";
import { encodeCheckpoint } from "../../src/store/checkpoint.js";

export const TOKEN = "the-token";
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const ASSETS: Assets = new Map([
  ["/", { type: "text/html; charset=utf-8", bytes: bytes("<!doctype html><div id=app></div>") }],
  ["/app.js", { type: "text/javascript; charset=utf-8", bytes: bytes('const page = "</script><!--";') }],
  ["/app.css", { type: "text/css; charset=utf-8", bytes: bytes("body{}") }],
]);

export const START: { readonly [member: string]: unknown } = {
  event: "start",
  time: 1_000_000,
  step: 0,
  format: 1,
  kind: "fit",
  epoch: 0,
  batch: 0,
  resumes: false,
  turnsBack: false,
  parent: null,
  changes: [],
  seed: 7,
  epochs: 3,
  steps: 10,
  pawl: "0.1.0",
  program: { path: "train.ts", args: ["--fast"], pid: 1, git: null },
  machine: { threads: 2 },
  config: { identity: { fit: { batchSize: 20 } }, model: null },
};

/** The record of a finished training of three epochs of ten steps. */
export function recordOf(loss = 1): object[] {
  const epochs = [0, 1, 2].map((epoch) => ({
    event: "epoch",
    time: 1_010_000 + epoch * 10_000,
    step: 10 * (epoch + 1),
    epoch,
    logs: { loss: loss / (epoch + 1) },
    rates: { learning_rate: 0.1 },
    seconds: 10,
  }));
  return [
    START,
    ...epochs,
    {
      event: "save",
      time: 1_031_000,
      step: 30,
      epoch: 3,
      batch: 0,
      file: "checkpoint-000001-step-30.pawl",
      bytes: 100,
      ms: 1,
      state: "a",
      chain: "b",
      finite: true,
      score: null,
    },
    { event: "stop", time: 1_032_000, step: 30, why: "finished", by: null },
  ];
}

export const lines = (events: readonly object[]): Uint8Array =>
  bytes(events.map((event) => `${JSON.stringify(event)}\n`).join(""));

export interface World {
  readonly vfs: Vfs;
  readonly board: Board;
  readonly app: Hono;
  /** Asks as the page does. */
  ask(path: string, body?: unknown, headers?: Record<string, string>): Promise<Response>;
  json<T>(path: string, body?: unknown): Promise<T>;
}

/** A board over runs in memory, without a port. */
export async function makeBoard(
  runs: Readonly<Record<string, readonly object[]>>,
  { remote = false, folder = "runs" }: { remote?: boolean; folder?: string } = {},
): Promise<World> {
  const vfs = memoryVfs();
  await vfs.makeFolder(folder);
  for (const [id, events] of Object.entries(runs)) {
    await vfs.makeFolder(`${folder}/${id}`);
    await vfs.writeFile(`${folder}/${id}/log.jsonl`, lines(events));
  }
  const board = new Board(vfs, folder);
  await board.refresh();
  const app = boardApp(board, ASSETS, { token: TOKEN, remote });
  const ask: World["ask"] = async (path, body, headers = {}) => {
    const own = { host: "127.0.0.1:7295", origin: "http://127.0.0.1:7295", "sec-fetch-site": "same-origin" };
    const all = { ...own, "x-pawl-token": TOKEN, ...headers };
    if (body === undefined) return app.request(`http://127.0.0.1:7295${path}`, { headers: all });
    return app.request(`http://127.0.0.1:7295${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...all },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  };
  return {
    vfs,
    board,
    app,
    ask,
    json: async <T>(path: string, body?: unknown) => (await (await ask(path, body)).json()) as T,
  };
}

/** A checkpoint that can be read. */
export async function checkpoint(): Promise<Uint8Array> {
  return new Uint8Array(Buffer.concat(await encodeCheckpoint({ json: { hello: 1 }, tensors: {} })));
}
