import { OptionError } from "../../core/errors.js";
import { nearest } from "../../core/spelling.js";

export function notFound(what: string, name: string, known: readonly string[], file: string): OptionError {
  const guess = nearest(name, known);
  return new OptionError({
    code: "edit-not-found",
    what: `"${file}" has no ${what} "${name}"`,
    received: `"${name}"`,
    expected:
      known.length === 0 ? `no ${what} is there` : known.slice(0, 20).join(", ") + (known.length > 20 ? ", …" : ""),
    fix: guess === undefined ? "Look at its summary: pawl edit FILE" : `Did you mean "${guess}"?`,
    data: { name },
  });
}

export function several(name: string, paths: readonly string[], file: string): OptionError {
  return new OptionError({
    code: "edit-several",
    what: `"${file}" has several objects of that name`,
    received: `"${name}"`,
    expected: `one of ${paths.join(", ")}`,
    fix: "Give the whole path",
    data: { name },
  });
}

export function taken(what: string, name: string, file: string): OptionError {
  return new OptionError({
    code: "edit-taken",
    what: `"${file}" has such ${what} already`,
    received: `"${name}"`,
    expected: "a name that is not taken",
    fix: "Delete the other one first, or choose another name",
    data: { name },
  });
}

export function noLeaf(name: string): OptionError {
  return new OptionError({
    code: "edit-name",
    what: "An object gets a new name within its place, and no new place",
    received: `"${name}"`,
    expected: 'a name without "/"',
    fix: "To move it, add the object there and delete it here",
    data: { name },
  });
}

export function notWhole(path: string, fix: string): OptionError {
  return new OptionError({
    code: "edit-architecture",
    what: "The weights no longer fit the architecture in the file, so they are written without it",
    received: `"${path}"`,
    expected: "a file of weights",
    fix,
    data: { path },
  });
}

export function wrongEnding(path: string, ending: string): OptionError {
  return new OptionError({
    code: "edit-ending",
    what: "The edited file is of another layout than this name says",
    received: `"${path}"`,
    expected: `a name that ends in "${ending}"`,
    fix: "Load it into a model, and save that, for another layout",
    data: { path },
  });
}
