/** A WebAssembly text expression: an atom or a list in parentheses. */
export type Expression = string | readonly Expression[];

/** Reads the expressions of a text; `;;` starts a comment. */
export function parse(source: string): Expression[] {
  const tokens = source.replace(/;;[^\n]*/g, "").match(/[()]|[^\s()]+/g) ?? [];
  let next = 0;
  const list = (): Expression[] => {
    const out: Expression[] = [];
    while (next < tokens.length && tokens[next] !== ")") {
      if (tokens[next] === "(") {
        next++;
        out.push(list());
        next++;
      } else out.push(tokens[next++]!);
    }
    return out;
  };
  return list();
}
