import type { Drawing } from "./drawing.js";

/** Extent of a box: across the direction of the drawing, and along it. */
export interface Extent {
  readonly across: number;
  readonly along: number;
}
/** The middle of something. */
export interface Place {
  readonly across: number;
  readonly along: number;
}
export interface Layout {
  readonly size: Extent;
  readonly places: ReadonlyMap<string, Place>;
  /** For each edge of the drawing, where it turns between its boxes. */
  readonly bends: readonly (readonly Place[])[];
}

const GAP = { across: 24, along: 36 };
/** How much room an edge takes that passes a box. */
const PASSAGE = 8;

interface Cell {
  readonly extent: Extent;
  readonly parents: Cell[];
  place: { across: number; along: number };
}

/**
 * Layers of boxes (Sugiyama's scheme): each lies one rank below the lowest that it follows; an edge over several ranks
 * passes through a cell of its own in each, so that it crosses no box; a rank is ordered by the mean place of what its
 * cells follow. Edges backwards, where a layer is used again, do not count.
 */
export function layoutOf({ boxes, edges }: Drawing, extents: ReadonlyMap<string, Extent>): Layout {
  const order = new Map(boxes.map(({ id }, i) => [id, i]));
  const forward = edges.filter(([from, to]) => order.get(from)! < order.get(to)!);
  const rankOf = new Map<string, number>();
  for (const { id } of boxes) {
    const before = forward.filter(([, to]) => to === id).map(([from]) => rankOf.get(from)! + 1);
    rankOf.set(id, Math.max(0, ...before));
  }
  const ranks: Cell[][] = Array.from({ length: Math.max(0, ...rankOf.values()) + 1 }, () => []);
  const cell = (rank: number, extent: Extent): Cell => {
    const made: Cell = { extent, parents: [], place: { across: 0, along: 0 } };
    ranks[rank]!.push(made);
    return made;
  };
  const cells = new Map(boxes.map(({ id }) => [id, cell(rankOf.get(id)!, extents.get(id)!)]));
  const passed = edges.map(([from, to]) => {
    const way: Cell[] = [];
    for (let rank = rankOf.get(from)! + 1; rank < rankOf.get(to)!; rank++) {
      const next = cell(rank, { across: PASSAGE, along: 0 });
      next.parents.push(way.at(-1) ?? cells.get(from)!);
      way.push(next);
    }
    if (rankOf.get(from)! < rankOf.get(to)!) cells.get(to)!.parents.push(way.at(-1) ?? cells.get(from)!);
    return way;
  });
  const size = placeRanks(ranks);
  return {
    size,
    places: new Map([...cells].map(([id, { place }]) => [id, place])),
    bends: passed.map((way) => way.map(({ place }) => place)),
  };
}

/** Gives each cell its place, rank after rank, every rank in the middle. */
function placeRanks(ranks: readonly Cell[][]): Extent {
  const widths = ranks.map((rank) => rank.reduce((sum, { extent }) => sum + extent.across + GAP.across, -GAP.across));
  const across = Math.max(...widths);
  let along = 0;
  ranks.forEach((rank, i) => {
    const aim = new Map(rank.map((cell) => [cell, meanPlace(cell.parents, across / 2)]));
    rank.sort((a, b) => aim.get(a)! - aim.get(b)!);
    const depth = Math.max(...rank.map(({ extent }) => extent.along));
    let at = (across - widths[i]!) / 2;
    for (const cell of rank) {
      cell.place = { across: at + cell.extent.across / 2, along: along + depth / 2 };
      at += cell.extent.across + GAP.across;
    }
    along += depth + GAP.along;
  });
  return { across, along: along - GAP.along };
}

function meanPlace(parents: readonly Cell[], otherwise: number): number {
  if (parents.length === 0) return otherwise;
  return parents.reduce((sum, { place }) => sum + place.across, 0) / parents.length;
}
