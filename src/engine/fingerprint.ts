/** Must be raised when emitted graphs or our kernels may give other bits than before. */
export const RULE_VERSION = "6";

/** Instruction sets by which ONNX Runtime chooses its kernels, best first. */
const SETS = ["amx_tile", "avx512_vnni", "avx512f", "avx2", "avx", "sve2", "sve", "asimd"];

/** What the bits of results depend on besides the engine's library: processor, JavaScript engine, our own rules. */
export async function cpuFingerprint(): Promise<Record<string, string>> {
  const common = { rules: RULE_VERSION };
  const node = (globalThis as { readonly process?: NodeJS.Process }).process;
  if (node?.versions?.node === undefined) return { ...common, cpu: "unknown", v8: "unknown" };
  return { ...common, cpu: `${node.arch} ${await instructionSet()}`, v8: node.versions.v8 };
}

/** The best known instruction set, or the processor's model where the system does not list them. */
async function instructionSet(): Promise<string> {
  const { readFile } = await import("node:fs/promises");
  try {
    const flags = /^(?:flags|Features)\s*:(.*)$/m.exec(await readFile("/proc/cpuinfo", "utf8"))?.[1]?.split(/\s+/);
    const found = SETS.find((set) => flags?.includes(set));
    if (found !== undefined) return found;
  } catch {
    // Other systems do not have this file.
  }
  const { cpus } = await import("node:os");
  return cpus()[0]?.model ?? "unknown";
}
