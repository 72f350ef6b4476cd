import { Budget } from "../../core/budget.js";
import { OptionError } from "../../core/errors.js";
import { joinBytes } from "../../core/join-bytes.js";
import { type Config, isConfig } from "../../core/parts.js";
import { type FilePath, pathOf } from "../../core/path-of.js";
import { formatShape } from "../../core/shape.js";
import type { Vfs } from "../../core/vfs.js";
import { nodeVfs } from "../../core/vfs-node.js";
import { type H5Group, readHdf5, readZip, splitTrailer, writeHdf5, writeZip } from "../../formats/index.js";
import { commitFile, fileFailure } from "../../store/index.js";
import { parseModel } from "../plain-json.js";
import { pythonJson } from "../python-json.js";
import { damaged, otherKind } from "../read-file.js";
import { type AddedWeights, tensorsOf } from "./added-weights.js";
import { type Comparison, comparison } from "./compare.js";
import type { EditedObject, EditedTree, Weights } from "./edited-tree.js";
import { noLeaf, notFound, notWhole, several, taken, wrongEnding } from "./editor-errors.js";
import { LayerTree } from "./layer-tree.js";
import { PathTree } from "./path-tree.js";
import { layerNamesIn, renameInCompile, renameInModel } from "./rename-in-config.js";

const WEIGHTS = "model.weights.h5";

/**
 * Looks into a file of Keras or Pawl, changes which weights it holds and what they are called, and saves that as another
 * file, for a model that has changed since. It knows no class of the model.
 * @example
 * const editor = await utils.KerasFileEditor.open("old.weights.h5");
 * editor.deleteObject("layers/dense_2");
 * await editor.save("new.weights.h5");
 */
export class KerasFileEditor {
  /** The file it was opened from. */
  readonly path: string;
  readonly #root: H5Group;
  readonly #tree: EditedTree;
  /** The other entries of a `.keras` archive. */
  readonly #entries: Map<string, Uint8Array> | null;
  #model: Config | null;
  #compile: Config | null;
  #fits = true;
  readonly #notes: string[] = [];

  private constructor(path: string, root: H5Group, entries: Map<string, Uint8Array> | null, budget: Budget) {
    this.path = path;
    this.#root = root;
    this.#entries = entries;
    const whole = root.groups.get("model_weights");
    const hasLayers = (group: H5Group): boolean => group.attrs.has("layer_names") || group.attrs.has("layer_names0");
    const layers = [whole, root].find((group) => group !== undefined && hasLayers(group));
    this.#tree = layers === undefined ? new PathTree(root) : new LayerTree(layers);
    const parsed = (text: unknown, part: string): Config | null =>
      typeof text === "string" || text instanceof Uint8Array ? parseModel(text, part, path, budget) : null;
    const config = entries?.get("config.json");
    this.#model = parsed(config ?? root.attrs.get("model_config"), "the description of the model");
    this.#compile = parsed(root.attrs.get("training_config"), "training_config");
    if (root.groups.delete("pawl") || [...(entries?.keys() ?? [])].some((name) => name.startsWith("pawl/"))) {
      this.#notes.push("Pawl's state of the training is left out: it belongs to the file as it was");
    }
  }

  /**
   * @param path a `.keras`, `.weights.h5` or `.h5` file
   * @throws {FormatError} for a damaged file, or one of another kind
   */
  static async open(path: FilePath): Promise<KerasFileEditor> {
    const file = pathOf(path, "KerasFileEditor.open: path");
    const vfs = nodeVfs();
    const bytes = await readFile(vfs, file);
    const budget = new Budget(bytes.length);
    const { body, trailer } = await splitTrailer(bytes);
    if (trailer === "damaged") throw damaged(file);
    if (body[0] === 0x50 && body[1] === 0x4b) {
      const entries = new Map(await readZip(bytes, budget));
      const weights = entries.get(WEIGHTS);
      if (weights === undefined) throw otherKind(file, `an archive without "${WEIGHTS}"`);
      return new KerasFileEditor(file, await readHdf5(weights, budget), entries, budget);
    }
    if (body[0] !== 0x89 || body[1] !== 0x48) throw otherKind(file, "neither an archive nor HDF5");
    return new KerasFileEditor(file, await readHdf5(body, budget), null, budget);
  }

