import { describe, expect, it } from 'vitest';
import { renderMessage, renderNote } from '../../../adapters/telegram/render.ts';
import { say, titleOf } from '../../../src/messages/message.ts';
import { aMovie, inception } from '../../fixtures/movies.ts';
import { action, sealed, similarTo } from './replies.ts';

const poster = 'https://image.example/memento.jpg';
const memento = aMovie({
  number: 18,
  title: 'Memento <2000> & "more"',
  year: 2000,
  genres: ['mystery', 'thriller'],
  runtime: 113,
  overview: 'A man who cannot remember looks for\nthe one he cannot forgive.',
  poster,
});
const bare = aMovie({ number: 19, title: 'Following' });
const withPosters = { posters: true, username: 'KindredTestBot' };

describe('a list of results', () => {
  const list = sealed([
    { kind: 'text', lines: [say('similar.match', { title: titleOf(inception), year: '2010' })] },
    {
      kind: 'results',
      seeds: [inception],
      items: [
        {
          rank: 6,
          movie: bare,
          score: 0.005,
          reasons: [{ kind: 'close', values: [] }],
          similar: similarTo(bare, 'S6'),
        },
        {
          rank: 7,
          movie: memento,
          score: 0.874,
          reasons: [
            { kind: 'director', values: ['Christopher Nolan'] },
            { kind: 'genre', values: ['thriller'] },
          ],
          similar: similarTo(memento, 'S7'),
        },
      ],
      page: 2,
      pages: 3,
      filters: [
        say('filter.from', { year: '1998' }),
        say('filter.withoutGenre', { genre: say('genre.horror') }),
      ],
      notes: [say('note.unknownField', { count: 2 })],
      previous: action('P1', say('button.previous')),
      more: action('P3', say('button.more')),
    },
    { kind: 'text', lines: [say('similar.notIt')] },
    {
      kind: 'buttons',
      buttons: [
        action('N1', say('result.titleYear', { title: 'Inception: The Cobol Job', year: '2010' })),
        action('N2', say('result.titleYear', { title: 'Deception', year: '2008' })),
      ],
    },
  ]);

  it('is one message: lines escaped, the first poster above, numbers, pages and other films as buttons', () => {
    expect(renderMessage(list, withPosters)).toEqual({
      text: [
        'Because you like <b>Inception</b> (2010):',
        '',
        '6. <b>Following</b> · 1 %',
        '<i>A story told in similar words</i>',
        '',
        '7. <b>Memento &lt;2000&gt; &amp; "more" (2000)</b> · 87 %',
        'Mystery · Thriller · 113 min',
        '<i>Also by Christopher Nolan · Same mix: Thriller</i>',
        'A man who cannot remember looks for the one he cannot forgive.',
        '',
        '2 close films were left out because what you filter by is not known of them.',
        'Filters: from 1998 and no Horror',
        'Press a number for films like that one.',
        'Page 2 of 3',
        '',
        'Not it?',
      ].join('\n'),
      parse_mode: 'HTML',
      link_preview_options: { url: poster, prefer_large_media: true, show_above_text: true },
      reply_markup: {
        inline_keyboard: [
          [
            { text: '6', callback_data: 'S6' },
            { text: '7', callback_data: 'S7' },
          ],
          [
            { text: 'Back', callback_data: 'P1' },
            { text: 'More', callback_data: 'P3' },
          ],
          [{ text: 'Inception: The Cobol Job (2010)', callback_data: 'N1' }],
          [{ text: 'Deception (2008)', callback_data: 'N2' }],
        ],
      },
    });
  });

  it('shows no poster where posters are off', () => {
    expect(renderMessage(list, { posters: false, username: 'KindredTestBot' }).link_preview_options).toEqual({
      is_disabled: true,
    });
  });
});

