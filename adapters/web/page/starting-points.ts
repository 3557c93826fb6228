import type { MovieId } from '../../../src/catalogue/movie.ts';

/**
 * Films that most people know one of, from many places, times and moods. Those that the catalogue has are where the
 * first page lets one start.
 */
export const STARTING_POINTS: readonly MovieId[] = [
  'tt0245429', // Spirited Away
  'tt0078748', // Alien
  'tt0211915', // Amélie
  'tt6751668', // Parasite
  'tt0064116', // Once Upon a Time in the West
  'tt0338013', // Eternal Sunshine of the Spotless Mind
  'tt0118694', // In the Mood for Love
  'tt0133093', // The Matrix
  'tt2278388', // The Grand Budapest Hotel
  'tt0087182', // Dune
  'tt0107048', // Groundhog Day
  'tt1392190', // Mad Max: Fury Road
  'tt0047396', // Rear Window
  'tt0317248', // City of God
  'tt0084787', // The Thing
  'tt0910970', // WALL·E
  'tt0110912', // Pulp Fiction
  'tt2582802', // Whiplash
  'tt0457430', // Pan's Labyrinth
  'tt0083658', // Blade Runner
  'tt0053291', // Some Like It Hot
  'tt0047478', // Seven Samurai
  'tt3783958', // La La Land
  'tt0041959', // The Third Man
];
