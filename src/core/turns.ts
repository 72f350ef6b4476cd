/**
 * Cosine and sine of an angle in turns (1 is a full circle), the same bits everywhere: float64 + and * alone, in the order
 * written here, with an error of about 1e-16. `Math.cos` differs between machines.
 */
export function cosTurns(turns: number): number {
  // cos is even and has period 1; eighths of a turn keep the series short.
  const rest = Math.abs(turns) % 1;
  const folded = rest > 0.5 ? 1 - rest : rest;
  if (folded > 0.375) return -cosSeries(0.5 - folded);
  if (folded > 0.125) return sinSeries(0.25 - folded);
  return cosSeries(folded);
}

export function sinTurns(turns: number): number {
  return cosTurns(turns - 0.25);
}

const CIRCLE = 2 * Math.PI;

function cosSeries(turns: number): number {
  const square = turns * CIRCLE * (turns * CIRCLE);
  let sum = 1;
  for (let k = 18; k > 0; k -= 2) sum = 1 - (sum * square) / (k * (k - 1));
  return sum;
}

function sinSeries(turns: number): number {
  const angle = turns * CIRCLE;
  const square = angle * angle;
  let sum = 1;
  for (let k = 19; k > 1; k -= 2) sum = 1 - (sum * square) / (k * (k - 1));
  return sum * angle;
}
