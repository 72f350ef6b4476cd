import { i as PawlError } from "./errors-DC-FoqxE.js";
import { t as MODEL_ENCODERS } from "./save-CYzO9pxl.js";
import { n as nodeVfs } from "./vfs-node-5nrdDM0o.js";
import { t as inPlaceWriter } from "./writer-B6_i5ebJ.js";
//#region src/store/serve-writes.ts
/** The program of a writing thread: does what it is asked, one job after the other, on this machine's disk. */
async function serveWrites(encoders) {
	const { parentPort, workerData } = await import("node:worker_threads");
	await stepBack();
	const writer = inPlaceWriter(nodeVfs(), encoders);
	const done = new Int32Array(workerData);
	parentPort.on("message", async ({ id, job }) => {
		const answer = await writer.write(job).then((written) => ({
			id,
			written
		}), (error) => ({
			id,
			failure: failureOf(error)
		}));
		parentPort.postMessage(answer);
		Atomics.add(done, 0, 1);
		Atomics.notify(done, 0);
	});
}
/** A tenth of what a training thread gets where both want the same core: not none, so that no save takes forever. */
const BEHIND = 10;
const LOWEST = 19;
/**
* Lets training threads go first: a checkpoint that is durable a little later costs nothing, a step that waits for its
* digest does. On Linux only, where a thread has a priority of its own.
*/
async function stepBack() {
	if (process.platform !== "linux") return;
	const { getPriority, setPriority } = await import("node:os");
	const { readlinkSync } = await import("node:fs");
	try {
		setPriority(Number(readlinkSync("/proc/thread-self").split("/")[2]), Math.min(LOWEST, getPriority() + BEHIND));
	} catch {}
}
/** Errors cross threads as plain data: their causes may not be clonable. */
function failureOf(error) {
	if (error instanceof PawlError) {
		const { path, system } = error.data;
		return {
			code: error.code,
			message: error.message,
			data: {
				path,
				system
			}
		};
	}
	return {
		code: "write-failed",
		message: error instanceof Error ? error.message : String(error),
		data: {}
	};
}
//#endregion
//#region src/saving/writer-thread.ts
await serveWrites(MODEL_ENCODERS);
//#endregion
