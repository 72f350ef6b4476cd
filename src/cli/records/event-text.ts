import { brief } from "../../charts/ticks.js";
import { memorySize } from "../../core/human.js";
import { shown } from "../../core/shown.js";
import { entriesOf, numberOf, oldPoint, parseLine, type Raw, readEvent } from "../../store/record/index.js";

/** Values of a point in a line; more are counted. */
const MOST_VALUES = 12;

/** A line of a record for people: "03:04:06  step 120  epoch 3  loss 0.25, val_loss 1". */
export function eventText(line: string): string {
  const raw = parseLine(line);
  if (raw === null) return `(no event: ${shown(line, 100)})`;
  const what = shown(whatOf(raw));
  const step = numberOf(raw["step"]);
  return [clock(numberOf(raw["time"])), step === null ? "" : `step ${step}`, what]
    .filter((part) => part !== "")
    .join("  ");
}

function whatOf(raw: Raw): string {
  const { event } = raw;
  if (event === "batch") return valuesText(raw["logs"], raw["rates"]);
  if (event === "epoch") return `end of epoch ${epochOf(raw)}  ${valuesText(raw["logs"], raw["rates"])}`;
  if (event === undefined) {
    const old = oldPoint(raw);
    if (old === null) return "(no event)";
    return old.kind === "epoch" ? `end of epoch ${epochOf(raw)}  ${valuesText(old.logs)}` : valuesText(old.logs);
  }
  const kept = readEvent(raw);
  switch (kept?.event) {
    case "start": {
      const changes = kept.changes.length === 0 ? "" : `: ${kept.changes.join("; ")}`;
      const from = kept.parent === null ? "" : `, from ${kept.parent.run} after step ${kept.parent.step}`;
      return `${kept.resumes ? "goes on" : "begins"}${from}${changes}`;
    }
    case "save":
      return `saved ${kept.file}, ${memorySize(kept.bytes)}${kept.finite ? "" : ", not finite"}`;
    case "stop":
      return `ends: ${kept.why}${kept.by === null ? "" : `, ${kept.by}`}`;
    case "warning":
      return `warning: ${kept.text}`;
    case "drift":
      return `drift: ${kept.key} was ${kept.before}, is ${kept.now}`;
    case "fork":
      return `fork: ${kept.child}`;
    case "histogram":
      return `histograms of ${Object.keys(kept.weights).length} weights`;
    case undefined:
      return `(${String(event)})`;
  }
}

const epochOf = (raw: Raw): string => {
  const epoch = numberOf(raw["epoch"]);
  return epoch === null ? "?" : String(epoch + 1);
};

function valuesText(...all: readonly unknown[]): string {
  const values = all.flatMap(entriesOf).flatMap(([key, value]) => {
    const number = numberOf(value);
    return number === null ? [] : [`${key} ${brief(number)}`];
  });
  const more = values.length - MOST_VALUES;
  return [...values.slice(0, MOST_VALUES), ...(more > 0 ? [`… ${more} more`] : [])].join(", ");
}

/** The time of the day here; "" when unknown. */
function clock(time: number | null): string {
  if (time === null || !(Math.abs(time) <= 8.64e15)) return "";
  const date = new Date(time);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map((each) => String(each).padStart(2, "0")).join(":");
}
