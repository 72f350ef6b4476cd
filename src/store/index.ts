export { decodeCheckpoint, encodeCheckpoint } from "./checkpoint.js";
export { type CommitOptions, commitFile } from "./commit.js";
export { fileFailure } from "./file-failure.js";
export { holderOf, Lock, type LockTiming } from "./lock.js";
export { type Owner, stateOf, thisOwner } from "./owner.js";
export { type CheckpointEntry, type Damaged, type Found, RunFolder } from "./run-folder.js";
