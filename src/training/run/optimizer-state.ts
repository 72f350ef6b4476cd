import { sameShape } from "../../core/shape.js";
import type { Tensor } from "../../core/tensor.js";
import type { Optimizer } from "../../optimizers/index.js";

/** An optimizer's variables in a checkpoint. */
export interface SavedOptimizer {
  readonly names: readonly string[];
  readonly tensors: readonly Tensor[];
  /** Paths of the model's weights, in order. */
  readonly weights: readonly string[];
}

/** Name of the slot for averages of weights. */
const AVERAGE = "average";

/**
 * Restores an optimizer's variables by role: the step counter, the rate, a slot of the n-th weight, a scalar that all
 * weights share. Names are not enough: automatic ones depend on what else the process has made.
 * @param keepsRate keep the optimizer's present rate, because the program states another one than before
 * @returns what the user should know of variables without a counterpart
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
    if (isRate(role) && (keepsRate || tensor === undefined)) continue;
    if (tensor !== undefined && sameShape(entry.shape, tensor.shape)) entry.write(tensor);
    else {
      anew.push(entry.name);
      // An average that began at zero would pull the weight to zero.
      const [slot, weight] = splitRole(role);
      if (slot === AVERAGE && weight !== null) entry.write(weights[weight]!.read());
    }
  }
  // A change to a schedule gives up the saved rate.
  for (const role of [...left.keys()]) if (isRate(role)) left.delete(role);
  const lost = [...left.values()].map((index) => saved.names[index]!);
  return [
    ...(lost.length > 0 ? [`the optimizer has no place any more for ${several(lost)}`] : []),
    ...(anew.length > 0 ? [`the optimizer begins anew with ${several(anew)}`] : []),
  ];
}

const RATE = "learning_rate";
const BETWEEN = "\n";
const AGAIN = "\t";

const isRate = (role: string): boolean => role.split(AGAIN)[0] === RATE;

/** The role of each variable: "iteration", "learning_rate", "momentum" of weight 3, or a scalar's own name. */
function rolesOf(names: readonly string[], weights: readonly string[]): string[] {
  const paths = weights.map((path) => `${path.replaceAll("/", "_")}_`);
  const taken = new Set<string>();
  const roles = names.map((name) => {
    const own = name.slice(name.indexOf("/") + 1);
    if (own === name || own === "iteration" || own === RATE) return own;
    const longest = Math.max(0, ...paths.map((path) => (own.startsWith(path) ? path.length : 0)));
    // Weights of nested models may share a path: then their order counts.
    for (const [index, path] of paths.entries()) {
      const role = `${own.slice(longest)}${BETWEEN}${index}`;
      if (path.length !== longest || !own.startsWith(path) || taken.has(role)) continue;
      taken.add(role);
      return role;
    }
    return own;
  });
  // Optimizers inside another one have a counter and a rate each.
  const times = new Map<string, number>();
  return roles.map((role) => {
    const nth = times.get(role) ?? 0;
    times.set(role, nth + 1);
    return nth === 0 ? role : `${role}${AGAIN}${nth}`;
  });
}

function splitRole(role: string): [slot: string, weight: number | null] {
  const [slot, weight] = role.split(BETWEEN);
  return [slot!, weight === undefined ? null : Number(weight)];
}

function several(names: readonly string[]): string {
  return names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;
}
