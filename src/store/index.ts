export { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
export { encodeJson, type FixedMembers } from "./checkpoint-json.js";
export { type CommitOptions, commitFile } from "./commit.js";
export type { Encoded } from "./encode-staged.js";
export { fileFailure } from "./file-failure.js";
export { commitFileSet, type FileSet } from "./file-set.js";
export { holderOf, LOCK_TIMING, Lock, type LockOptions, type LockTiming } from "./lock.js";
export { type Owner, ownerToName, stateOf, thisOwner } from "./owner.js";
export { type Kept, type RetentionPolicy, retain } from "./retention.js";
export {
  type CheckpointEntry,
  type Committed,
  type Damaged,
  type Found,
  RunFolder,
  type Summary,
} from "./run-folder.js";
export { serveWrites } from "./serve-writes.js";
export { Staging } from "./staging.js";
export { exitAtOnce, ThreadWriter } from "./thread-writer.js";
export { type Encoders, inPlaceWriter, type WriteJob, type Writer, type Written } from "./writer.js";
