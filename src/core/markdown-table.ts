/** A table in Markdown; what would end a cell is escaped. */
export function markdownTable(heads: readonly string[], rows: readonly (readonly unknown[])[]): string {
  const line = (cells: readonly unknown[]): string =>
    `| ${cells
      .map((cell) =>
        String(cell)
          .replaceAll("|", "\\|")
          .replaceAll(/\s*\n\s*/g, " "),
      )
      .join(" | ")} |`;
  return [line(heads), line(heads.map(() => "---")), ...rows.map(line)].join("\n");
}
