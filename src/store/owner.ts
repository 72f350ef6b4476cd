import { isNode } from "../core/platform.js";
import { linkTarget, nodeVfs } from "../core/vfs-node.js";

/** The process that owns something, so that another can tell whether it is still alive. */
export interface Owner {
  /** Name of the machine and, on Linux, of the process-id namespace of `pid`. */
  readonly host: string;
  /** Id of the machine's boot; "" when unknown. */
  readonly boot: string;
  readonly pid: number;
  /**
   * When the process started, in the kernel's ticks; "" when unknown. Distinguishes it from a later process with the
   * same id.
   */
  readonly start: string;
}

let own: Promise<Owner> | null = null;

/** This process. */
export function thisOwner(): Promise<Owner> {
  own ??= describe();
  return own;
}

async function describe(): Promise<Owner> {
  if (!isNode()) {
    return { host: "browser", boot: globalThis.crypto.randomUUID(), pid: 0, start: "" };
  }
  const { hostname } = await import("node:os");
  const space = (await linkTarget("/proc/self/ns/pid")) ?? "";
  return {
    host: `${hostname()}-${space.replace(/\D/g, "")}`.replace(/[^A-Za-z0-9.-]/g, "-"),
    boot: await readText("/proc/sys/kernel/random/boot_id"),
    pid: process.pid,
    start: await startOf(process.pid),
  };
}

/**
 * "unknown" for owners on other machines, and where a process cannot be distinguished from a later one with the same
 * id.
 */
export async function stateOf(owner: Owner): Promise<"alive" | "dead" | "unknown"> {
  const self = await thisOwner();
  if (owner.host !== self.host) return "unknown";
  if (owner.boot !== self.boot) return "dead";
  if (owner.pid === self.pid && owner.start !== self.start) return "dead";
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    // EPERM: it is alive, but belongs to another user.
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return "dead";
  }
  if (owner.start === "") return "unknown";
  return (await startOf(owner.pid)) === owner.start ? "alive" : "dead";
}

/** Field 22 of /proc/PID/stat; the name in field 2 may contain blanks and parentheses. */
async function startOf(pid: number): Promise<string> {
  const stat = await readText(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

async function readText(path: string): Promise<string> {
  try {
    return new TextDecoder().decode(await nodeVfs().readFile(path)).trim();
  } catch {
    return "";
  }
}

const FIELDS = /^([^~]*)~([0-9a-f-]*)~(\d+)~(\d*)$/;

/** The owner as part of a file name. */
export function ownerToName({ host, boot, pid, start }: Owner): string {
  return `${host}~${boot}~${pid}~${start}`;
}

/** The owner in a file name, or null when {@link ownerToName} did not make it. */
export function ownerFromName(name: string): Owner | null {
  const fields = FIELDS.exec(name);
  return fields && { host: fields[1]!, boot: fields[2]!, pid: Number(fields[3]), start: fields[4]! };
}
