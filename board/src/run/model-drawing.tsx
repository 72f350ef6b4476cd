import type { DrawnLayer } from "./model-layers.js";

const [WIDTH, HEIGHT, GAP_X, GAP_Y] = [190, 38, 22, 20];

interface Placed {
  readonly layer: DrawnLayer;
  readonly x: number;
  readonly y: number;
}

/** Layers from top to bottom, each below all that it gets its inputs from. */
export function ModelDrawing({ layers }: { layers: readonly DrawnLayer[] }) {
  const placed = place(layers);
  const all = [...placed.values()];
  const width = Math.max(...all.map(({ x }) => x)) + WIDTH + 2;
  const height = Math.max(...all.map(({ y }) => y)) + HEIGHT + 2;
  return (
    <div class="scroll tall drawing" tabIndex={0} role="region" aria-label="Drawing of the model">
      <svg
        width={width}
        height={height}
        viewBox={`-1 -1 ${width} ${height}`}
        role="img"
        aria-label={`${layers.length} layers: ${layers
          .slice(0, 30)
          .map(({ name }) => name)
          .join(", ")}`}
      >
        {all.flatMap(({ layer, x, y }) =>
          layer.inputs.flatMap((name) => {
            const from = placed.get(name);
            if (from === undefined) return [];
            const [a, b] = [from.x + WIDTH / 2, x + WIDTH / 2];
            const middle = (from.y + HEIGHT + y) / 2;
            return [
              <path
                key={`${name}>${layer.name}`}
                class="edge"
                d={`M${a} ${from.y + HEIGHT}C${a} ${middle} ${b} ${middle} ${b} ${y}`}
              />,
            ];
          }),
        )}
        {all.map(({ layer, x, y }) => (
          <g key={layer.name} transform={`translate(${x} ${y})`}>
            <title>{`${layer.name}: ${layer.className} ${layer.settings}`}</title>
            <rect class="box" width={WIDTH} height={HEIGHT} rx="4" />
            <text x="9" y="16">
              {short(layer.className, 26)}
            </text>
            <text x="9" y="30" class="faint">
              {short(layer.settings === "" ? layer.name : layer.settings, 32)}
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}

const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);

/** Rows by the longest way from an input; a circle, which no model has, ends the way. */
function place(layers: readonly DrawnLayer[]): Map<string, Placed> {
  const byName = new Map(layers.map((layer) => [layer.name, layer]));
  const depth = new Map<string, number>();
  // Configs list layers after their inputs, but need not: a few rounds settle any order that comes up.
  for (let round = 0; round < 50; round++) {
    let changed = false;
    for (const { name, inputs } of layers) {
      const next = Math.max(
        0,
        ...inputs.filter((one) => byName.has(one) && one !== name).map((one) => (depth.get(one) ?? 0) + 1),
      );
      if (next !== depth.get(name) && next <= layers.length) {
        depth.set(name, next);
        changed = true;
      }
    }
    if (!changed) break;
  }
  const filled = new Map<number, number>();
  const out = new Map<string, Placed>();
  for (const layer of layers) {
    const row = depth.get(layer.name) ?? 0;
    const column = filled.get(row) ?? 0;
    filled.set(row, column + 1);
    out.set(layer.name, { layer, x: column * (WIDTH + GAP_X), y: row * (HEIGHT + GAP_Y) });
  }
  return out;
}
