/** One parameter of a constructor, as its text has it. */
export type Parameter =
  /** `units`, with or without a default. */
  | { readonly kind: "name"; readonly name: string }
  /** `{ units, rate: r = 0.5, ...rest }`: properties with the names that the constructor has for them. */
  | { readonly kind: "options"; readonly keys: readonly string[]; readonly rest: string | null }
  /** Anything else. */
  | { readonly kind: "other" };

/** What the text of a class says of its constructor. */
export interface ConstructorText {
  readonly parameters: readonly Parameter[];
  /** The names that `super(…)` is given, one an argument; null for what is no name. */
  readonly passedOn: readonly (string | null)[];
}

/** The constructor that a class itself writes; null when it has the one of its base. */
export function constructorOf(cls: object): ConstructorText | null {
  const text = withoutComments(Function.prototype.toString.call(cls));
  const start = /(?:^|[\s{};}])constructor\s*\(/.exec(text);
  if (start === null) return null;
  const open = start.index + start[0].length;
  const close = closing(text, open);
  const body = text.slice(close);
  const call = /\bsuper\s*\(/.exec(body);
  const given =
    call === null ? [] : split(body.slice(call.index + call[0].length, closing(body, call.index + call[0].length)));
  const parameters = split(text.slice(open, close)).map(parameterOf);
  // What compilers write for a class that has fields and no constructor.
  if (parameters.length === 0 && given.join() === "...arguments") return null;
  return { parameters, passedOn: given.map((argument) => /^[\w$]+$/.exec(argument)?.[0] ?? null) };
}

function parameterOf(text: string): Parameter {
  const name = /^([\w$]+)\s*(?:=(?!=|>)|$)/.exec(text);
  if (name !== null) return { kind: "name", name: name[1]! };
  if (!text.startsWith("{")) return { kind: "other" };
  const keys: string[] = [];
  let rest: string | null = null;
  for (const item of split(text.slice(1, closing(text, 1)))) {
    const spread = /^\.\.\.([\w$]+)$/.exec(item);
    const key = /^([\w$]+)\s*(?:=|:|$)/.exec(item);
    if (spread !== null) rest = spread[1]!;
    else if (key !== null) keys.push(key[1]!);
    else return { kind: "other" };
  }
  return { kind: "options", keys, rest };
}

const OPENING = "([{";
const CLOSING = ")]}";

/** Where the bracket that is open at `from` closes. */
function closing(text: string, from: number): number {
  let depth = 1;
  for (let i = from; i < text.length; i++) {
    i = afterQuote(text, i);
    if (OPENING.includes(text[i]!)) depth++;
    else if (CLOSING.includes(text[i]!) && --depth === 0) return i;
  }
  return text.length;
}

/** Parts between commas that stand in no bracket. */
function split(text: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    i = afterQuote(text, i);
    if (OPENING.includes(text[i]!)) depth++;
    else if (CLOSING.includes(text[i]!)) depth--;
    else if (text[i] === "," && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return [...parts, text.slice(start)].map((part) => part.trim()).filter((part) => part !== "");
}

/** The last character of a string that begins at `at`; `at` where none does. */
function afterQuote(text: string, at: number): number {
  const quote = text[at];
  if (quote !== '"' && quote !== "'" && quote !== "`") return at;
  for (let i = at + 1; i < text.length; i++) {
    if (text[i] === "\\") i++;
    else if (text[i] === quote) return i;
  }
  return text.length;
}

function withoutComments(text: string): string {
  return text.replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (match) =>
    match.startsWith("/") ? " " : match,
  );
}
