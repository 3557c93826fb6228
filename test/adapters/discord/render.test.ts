import type { APIMessageTopLevelComponent } from 'discord-api-types/v10';
import { describe, expect, test } from 'vitest';
import { renderMessage } from '../../../adapters/discord/render.ts';
import type { SealedReply } from '../../../src/chat/reply.ts';
import { say, titleOf } from '../../../src/messages/message.ts';
import { messageProblems } from '../../fakes/discord/message-problems.ts';
import { action, line, movie, reply, results } from './samples.ts';

function components(shown: SealedReply, posters = true): APIMessageTopLevelComponent[] {
  const body = renderMessage(shown, { posters });
  expect(messageProblems(body)).toEqual([]);
  return body.components;
}

const darkCity = movie({
  year: 1998,
  genres: ['science-fiction', 'mystery'],
  runtime: 100,
  overview: 'A man wakes up in a hotel and is hunted (again).',
  poster: 'https://example.com/dark city.jpg',
});

describe('renderMessage', () => {
  test('shows plain text without a frame, mentions nobody, and is a message of Components V2', () => {
    const shown = reply({
      blocks: [
        { kind: 'text', lines: [say('button.damaged', { command: '/similar' })] },
        {
          kind: 'buttons',
          buttons: [action('id-1'), { label: say('card.link', { site: 'IMDb' }), href: 'https://imdb.com/' }],
        },
      ],
    });
    expect(renderMessage(shown, { posters: true })).toEqual({
      flags: 32768,
      allowed_mentions: { parse: [] },
      components: [
        { type: 10, content: 'This button no longer works. Ask again with `/similar`.' },
        {
          type: 1,
          components: [
            { type: 2, style: 2, label: 'More', custom_id: 'id-1' },
            { type: 2, style: 5, label: 'IMDb', url: 'https://imdb.com/' },
          ],
        },
      ],
    });
  });

  test('draws a list: a section with its poster, a select to go on from, filters, notes and pages', () => {
    const shown = reply({
      blocks: [
        { kind: 'text', lines: [say('similar.match', { title: 'Inception', year: '2010' })] },
        results({
          items: [
            {
              rank: 1,
              movie: darkCity,
              score: 0.874,
              reasons: [
                { kind: 'theme', values: ['memory', 'identity'] },
                { kind: 'genre', values: ['mystery'] },
              ],
              similar: action('similar-1'),
            },
          ],
          page: 2,
          pages: 4,
          filters: [say('filter.from', { year: '1990' })],
          notes: [say('note.weak')],
          previous: action('back', { label: say('button.previous') }),
          more: action('more'),
        }),
      ],
    });
    expect(components(shown)).toEqual([
      {
        type: 17,
        components: [
          { type: 10, content: 'Because you like **Inception** \\(2010\\)\\:' },
          {
            type: 9,
            components: [
              {
                type: 10,
                content: [
                  '**1. Dark City \\(1998\\)**',
                  '87 % · Science Fiction · Mystery · 100 min',
                  '*Both\\: memory and identity · Same mix\\: Mystery*',
                  '-# A man wakes up in a hotel and is hunted \\(again\\).',
                ].join('\n'),
              },
            ],
            accessory: {
              type: 11,
              media: { url: 'https://example.com/dark%20city.jpg' },
              description: 'Poster of Dark City (1998)',
            },
          },
          {
            type: 10,
            content: [
              '-# These matches are weak\\: nothing in my catalogue is really close.',
              '-# Filters\\: from 1990',
              '-# Page 2 of 4',
            ].join('\n'),
          },
          {
            type: 1,
            components: [
              {
                type: 3,
                custom_id: 'select-1',
                placeholder: 'Similar to one of these…',
                options: [{ label: 'Dark City (1998)', value: 'similar-1' }],
              },
            ],
          },
          {
            type: 1,
            components: [
              { type: 2, style: 2, label: 'Back', custom_id: 'back' },
              { type: 2, style: 2, label: 'More', custom_id: 'more' },
            ],
          },
        ],
      },
    ]);
  });

  test('draws a film without poster, year, facts or overview as a plain line', () => {
    const item = { rank: 1, movie: movie(), score: 0, reasons: [], similar: action('similar-1') };
    const second = { ...item, rank: 2, movie: darkCity, similar: action('similar-2') };
    const [frame] = components(reply({ blocks: [results({ items: [item, second] })] }), false);
    expect(frame).toMatchObject({
      type: 17,
      components: [
        { type: 10, content: '**1. Dark City**\n0 %' },
        { type: 14 },
        { type: 10, content: expect.stringContaining('**2. Dark City \\(1998\\)**') },
        { type: 1 },
      ],
    });
  });

  test.each(['http://example.com/a.jpg', 'nonsense', `https://example.com/${'a'.repeat(600)}`])(
    'leaves out a poster that Discord would not show: %.40s',
    (poster) => {
      const item = { rank: 1, movie: movie({ poster }), score: 0.5, reasons: [], similar: action('s') };
      expect(components(reply({ blocks: [results({ items: [item] })] }))[0]).toMatchObject({
        components: [{ type: 10 }, { type: 1 }],
      });
    },
  );

  test('offers up to five choices as numbered buttons, with what tells them apart', () => {
    const items = [1982, 2011].map((year) => ({
      movie: movie({ title: 'The Thing', year }),
      tellsApart: [say('tells.director', { names: ['John Carpenter'] }), say('genre.horror')],
      pick: action(`pick-${year}`, { label: say('result.titleYear', { title: 'The Thing', year }) }),
    }));
    expect(components(reply({ blocks: [line('Which?'), { kind: 'choices', items }] }))).toEqual([
      {
        type: 17,
        components: [
          { type: 10, content: 'Which?' },
          {
            type: 10,
            content: [
              '**1. The Thing \\(1982\\)** · by John Carpenter · Horror',
              '**2. The Thing \\(2011\\)** · by John Carpenter · Horror',
            ].join('\n'),
          },
          {
            type: 1,
            components: [
              { type: 2, style: 2, label: '1. The Thing (1982)', custom_id: 'pick-1982' },
              { type: 2, style: 2, label: '2. The Thing (2011)', custom_id: 'pick-2011' },
            ],
          },
        ],
      },
    ]);
  });

  test('offers more than five choices in a select', () => {
    const items = Array.from({ length: 10 }, (_, index) => ({
      movie: movie({ title: `Film ${index}`, year: 1990 + index }),
      tellsApart: [say('genre.drama')],
      pick: action(`pick-${index}`),
    }));
    const [frame] = components(reply({ blocks: [{ kind: 'choices', items }] }));
    expect(frame).toMatchObject({ components: [{ type: 10 }, { type: 1, components: [{ type: 3 }] }] });
    expect(frame).toHaveProperty('components.1.components.0.placeholder', 'Which one?');
    expect(frame).toHaveProperty('components.1.components.0.options.9', {
      label: 'Film 9 (1999)',
      value: 'pick-9',
      description: 'Drama',
    });
  });

  test('draws a card with its facts, credit, buttons and links', () => {
    const shown = movie({
      ...darkCity,
      original: 'Dark City: Director’s Cut',
      directors: ['Alex Proyas'],
      cast: ['Rufus Sewell', 'Jennifer Connelly'],
      rating: 7.6,
      overviewSource: 'wikipedia',
    });
    const links = [
      { label: say('card.link', { site: 'IMDb' }), href: 'https://www.imdb.com/title/tt0118929/' },
    ];
    const card = {
      kind: 'card',
      movie: shown,
      actions: [action('s', { label: say('button.similar') })],
      links,
    } as const;
    expect(components(reply({ blocks: [card] }))).toEqual([
      {
        type: 17,
        components: [
          {
            type: 9,
            components: [
              {
                type: 10,
                content: [
                  '### Dark City \\(1998\\)',
                  'movie · Science Fiction · Mystery · 100 min',
                  'Original title\\: Dark City\\: Director’s Cut',
                  'Directed by Alex Proyas',
                  'With Rufus Sewell and Jennifer Connelly',
                  '7.6 of 10 \\(Kindred\\)',
                ].join('\n'),
              },
            ],
            accessory: expect.objectContaining({ type: 11 }),
          },
          {
            type: 10,
            content:
              'A man wakes up in a hotel and is hunted \\(again\\).\n-# Text\\: Wikipedia, CC BY\\-SA 4.0',
          },
          {
            type: 1,
            components: [
              { type: 2, style: 2, label: 'Similar', custom_id: 's' },
              { type: 2, style: 5, label: 'IMDb', url: 'https://www.imdb.com/title/tt0118929/' },
            ],
          },
        ],
      },
    ]);
  });

  test('shows a button once where two would have the same id', () => {
    const shown = reply({ blocks: [line('x'), { kind: 'buttons', buttons: [action('a'), action('a')] }] });
    expect(components(shown)[1]).toMatchObject({ components: [{ custom_id: 'a' }] });
  });

  test('throws where our own reply is more than Discord takes, or nothing', () => {
    const buttons = Array.from({ length: 40 }, (_, index) => action(`id-${index}`));
    expect(() => renderMessage(reply({ blocks: [{ kind: 'buttons', buttons }] }), { posters: true })).toThrow(
      RangeError,
    );
    expect(() => renderMessage(reply({ blocks: [] }), { posters: true })).toThrow('nothing to show');
  });

  test('cuts what is longest first: overviews and titles shrink, short lines stay whole', () => {
    const long = movie({ title: 'T'.repeat(3000), overview: 'O'.repeat(9000), runtime: 100 });
    const items = Array.from({ length: 5 }, (_, index) => ({
      rank: index + 1,
      movie: long,
      score: 0.5,
      reasons: [],
      similar: action(`s${index}`),
    }));
    const [frame] = components(
      reply({
        blocks: [
          { kind: 'text', lines: [say('similar.notIt')] },
          results({ items, notes: [say('note.thinSeed', { title: titleOf(long) })] }),
        ],
      }),
    );
    const text = JSON.stringify(frame);
    expect(text).toContain('Not it?');
    expect(text).toContain('50 % · 100 min');
    expect(text).toContain('T…');
  });
});
