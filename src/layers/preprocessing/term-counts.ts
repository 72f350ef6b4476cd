import type { Term } from "./index-table.js";

/** Counts terms, and the documents that each occurs in. */
export class TermCounts {
  readonly counts: Map<Term, number> = new Map();
  readonly documents: Map<Term, number> = new Map();
  total = 0;

  add(document: readonly Term[]): void {
    for (const term of document) this.counts.set(term, (this.counts.get(term) ?? 0) + 1);
    for (const term of new Set(document)) this.documents.set(term, (this.documents.get(term) ?? 0) + 1);
    this.total++;
  }
}
