import { readEvents } from "../../src/formats/tfevents/index.js";

/** A point of an event file: its step, its tag and what it says, as text. */
export interface EventPoint {
  readonly step: number;
  readonly tag: string;
  readonly value: string;
}

/** The points of event files in the order of their names, as TensorBoard reads them: a start drops what was before. */
export function eventPoints(files: readonly Uint8Array[]): EventPoint[] {
  let out: EventPoint[] = [];
  for (const { step, what } of files.flatMap(readEvents)) {
    if (what.case === "sessionLog") out = [];
    if (what.case !== "summary") continue;
    for (const { tag, value } of what.value.value) {
      out.push({
        step: Number(step),
        tag,
        value: value.case === "tensor" ? tensorText(value.value) : String(value.case),
      });
    }
  }
  return out;
}

/** The numbers of a tag by step. */
export function scalarsOf(points: readonly EventPoint[], tag: string): (readonly [number, number])[] {
  return points.filter((point) => point.tag === tag).map(({ step, value }) => [step, Number(value)] as const);
}

interface TensorMessage {
  readonly floatVal: readonly number[];
  readonly stringVal: readonly Uint8Array[];
  readonly tensorContent: Uint8Array;
}

function tensorText({ floatVal, stringVal, tensorContent }: TensorMessage): string {
  if (floatVal.length > 0) return floatVal.join(" ");
  if (stringVal.length > 0) return stringVal.map((bytes) => Buffer.from(bytes).toString("latin1")).join(" ");
  return Buffer.from(tensorContent).toString("hex");
}
