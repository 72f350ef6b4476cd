import type { Context } from "hono";
import { streamSSE } from "hono/streaming";
import type { Board } from "./board.js";

/** A sign of life, so that both ends notice when the other is gone. */
const BEAT_MS = 15_000;

/**
 * A stream of what changes in the table. Each event's id says up to where the page knows all; after a break the browser
 * says the last one, and gets what it has missed.
 */
export function sendChanges(context: Context, board: Board): Response {
  const { table } = board;
  const known = context.req.header("last-event-id") ?? context.req.query("since") ?? "";
  const [session, revision] = known.split(".");
  return streamSSE(context, async (stream) => {
    // A page of another server's life, or of another folder, begins anew.
    if (session !== table.session) {
      await stream.writeSSE({ event: "anew", data: "" });
      return;
    }
    let sent = Number(revision);
    let wake: () => void = () => undefined;
    const stop = board.listen(() => wake());
    stream.onAbort(() => {
      stop();
      wake();
    });
    try {
      while (!stream.aborted && !stream.closed) {
        const change = board.changesSince(sent);
        if (change !== null) {
          sent = change.revision;
          await stream.writeSSE({ event: "runs", id: `${table.session}.${sent}`, data: JSON.stringify(change) });
        } else {
          const woken = await pause((resume) => {
            wake = resume;
          });
          if (!woken) await stream.write(": alive\n\n");
        }
      }
    } finally {
      stop();
    }
  });
}

/** @returns whether it was woken, before the time for a sign of life */
function pause(give: (wake: () => void) => void): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), BEAT_MS);
    give(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}
