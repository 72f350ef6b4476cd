import type { Assets } from "./assets.js";
import type { Board } from "./board.js";
import type { Curves, Saved, XAxis } from "./wire.js";

/** Places on the axis of a chart in a file. */
const POINTS = 800;

/** The page with these runs in one file, which asks nothing of anybody. */
export async function savedPage(board: Board, assets: Assets, runs: readonly string[]): Promise<string> {
  const table = board.table.part(runs);
  const curves: { [axis in XAxis]?: readonly Curves[] } = {};
  for (const x of ["step", "epoch", "time"] as const) {
    const keys = table.metrics.filter((_, at) => table.rows.some(({ last }) => (last[at] ?? null) !== null));
    curves[x] = await board.curves({ runs, keys, x, from: null, to: null, points: POINTS });
  }
  const pages = [];
  for (const { id } of table.rows) pages.push(await board.page(id));
  const saved: Saved = { table, curves, pages: pages.filter((page) => page !== undefined), time: Date.now() };
  const [script, style] = [textOf(assets, "/app.js"), textOf(assets, "/app.css")];
  const code = script.replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
  const policy = `default-src 'none'; script-src '${await digest(code)}'; style-src '${await digest(style)}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="content-security-policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>Pawl board</title>
<style>${style}</style>
</head>
<body>
<div id="app"></div>
<script type="application/json" id="pawl-saved">${inHtml(saved)}</script>
<script type="module">${code}</script>
</body>
</html>
`;
}

/** JSON that ends no element: names and logs are anybody's. */
export const inHtml = (value: unknown): string =>
  JSON.stringify(value).replaceAll("<", "\\u003c").replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029");

const textOf = (assets: Assets, path: string): string => new TextDecoder().decode(assets.get(path)!.bytes);

async function digest(text: string): Promise<string> {
  const bytes = new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)));
  return `sha256-${btoa(String.fromCharCode(...bytes))}`;
}
