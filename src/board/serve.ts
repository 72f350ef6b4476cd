import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { StateError } from "../core/errors.js";
import type { Vfs } from "../core/vfs.js";
import { boardApp } from "./app.js";
import { readAssets } from "./assets.js";
import { Board } from "./board.js";
import { confined } from "./confined.js";
import { randomToken } from "./same-text.js";

/** P A W L on a telephone. */
export const DEFAULT_PORT = 7295;
/** Ports that are tried, when none was asked for. */
const TRIES = 50;

export interface ServeOptions {
  readonly host: string;
  /** Null: the first free one from {@link DEFAULT_PORT} on. */
  readonly port: number | null;
  /** Whether the host is not only this machine. */
  readonly remote: boolean;
  /** Where the built page is. */
  readonly assets: string;
}

export interface Serving {
  readonly port: number;
  /** With the token: whoever opens it may change runs. */
  readonly address: string;
  /** The port that would have been taken, if it was in use. */
  readonly taken: number | null;
  close(): Promise<void>;
}

/**
 * Serves the board of a folder until it is closed.
 * @throws {StateError} when the port cannot be had
 */
export async function serveBoard(vfs: Vfs, folder: string, options: ServeOptions): Promise<Serving> {
  const token = randomToken();
  const assets = await readAssets(vfs, options.assets);
  const board = new Board(await confined(vfs, folder), folder);
  const app = boardApp(board, assets, { token, remote: options.remote });
  const server = createAdaptorServer({ fetch: app.fetch }) as Server;
  const taken = await listenOn(server, options);
  // The browser takes a while to start; what goes wrong here, its first question will tell.
  board.first().catch(() => undefined);
  const { port } = server.address() as AddressInfo;
  const name = options.host.includes(":") ? `[${options.host}]` : options.host;
  return {
    port,
    address: `http://${name}:${port}/#token=${token}`,
    taken,
    close: async () => {
      board.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** @returns the first port that was in use; null when none was */
async function listenOn(server: Server, { host, port }: ServeOptions): Promise<number | null> {
  if (port !== null) {
    await listen(server, host, port);
    return null;
  }
  for (let at = DEFAULT_PORT; ; at++) {
    try {
      await listen(server, host, at);
      return at === DEFAULT_PORT ? null : DEFAULT_PORT;
    } catch (error) {
      if (!(error instanceof StateError) || error.code !== "port-in-use" || at >= DEFAULT_PORT + TRIES) throw error;
    }
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => reject(portError(error, host, port));
    server.once("error", failed);
    server.listen(port, host, () => {
      server.off("error", failed);
      resolve();
    });
  });
}

function portError(cause: NodeJS.ErrnoException, host: string, port: number): StateError {
  const used = cause.code === "EADDRINUSE";
  return new StateError({
    code: used ? "port-in-use" : "port-refused",
    what: used ? `Port ${port} of ${host} is in use` : `Port ${port} of ${host} cannot be opened`,
    received: cause.message,
    fix: used
      ? "Choose another one, or leave --port out: then the next free one is taken"
      : "Choose another port or host",
    data: { host, port },
    cause,
  });
}
