/** Makes `console.log` of Node, Deno and Bun show objects of a class by their `toString`. */
export function inspectAsText(prototype: { toString(): string }): void {
  for (const name of ["nodejs.util.inspect.custom", "Deno.customInspect"]) {
    Object.defineProperty(prototype, Symbol.for(name), {
      value(this: { toString(): string }) {
        return this.toString();
      },
    });
  }
}
