import { type Field, oneOf } from "../../core/options.js";

/** Where the channels are: last, or right after the batch. */
export type DataFormat = "channels_last" | "channels_first";

/** The option for it; null in files means the default. */
export function dataFormatField(): Field<DataFormat> {
  const field = oneOf(["channels_last", "channels_first"], { default: "channels_last" });
  return { ...field, parse: (value, where) => (value === null ? "channels_last" : field.parse(value, where)) };
}

/** Axes of height, width, … of an input of this rank. */
export function spatialAxes(rank: number, format: DataFormat): number[] {
  return Array.from({ length: rank - 2 }, (_, i) => i + (format === "channels_first" ? 2 : 1));
}

/** Axis of the channels. */
export function channelAxis(rank: number, format: DataFormat): number {
  return format === "channels_first" ? 1 : rank - 1;
}
