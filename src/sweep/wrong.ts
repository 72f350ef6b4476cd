import {
  EngineError,
  type ErrorParts,
  FormatError,
  OptionError,
  PawlError,
  ShapeError,
  StateError,
} from "../core/errors.js";

/** An error of Pawl's on its way between processes, where its class is lost. */
export type Wrong = Pick<ErrorParts, "code" | "what" | "received" | "expected" | "fix"> & { readonly name: string };

export function wrongOf(error: PawlError): Wrong {
  const { code, what, received, expected, fix } = error.parts;
  // Members that are undefined do not travel.
  return JSON.parse(JSON.stringify({ name: error.name, code, what, received, expected, fix })) as Wrong;
}

const CLASSES = [EngineError, FormatError, OptionError, ShapeError, StateError];

/** The error that {@link wrongOf} took apart. */
export function errorOf({ name, ...parts }: Wrong): PawlError {
  const Kind = CLASSES.find((each) => new each(parts).name === name) ?? PawlError;
  return new Kind(parts);
}
