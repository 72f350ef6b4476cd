import { StateError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import type { Json } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import type { Optimizer } from "../../optimizers/index.js";
import { live, namesIn, notARunState } from "../run/model-state.js";
import { restoreOptimizer } from "../run/optimizer-state.js";
import { optimizerIdentity } from "../run/run-conditions.js";
import { type Part, partName } from "./part.js";

/** An optimizer that belongs to no model of the run. */
export function optimizerPart(name: string, optimizer: Optimizer): Part {
  const identity = (): Json => ({ optimizer: optimizerIdentity(optimizer) });
  return {
    kind: "optimizer",
    object: optimizer,
    mayFail: false,
    identity,
    state() {
      const tensors: Record<string, Tensor> = {};
      const names = optimizer.variables.map((entry, i) => {
        tensors[`values/${i}`] = entry.variable === undefined ? entry.read() : live(entry.variable);
        return entry.name;
      });
      return { json: { names, weights: optimizer.trainable.map(({ path }) => path) }, tensors };
    },
    mark() {
      const changes = optimizer.variables.reduce((sum, { variable }) => sum + (variable?.changes ?? 0), 0);
      return `${changes} ${optimizer.iteration}`;
    },
    prepare({ value, before }) {
      const json = isConfig(value.json) ? value.json : {};
      const names = namesIn(json["names"]);
      const weights = namesIn(json["weights"]);
      const tensors = names.map((_, i) => value.tensors[`values/${i}`]);
      if (tensors.includes(undefined)) throw notARunState(`not all tensors of ${partName(name)}`);
      if (weights.length > 0 && !optimizer.built) {
        throw new StateError({
          code: "run-part-built",
          what: `${optimizer.name}, ${partName(name)} of this run, has no slots yet that its saved state could be set in`,
          received: `slots of ${weights.length} weights`,
          fix: "Call optimizer.build(variables) before openRun",
          data: { part: name },
        });
      }
      const saved = { names, tensors: tensors as readonly Tensor[], weights };
      const rate = (of: Json): string => JSON.stringify(isConfig(of) ? of["optimizer"] : null);
      return () => restoreOptimizer(optimizer, optimizer.trainable, saved, rate(before) !== rate(identity()));
    },
    checkIdle() {},
  };
}
