import { FormatError } from "../../core/errors.js";
import { isConfig } from "../../core/parts.js";
import { formatShape, sameShape } from "../../core/shape.js";
import type { Json } from "../../core/stateful.js";
import type { Tensor } from "../../core/tensor.js";
import type { Variable } from "../../engine/index.js";
import { live, namesIn, notARunState } from "../run/model-state.js";
import { type Part, partName } from "./part.js";

/** A part whose whole state is in variables. */
export interface VariablesOptions {
  readonly kind: string;
  readonly object: object;
  readonly identity: () => Json;
  readonly variables: () => readonly Variable[];
  /** Where its tensors lie: those in "weights" must be finite for the checkpoint to be a good one. */
  readonly place: "weights" | "values";
}

export function variablesPart(name: string, options: VariablesOptions): Part {
  const { kind, object, identity, variables, place } = options;
  return {
    kind,
    object,
    mayFail: false,
    identity,
    state() {
      const tensors: Record<string, Tensor> = {};
      const paths = variables().map((variable, i) => {
        // Only of float32 can be told whether it is finite.
        tensors[`${variable.dtype === "float32" ? place : "values"}/${i}`] = live(variable);
        return variable.path;
      });
      return { json: { paths }, tensors };
    },
    mark: () => String(variables().reduce((sum, { changes }) => sum + changes, 0)),
    prepare({ value, where }) {
      const names = namesIn(isConfig(value.json) ? value.json["paths"] : undefined);
      const saved = names.map((_, i) => value.tensors[`weights/${i}`] ?? value.tensors[`values/${i}`]);
      if (saved.includes(undefined)) throw notARunState(`not all tensors of ${partName(name)}`);
      const now = variables();
      const fits = saved.length === now.length && now.every(({ shape }, i) => sameShape(shape, saved[i]!.shape));
      if (!fits) {
        throw new FormatError({
          code: "run-state-shapes",
          what: `The values in ${where} are not those of ${partName(name)}`,
          received: saved.map((tensor) => formatShape(tensor!.shape)).join(" ") || "none",
          expected: now.map(({ shape }) => formatShape(shape)).join(" ") || "none",
          fix: `Build ${partName(name)} as it was before openRun, or use another run folder`,
          data: { part: name },
        });
      }
      return () => {
        now.forEach((variable, i) => {
          variable.write(saved[i]!);
        });
        return [];
      };
    },
    checkIdle() {},
  };
}
