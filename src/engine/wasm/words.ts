/** Pieces of WebAssembly's text format, for 32-bit integers. */
export const get = (name: string): string => `(local.get $${name})`;
export const set = (name: string, value: string): string => `(local.set $${name} ${value})`;
export const int = (value: number): string => `(i32.const ${value})`;
export const add = (a: string, b: string): string => `(i32.add ${a} ${b})`;
export const sub = (a: string, b: string): string => `(i32.sub ${a} ${b})`;
export const mul = (a: string, b: string): string => `(i32.mul ${a} ${b})`;
/** Bytes of this many 32-bit numbers. */
export const bytes = (count: string): string => `(i32.shl ${count} ${int(2)})`;

/** Counts `name` from 0 up to a local that is at least 1. */
export const times = (name: string, limit: string, body: string): string => `
  ${set(name, int(0))}
  (loop $next_${name}
    ${body}
    (br_if $next_${name} (i32.lt_s (local.tee $${name} ${add(get(name), int(1))}) ${get(limit)})))`;
