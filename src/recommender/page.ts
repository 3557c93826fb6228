import { callOptions, type RecommenderParts } from './parts.ts';
import type { Reason } from './reasons.ts';
import type { RankedList } from './recent-lists.ts';
import type { RecommendationPage, Series, SimilarQuery } from './recommender.ts';

/** A list ends here, whatever the page size. */
export const MAX_RESULTS = 50;

/** Below this relevance the best match is called weak. */
const WEAK = 0.5;

type Paging = Pick<SimilarQuery, 'page' | 'pageSize' | 'signal' | 'adult'>;

/** One page of an ordered list, its movies read from the catalogue and each given its reasons. */
export async function pageOf(
  parts: Pick<RecommenderParts, 'catalogue'>,
  { ordered, remarks: all, reasonsFor }: RankedList,
  { page, pageSize, signal, adult = false }: Paging,
): Promise<RecommendationPage> {
  const list = ordered.slice(0, MAX_RESULTS);
  const before = (page - 1) * pageSize;
  const shown = list.slice(before, before + pageSize);
  const movies = await parts.catalogue.byNumber(
    shown.map((each) => each.features.number),
    callOptions(signal),
  );
  const items = shown.flatMap((each, index) => {
    const movie = movies.get(each.features.number);
    // Since the list was made it may have been found to be another one, or to be for adults.
    if (movie?.number !== each.features.number || (movie.adult && !adult)) return [];
    const { relevance: score, series } = each;
    const reasons = [...seriesReason(series), ...reasonsFor(each, movie)];
    return [{ rank: before + index + 1, movie, score, reasons, ...(series && { series }) }];
  });
  // One line above the list, which later pages need not say again.
  const remarks = page > 1 ? all.filter(({ kind }) => kind !== 'ownSeries') : all;
  const weak = list.length > 0 && Math.max(...list.map((each) => each.relevance)) < WEAK;
  return {
    items,
    page,
    pages: Math.ceil(list.length / pageSize),
    remarks: weak ? [...remarks, { kind: 'weak' }] : remarks,
  };
}

function seriesReason(series: Series | undefined): Reason[] {
  return series ? [{ kind: 'series', values: [series.name, String(series.count)] }] : [];
}
