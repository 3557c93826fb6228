import { z } from 'zod';
import { COUNTRIES, LANGUAGE_CODES } from './codes.ts';
import { GENRE_SLUGS } from './genres.ts';

const language = z
  .string()
  .refine((code) => LANGUAGE_CODES.includes(code), 'is no language code of src/catalogue/codes.ts');
const country = z
  .string()
  .refine((code) => COUNTRIES.includes(code), 'is no country code of src/catalogue/codes.ts');
const name = z
  .string()
  .regex(/^\S(?:.*\S)?$/u)
  .refine((text) => !/[()]|\s\s/u.test(text), 'has brackets or double spaces');

/** A film of the starter catalogue: the `jsonl` format, stricter. What is not sure is left out, never empty. */
export const starterFilm = z.strictObject({
  title: z.string().min(1),
  original: z.string().min(1).optional(),
  year: z.int().min(1888).max(2100),
  kind: z.enum(['movie', 'show']),
  aka: z
    .array(z.strictObject({ title: z.string().min(1), language }))
    .min(1)
    .optional(),
  overview: z.string(),
  genres: z.array(z.enum(GENRE_SLUGS)).min(1).max(4),
  keywords: z.array(z.string()),
  directors: z.array(name).min(1).optional(),
  cast: z.array(name).min(1).max(6).optional(),
  runtime: z.int().min(1).max(1000).optional(),
  language: language.optional(),
  countries: z.array(country).min(1),
  popularity: z.number().min(0.5).max(1),
  franchise: z.string().min(1).optional(),
  ids: z
    .strictObject({ imdb: z.string().regex(/^tt\d{7,8}$/u), tmdb: z.int().positive() })
    .partial()
    .refine((ids) => Object.keys(ids).length > 0, 'is empty: leave it out')
    .optional(),
});

export type StarterFilm = z.infer<typeof starterFilm>;

/** The themes that films share, in groups for whoever looks for the right word. */
export const starterVocabulary = z.record(
  z.string(),
  z.array(z.string().regex(/^[a-z0-9][a-z0-9' -]*$/u)).min(1),
);

export type StarterVocabulary = z.infer<typeof starterVocabulary>;
