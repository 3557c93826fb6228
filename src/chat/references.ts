import type { Movie } from '../catalogue/movie.ts';

/** A movie named by its small integer in an argument, as buttons do: `kindred:17`. */
export interface Reference {
  readonly number: number;
  /** The answer moves away from this movie (`A + B - C`). */
  readonly away: boolean;
}

const REFERENCE = /^(?:([+-]) )?kindred:(\d{1,9})$/u;

export function referenceTo(movie: Pick<Movie, 'number'>): string {
  return formatReferences([{ number: movie.number, away: false }]);
}

/** `kindred:1 + kindred:2 - kindred:3`. */
export function formatReferences(references: readonly Reference[]): string {
  return references
    .map(
      ({ number, away }, index) =>
        `${index === 0 ? (away ? '- ' : '') : away ? ' - ' : ' + '}kindred:${number}`,
    )
    .join('');
}

/** The references a text consists of; undefined where it is anything else. */
export function parseReferences(text: string): Reference[] | undefined {
  const parts = text.split(/ (?=[+-] )/u);
  const references: Reference[] = [];
  for (const part of parts) {
    const match = REFERENCE.exec(part);
    if (!match) return undefined;
    references.push({ number: Number(match[2]), away: match[1] === '-' });
  }
  return references.length > 0 && references.length <= 8 ? references : undefined;
}
