import { type Field, text } from "../core/options.js";

/** The option `name`. Keras 2 writes null where no name was given. */
export function nameField(fallback: string): Field<string> {
  const field = text({ default: fallback });
  return { ...field, fromConfig: (json, where) => (json === null ? fallback : field.parse(json, where)) };
}
