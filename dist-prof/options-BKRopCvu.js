import { t as __exportAll } from "./chunk-pbuEa-1d.js";
import { c as nearest, r as OptionError } from "./errors-DC-FoqxE.js";
//#region src/core/names.ts
/**
* Keras's snake case of a class name: `Conv1D` -> `conv1d`, `PReLU` -> `p_re_lu`, `BatchNormalization` ->
* `batch_normalization` (keras.src.utils.naming.to_snake_case).
*/
function snakeCase(className) {
	return className.replace(/\W+/g, "").replace(/(.)([A-Z][a-z]+)/g, "$1_$2").replace(/([a-z])([A-Z])/g, "$1_$2").toLowerCase();
}
/** `batchSize` -> `batch_size`: the on-disk spelling of an option. Digits stay attached (`beta1` needs an explicit name). */
function optionToKeras(option) {
	return option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
const counters = /* @__PURE__ */ new Map();
/** A name that no earlier object of this process got: `dense`, `dense_1`, `dense_2`, … as Keras counts. */
function uniqueName(className) {
	const prefix = snakeCase(className);
	const count = counters.get(prefix) ?? 0;
	counters.set(prefix, count + 1);
	return count === 0 ? prefix : `${prefix}_${count}`;
}
//#endregion
//#region src/core/options.ts
var options_exports = /* @__PURE__ */ __exportAll({
	bool: () => bool,
	float: () => float,
	int: () => int,
	ints: () => ints,
	nullable: () => nullable,
	oneOf: () => oneOf,
	optionsFromConfig: () => optionsFromConfig,
	optionsToConfig: () => optionsToConfig,
	resolveOptions: () => resolveOptions,
	text: () => text,
	wrongOption: () => wrongOption
});
/**
* Checks `options` against the table and fills in the defaults.
* @throws {OptionError} for an unknown, missing or wrong option
*/
function resolveOptions(owner, fields, options) {
	const given = options ?? {};
	const table = fields;
	for (const key of Object.keys(given)) {
		if (Object.hasOwn(table, key)) continue;
		const guess = nearest(key, Object.keys(table));
		throw new OptionError({
			code: "unknown-option",
			what: `${owner} has no option "${key}"`,
			expected: `one of ${Object.keys(table).join(", ")}`,
			...guess === void 0 ? {} : { fix: `Did you mean "${guess}"?` },
			data: {
				owner,
				option: key
			}
		});
	}
	const out = {};
	for (const [key, field] of Object.entries(table)) {
		const value = given[key];
		if (value !== void 0) out[key] = field.parse(value, `${owner}.${key}`);
		else if ("default" in field) out[key] = field.default;
		else throw new OptionError({
			code: "missing-option",
			what: `${owner} needs the option "${key}"`,
			data: {
				owner,
				option: key
			}
		});
	}
	return out;
}
/** The options in Keras's spelling, as they are written to files. */
function optionsToConfig(fields, options) {
	const config = {};
	for (const [key, field] of Object.entries(fields)) {
		if (field.transient) continue;
		const value = options[key];
		config[field.keras ?? optionToKeras(key)] = field.toConfig ? field.toConfig(value) : value;
	}
	return config;
}
/**
* Options from a Keras config. Keys that the table does not have are handed to `unknown` (default: ignored), since
* newer and older Keras versions write keys that mean nothing to us.
*/
function optionsFromConfig(owner, fields, config, unknown) {
	const out = {};
	const known = /* @__PURE__ */ new Map();
	for (const [key, field] of Object.entries(fields)) known.set(field.keras ?? optionToKeras(key), [key, field]);
	for (const [name, json] of Object.entries(config)) {
		const entry = known.get(name);
		if (entry === void 0) unknown?.(name, json);
		else out[entry[0]] = (entry[1].fromConfig ?? entry[1].parse)(json, `${owner}.${name}`);
	}
	return out;
}
const show = (value) => {
	if (typeof value === "function") return value.name === "" ? "a function" : `function ${value.name}`;
	if (typeof value === "object" && value !== null && value.constructor !== Object && !Array.isArray(value)) return `a ${value.constructor.name}`;
	return JSON.stringify(value) ?? String(value);
};
/** The OptionError for a value that is not what the option takes. */
function wrongOption(where, expected, received, fix) {
	return new OptionError({
		code: "wrong-option",
		what: `${where} must be ${expected}`,
		received: typeof received === "number" ? String(received) : show(received),
		...fix === void 0 ? {} : { fix },
		data: { option: where }
	});
}
function inRange(value, { min, max, above }) {
	return (min === void 0 || value >= min) && (max === void 0 || value <= max) && (above === void 0 || value > above);
}
function rangeText({ min, max, above }) {
	const parts = [];
	if (min !== void 0) parts.push(`>= ${min}`);
	if (above !== void 0) parts.push(`> ${above}`);
	if (max !== void 0) parts.push(`<= ${max}`);
	return parts.length === 0 ? "" : ` ${parts.join(" and ")}`;
}
function int(range = {}, extra = {}) {
	return {
		...extra,
		parse(value, where) {
			if (typeof value !== "number" || !Number.isInteger(value) || !inRange(value, range)) throw wrongOption(where, `an integer${rangeText(range)}`, value);
			return value;
		}
	};
}
function float(range = {}, extra = {}) {
	return {
		...extra,
		parse(value, where) {
			if (typeof value !== "number" || Number.isNaN(value) || !inRange(value, range)) throw wrongOption(where, `a number${rangeText(range)}`, value);
			return value;
		}
	};
}
function bool(value, extra = {}) {
	return {
		default: value,
		...extra,
		parse(received, where) {
			if (typeof received !== "boolean") throw wrongOption(where, "true or false", received);
			return received;
		}
	};
}
function text(extra = {}) {
	return {
		...extra,
		parse(value, where) {
			if (typeof value !== "string") throw wrongOption(where, "a string", value);
			return value;
		}
	};
}
/** One of a few strings, spelled as in Keras. */
function oneOf(choices, extra = {}) {
	return {
		...extra,
		parse(value, where) {
			if (typeof value === "string" && choices.includes(value)) return value;
			const guess = typeof value === "string" ? nearest(value, choices) : void 0;
			throw wrongOption(where, `one of ${choices.map((choice) => `"${choice}"`).join(", ")}`, value, guess === void 0 ? void 0 : `Did you mean "${guess}"?`);
		}
	};
}
/** The field, or null (the default). */
function nullable(field, extra = {}) {
	const { toConfig, fromConfig, parse } = field;
	return {
		default: null,
		...field.keras === void 0 ? {} : { keras: field.keras },
		...toConfig ? { toConfig: (value) => value === null ? null : toConfig(value) } : {},
		...fromConfig ? { fromConfig: (json, where) => json === null ? null : fromConfig(json, where) } : {},
		...extra,
		parse: (value, where) => value === null ? null : parse(value, where)
	};
}
/** A list of `length` integers, or one integer that stands for all of them. */
function ints(length, range = {}, extra = {}) {
	const one = int(range);
	return {
		...extra,
		parse(value, where) {
			const list = typeof value === "number" ? new Array(length).fill(value) : value;
			if (!Array.isArray(list) || list.length !== length) throw wrongOption(where, `an integer or a list of ${length} integers${rangeText(range)}`, value);
			return list.map((item) => one.parse(item, where));
		}
	};
}
//#endregion
export { nullable as a, optionsToConfig as c, text as d, wrongOption as f, uniqueName as h, ints as i, options_exports as l, snakeCase as m, float as n, oneOf as o, optionToKeras as p, int as r, optionsFromConfig as s, bool as t, resolveOptions as u };
