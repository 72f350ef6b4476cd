/** A line of CSV. Texts that a spreadsheet would compute get a quote before them. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return values.map(csvField).join(",");
}

function csvField(value: string | number | null): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const safe =
    /^[=+\-@\t\r]/.test(value) && Number.isNaN(Number(value)) && !/^-?Infinity$/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
