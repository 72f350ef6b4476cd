import { FormatError } from "../../../core/errors.js";

/** The bytes do not say what they should: cut short, damaged or made up. */
export function damaged(what: string, received?: string, expected?: string): FormatError {
  return new FormatError({
    code: "hdf5-damaged",
    what: `The HDF5 file is damaged: ${what}`,
    ...(received === undefined ? {} : { received }),
    ...(expected === undefined ? {} : { expected }),
    fix: "Take another copy of the file, or an earlier checkpoint",
  });
}

/** Something that reaches outside the file, or could use up memory or time. Never followed. */
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
