import { spawn } from "node:child_process";

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, readonly [command: string, ...args: string[]]>>> = {
  darwin: ["open"],
  // `start` would need a shell, which takes "&" in addresses for its own.
  win32: ["rundll32", "url.dll,FileProtocolHandler"],
};

/** Opens the address as the platform does; where there is nothing to open it with, the printed address is enough. */
export function openInBrowser(address: string): void {
  const [command, ...args] = OPENERS[process.platform] ?? ["xdg-open"];
  try {
    const child = spawn(command, [...args, address], { stdio: "ignore", detached: true });
    child.on("error", () => undefined);
    child.unref();
  } catch {
    // The same.
  }
}
