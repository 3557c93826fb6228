import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { UserError } from '../../src/chat/errors.ts';
import { readText } from '../../src/chat/read-text.ts';

const read = (line: string) => readText(line, commands).call;

describe('a typed line', () => {
  it.each([
    ['Inception', { command: 'similar', args: { title: 'Inception' } }],
    [
      '/similar alien from:1980 genre:horror runtime:120',
      { command: 'similar', args: { title: 'alien', from: '1980', genre: 'horror', runtime: '120' } },
    ],
    ['/similar@kindred_bot the thing', { command: 'similar', args: { title: 'the thing' } }],
    ['/MOVIE spirited away', { command: 'movie', args: { title: 'spirited away' } }],
    [
      'alien genre:"science fiction"',
      { command: 'similar', args: { title: 'alien', genre: 'science fiction' } },
    ],
    [
      'alien genre:horror genre:-comedy',
      { command: 'similar', args: { title: 'alien', genre: 'horror,-comedy' } },
    ],
    ['Mission: Impossible', { command: 'similar', args: { title: 'Mission: Impossible' } }],
    ['Avengers:Endgame', { command: 'similar', args: { title: 'Avengers:Endgame' } }],
    ['/help', { command: 'help', args: {} }],
    ['/start', { command: 'help', args: {} }],
    ['/similar', { command: 'similar', args: {} }],
    ['from:1980 alien', { command: 'similar', args: { title: 'alien', from: '1980' } }],
  ])('is read as people mean it: %s', (line, call) => {
    expect(read(line)).toEqual(call);
  });

  it('with an unknown command is a mistake of the person', () => {
    expect(() => read('/frobnicate x')).toThrow(UserError);
    expect(() => read('/')).toThrow(UserError);
  });

  it('of any kind is read or explained, never broken', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (line) => {
        try {
          expect(readText(line, commands).call.command).toBeTypeOf('string');
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
    );
  });
});
