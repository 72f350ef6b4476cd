export { type Chained, chainOf, linkAfter, NO_CHAIN } from "./chain.js";
export { decodeCheckpoint, encodeCheckpoint, type SavedState } from "./checkpoint.js";
export { encodeJson, type FixedMembers } from "./checkpoint-json.js";
export { type CommitOptions, commitFile } from "./commit.js";
export type { Encoded } from "./encode-staged.js";
export { fileFailure } from "./file-failure.js";
export { commitFileSet, type FileSet } from "./file-set.js";
export { holderOf, LOCK_TIMING, Lock, type LockOptions, type LockTiming } from "./lock.js";
export { type Owner, ownerToName, stateOf, thisOwner } from "./owner.js";
export * from "./record/events.js";
export { RecordLog } from "./record/record-log.js";
export { type Point, pointKey, type RecordTail, readTail } from "./record/record-tail.js";
export { leaveRequest, type Pin, pinsOf, type Request, removePin, setPin, takeRequests } from "./record/requests.js";
export { type Kept, type RetentionPolicy, retain } from "./retention.js";
export {
  type CheckpointEntry,
  type Damaged,
  type Found,
  RunCheckpoints,
  type Summary,
} from "./run-checkpoints.js";
export { type Committed, RunFolder, type SaveOptions } from "./run-folder.js";
export { parseRunReference, placeText, type RunPlace, type RunReference } from "./run-place.js";
export { serveWrites } from "./serve-writes.js";
export { Staging } from "./staging.js";
export { exitAtOnce, ThreadWriter } from "./thread-writer.js";
export { type Encoders, inPlaceWriter, type WriteJob, type Writer, type Written } from "./writer.js";
