import { forceCollide, forceLink, forceManyBody, forceSimulation, type SimulationNodeDatum } from 'd3-force';
import type { Movie } from '../catalogue/movie.ts';
import { pageOf } from './page.ts';
import { pairRelevance } from './pairs.ts';
import { callOptions, type RecommenderParts } from './parts.ts';
import type { MapPoint, Recommendation } from './recommender.ts';
import { similar } from './similar.ts';

/** Steps of the layout: it has come to rest by then. */
const TICKS = 150;

/** Two neighbours more relevant to each other than this pull together. */
const RELATED = 0.6;

/** How far apart two movies of no relevance would like to be, in the layout's own units. */
const REACH = 120;

/** A little beyond relevance 1, so that a film like the seed in everything does not lie on it. */
const FARTHEST = 1.1;

/** How firmly movies are held at their distance: to the seed, which the map is about, before each other. */
const HELD = { toSeed: 0.6, among: 0.1 } as const;

/** How strongly all push each other away, in the layout's own measure: as much as keeps a pair from a clump. */
const APART = -30;

/** Half of the least distance of two movies, in the layout's own units: room for a dot and its ring. */
const ROOM = 8;

interface Node extends SimulationNodeDatum {
  readonly movie: Movie;
  readonly score: number;
}

interface Options {
  readonly count: number;
  readonly adult?: boolean;
  readonly signal?: AbortSignal;
}

/** The seed in the middle and its nearest around it; those that are alike among themselves stand together. */
export async function neighbourhood(
  parts: RecommenderParts,
  seed: Movie,
  options: Options,
): Promise<MapPoint[]> {
  const query = {
    seeds: [seed],
    filters: {},
    page: 1,
    pageSize: Math.min(50, options.count),
    ...(options.adult !== undefined && { adult: options.adult }),
    ...callOptions(options.signal),
  };
  const { items } = await pageOf(parts, await similar(parts, query), query);
  const links = await linksAmong(parts, items, options.signal);
  return layOut(seed, items, links);
}

interface Link {
  readonly source: number;
  readonly target: number;
  readonly relevance: number;
}

async function linksAmong(
  parts: RecommenderParts,
  items: readonly Recommendation[],
  signal: AbortSignal | undefined,
): Promise<Link[]> {
  const { index, model } = await parts.serving(signal);
  const vectors = await index.fetch(
    items.map((item) => item.movie.id),
    callOptions(signal),
  );
  const nodes = items.map(({ movie }) => parts.features.of(movie));
  return nodes.flatMap((node, source) =>
    nodes.slice(source + 1).flatMap((other, offset) => {
      const close = pairRelevance(parts.features, model, vectors, node, other);
      // The seed is node 0.
      return close > RELATED ? [{ source: source + 1, target: source + offset + 2, relevance: close }] : [];
    }),
  );
}

function layOut(seed: Movie, items: readonly Recommendation[], among: readonly Link[]): MapPoint[] {
  const nodes: Node[] = [
    { movie: seed, score: 1, fx: 0, fy: 0 },
    ...items.map(({ movie, score }) => ({ movie, score })),
  ];
  const fromSeed = items.map(({ score }, index) => ({ source: 0, target: index + 1, relevance: score }));
  const simulation = forceSimulation(nodes)
    .force(
      'links',
      forceLink<Node, Link>([...fromSeed, ...among])
        .distance(({ relevance: close }) => REACH * (FARTHEST - close))
        .strength(({ source }) => ((source as unknown as Node).index === 0 ? HELD.toSeed : HELD.among)),
    )
    .force('apart', forceManyBody().strength(APART))
    .force('room', forceCollide(ROOM))
    .stop();
  simulation.tick(TICKS);
  const reach = Math.max(1, ...nodes.map((node) => Math.hypot(node.x ?? 0, node.y ?? 0)));
  return nodes.map(({ movie, score, x = 0, y = 0 }) => ({ movie, score, x: x / reach, y: y / reach }));
}
