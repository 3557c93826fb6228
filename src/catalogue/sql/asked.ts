import { firstId, isArticle, type KnownIds, ownId, titleKey } from '../identity.ts';
import type { MovieId, MovieRecord } from '../movie.ts';
import type { Draft } from './draft.ts';

export const outsideKey = (source: string, kind: string, value: string) => `${source}\n${kind}\n${value}`;
export const nameKey = (key: string, kind: string) => `${kind}\n${key}`;

/** A record with what it is looked up by. */
export interface Asked {
  readonly record: MovieRecord;
  readonly name: string;
  readonly firstId: MovieId;
  readonly outsideIds: readonly (readonly [source: string, value: string])[];
  /** Leads to its movie where neither the article nor `firstId` surely does; worked out when it is first asked for. */
  readonly ownId: () => MovieId;
}

/** What the record's article is compared by. */
export function sharingOf({ record, outsideIds }: Asked): { ids: KnownIds; year: number | undefined } {
  const bySource = Map.groupBy(outsideIds, ([source]) => source);
  const ids = new Map([...bySource].map(([source, all]) => [source, all.map(([, value]) => value)]));
  return { ids, year: record.year };
}

export function hasArticlesOnly({ outsideIds }: Asked): boolean {
  return outsideIds.every(([source]) => isArticle(source));
}

export function asked(record: MovieRecord): Asked {
  const outsideIds = [...Object.entries(record.ids), ...(record.past?.otherIds ?? [])];
  let own: MovieId | undefined;
  return {
    record,
    name: nameKey(titleKey(record.title), record.kind),
    firstId: firstId(record),
    outsideIds,
    ownId: () => {
      own ??= ownId(record);
      return own;
    },
  };
}

export function idsAskedFor({ record, firstId }: Asked): MovieId[] {
  return [firstId, ...(record.id === undefined ? [] : [record.id]), ...(record.past?.formerIds ?? [])];
}

/** Own ids that may lead to a movie by now: of records whose article leads somewhere. */
export function ownIdsAskedFor(all: readonly Asked[], known: ReadonlySet<string>): MovieId[] {
  const told = all.filter(({ record, outsideIds }) =>
    outsideIds.some(
      ([source, value]) => isArticle(source) && known.has(outsideKey(source, record.kind, value)),
    ),
  );
  return told.map((each) => each.ownId());
}

export function sharedIds(draft: Draft, { outsideIds }: Asked): string {
  const shared = outsideIds.filter(([source, value]) => draft.ids.get(source)?.includes(value));
  return shared.map((id) => id.join(' ')).join(', ');
}
