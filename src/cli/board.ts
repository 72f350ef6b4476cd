import { fileURLToPath } from "node:url";
import { OptionError } from "../core/errors.js";
import { shown } from "../core/shown.js";
import { nodeVfs } from "../core/vfs-node.js";
import { statOf, trimmed } from "./files.js";
import { openInBrowser } from "./open-in-browser.js";
import { EXIT, type ExitCode, type Terminal } from "./terminal.js";

export interface BoardOptions {
  readonly port?: string;
  readonly host: string;
  readonly open: boolean;
  readonly allowRemote?: boolean;
}

const DEFAULT_FOLDER = "runs";

/** `pawl board [FOLDER]`: serves the page of runs until it is stopped. */
export async function board(terminal: Terminal, given: string | undefined, options: BoardOptions): Promise<ExitCode> {
  const vfs = nodeVfs();
  const folder = trimmed(given ?? DEFAULT_FOLDER);
  // Who starts the board before the first training has no folder yet; a name that was written must be right.
  if (given !== undefined) await statOf(vfs, folder);
  const remote = isRemote(options);
  const { serveBoard } = await import("../board/serve.js");
  const serving = await serveBoard(vfs, folder, {
    host: options.host,
    port: portOf(options.port),
    remote,
    assets: fileURLToPath(new URL(PAGE, import.meta.url)),
  });
  const { address, port, taken } = serving;
  if (taken !== null) terminal.warn(`Port ${taken} is in use; this board has port ${port}.`);
  if (remote) {
    terminal.warn(
      `Other machines can reach this board at ${options.host}, unencrypted. Whoever has the address below may look at ` +
        "all runs, stop and delete them.",
    );
  }
  terminal.printJson({ folder, address, port });
  terminal.print(`Runs of "${shown(folder)}": ${address}`);
  terminal.print("Ctrl-C ends the board; trainings go on.");
  if (options.open) openInBrowser(address);
  await untilStopped();
  await serving.close();
  return EXIT.ok;
}

/** The built page lies beside the bundle. */
const PAGE = "./board/";

/** @throws {OptionError} when it is no port */
function portOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new OptionError({
    code: "wrong-port",
    what: "--port is no port",
    received: text,
    expected: "a number from 0 to 65535; 0 takes any that is free",
  });
}

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1)$/;

/** @throws {OptionError} when other machines would reach the board and nobody said that they may */
function isRemote({ host, allowRemote }: BoardOptions): boolean {
  if (LOOPBACK.test(host)) return false;
  if (allowRemote === true) return true;
  throw new OptionError({
    code: "remote-host",
    what: `Other machines could reach the board at "${host}"`,
    expected: "a host of this machine alone: 127.0.0.1, localhost or ::1",
    fix: "Reach it by ssh -L 7295:127.0.0.1:7295 MACHINE, or add --allow-remote on a network where you trust everybody",
  });
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    process.once("SIGINT", () => resolve());
    process.once("SIGTERM", () => resolve());
  });
}
