import { FormatError } from "../../../core/errors.js";

/** The bytes are inconsistent: truncated, damaged or forged. */
export function damaged(what: string, received?: string, expected?: string): FormatError {
  return new FormatError({
    code: "hdf5-damaged",
    what: `The HDF5 file is damaged: ${what}`,
    ...(received === undefined ? {} : { received }),
    ...(expected === undefined ? {} : { expected }),
    fix: "Take another copy of the file, or an earlier checkpoint",
  });
}

/** Something that leads out of the file, or could exhaust memory or time. Never followed. */
export function refused(code: string, what: string, fix?: string): FormatError {
  return new FormatError({ code: `hdf5-${code}`, what: `Refused: ${what}`, ...(fix === undefined ? {} : { fix }) });
}

/** A part of HDF5 that neither Keras nor h5py's defaults write. */
export function unsupported(what: string): FormatError {
  return new FormatError({
    code: "hdf5-unsupported",
    what: `This HDF5 file uses ${what}, which is not read here`,
    fix: "Write it again with h5py's defaults (as Keras does)",
  });
}
