import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { FormatError, OptionError, PawlError, StateError } from "../core/errors.js";
import { act } from "./actions.js";
import type { Assets } from "./assets.js";
import type { Board } from "./board.js";
import { actionOf, curvesRequestOf, runsOf } from "./bodies.js";
import { type Guarded, guard, mayChange, refuse } from "./guard.js";
import { histogramsOf, logPart, verdictOf } from "./run-page.js";
import { savedPage } from "./saved-page.js";
import { sendChanges } from "./send-changes.js";

/** Bytes of a question. */
const LARGEST = 2 ** 20;

/** All that the server answers, without a port. */
export function boardApp(board: Board, assets: Assets, guarded: Guarded): Hono {
  const app = new Hono();
  app.use(guard(guarded));
  app.use(
    bodyLimit({
      maxSize: LARGEST,
      onError: (context) => refuse(context, 400, "too-large", "The question is too long."),
    }),
  );
  app.onError((error, context) => {
    const code = error instanceof PawlError ? error.code : "failed";
    return refuse(context, statusOf(error), code, error.message);
  });
  app.notFound((context) => refuse(context, 404, "no-page", "There is nothing at this address."));

  for (const [path, { type, bytes }] of assets) {
    app.get(path, (context) => context.body(bytes.slice().buffer, 200, { "content-type": type }));
  }

  /** The folder of the run that is asked for. @throws {FormatError} when there is none */
  const pathOf = (id: string): string => {
    const path = board.table.pathOf(id);
    if (path !== undefined) return path;
    throw new FormatError({
      code: "no-run",
      what: `There is no run "${id}" in "${board.table.folder}"`,
      fix: "It may have been moved or deleted; the table of runs shows what is there",
    });
  };

  app.get("/api/runs", async (context) => {
    await board.first();
    return context.body(board.table.json(), 200, { "content-type": "application/json" });
  });
  app.get("/api/events", (context) => sendChanges(context, board));
  app.get("/api/run", async (context) => {
    const id = context.req.query("id") ?? "";
    pathOf(id);
    return context.json(await board.page(id));
  });
  app.get("/api/log", async (context) => {
    const before = Number(context.req.query("before") ?? Number.NaN);
    return context.json(await logPart(board.vfs, pathOf(context.req.query("id") ?? ""), before >= 0 ? before : null));
  });
  app.get("/api/histograms", async (context) => {
    const weight = context.req.query("path") ?? "";
    const path = pathOf(context.req.query("id") ?? "");
    return context.json(histogramsOf(await board.index.record(path), weight));
  });
  app.get("/api/verify", async (context) => {
    const path = pathOf(context.req.query("id") ?? "");
    return context.json(await verdictOf(board.vfs, path, context.req.query("file") ?? ""));
  });
  app.post("/api/curves", async (context) => {
    return context.json(await board.curves(curvesRequestOf(await jsonIn(context.req.raw))));
  });
  app.post("/api/page", async (context) => {
    const runs = runsOf(await jsonIn(context.req.raw)).filter((id) => board.table.pathOf(id) !== undefined);
    return context.json({ html: await savedPage(board, assets, runs) });
  });
  app.post("/api/act", mayChange(guarded), async (context) => {
    const action = actionOf(await jsonIn(context.req.raw));
    const path = pathOf(action.run);
    await act(board.vfs, action.run, path, action);
    await board.refresh();
    return context.json({ done: true });
  });
  return app;
}

function statusOf(error: Error): 400 | 404 | 409 | 500 {
  if (error instanceof FormatError) return error.code === "no-run" ? 404 : 500;
  if (error instanceof OptionError) return 400;
  return error instanceof StateError ? 409 : 500;
}

/** @throws {OptionError} when it is no JSON, or does not say that it is (as forms of other pages cannot) */
async function jsonIn(request: Request): Promise<unknown> {
  try {
    if (!request.headers.get("content-type")?.startsWith("application/json")) throw new Error("not JSON");
    return await request.json();
  } catch (cause) {
    throw new OptionError({
      code: "wrong-request",
      what: "The question is no JSON",
      fix: "Send application/json",
      cause,
    });
  }
}
