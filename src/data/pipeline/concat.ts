import { holding, startsOf } from "../records/holding.js";
import { inTurn } from "./cursor.js";
import { finite, joined, type NumberedStep, routed, type Step } from "./step.js";

/** The records of the steps, one step after the other. */
export function concat<R>(from: readonly Step<R>[]): Step<R> {
  for (const step of from.slice(0, -1)) finite(step, "concat");
  return joined(from, "concat(…)", numbered<R>, (pass, position) =>
    inTurn(position, (which, inner) => from[which]?.open(pass, inner) ?? null),
  );
}

function numbered<R>(from: readonly NumberedStep<R>[]): Pick<NumberedStep<R>, "length" | "blocks" | "access"> {
  const { starts, total } = startsOf(from.map(({ length }) => length));
  const blocks = from.every((step) => step.blocks !== null)
    ? from.flatMap(({ blocks, length }, i) => (length === 0 ? [] : blocks!.map((block) => starts[i]! + block)))
    : null;
  const child = (index: number): number => holding(starts, index);
  return {
    length: total,
    blocks,
    access(pass) {
      const all = from.map((step) => step.access(pass));
      return routed({ access: (i) => all[i]!, child, index: (index) => index - starts[child(index)]! });
    },
  };
}
