/** Bits of the state that count the pieces taken; the bits above tell one job from the next. */
export const NEXT_BITS = 12;
/** Largest count of pieces, which stands for "nothing to take". */
export const LAST_INDEX: number = (1 << NEXT_BITS) - 1;

/** What the numbers that all threads share mean. */
export const Field = {
  /** Rises with each job; members sleep on it. */
  bell: 0,
  /** Job and number of pieces taken; pieces are taken by changing it. */
  state: 1,
  /** Pieces that are done. */
  done: 2,
  failed: 3,
  /** Then: number of pieces, bytes of a piece, bytes in all, number of streams. */
  function: 4,
  /** Address of each stream, and whether it moves. */
  streams: 9,
} as const;

/**
 * What a member does, as the text of its thread: it sleeps until the bell rings, learns new functions, takes pieces
 * until there are none. A piece can be taken only while its job is open, and a job ends only when its pieces are done,
 * so what has been taken belongs to the job that the numbers describe. Text, because a thread needs a file or a text
 * of its own, and this is the same from sources and from a bundle.
 */
export const CREW_SOURCE: string = `
const { workerData, receiveMessageOnPort } = require("node:worker_threads");
const { control, port } = workerData;
const functions = [];
const learn = () => {
  for (let received; (received = receiveMessageOnPort(port)); ) {
    const { number, name, module, memory } = received.message;
    functions[number] = new WebAssembly.Instance(module, { env: { memory } }).exports[name];
  }
};
const take = () => {
  for (;;) {
    const state = Atomics.load(control, ${Field.state});
    const next = state & ${LAST_INDEX};
    if (next >= control[${Field.function} + 1]) return -1;
    if (Atomics.compareExchange(control, ${Field.state}, state, state + 1) === state) return next;
  }
};
const work = (chunk) => {
  const [number, , chunkBytes, bytes, count] = control.subarray(${Field.function}, ${Field.function} + 5);
  if (functions[number] === undefined) learn();
  const start = chunk * chunkBytes;
  const parameters = [Math.min(chunkBytes, bytes - start)];
  for (let i = 0; i < count; i++) {
    const [address, moves] = control.subarray(${Field.streams} + 2 * i, ${Field.streams} + 2 * i + 2);
    parameters.push(address + moves * start);
  }
  functions[number](...parameters);
};
let heard = 0;
for (;;) {
  Atomics.wait(control, ${Field.bell}, heard);
  heard = Atomics.load(control, ${Field.bell});
  for (let chunk = take(); chunk >= 0; chunk = take()) {
    try {
      work(chunk);
    } catch {
      Atomics.store(control, ${Field.failed}, 1);
    }
    Atomics.add(control, ${Field.done}, 1);
    Atomics.notify(control, ${Field.done});
  }
}
`;
