import { fileOf, identityOfFile, pagesOf } from './file.ts';
import { type Lines, readLines } from './lines.ts';
import { type Entry, type Source, SourceError, type SourceInput } from './source.ts';

const COLUMNS = ['titleId', 'ordering', 'title', 'region', 'language'] as const;
const NO_AKAS = `This is another kind of file: its first line is neither ${COLUMNS.join(', ')} nor a title.`;
const UNKNOWN = '\\N';

const file = (input: SourceInput) => fileOf(input, 'title.akas.tsv');

/** IMDb's `title.akas.tsv`: other titles, grouped by movie, for movies that are there already. */
export const akas: Source = {
  marks: 'akas',
  identity: (input) => identityOfFile(file(input)),
  read: (input) => pagesOf((bytes) => grouped(readLines(bytes)), entryOf, file(input), input),
};

interface Group {
  /** Line of the first one. */
  readonly line: number;
  readonly imdb: string;
  readonly aka: { title: string; language?: string }[];
  problem?: string;
}

/** Consecutive lines of one movie. IMDb quotes nothing: a tab is always a tab. */
async function* grouped(blocks: AsyncIterable<Lines>): AsyncGenerator<Group[]> {
  let open: Group | undefined;
  for await (const { first, texts } of blocks) {
    const groups: Group[] = [];
    for (const [index, text] of texts.entries()) {
      const row = readRow(text, first + index);
      if (row === undefined) continue;
      if (row.problem && row.line === 1) throw new SourceError(NO_AKAS);
      if (open && !row.problem && row.imdb === open.imdb) {
        open.aka.push(...row.aka);
        continue;
      }
      if (open) groups.push(open);
      open = row;
    }
    yield groups;
  }
  if (open) yield [open];
}

function readRow(text: string | undefined, line: number): Group | undefined {
  const problem = (reason: string): Group => ({ line, imdb: '', aka: [], problem: reason });
  if (text === undefined) return problem('the line is longer than 1 MB');
  if (text === '' || text.startsWith('titleId\t')) return undefined;
  const [imdb, , title, , language] = text.split('\t', COLUMNS.length);
  if (language === undefined || !imdb || !title) return problem(`has no ${COLUMNS.join(', ')}`);
  if (!/^tt\d{5,12}$/u.test(imdb)) return problem('titleId is no IMDb id');
  return { line, imdb, aka: [{ title, ...(language !== UNKNOWN && { language }) }] };
}

function entryOf({ line, imdb, aka, problem }: Group): Entry[] {
  if (problem) return [{ type: 'problem', at: line, reason: problem }];
  return [{ type: 'facts', at: line, of: { source: 'imdb', value: imdb }, facts: { aka } }];
}
