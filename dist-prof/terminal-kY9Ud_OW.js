//#region src/cli/terminal.ts
/** Exit codes of the command. */
const EXIT = {
	ok: 0,
	failed: 1,
	usage: 2,
	damaged: 3
};
function openTerminal(json) {
	return {
		json,
		print: (line) => {
			if (!json) process.stdout.write(`${line}\n`);
		},
		printJson: (value) => {
			if (json) process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
		},
		warn: (line) => {
			process.stderr.write(`${line}\n`);
		},
		paint: paintFor(hasColor())
	};
}
function hasColor() {
	const { NO_COLOR: off, FORCE_COLOR: on, TERM: term } = process.env;
	if (off !== void 0 && off !== "") return false;
	if (on !== void 0 && on !== "") return on !== "0";
	return process.stdout.isTTY === true && term !== "dumb";
}
function paintFor(color) {
	const wrap = (on, off) => (text) => color ? `\u001b[${on}m${text}\u001b[${off}m` : text;
	return {
		bold: wrap(1, 22),
		dim: wrap(2, 22),
		green: wrap(32, 39),
		yellow: wrap(33, 39),
		red: wrap(31, 39)
	};
}
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/g;
/** Text from a file as a terminal may see it: escape sequences in a name must not run. */
function safe(text) {
	return text.replace(CONTROL, (unit) => `\\x${unit.charCodeAt(0).toString(16).padStart(2, "0")}`);
}
/** Rows as columns that are as wide as their longest cell. `paint` sees the padded cell. */
function columns(rows, paint = (cell) => cell) {
	const widths = rows.reduce((widest, row) => row.map((cell, i) => Math.max(widest[i] ?? 0, cell.length)), []);
	return rows.map((row, at) => row.map((cell, i) => paint(i === row.length - 1 ? cell : cell.padEnd(widths[i]), i, at)).join("  ").trimEnd());
}
//#endregion
export { safe as i, columns as n, openTerminal as r, EXIT as t };
