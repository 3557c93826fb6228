import { describe, expect, it } from 'vitest';
import { article, searchAnswer } from '../../../adapters/telegram/inline.ts';
import { say } from '../../../src/messages/message.ts';
import { violationsOf } from '../../fakes/telegram-rules.ts';
import { aMovie, inception } from '../../fixtures/movies.ts';
import { action, sealed } from './replies.ts';

const poster = 'https://image.example/inception.jpg';
const suggestion = { label: 'Inception (2010)', value: 'kindred:17' };

function cardOf(movie: typeof inception) {
  return sealed([{ kind: 'card', movie, actions: [action('S1', say('button.similar'))], links: [] }]);
}

describe('a suggested film', () => {
  it('is an article that posts its card with its buttons', () => {
    const result = article(suggestion, cardOf({ ...inception, poster }), {
      posters: true,
      username: 'KindredTestBot',
    });
    expect(result).toEqual({
      type: 'article',
      id: 'kindred:17',
      title: 'Inception (2010)',
      description:
        'Science Fiction, Thriller · A thief walks through the dreams of others to steal what they hide.',
      thumbnail_url: poster,
      input_message_content: {
        message_text: expect.stringContaining('<b>Inception (2010)</b>'),
        parse_mode: 'HTML',
        link_preview_options: { url: poster, prefer_large_media: true, show_above_text: true },
      },
      reply_markup: { inline_keyboard: [[{ text: 'Similar', callback_data: 'S1' }]] },
    });
    expect(violationsOf('answerInlineQuery', { inline_query_id: '1', results: [result] })).toEqual([]);
  });

  it('is left out where it has no card', () => {
    const gone = sealed([{ kind: 'text', lines: [say('error.gone')] }], { refused: true });
    expect(article(suggestion, gone, { posters: true, username: 'KindredTestBot' })).toBeUndefined();
  });
});

describe('the answer to a search', () => {
  const some = [article(suggestion, cardOf(aMovie()), { posters: true, username: 'KindredTestBot' })!];

  it('says where the next page begins, and keeps what was found', () => {
    expect(searchAnswer({ articles: some, offset: 0, all: 25 }, 'in', 'en')).toMatchObject({
      next_offset: '10',
      cache_time: 300,
    });
    expect(searchAnswer({ articles: some, offset: 20, all: 25 }, 'in', 'en')).toMatchObject({
      next_offset: '',
    });
  });

  it('leads to help where nothing is found, and soon looks again', () => {
    expect(searchAnswer({ articles: [], offset: 0, all: 0 }, 'qqqq', 'en')).toEqual({
      results: [],
      cache_time: 10,
      is_personal: true,
      next_offset: '',
      button: { text: 'No such film. What I can do', start_parameter: 'help' },
    });
    expect(searchAnswer({ articles: [], offset: 0, all: 0 }, ' ', 'en')).not.toHaveProperty('button');
  });
});
