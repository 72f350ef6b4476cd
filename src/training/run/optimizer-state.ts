import { sameShape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import type { Optimizer } from "../../optimizers/index.js";

/** An optimizer's variables as a checkpoint has them. */
export interface SavedOptimizer {
  readonly names: readonly string[];
  readonly tensors: readonly Tensor[];
  /** Paths of the model's weights, in their order. */
  readonly weights: readonly string[];
}

/** The slot that new averages of weights are. */
const AVERAGE = "average";

/**
 * Gives an optimizer its saved variables back, by what each is: the step counter, the rate, a slot of the n-th weight, a
 * scalar that all weights share. Names alone would not do: automatic ones depend on what else the process has made.
 * @param keepsRate the optimizer keeps the rate it has: the program states another than before
 * @returns what the user should know of those that found no other half
 */
export function restoreOptimizer(
  optimizer: Optimizer,
  weights: readonly { readonly path: string; read(): Tensor }[],
  saved: SavedOptimizer,
  keepsRate: boolean,
): readonly string[] {
  const left = new Map(rolesOf(saved.names, saved.weights).map((role, i) => [role, i]));
  const entries = optimizer.variables;
  const roles = rolesOf(
    entries.map(({ name }) => name),
    weights.map(({ path }) => path),
  );
  const anew: string[] = [];
  for (const [i, entry] of entries.entries()) {
    const role = roles[i]!;
    const index = left.get(role);
    const tensor = index === undefined ? undefined : saved.tensors[index]!;
    left.delete(role);
    if (role === RATE && (keepsRate || tensor === undefined)) continue;
    if (tensor !== undefined && sameShape(entry.shape, tensor.shape)) entry.write(tensor);
    else {
      anew.push(entry.name);
      // An average that began at zero would draw the weight to zero.
      const [slot, weight] = splitRole(role);
      if (slot === AVERAGE && weight !== null) entry.write(weights[weight]!.read());
    }
  }
  // Whoever turns to a schedule gives the rate up.
  left.delete(RATE);
  const lost = [...left.values()].map((index) => saved.names[index]!);
  return [
    ...(lost.length > 0 ? [`the optimizer has no place any more for ${several(lost)}`] : []),
    ...(anew.length > 0 ? [`the optimizer begins anew with ${several(anew)}`] : []),
  ];
}

const RATE = "learning_rate";
const BETWEEN = "\n";

/** What each variable is: "iteration", "learning_rate", "momentum" of weight 3, or a scalar's own name. */
function rolesOf(names: readonly string[], weights: readonly string[]): string[] {
  const paths = weights.map((path) => `${path.replaceAll("/", "_")}_`);
  const taken = new Set<string>();
  return names.map((name) => {
    const own = name.slice(name.indexOf("/") + 1);
    if (own === name || own === "iteration" || own === RATE) return own;
    const longest = Math.max(0, ...paths.map((path) => (own.startsWith(path) ? path.length : 0)));
    // Nested models may have weights of one path: these come in their order.
    for (const [index, path] of paths.entries()) {
      const role = `${own.slice(longest)}${BETWEEN}${index}`;
      if (path.length !== longest || !own.startsWith(path) || taken.has(role)) continue;
      taken.add(role);
      return role;
    }
    return own;
  });
}

function splitRole(role: string): [slot: string, weight: number | null] {
  const [slot, weight] = role.split(BETWEEN);
  return [slot!, weight === undefined ? null : Number(weight)];
}

function several(names: readonly string[]): string {
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
