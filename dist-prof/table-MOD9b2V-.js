//#region src/network/table.ts
const BOX = {
	header: "┏━┳┓",
	under: "┡━╇┩",
	between: "├─┼┤",
	bottom: "└─┴┘",
	bold: "┃",
	thin: "│"
};
const ASCII = {
	header: "+-++",
	under: "+-++",
	between: "+-++",
	bottom: "+-++",
	bold: "|",
	thin: "|"
};
/** A table with a line between rows, drawn as the library that Keras uses draws it; long cells wrap at spaces. */
function drawTable(columns, rows, ascii) {
	const chars = ascii ? ASCII : BOX;
	const widths = contentWidths(columns);
	const rule = ([left, fill, cross, right]) => `${left}${widths.map((width) => fill.repeat(width + 2)).join(cross)}${right}`;
	const draw = (cells, bar) => {
		const wrapped = cells.map((cell, i) => wrap(cell, widths[i]));
		const height = Math.max(...wrapped.map((lines) => lines.length));
		return Array.from({ length: height }, (_, at) => {
			return `${bar} ${wrapped.map((lines, i) => align(lines[at] ?? "", widths[i], columns[i].align)).join(` ${bar} `)} ${bar}`;
		});
	};
	const lines = [
		rule(chars.header),
		...draw(columns.map(({ title }) => title), chars.bold),
		rule(chars.under)
	];
	rows.forEach((row, i) => {
		if (i > 0) lines.push(rule(chars.between));
		lines.push(...draw(row, chars.thin));
	});
	return [...lines, rule(chars.bottom)];
}
function contentWidths(columns) {
	let excess = 3 * columns.length + 1;
	return columns.map(({ width }, i) => {
		const share = roundHalfToEven(excess / (columns.length - i));
		excess -= share;
		return width - share;
	});
}
function roundHalfToEven(x) {
	const down = Math.floor(x);
	if (x - down !== .5) return Math.round(x);
	return down % 2 === 0 ? down : down + 1;
}
function align(text, width, side) {
	if (side === "right") return text.padStart(width);
	if (side === "left") return text.padEnd(width);
	return text.padStart(text.length + Math.floor((width - text.length) / 2)).padEnd(width);
}
function wrap(text, width) {
	const lines = [];
	let line = "";
	for (const word of text.split(/(?<= )/)) {
		if ((line + word).trimEnd().length > width && line !== "") {
			lines.push(line);
			line = "";
		}
		line += word;
	}
	return [...lines, line].map((part) => part.trimEnd()).map((part) => part.length > width ? `${part.slice(0, width - 1)}…` : part);
}
//#endregion
export { drawTable as t };
