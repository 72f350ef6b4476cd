import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { joinBytes } from "../../core/join-bytes.js";
import { RECORD_HEAD, tfRecord, tfRecordBytes, tfRecordContents } from "../tfrecord.js";
import { type Event, EventSchema, SessionLog_SessionStatus } from "./generated/tensorboard/compat/proto/event_pb.js";
import type { EventValue } from "./values.js";

/** Values at one step. */
export interface Point {
  readonly step: number;
  /** Seconds since 1970. */
  readonly seconds: number;
  readonly values: readonly EventValue[];
}

/**
 * What an event file begins with: its version, and that whatever older files of the folder hold counts no more, which
 * makes TensorBoard drop it, also what it has shown already. (It takes the first such event that it meets for the start
 * of everything, so there are two.)
 */
export function fileStart(seconds: number, supersedes: boolean): Uint8Array {
  const writer = { sourceMetadata: { writer: "pawl" } };
  const version = record({ wallTime: seconds, what: { case: "fileVersion", value: "brain.Event:2" }, ...writer });
  if (!supersedes) return version;
  const status = SessionLog_SessionStatus.START;
  const start = record({ wallTime: seconds, what: { case: "sessionLog", value: { status } } });
  return joinBytes([version, start, start]);
}

/** The record of a point. */
export function pointRecord({ step, seconds, values }: Point): Uint8Array {
  return record({ wallTime: seconds, step: BigInt(step), what: { case: "summary", value: { value: [...values] } } });
}

/** A file's events, up to the first that is torn or damaged. */
export function readEvents(bytes: Uint8Array): Event[] {
  return [...wholeRecords(bytes)].map(({ contents }) => fromBinary(EventSchema, contents));
}

/**
 * The part of an event file that holds points: from behind its start up to the last whole record, or `limit` bytes of it
 * if that is less.
 */
export function pointsOf(bytes: Uint8Array, limit: number): Uint8Array {
  let start = 0;
  let end = 0;
  for (const { contents, end: next } of wholeRecords(bytes)) {
    if (start === end && fromBinary(EventSchema, contents).what.case !== "summary") start = next;
    else if (next - start > limit) break;
    end = next;
  }
  return bytes.subarray(start, end);
}

function record(event: MessageInitShape<typeof EventSchema>): Uint8Array {
  return tfRecord(toBinary(EventSchema, create(EventSchema, event)));
}

function* wholeRecords(bytes: Uint8Array): Generator<{ readonly contents: Uint8Array; readonly end: number }> {
  for (let at = 0; at + RECORD_HEAD <= bytes.length; ) {
    const end = at + (tfRecordBytes(bytes.subarray(at, at + RECORD_HEAD)) ?? Number.POSITIVE_INFINITY);
    const contents = end <= bytes.length ? tfRecordContents(bytes.subarray(at, end)) : null;
    if (contents === null) return;
    yield { contents, end };
    at = end;
  }
}
