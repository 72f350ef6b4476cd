import { r as OptionError } from "./errors-DC-FoqxE.js";
import { a as nullable, r as int, u as resolveOptions } from "./options-BKRopCvu.js";
//#region src/engine/workers.ts
const FIELDS = { workers: nullable(int({ min: 1 })) };
let configured = null;
let environment;
/**
* Sets how the process computes, from the next step on.
* @throws {OptionError} for unknown or wrong options
*/
function configure(options) {
	configured = resolveOptions("configure", FIELDS, options).workers;
	environment = void 0;
}
/**
* Threads that compute at the same time at most.
* @param cores of the machine
*/
function workerCount(cores) {
	if (configured === null && environment === void 0) environment = fromEnvironment();
	return configured ?? environment ?? cores;
}
function fromEnvironment() {
	const given = process.env["PAWL_WORKERS"];
	if (given === void 0 || given === "") return null;
	const count = Number(given);
	if (Number.isInteger(count) && count >= 1) return count;
	throw new OptionError({
		code: "workers",
		what: "The environment variable PAWL_WORKERS is no number of workers",
		received: `"${given}"`,
		expected: "a whole number, 1 or more"
	});
}
//#endregion
export { workerCount as n, configure as t };
