import { n as FormatError } from "./errors-DC-FoqxE.js";
import { y as isConfig } from "./vfs-node-5nrdDM0o.js";
//#region src/saving/description.ts
/**
* What `collectModel` would have given for the model at that time.
* @param where for messages: the run's path
* @throws {FormatError} when the description is missing or not one
*/
function collectDescribed(json, contents, where) {
	const description = readDescription(json, where);
	const { weights, optimizer, state } = contents;
	const tensor = (index) => {
		const found = weights[index];
		if (found === void 0) throw malformed(where, `weight ${index} of ${weights.length}`);
		return found;
	};
	const compile = withPresentRate(description.compile, optimizer);
	return {
		label: description.label,
		model: {
			...description.model,
			...compile === null ? {} : { compile_config: compile }
		},
		legacyModel: description.legacyModel,
		compile,
		ownCompile: description.ownCompile,
		layers: description.layers.map((layer) => ({
			name: layer.name,
			weights: layer.weights.map(([name, index]) => ({
				name,
				tensor: tensor(index)
			}))
		})),
		objects: description.objects.map(({ path, name, weights: indexes }) => ({
			path,
			name,
			tensors: indexes.map(tensor)
		})),
		optimizer: description.optimizer === null ? null : {
			name: description.optimizer,
			entries: optimizer
		},
		state
	};
}
/** @throws {FormatError} when there is none, or it is malformed */
function readDescription(json, where) {
	if (isConfig(json) && typeof json["unavailable"] === "string") throw new FormatError({
		code: "model-not-described",
		what: `No file can hold the model of "${where}": ${json["unavailable"]}`
	});
	if (!isDescription(json)) throw malformed(where, "no description of the model");
	return {
		compile: null,
		optimizer: null,
		...json
	};
}
function isDescription(json) {
	if (!isConfig(json)) return false;
	const { label, model, legacyModel, compile = null, ownCompile, optimizer = null, layers, objects } = json;
	const isIndex = (value) => Number.isSafeInteger(value);
	const isWeight = (pair) => isList(pair) && pair.length === 2 && typeof pair[0] === "string" && isIndex(pair[1]);
	return typeof label === "string" && isConfig(model) && isConfig(legacyModel) && (compile === null || isConfig(compile)) && isConfig(ownCompile) && (optimizer === null || typeof optimizer === "string") && isListOf(layers, ({ name, weights }) => typeof name === "string" && isList(weights) && weights.every(isWeight)) && isListOf(objects, ({ path, name, weights }) => typeof path === "string" && typeof name === "string" && isList(weights) && weights.every(isIndex));
}
const isList = (value) => Array.isArray(value);
function isListOf(value, check) {
	return isList(value) && value.every((item) => isConfig(item) && check(item));
}
/** Keras writes the rate of the moment into the config; the description is as old as the start of the training. */
function withPresentRate(compile, optimizer) {
	const part = compile?.["optimizer"];
	const config = isConfig(part) ? part["config"] : void 0;
	const rate = optimizer.find(({ name }) => /(^|\/)learning_rate$/.test(name))?.tensor.item();
	if (!isConfig(part) || !isConfig(config) || typeof config["learning_rate"] !== "number" || rate === void 0) return compile;
	return {
		...compile,
		optimizer: {
			...part,
			config: {
				...config,
				learning_rate: Number(rate)
			}
		}
	};
}
function malformed(where, received) {
	return new FormatError({
		code: "model-description",
		what: `"${where}" does not say what its model looks like, so it cannot become a file of Keras`,
		received,
		fix: "An older Pawl may have written it: start the training script once more, which writes a new checkpoint"
	});
}
//#endregion
export { collectDescribed as t };
