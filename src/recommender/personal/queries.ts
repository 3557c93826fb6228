import type { Movie } from '../../catalogue/movie.ts';
import type { Opinion } from '../../people/opinions.ts';
import type { Recommendation, RecommendationPage, Remark, SimilarQuery } from '../recommender.ts';

/** Films for one person, from what they said of others. */
export interface ForYouQuery extends Omit<SimilarQuery, 'seeds' | 'away' | 'words'> {
  /** All that the person said, the newest first. */
  readonly opinions: readonly Opinion[];
}

/** How much a list for somebody is worth, by how much they told. */
export interface Sureness {
  /** Stars that they gave. */
  readonly ratings: number;
  /** `nothing`: what is well known and liked; `guess`: from a film or two; then better and better. */
  readonly level: 'nothing' | 'guess' | 'fair' | 'good';
}

export interface ForYouPage extends RecommendationPage {
  readonly sureness: Sureness;
}

/** Ten films, or so, to begin with: widely known, and as different from each other as can be. */
export interface StartersQuery {
  readonly count: number;
  /** Of these nothing needs to be asked any more. */
  readonly opinions?: readonly Opinion[];
  readonly adult?: boolean;
  readonly signal?: AbortSignal;
}

export interface GroupMember {
  /** All that the person said, the newest first; nothing for somebody who never did. */
  readonly opinions: readonly Opinion[];
  /** Reasons may name this person's films to the others. */
  readonly open: boolean;
}

/** Films for people who watch together. */
export interface GroupQuery extends Pick<SimilarQuery, 'filters' | 'adult' | 'signal'> {
  readonly members: readonly GroupMember[];
  /** What they are in the mood for, in free words. */
  readonly mood?: string;
  /** How many films to propose. */
  readonly count: number;
}

export interface GroupRecommendation extends Recommendation {
  /** Mean over the members of how likely each is to like it; `score` is that of the least pleased. */
  readonly mean: number;
}

export interface GroupProposal {
  /** Best first; none that any member saw, disliked or dismissed. */
  readonly items: readonly GroupRecommendation[];
  readonly remarks: readonly Remark[];
}

/** What a person's own opinions are turned into. */
export interface Personal {
  /** Described movies the person did not see, dislike or dismiss, best first; never one twice over all pages. */
  forYou(query: ForYouQuery): Promise<ForYouPage>;
  /** Films that the least pleased of several people would still like. */
  forGroup(query: GroupQuery): Promise<GroupProposal>;
  /** Films to tap for somebody of whom nothing is known; the same every time for the same catalogue. */
  starters(query: StartersQuery): Promise<readonly Movie[]>;
}
