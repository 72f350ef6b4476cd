import { Budget } from "../core/budget.js";
import { OptionError } from "../core/errors.js";
import { memorySize } from "../core/human.js";
import { shown } from "../core/shown.js";
import type { Tensor } from "../core/tensor.js";
import { nodeVfs } from "../core/vfs-node.js";
import { readNpz } from "../formats/npy/index.js";
import { KerasFileEditor } from "../saving/editor/file-editor.js";
import { readBytes, statOf } from "./files.js";
import { EXIT, type ExitCode, type Terminal } from "./terminal.js";

/** A change as it stands on the command line, in its order. */
export interface Edit {
  readonly kind: "rename" | "rename-layer" | "delete" | "add" | "rename-weight" | "delete-weight" | "add-weights";
  readonly value: string;
}

export interface EditOptions {
  readonly compare?: string;
  readonly to?: string;
  readonly inPlace?: boolean;
  readonly force?: boolean;
}

/** `pawl edit FILE` */
export async function edit(
  terminal: Terminal,
  file: string,
  edits: readonly Edit[],
  { compare, to, inPlace = false, force = false }: EditOptions,
): Promise<ExitCode> {
  const target = inPlace ? file : to;
  if (inPlace && to !== undefined) throw twoTargets(to);
  if (edits.length > 0 && target === undefined && compare === undefined) throw noTarget();
  const editor = await opened(file);
  for (const one of edits) await apply(editor, one);
  if (compare !== undefined) return compared(terminal, editor, compare);
  if (target === undefined) {
    terminal.printJson({ file, layers: editor.layerNames, objects: editor.objects.map(objectJson) });
    for (const line of editor.summary().split("\n")) terminal.print(shown(line));
    return EXIT.ok;
  }
  await editor.save(target, { overwrite: inPlace || force });
  const { size } = await statOf(nodeVfs(), target);
  const { length: count } = editor.objects;
  terminal.printJson({ file: target, bytes: size, objects: count, notes: editor.notes });
  terminal.print(`${shown(target)}: ${memorySize(size)}, ${count} objects, from ${shown(file)}`);
  for (const note of editor.notes) terminal.print(note);
  return EXIT.ok;
}

async function opened(file: string): Promise<KerasFileEditor> {
  await statOf(nodeVfs(), file);
  return await KerasFileEditor.open(file);
}

async function compared(terminal: Terminal, editor: KerasFileEditor, other: string): Promise<ExitCode> {
  const result = editor.compare(await opened(other));
  const { differences, matchCount, equalCount } = result;
  terminal.printJson(result);
  for (const { place, here, there } of differences) {
    terminal.print(`${shown(place)}  ${here ?? "nothing"}  ${terminal.paint.red("but")}  ${there ?? "nothing"}`);
  }
  const found = `${matchCount} weights match, ${equalCount} of them in all numbers`;
  terminal.print(differences.length === 0 ? found : `${found}; ${differences.length} differ`);
  return differences.length === 0 ? EXIT.ok : EXIT.failed;
}

async function apply(editor: KerasFileEditor, { kind, value }: Edit): Promise<void> {
  if (kind === "delete") {
    editor.deleteObject(value);
    return;
  }
  if (kind === "delete-weight") {
    editor.deleteWeight(...split(kind, value, ":", "OBJECT:WEIGHT"));
    return;
  }
  const [what, name] = split(kind, value, "=", kind === "rename-weight" ? "OBJECT:WEIGHT=NAME" : FORMS[kind]);
  if (kind === "rename") editor.renameObject(what, name);
  else if (kind === "rename-layer") editor.renameLayer(what, name);
  else if (kind === "rename-weight") editor.renameWeight(...split(kind, what, ":", "OBJECT:WEIGHT=NAME"), name);
  else if (kind === "add") editor.addObject(what, await weightsIn(name));
  else editor.addWeights(what, await weightsIn(name));
}

const FORMS = {
  rename: "OBJECT=NAME",
  "rename-layer": "LAYER=NAME",
  add: "OBJECT=FILE.npz",
  "add-weights": "OBJECT=FILE.npz",
} as const;

function split(kind: string, value: string, at: string, form: string): [string, string] {
  const place = value.indexOf(at);
  if (place > 0 && place < value.length - 1) return [value.slice(0, place), value.slice(place + 1)];
  throw new OptionError({
    code: "edit-form",
    what: `--${kind} says what to change in another form`,
    received: `"${value}"`,
    expected: form,
    fix: "pawl edit --help shows examples",
  });
}

async function weightsIn(path: string): Promise<Record<string, Tensor>> {
  await statOf(nodeVfs(), path);
  const bytes = await readBytes(nodeVfs(), path);
  return Object.fromEntries(await readNpz(bytes, new Budget(bytes.length)));
}

const objectJson = ({ path, name, weights }: KerasFileEditor["objects"][number]) => ({
  path,
  name,
  weights: Object.fromEntries([...weights].map(([key, { shape, dtype }]) => [key, { shape, dtype }])),
});

function noTarget(): OptionError {
  return new OptionError({
    code: "edit-target",
    what: "What was changed must be written somewhere",
    received: "changes alone",
    expected: "--to FILE, or --in-place",
    fix: "Add --to and a new file's name; --in-place replaces the file itself",
  });
}

function twoTargets(to: string): OptionError {
  return new OptionError({
    code: "edit-targets",
    what: "The result can be written to one place",
    received: `--to ${to} and --in-place`,
    expected: "one of the two",
    fix: "Leave one out",
  });
}
