//#region src/core/spelling.ts
/** What people who come from elsewhere write, and no likeness of letters finds. */
const ELSEWHERE = {
	lr: "learningRate",
	decay: "weightDecay"
};
/** The candidate that looks most like `word`, if one is near enough to be a slip of the hand. */
function nearest(word, candidates) {
	const known = ELSEWHERE[word];
	if (known !== void 0 && candidates.includes(known)) return known;
	let best;
	let bestDistance = Number.POSITIVE_INFINITY;
	for (const candidate of candidates) {
		const distance = editDistance(canonical(word), canonical(candidate));
		if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
	}
	return best !== void 0 && bestDistance <= Math.max(1, Math.floor(word.length / 3)) ? best : void 0;
}
const canonical = (word) => word.toLowerCase().replaceAll("_", "");
function editDistance(a, b) {
	let previous = Array.from({ length: b.length + 1 }, (_, j) => j);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		for (let j = 1; j <= b.length; j++) {
			const substitution = previous[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
			row.push(Math.min(substitution, previous[j] + 1, row[j - 1] + 1));
		}
		previous = row;
	}
	return previous[b.length];
}
//#endregion
//#region src/core/errors.ts
/** Base of all errors that Pawl throws. */
var PawlError = class extends Error {
	code;
	data;
	constructor(parts) {
		super(messageOf(parts), parts.cause === void 0 ? void 0 : { cause: parts.cause });
		this.name = new.target.name;
		this.code = parts.code;
		this.data = parts.data ?? {};
	}
};
/** An option, argument or name that Pawl does not know or cannot use. */
var OptionError = class extends PawlError {};
/** Shapes or dtypes that do not fit each other. */
var ShapeError = class extends PawlError {};
/** An operation that the present state does not allow (not compiled, not built, torn). */
var StateError = class extends PawlError {};
/** A file that is damaged, hostile, missing or of another kind. */
var FormatError = class extends PawlError {};
/** The engine could not load, compile or run. */
var EngineError = class extends PawlError {};
function messageOf(parts) {
	const lines = [parts.what.endsWith(".") ? parts.what : `${parts.what}.`];
	if (parts.received !== void 0) lines.push(`Received: ${parts.received}.`);
	if (parts.expected !== void 0) lines.push(`Expected: ${parts.expected}.`);
	if (parts.fix !== void 0) lines.push(parts.fix.endsWith(".") || parts.fix.endsWith("?") ? parts.fix : `${parts.fix}.`);
	return lines.join(" ");
}
/** An {@link OptionError} for a name that is not one of `known`, with the nearest right spelling. */
function unknownName(what, received, known) {
	const guess = nearest(received, known);
	return new OptionError({
		code: "unknown-name",
		what: `${what}: unknown name "${received}"`,
		expected: `one of ${known.map((name) => `"${name}"`).join(", ")}`,
		...guess === void 0 ? {} : { fix: `Did you mean "${guess}"?` },
		data: {
			received,
			known
		}
	});
}
//#endregion
export { ShapeError as a, nearest as c, PawlError as i, FormatError as n, StateError as o, OptionError as r, unknownName as s, EngineError as t };
