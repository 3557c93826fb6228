import type { Genre } from '../catalogue/genres.ts';
import type { Language } from './languages.ts';

/** What else people call a genre beside its name in the messages, and the forms that it takes in a sentence. */
export const GENRE_SPELLINGS: Readonly<Partial<Record<Language, Readonly<Partial<Record<Genre, string>>>>>> =
  {
    es: {
      adventure: 'aventuras',
      animation: 'animada, animadas, dibujos animados, anime',
      biography: 'biográfica, biográficas',
      comedy: 'comedias, humor, cómica',
      crime: 'criminal, policíaca, policiaca, policial',
      documentary: 'documentales',
      drama: 'dramas, dramática',
      family: 'infantil, niños, para niños',
      fantasy: 'fantástica, fantástico',
      'film-noir': 'noir, negro',
      history: 'histórica, histórico, época',
      horror: 'miedo, terrorífica',
      musical: 'musicales',
      romance: 'romántica, románticas, amor',
      'science-fiction': 'ficción científica, scifi, sci-fi',
      sport: 'deportes, deportiva',
      thriller: 'suspenso, thrillers',
      war: 'guerra, guerras, bélico',
      western: 'westerns, del oeste, oeste, vaqueros',
    },
  };
