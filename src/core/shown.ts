/**
 * Characters that a terminal would act on instead of showing, or that make text look like other text: control
 * characters, line separators, direction marks, zero-width characters, halves of surrogate pairs.
 */
const UNSEEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/**
 * Text from outside (a name in a file, a path) as messages, tables and commands show it; decided only here. It is on
 * one line, with `\x1b` for invisible characters, and the middle of text longer than `most` is left out.
 */
export function shown(text: string, most = 700): string {
  if (text.length <= most) {
    const whole = escaped(text);
    if (whole.length <= most) return whole;
  }
  const mark = ` … (${text.length} characters) … `;
  const tail = Math.floor(most / 4);
  const head = Math.max(1, most - tail - mark.length);
  return escaped(text.slice(0, head)).slice(0, head) + mark + escaped(text.slice(-tail)).slice(-tail);
}

function escaped(text: string): string {
  return text.replace(UNSEEN, (unit) => {
    const code = unit.charCodeAt(0);
    return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/**
 * JSON for a terminal or a program: complete, with the same characters escaped as `\u001b`.
 * @param indent 0: on one line
 */
export function shownJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, null, indent).replace(UNSEEN, (unit) =>
    unit === "\n" ? unit : `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