describe('choices', () => {
  it('are one button to a row: title, year and what tells them apart, the year kept whatever the length', () => {
    const long = aMovie({ title: `The ${'very '.repeat(20)}long one`, year: 1982 });
    const choices = sealed([
      { kind: 'text', lines: [say('choose.more', { title: 'the thing' })] },
      {
        kind: 'choices',
        items: [
          {
            movie: aMovie({ title: 'The Thing', year: 1982 }),
            tellsApart: [say('tells.director', { names: ['John Carpenter'] }), say('genre.horror')],
            pick: action('C1', say('result.title', { title: 'x' })),
          },
          {
            movie: long,
            tellsApart: [say('genre.drama')],
            pick: action('C2', say('result.title', { title: 'x' })),
          },
        ],
      },
    ]);
    expect(renderMessage(choices, withPosters)).toEqual({
      text: 'Several films fit “the thing”. Which one do you mean?',
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
      reply_markup: {
        inline_keyboard: [
          [{ text: 'The Thing (1982) · by John Carpenter · Horror', callback_data: 'C1' }],
          [{ text: 'The very very very very very very very very very very… (1982)', callback_data: 'C2' }],
        ],
      },
    });
  });
});

describe('a card', () => {
  it('shows what is known, with its links as buttons', () => {
    const film = aMovie({
      ...inception,
      original: 'Origin',
      rating: 8.8,
      source: 'imdb',
      overviewSource: 'wikipedia',
      poster,
    });
    const card = sealed([
      {
        kind: 'card',
        movie: film,
        actions: [action('S1', say('button.similar'))],
        links: [
          { label: say('card.link', { site: 'IMDb' }), href: 'https://www.imdb.com/title/tt1375666/' },
          { label: say('card.link', { site: 'TMDB' }), href: 'https://www.themoviedb.org/movie/27205' },
        ],
      },
    ]);
    expect(renderMessage(card, withPosters)).toEqual({
      text: [
        '<b>Inception (2010)</b>',
        'movie · Science Fiction · Thriller · 148 min',
        'Original title: Origin',
        'Directed by Christopher Nolan',
        'With Leonardo DiCaprio and Elliot Page',
        '8.8 of 10 (imdb)',
        '',
        'A thief walks through the dreams of others to steal what they hide.',
        '<i>Text: Wikipedia, CC BY-SA 4.0</i>',
      ].join('\n'),
      parse_mode: 'HTML',
      link_preview_options: { url: poster, prefer_large_media: true, show_above_text: true },
      reply_markup: {
        inline_keyboard: [
          [{ text: 'Similar', callback_data: 'S1' }],
          [
            { text: 'IMDb', url: 'https://www.imdb.com/title/tt1375666/' },
            { text: 'TMDB', url: 'https://www.themoviedb.org/movie/27205' },
          ],
        ],
      },
    });
  });

  it('is well formed where nothing but a title is known, and drops what Telegram would refuse', () => {
    const film = aMovie({ title: 'Following', poster: 'https://user:pass@image.example/x.jpg' });
    const links = [{ label: say('card.link', { site: 'IMDb' }), href: 'javascript:alert(1)' }];
    expect(renderMessage(sealed([{ kind: 'card', movie: film, actions: [], links }]), withPosters)).toEqual({
      text: '<b>Following</b>\nmovie\n\nNo description yet.',
      parse_mode: 'HTML',
      link_preview_options: { is_disabled: true },
    });
  });
});

describe('a note', () => {
  it('is the words without style, in 200 characters', () => {
    const refused = sealed([{ kind: 'text', lines: [say('button.notYours', { command: '/similar' })] }]);
    expect(renderNote(refused)).toBe(
      'This button belongs to somebody else’s question. Ask your own with /similar.',
    );
    const long = sealed([{ kind: 'text', lines: [say('none.found', { title: 'ab '.repeat(500) })] }]);
    expect(renderNote(long).length).toBeLessThanOrEqual(200);
    expect(renderNote(long)).toMatch(/…$/u);
  });
});
