import type { CheckpointLayout } from "./checkpoint.js";

/** A copy of a state that waits to be written: the file without its digest. */
export interface Staged {
  readonly head: Uint8Array;
  /** The tensors with zeros in the gaps between them; in shared memory where there are threads. */
  readonly body: Uint8Array;
}

const HEADROOM = 1 << 16;

/** Memory for one copy at a time, reused for every save and grown when a state is larger. */
export class Staging {
  #memory: Uint8Array = new Uint8Array(0);

  /** Memory of this many bytes, with undefined contents. */
  reserve(bytes: number): Uint8Array {
    // States grow a little during training (accumulators, state of callbacks), which should not need new memory.
    if (this.#memory.length < bytes)
      this.#memory = new Uint8Array(sharedMemory(bytes + Math.floor(bytes / 32) + HEADROOM));
    return this.#memory.subarray(0, bytes);
  }

  /** Copies the tensors, which may change afterwards. */
  take({ head, tensors, size }: CheckpointLayout): Staged {
    const body = this.reserve(size);
    tensors.forEach(({ bytes, at }, i) => {
      body.set(bytes, at);
      body.fill(0, at + bytes.length, tensors[i + 1]?.at ?? size);
    });
    return { head, body };
  }
}

function sharedMemory(bytes: number): ArrayBufferLike {
  return typeof SharedArrayBuffer === "undefined" ? new ArrayBuffer(bytes) : new SharedArrayBuffer(bytes);
}
