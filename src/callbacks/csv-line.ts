/** One line as Python's `csv` module writes it: quotes only where needed, CRLF at the end. */
export function csvLine(fields: readonly string[], separator: string): string {
  const quoted = fields.map((field) =>
    field.includes(separator) || /["\r\n]/u.test(field) ? `"${field.replaceAll('"', '""')}"` : field,
  );
  return `${quoted.join(separator)}\r\n`;
}

/** The fields of a line, which has no line end. */
export function parseCsvLine(line: string, separator: string): string[] {
  const fields: string[] = [];
  let field = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const char = line[i]!;
    if (quoted && char === '"' && line[i + 1] === '"') {
      field += char;
      i++;
    } else if (char === '"') quoted = !quoted;
    else if (char === separator && !quoted) {
      fields.push(field);
      field = "";
    } else field += char;
  }
  return [...fields, field];
}
