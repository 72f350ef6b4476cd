import { n as FormatError } from "./errors-DC-FoqxE.js";
import { r as sizeOf } from "./shape-Cm7Ckhsa.js";
import { m as snakeCase } from "./options-BKRopCvu.js";
import { y as isConfig } from "./vfs-node-5nrdDM0o.js";
import { l as decodeCheckpoint, n as decodeRunState } from "./run-state-U43fAGQP.js";
import { t as collectDescribed } from "./description-Bm0DoFC9.js";
import { n as readModelFile, t as readWeightsFile } from "./read-weights-BREAVQoL.js";
import { n as standingIn, o as isCheckpoint, r as standingOf } from "./standing-B4k70drg.js";
//#region src/cli/contents.ts
/** The layers that a model's config lists, with the weights that the file has for each; nothing is built for it. */
function layersOf(config, stored) {
	const groups = new Map(stored.layout === "layers" ? byName(stored) : byPlace(stored));
	return [...stackOf(config).map(({ name, className, place }) => {
		const key = stored.layout === "layers" ? name : place;
		const weights = groups.get(key) ?? [];
		groups.delete(key);
		return row(name, className, weights);
	}), ...[...groups].filter(([, weights]) => weights.length > 0).map(([name, own]) => row(name, null, own))];
}
/** The same for a file that holds weights alone. */
function placesOf(stored) {
	return layersOf(null, stored).filter(({ weights }) => weights.length > 0);
}
function stackOf(config) {
	const layers = isConfig(config) ? config["layers"] : void 0;
	if (!Array.isArray(layers)) return [];
	const used = /* @__PURE__ */ new Map();
	return layers.filter(isConfig).map((layer) => {
		const className = typeof layer["class_name"] === "string" ? layer["class_name"] : "?";
		const own = layer["config"];
		const name = isConfig(own) && typeof own["name"] === "string" ? own["name"] : nameOf(layer["name"], className);
		const word = snakeCase(className);
		const before = used.get(word) ?? 0;
		used.set(word, before + 1);
		return {
			name,
			className,
			place: `layers/${before === 0 ? word : `${word}_${before}`}`
		};
	});
}
const nameOf = (name, className) => typeof name === "string" ? name : snakeCase(className);
function byName(stored) {
	return stored.layers.map(({ name, weights }) => [name, weights.map((weight) => describe(shortName(weight.name, name), weight.tensor))]);
}
/** Everything below a layer's place is the layer's. */
function byPlace(stored) {
	const groups = /* @__PURE__ */ new Map();
	for (const [path, tensors] of stored.objects) {
		if (path === "optimizer") continue;
		const modern = path.replace(/(^|\/)_layer_checkpoint_dependencies(?=\/)/g, "$1layers");
		const place = /^layers\/[^/]+/.exec(modern)?.[0] ?? modern;
		const inside = modern.slice(place.length + 1);
		const own = tensors.map((tensor, i) => describe(inside === "" ? String(i) : `${inside}/${i}`, tensor));
		groups.set(place, [...groups.get(place) ?? [], ...own]);
	}
	return groups;
}
/** "sequential/dense/kernel:0" of the layer "dense" -> "kernel". */
function shortName(path, layer) {
	const name = path.replace(/:\d+$/, "");
	const parts = name.split("/");
	const at = parts.lastIndexOf(layer);
	return at >= 0 && at < parts.length - 1 ? parts.slice(at + 1).join("/") : name;
}
function describe(name, { dtype, shape }) {
	return {
		name,
		dtype,
		shape
	};
}
function row(name, className, weights) {
	return {
		name,
		class: className,
		parameters: weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
		weights
	};
}
//#endregion
//#region src/cli/inspect-file.ts
/** @throws {FormatError} when the file is damaged, edited or of another kind */
async function reportOn(path, bytes) {
	if (isCheckpoint(bytes)) return reportOnState(path, bytes.length, await decodeCheckpoint(bytes));
	const loaded = await readAnything(path, bytes);
	const { origin } = loaded;
	const model = "model" in loaded ? loaded : null;
	const config = model?.model["config"] ?? null;
	const layers = model === null ? placesOf(loaded.weights) : layersOf(config, loaded.weights);
	return {
		path,
		bytes: bytes.length,
		kind: model === null ? "weights" : "model",
		format: origin.container === "zip" ? "Keras archive" : "HDF5",
		digest: origin.digest,
		writtenBy: {
			pawl: origin.pawl,
			keras: origin.keras
		},
		model: model === null ? null : {
			class: model.className,
			name: nameIn(config)
		},
		layers,
		parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
		compile: model?.compile ?? null,
		optimizer: optimizerInfo(loaded.optimizer),
		training: standingIn(loaded.state)
	};
}
/** The same for a state that was read already. */
function reportOnState(path, bytes, value) {
	const run = decodeRunState(value);
	const { state, weights, optimizer, optimizerNames, notes } = run;
	const entries = optimizer.map((tensor, i) => ({
		name: optimizerNames[i],
		tensor
	}));
	const model = described(run, entries, path);
	const config = model?.legacyModel["config"] ?? null;
	const bare = [{
		name: "weights",
		weights: weights.map((tensor, i) => ({
			name: String(i),
			tensor
		}))
	}];
	const layers = layersOf(config, {
		layout: "layers",
		layers: model?.layers ?? bare
	});
	const { optimizer: rule = null, loss = null, metrics = null } = model?.compile ?? {};
	return {
		path,
		bytes,
		kind: "checkpoint",
		format: "run checkpoint",
		digest: true,
		writtenBy: {
			pawl: notes.pawl,
			keras: null
		},
		model: model === null ? null : {
			class: String(model.legacyModel["class_name"]),
			name: nameIn(config)
		},
		layers,
		parameters: layers.reduce((sum, { parameters }) => sum + parameters, 0),
		compile: model === null || model.compile === null ? null : {
			optimizer: rule,
			loss,
			metrics
		},
		optimizer: optimizerInfo(entries),
		training: standingOf(state, notes.epochs)
	};
}
/** Null for models that no file can describe: what they hold is shown all the same. */
function described({ weights, notes }, optimizer, path) {
	try {
		return collectDescribed(notes.model, {
			weights,
			optimizer,
			state: null
		}, path);
	} catch (error) {
		if (error instanceof FormatError && error.code.startsWith("model-")) return null;
		throw error;
	}
}
/** A whole model, or weights alone. Layers that are programs are shown, never run. */
async function readAnything(path, bytes) {
	try {
		return await readModelFile(bytes, {
			file: path,
			replaces: () => true
		});
	} catch (error) {
		if (!(error instanceof FormatError) || error.code !== "weights-only") throw error;
		return readWeightsFile(bytes, { file: path });
	}
}
function optimizerInfo(entries) {
	if (entries === null || entries.length === 0) return null;
	const [first, second] = entries;
	const scalar = (entry, kind) => entry !== void 0 && entry.tensor.shape.length === 0 && kind.test(entry.tensor.dtype) ? Number(entry.tensor.item()) : null;
	return {
		variables: entries.length,
		iteration: scalar(first, /int/),
		learningRate: scalar(second, /float/)
	};
}
function nameIn(config) {
	const name = isConfig(config) ? config["name"] : void 0;
	return typeof name === "string" ? name : "";
}
//#endregion
export { reportOn as n, reportOnState as r, readAnything as t };
