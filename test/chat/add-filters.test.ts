import { describe, expect, it } from 'vitest';
import { addFilters } from '../../src/chat/add-filters.ts';

describe('filters added to a list', () => {
  it.each([
    [{ title: 'x', genre: 'horror' }, { runtime: '100' }, { title: 'x', genre: 'horror', runtime: '100' }],
    [{ genre: 'horror' }, { genre: '-comedy' }, { genre: 'horror,-comedy' }],
    [{ genre: 'horror,drama' }, { genre: '-horror' }, { genre: 'drama,-horror' }],
    [{ from: '1990', to: '1999' }, { decade: '80s' }, { decade: '80s' }],
    [{ decade: '80s' }, { from: '2005' }, { from: '2005' }],
    [{ runtime: '90' }, { runtime: '120-' }, { runtime: '120-' }],
  ])('%o and %o make %o', (args, added, together) => {
    expect(addFilters(args, added)).toEqual(together);
  });
});
