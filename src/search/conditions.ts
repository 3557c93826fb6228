import type { Condition, Field, Filter } from '../vectors/filter.ts';

/** Where each filterable field lies in a row of the catalogue. */
const COLUMNS: Readonly<Record<Field, { readonly column: string; readonly list?: true }>> = {
  kind: { column: 'kind' },
  year: { column: 'year' },
  runtime: { column: 'runtime' },
  genres: { column: 'genres', list: true },
  language: { column: 'language' },
  countries: { column: 'countries', list: true },
  popularity: { column: 'popularity' },
  votes: { column: 'votes' },
  adult: { column: 'adult' },
  franchise: { column: 'franchise' },
};

export interface SqlConditions {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

/** A filter as conditions on rows of `movie`: the same meaning as `passes`, an unknown field passes nothing. */
export function sqlConditions(filter: Filter): SqlConditions {
  const parts = filter.map(sqlCondition);
  return {
    sql: parts.map((part) => `and ${part.sql}`).join(' '),
    parameters: parts.flatMap((part) => part.parameters),
  };
}

function sqlCondition(condition: Condition): SqlConditions {
  const { column, list } = COLUMNS[condition.field];
  const field = `movie.${column}`;
  if ('atLeast' in condition) return { sql: `${field} >= ?`, parameters: [condition.atLeast] };
  if ('atMost' in condition) return { sql: `${field} <= ?`, parameters: [condition.atMost] };
  const value = 'is' in condition ? condition.is : condition.not;
  const parameter = typeof value === 'boolean' ? Number(value) : value;
  if (!list) return { sql: `${field} ${'is' in condition ? '=' : '<>'} ?`, parameters: [parameter] };
  const holds = `exists (select 1 from json_each(${field}) where json_each.value = ?)`;
  // A list that is not known is null, and json_each of null has no members: that is neither "is" nor "not".
  return {
    sql: 'is' in condition ? holds : `(${field} is not null and not ${holds})`,
    parameters: [parameter],
  };
}
