import { StateError } from "../core/errors.js";

interface Kind {
  readonly code: string;
  readonly why: string;
  readonly fix: string;
}

const NOT_WRITABLE: Kind = {
  code: "not-writable",
  why: "the folder or file cannot be written",
  fix: "Change its permissions, or choose another place",
};
const DISK_FULL: Kind = {
  code: "disk-full",
  why: "the disk is full",
  fix: "Free some space, or keep fewer checkpoints",
};
const IS_FOLDER: Kind = { code: "is-a-folder", why: "there is a folder of that name", fix: "Give the path of a file" };

const NO_FILE: Kind = {
  code: "not-a-file",
  why: "it is a pipe, a socket or a device, and no file",
  fix: "Give the path of a file",
};

const KINDS: Readonly<Record<string, Kind>> = {
  EACCES: NOT_WRITABLE,
  EPERM: NOT_WRITABLE,
  EROFS: NOT_WRITABLE,
  ENOSPC: DISK_FULL,
  EDQUOT: DISK_FULL,
  EISDIR: IS_FOLDER,
  ENOTDIR: { code: "not-a-folder", why: "a part of the path is a file", fix: "Give a path whose folders are folders" },
  ENOENT: { code: "missing-file", why: "there is nothing at that path", fix: "Check the path" },
  ENXIO: NO_FILE,
  ENODEV: NO_FILE,
  EFBIG: { code: "file-too-large", why: "it is larger than memory can be", fix: "Use another file" },
  ELOOP: { code: "too-many-links", why: "links lead in a circle", fix: "Give the path of a file" },
  ENAMETOOLONG: { code: "name-too-long", why: "the name is too long", fix: "Choose a shorter name" },
};

/** The error for a failed file operation; `verb` names the operation, e.g. "write". */
export function fileFailure(verb: string, path: string, cause: unknown): StateError {
  const system = (cause as { code?: unknown } | null)?.code;
  const kind: Kind = (typeof system === "string" ? KINDS[system] : undefined) ?? {
    code: "file-failed",
    why: cause instanceof Error ? cause.message : String(cause),
    fix: "Look at the cause, and try again",
  };
  return new StateError({
    code: kind.code,
    what: `Cannot ${verb} "${path}": ${kind.why}`,
    ...(typeof system === "string" ? { received: system } : {}),
    fix: kind.fix,
    data: { path, ...(typeof system === "string" ? { system } : {}) },
    cause,
  });
}
