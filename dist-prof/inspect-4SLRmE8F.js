import { r as sizeOf } from "./shape-Cm7Ckhsa.js";
import { n as byteSize, r as isDType } from "./dtype-CoZs3mAt.js";
import { d as memorySize, n as nodeVfs, u as formatCount } from "./vfs-node-5nrdDM0o.js";
import { t as drawTable } from "./table-MOD9b2V-.js";
import { i as safe, n as columns, t as EXIT } from "./terminal-kY9Ud_OW.js";
import { c as trimmed, i as standingText, s as statOf, t as partName } from "./standing-B4k70drg.js";
import { n as reportOn, r as reportOnState } from "./inspect-file-BZLRKhQf.js";
import { n as runLine, t as readRun } from "./run-report-CcITtcZ3.js";
//#region src/cli/report-text.ts
/** A file's report as people read it. */
function reportText(report, paint) {
	const { model, layers, compile, optimizer, training, writtenBy } = report;
	const title = model === null ? "Weights without an architecture" : `${model.class} "${model.name}"`;
	const facts = [
		["File", `${report.path}, ${report.format}, ${memorySize(report.bytes)}`],
		["Written by", writers(writtenBy) || "unknown"],
		["Digest", report.digest ? "holds" : "none, as in every file that Pawl did not write"]
	];
	if (compile !== null) {
		const { loss, metrics } = compile;
		facts.push(["Compiled", `${partName(compile.optimizer)}, loss ${partName(loss)}, metrics ${partName(metrics)}`]);
	}
	if (optimizer !== null) {
		const parts = [`${optimizer.variables} variables`];
		if (optimizer.iteration !== null) parts.push(`step ${optimizer.iteration}`);
		if (optimizer.learningRate !== null) parts.push(`learning rate ${shortNumber(optimizer.learningRate)}`);
		facts.push(["Optimizer", parts.join(", ")]);
	}
	if (training === null) facts.push(["Training", "no state of Pawl: a resume starts at an epoch's beginning"]);
	else {
		facts.push(["Stands", standingText(training)]);
		const logs = Object.entries(training.logs).map(([key, value]) => `${key} ${shortNumber(value)}`);
		if (logs.length > 0) facts.push(["Last epoch", logs.join(", ")]);
		facts.push(["Seed", `${training.seed}, ${training.shards} shard${training.shards === 1 ? "" : "s"}`]);
		if (training.callbacks.length > 0) facts.push(["Callbacks", training.callbacks.join(", ")]);
		const machine = Object.entries(training.machine).map(([key, value]) => `${key} ${value}`);
		if (machine.length > 0) facts.push(["Machine", machine.join(", ")]);
	}
	const cells = facts.map(([key, value]) => [key, safe(value)]);
	return [
		paint.bold(safe(title)),
		...layerTable(layers),
		` Total params: ${formatCount(report.parameters)} (${memorySize(weightBytes(layers))})`,
		"",
		...columns(cells, (cell, column) => column === 0 ? paint.dim(cell) : cell)
	];
}
function layerTable(layers) {
	const titles = [
		{
			title: "Layer (type)",
			width: 32,
			align: "left"
		},
		{
			title: "Weights",
			width: 44,
			align: "left"
		},
		{
			title: "Param #",
			width: 12,
			align: "right"
		}
	];
	const rows = layers.map(({ name, class: className, parameters, weights }) => [
		safe(className === null ? name : `${name} (${className})`),
		safe(weights.map(weightText).join(" ")) || "-",
		formatCount(parameters)
	]);
	return rows.length === 0 ? [] : drawTable(titles, rows, false);
}
function weightText({ name, dtype, shape }) {
	const type = dtype === "float32" ? "" : `:${dtype}`;
	return `${/^\d+$/.test(name) ? "" : name}(${shape.join(",")})${type}`;
}
function weightBytes(layers) {
	return layers.flatMap(({ weights }) => weights).reduce((sum, { dtype, shape }) => sum + (isDType(dtype) && dtype !== "string" ? sizeOf(shape) * byteSize(dtype) : 0), 0);
}
function writers({ pawl, keras }) {
	if (pawl !== null) return `Pawl ${pawl}`;
	return keras === null ? "" : `Keras ${keras}`;
}
/** Four significant digits, as logs are read. */
function shortNumber(value) {
	return String(Number(value.toPrecision(4)));
}
//#endregion
//#region src/cli/inspect.ts
/** `pawl inspect PATH` */
async function inspect(terminal, given) {
	const files = nodeVfs();
	const path = trimmed(given);
	if ((await statOf(files, path)).kind !== "folder") {
		const report = await reportOn(path, await files.readFile(path));
		terminal.printJson(report);
		for (const line of reportText(report, terminal.paint)) terminal.print(line);
		return EXIT.ok;
	}
	const { run, newest } = await readRun(files, path);
	const report = newest === null ? null : reportOnState(newest.entry.path, newest.bytes, newest.state);
	terminal.printJson({
		...run,
		newest: report
	});
	if (report !== null) for (const line of reportText(report, terminal.paint)) terminal.print(line);
	terminal.print("");
	terminal.print(`${terminal.paint.bold(safe(path))}: ${runLine(run)}`);
	for (const { file, step, bytes } of run.checkpoints) terminal.print(`  step ${step}: ${file}, ${memorySize(bytes)}`);
	for (const { file, why } of run.damaged) terminal.print(terminal.paint.red(`  damaged: ${file}: ${safe(why)}`));
	return run.damaged.length > 0 ? EXIT.damaged : EXIT.ok;
}
//#endregion
export { inspect };
