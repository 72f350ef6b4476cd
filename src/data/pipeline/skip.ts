import { filterRuns } from "./filter.js";
import { after, chosen, isNumbered, type Step } from "./step.js";

/** All records of a pass but the first `count`. Records without numbers are read and dropped. */
export function skip<R>(from: Step<R>, count: number): Step<R> {
  const said = `skip(${count})`;
  if (isNumbered(from)) return chosen(from, said, Math.max(0, from.length - count), (index) => index + count);
  return { ...after(from, said), ...filterRuns(from, () => (_record, place) => place >= count, true) };
}
