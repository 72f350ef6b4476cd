import { filterRuns } from "./filter.js";
import { after, chosen, isNumbered, type Step } from "./step.js";

/** Every `count`-th record, from record `index` on: the parts of several processes have all records, each once. */
export function shard<R>(from: Step<R>, count: number, index: number): Step<R> {
  const said = `shard(${count}, ${index})`;
  if (isNumbered(from)) {
    const length = from.length === Number.POSITIVE_INFINITY ? from.length : Math.ceil((from.length - index) / count);
    return chosen(from, said, Math.max(0, length), (i) => i * count + index);
  }
  return { ...after(from, said), ...filterRuns(from, () => (_record, place) => place % count === index, true) };
}