  /** The objects with a place in the file, each before those inside it. */
  get objects(): readonly EditedObject[] {
    return this.#tree.list();
  }

  /** Names of the layers in the file's architecture; none where it has weights alone. */
  get layerNames(): readonly string[] {
    return this.#model === null ? [] : layerNamesIn(this.#model);
  }

  /** What the user should know of what is written. */
  get notes(): readonly string[] {
    return this.#notes;
  }

  /** A line for each object, with the shapes and dtypes of its weights. */
  summary(): string {
    return this.objects.map(objectLine).join("\n");
  }

  /** What differs between this file and another one, and how many weights agree. */
  compare(other: KerasFileEditor): Comparison {
    if (this.#tree.constructor !== other.#tree.constructor) throw otherLayouts(this.path, other.path);
    return comparison(this.objects, other.objects);
  }

  /**
   * Gives an object another name in its place.
   * @param object its path, or its last part where only one object has it
   */
  renameObject(object: string, newName: string): void {
    const path = this.#find(object);
    if (this.#tree instanceof LayerTree && this.layerNames.includes(path)) {
      this.renameLayer(path, newName);
      return;
    }
    const to = this.#freeName(path, newName);
    this.#tree.rename(path, to);
    this.#fits = this.#tree instanceof LayerTree && this.#fits;
  }

  /** Gives a layer of the file's architecture another name, wherever the file names it. Its weights stay where they are. */
  renameLayer(layer: string, newName: string): void {
    const known = this.layerNames;
    if (!known.includes(layer)) throw notFound("layer", layer, known, this.path);
    if (newName.includes("/")) throw noLeaf(newName);
    if (known.includes(newName)) throw taken("a layer", newName, this.path);
    if (this.#tree instanceof LayerTree) {
      if (this.objects.some(({ path }) => path === layer)) this.#tree.rename(layer, newName);
    } else renameVars(this.#root, layer, newName);
    this.#model = renameInModel(this.#model!, layer, newName);
    if (isConfig(this.#model["compile_config"])) {
      this.#model = { ...this.#model, compile_config: renameInCompile(this.#model["compile_config"], layer, newName) };
    }
    if (this.#compile !== null) this.#compile = renameInCompile(this.#compile, layer, newName);
  }

  /** Removes an object, with all inside it. */
  deleteObject(object: string): void {
    this.#tree.remove(this.#find(object));
    this.#fits = false;
  }

  /** Adds an object. @param path where: "layers/dense_2"; in a file with weights by layer, its name */
  addObject(path: string, weights: AddedWeights): void {
    const clean = path.replace(/^\/+|\/+$/gu, "");
    const paths = this.objects.map((object) => object.path);
    const above = clean.split("/").slice(0, -1).join("/");
    if (this.#tree instanceof PathTree && above !== "" && !paths.includes(above)) {
      throw notFound("object", above, paths, this.path);
    }
    if (clean === "" || paths.includes(clean)) throw taken("an object", clean, this.path);
    this.#tree.add(clean, tensorsOf(weights, clean));
    this.#fits = false;
  }

  /** Adds weights to an object. */
  addWeights(object: string, weights: AddedWeights): void {
    const path = this.#find(object);
    const own = this.#weightsOf(path);
    const added = tensorsOf(weights, path);
    for (const name of added.keys()) if (own.has(name)) throw taken("a weight", `${path}: ${name}`, this.path);
    this.#tree.addWeights(path, added);
    this.#fits = false;
  }

  /** Gives a weight of an object another name. */
  renameWeight(object: string, weight: string, newName: string): void {
    const path = this.#find(object);
    const own = this.#weightsOf(path);
    if (!own.has(weight)) throw notFound(`weight of "${path}"`, weight, [...own.keys()], this.path);
    if (own.has(newName)) throw taken("a weight", `${path}: ${newName}`, this.path);
    this.#tree.renameWeight(path, weight, newName);
    this.#fits = this.#tree instanceof LayerTree && this.#fits;
  }

  /** Removes a weight of an object. */
  deleteWeight(object: string, weight: string): void {
    const path = this.#find(object);
    const own = this.#weightsOf(path);
    if (!own.has(weight)) throw notFound(`weight of "${path}"`, weight, [...own.keys()], this.path);
    this.#tree.removeWeight(path, weight);
    this.#fits = false;
  }

  /**
   * Writes the file: as a whole or not at all. A file with an architecture is written with it while the weights still fit
   * it; a `.keras` file whose weights have changed is saved as `.weights.h5`.
   * @throws {OptionError} for an ending of another layout
   */
  async save(path: FilePath, options: { readonly overwrite?: boolean } = {}): Promise<void> {
    const file = pathOf(path, "KerasFileEditor.save: path");
    await commitFile(nodeVfs(), file, await this.encode(file), { overwrite: options.overwrite ?? true });
  }

  /** The bytes of the file that {@link save} writes. @internal */
  async encode(file: string): Promise<Uint8Array> {
    const isWeights = file.endsWith(".weights.h5");
    const parts = this.#tree instanceof PathTree;
    if (file.endsWith(".keras")) {
      if (this.#entries === null) throw wrongEnding(file, parts ? ".weights.h5" : ".h5");
      if (!this.#fits) throw notWhole(file, 'Save it under a name that ends in ".weights.h5"');
      return joinBytes(await writeZip(this.#archive(), { trailer: false }));
    }
    if (!/\.(h5|hdf5)$/u.test(file) || isWeights !== parts) throw wrongEnding(file, parts ? ".weights.h5" : ".h5");
    if (parts || this.#model === null) return writeHdf5(this.#root);
    if (!this.#fits) {
      this.#notes.push("the weights no longer fit the architecture, so they are written without it");
      return writeHdf5(this.#root.groups.get("model_weights")!);
    }
    this.#root.attrs.set("model_config", pythonJson(this.#model));
    if (this.#compile !== null) this.#root.attrs.set("training_config", pythonJson(this.#compile));
    return writeHdf5(this.#root);
  }

  #archive(): { name: string; bytes: Uint8Array }[] {
    const changed = new Map<string, Uint8Array>([
      ["config.json", new TextEncoder().encode(pythonJson(this.#model!))],
      [WEIGHTS, writeHdf5(this.#root)],
    ]);
    return [...this.#entries!]
      .filter(([name]) => !name.startsWith("pawl/"))
      .map(([name, bytes]) => ({ name, bytes: changed.get(name) ?? bytes }));
  }

  #find(object: string): string {
    const paths = this.objects.map(({ path }) => path);
    const clean = object.replace(/^\/+|\/+$/gu, "");
    if (paths.includes(clean)) return clean;
    const ending = paths.filter((path) => path.endsWith(`/${clean}`));
    if (ending.length > 1) throw several(object, ending, this.path);
    if (ending.length === 0) throw notFound("object", object, paths, this.path);
    return ending[0]!;
  }

  #freeName(path: string, newName: string): string {
    if (newName === "" || newName.includes("/")) throw noLeaf(newName);
    const slash = path.lastIndexOf("/");
    const moved = slash < 0 ? newName : `${path.slice(0, slash)}/${newName}`;
    if (this.objects.some((object) => object.path === moved)) throw taken("an object", moved, this.path);
    return newName;
  }

  #weightsOf(path: string): Weights {
    return this.objects.find((object) => object.path === path)!.weights;
  }
}

/** `layers/dense "hidden": 0 float32 (3, 4), 1 float32 (4)` */
function objectLine({ path, name, weights }: EditedObject): string {
  const own = [...weights].map(([key, { dtype, shape }]) => `${key} ${dtype} ${formatShape(shape)}`);
  return `${path}${name === null || name === "" ? "" : ` "${name}"`}${own.length === 0 ? "" : `: ${own.join(", ")}`}`;
}

/** The names of layers beside their weights. */
function renameVars(group: H5Group, from: string, to: string): void {
  const vars = group.groups.get("vars");
  if (vars?.attrs.get("name") === from) vars.attrs.set("name", to);
  for (const [key, child] of group.groups) if (key !== "vars") renameVars(child, from, to);
}

async function readFile(vfs: Vfs, path: string): Promise<Uint8Array> {
  try {
    return await vfs.readFile(path);
  } catch (error) {
    throw fileFailure("read", path, error);
  }
}

function otherLayouts(a: string, b: string): OptionError {
  return new OptionError({
    code: "edit-layouts",
    what: "One file has its weights by path and the other by layer, so nothing in them can be compared",
    received: `"${a}" and "${b}"`,
    expected: "two .keras or .weights.h5 files, or two .h5 files",
    fix: "Load one of them, and save it as the other kind",
  });
}
