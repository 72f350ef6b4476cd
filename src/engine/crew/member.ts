import { MOST_NOTES, NOTE_WORDS } from "../profile/notes.js";
import { Field, PHASE_WORDS, SPINS, TAKEN_BITS } from "./fields.js";

/**
 * The program of a member thread: it sleeps until the bell rings, reads its messages, and goes through the phases of
 * the job's score. In each phase it takes units until none are left (those of its own range first, so that the same
 * thread works on the same memory in each step) and waits until all are done. A unit can be taken only with its job's
 * number and ranges, and a job ends only when all units are done, so a unit that was taken always belongs to the job
 * that the shared numbers describe. It is a string because a thread needs a file or a string, and a string works the
 * same from sources and from a bundle.
 */
export const MEMBER: string = `
const { workerData, receiveMessageOnPort } = require("node:worker_threads");
const { control, port, foreign, member, notes } = workerData;
const functions = [];
const scores = new Map();
let runSession, messageOf, releaseStatus;
if (foreign !== null) {
  const koffi = require(foreign.koffi);
  // koffi allocates a thread's call memory when it loads a library.
  koffi.load(foreign.library);
  const at = ([address, result, parameters]) => koffi.decode(address, koffi.proto(result, parameters));
  [runSession, messageOf, releaseStatus] = [foreign.run, foreign.messageOf, foreign.releaseStatus].map(at);
}
const learn = () => {
  for (let received; (received = receiveMessageOnPort(port)); ) {
    const { message } = received;
    if (message.module !== undefined) {
      const { number, name, module, memory } = message;
      functions[number] = new WebAssembly.Instance(module, { env: { memory } }).exports[name];
    } else if (message.phases !== undefined) scores.set(message.number, message);
    else scores.delete(message.forget);
  }
};
const fail = (call, code, text) => {
  if (Atomics.compareExchange(control, ${Field.failed}, 0, 1) !== 0) return;
  const room = new Uint8Array(control.buffer, ${Field.text * 4});
  const bytes = new TextEncoder().encode(text).subarray(0, room.length);
  room.set(bytes);
  control.set([call, code, bytes.length], ${Field.failure});
  Atomics.store(control, ${Field.failed}, 2);
};
const compute = ({ calls, numbers }, [index, start, bytes]) => {
  const call = calls[index];
  if (call.session !== undefined) {
    const status = runSession(...call.session);
    if (status === null) return;
    fail(index, 0, messageOf(status));
    releaseStatus(status);
    return;
  }
  const parameters = call.moves === null ? [] : [bytes];
  for (let i = 0; i < call.count; i++)
    parameters.push(numbers[call.at + i] + (call.moves === null ? 0 : call.moves[i] * start));
  const code = functions[call.function](...parameters);
  if (code) fail(index, code, "");
};
const clock = () => performance.timeOrigin + performance.now();
const computeNoting = (score, part) => {
  const begin = clock();
  compute(score, part);
  const at = notes[0]++;
  if (at < ${MOST_NOTES}) notes.set([part[0], begin, clock()], 1 + at * ${NOTE_WORDS});
};
const computePart = notes === null ? compute : computeNoting;
const take = (state, phase, job, units) => {
  const ranges = Atomics.load(control, ${Field.ranges});
  // Read before the check that the job goes on: later they may be the next job's ranges, by which finished units of
  // this one would count as free.
  if (Atomics.load(control, ${Field.job}) !== job) return -1;
  for (let i = 0; i < ranges; i++) {
    const range = (member + i) % ranges;
    const start = Math.floor((range * units) / ranges);
    const end = Math.floor(((range + 1) * units) / ranges);
    const at = phase * ${PHASE_WORDS} + 1 + range;
    for (;;) {
      const word = Atomics.load(state, at);
      const next = start + (word & ${2 ** TAKEN_BITS - 1});
      if (word >>> ${TAKEN_BITS} !== job) return -1;
      if (next >= end) break;
      if (Atomics.compareExchange(state, at, word, word + 1) === word) return next;
    }
  }
  return -1;
};
const perform = (score, job) => {
  const { state, phases } = score;
  for (let phase = 0; phase < phases.length; phase++) {
    const units = phases[phase];
    for (let unit = take(state, phase, job, units.length); unit >= 0; unit = take(state, phase, job, units.length)) {
      if (Atomics.load(control, ${Field.failed}) === 0) {
        try {
          for (const part of units[unit]) computePart(score, part);
        } catch (error) {
          fail(units[unit][0][0], 0, String(error));
        }
      }
      if (Atomics.add(state, phase * ${PHASE_WORDS}, 1) + 1 < units.length) continue;
      const isEnd = phase === phases.length - 1 && Atomics.load(control, ${Field.message}) === 1;
      Atomics.notify(state, phase * ${PHASE_WORDS});
      if (isEnd) port.postMessage(job);
    }
    if (phase === phases.length - 1) return;
    for (let spins = 0; ; spins++) {
      const done = Atomics.load(state, phase * ${PHASE_WORDS});
      if (Atomics.load(control, ${Field.job}) !== job) return;
      if (done === units.length) break;
      if (spins > ${SPINS}) Atomics.wait(state, phase * ${PHASE_WORDS}, done, 100);
    }
  }
};
Atomics.add(control, ${Field.present}, 1);
Atomics.notify(control, ${Field.present});
for (let heard = 0; ; ) {
  for (let spins = 0; spins < ${SPINS} && Atomics.load(control, ${Field.bell}) === heard; spins++);
  Atomics.wait(control, ${Field.bell}, heard);
  heard = Atomics.load(control, ${Field.bell});
  const job = Atomics.load(control, ${Field.job});
  const number = Atomics.load(control, ${Field.score});
  if (!scores.has(number)) learn();
  if (job !== 0 && scores.has(number)) perform(scores.get(number), job);
}
`;
