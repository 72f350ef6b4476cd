const SIZE = 624;
const MIDDLE = 397;

/** Words of MT19937, as NumPy's `RandomState(seed)` gives them. */
function words(seed: number): () => number {
  const state = new Uint32Array(SIZE);
  state[0] = seed;
  for (let i = 1; i < SIZE; i++) state[i] = Math.imul(1812433253, state[i - 1]! ^ (state[i - 1]! >>> 30)) + i;
  let at = SIZE;
  const renew = (): void => {
    for (let i = 0; i < SIZE; i++) {
      const y = (state[i]! & 0x8000_0000) | (state[(i + 1) % SIZE]! & 0x7fff_ffff);
      state[i] = state[(i + MIDDLE) % SIZE]! ^ (y >>> 1) ^ (y & 1 ? 0x9908_b0df : 0);
    }
    at = 0;
  };
  return () => {
    if (at === SIZE) renew();
    let y = state[at++]!;
    y ^= y >>> 11;
    y ^= (y << 7) & 0x9d2c_5680;
    y ^= (y << 15) & 0xefc6_0000;
    return (y ^ (y >>> 18)) >>> 0;
  };
}

/**
 * The numbers 0 … n - 1 in the order into which NumPy's `RandomState(seed).shuffle` brings them: Keras splits folders by
 * it, so that the same seed holds back the same files.
 */
export function numpyShuffled(n: number, seed: number): Uint32Array {
  const next = words(seed);
  const order = Uint32Array.from({ length: n }, (_, i) => i);
  for (let i = n - 1; i > 0; i--) {
    const mask = 2 ** (32 - Math.clz32(i)) - 1;
    let j: number;
    do j = (next() & mask) >>> 0;
    while (j > i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}
