import { type Fields, resolveOptions } from "../../core/options.js";
import { type DataFormat, dataFormatField } from "../spatial.js";

/** Options of operations that have no other. */
export interface ImageOptions {
  /** Default "channels_last". */
  readonly dataFormat?: DataFormat;
}

const FIELDS: Fields<ImageOptions> = { dataFormat: dataFormatField };

/** @param op for messages */
export function dataFormatOf(op: string, options: ImageOptions | undefined): DataFormat {
  return resolveOptions(`image.${op}`, FIELDS, options).dataFormat;
}
