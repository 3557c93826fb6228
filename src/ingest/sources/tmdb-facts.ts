/** The name under which TMDB's ids and votes stand, whether they come from its API or from a file of its data. */
export const TMDB = 'tmdb';

const POSTERS = 'https://image.tmdb.org/t/p/w500';

export function posterOf(path: unknown): string | undefined {
  return typeof path === 'string' && /^\/[\w.-]+$/u.test(path) ? `${POSTERS}${path}` : undefined;
}

/** A series by its usual name: TMDB calls it "… Collection". */
export function franchiseOf(collection: unknown): string | undefined {
  const name = (collection as { name?: unknown } | null | undefined)?.name;
  return typeof name === 'string' ? name.replace(/ Collection$/u, '') : undefined;
}

/** The objects of a list, and nothing else that may stand in it. */
export function objects(list: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(list) ? list.filter((each) => typeof each === 'object' && each !== null) : [];
}

/** One text of each object: `[{ id: 1, name: 'Drama' }]` → `['Drama']`. */
export function texts(list: unknown, name: string): string[] {
  return objects(list).flatMap((each) => (typeof each[name] === 'string' ? [each[name]] : []));
}
