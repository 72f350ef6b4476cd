import { shown } from "./shown.js";

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as XML and HTML hold it; names may come from files of others. */
export function escapeXml(text: string): string {
  return shown(text).replace(/[&<>"]/g, (character) => ENTITIES[character]!);
}
