import { existsSync, readFileSync } from 'node:fs';

/** The part of JSON Schema that Discord's OpenAPI description uses. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly uniqueItems?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
}

interface Description {
  readonly paths: Record<
    string,
    Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>
  >;
  readonly components: { readonly schemas: Record<string, Schema> };
}

const FILE = new URL('../../../../shared/specs/discord-openapi.json', import.meta.url);

/** Discord's own description of its API, where it lies beside the project. */
export const description: Description | undefined = existsSync(FILE)
  ? JSON.parse(readFileSync(FILE, 'utf8'))
  : undefined;

/** What is wrong with a request's body by the description; nothing where there is no description. */
export function requestProblems(path: string, method: string, body: unknown): string[] {
  if (!description) return [];
  const operation = description.paths[path]?.[method];
  if (!operation) return [`${method} ${path} is not described`];
  const schema = operation.requestBody?.content['application/json']?.schema;
  return schema ? problems(schema, body, 'body') : [];
}

/** Stricter than JSON Schema in one thing: a property that is not described is a problem. */
function problems(schema: Schema, value: unknown, at: string): string[] {
  if (schema.$ref) return problems(resolve(schema.$ref), value, at);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return best(choices.map((choice) => problems(choice, value, at)));
  if (schema.const !== undefined)
    return value === schema.const ? [] : [`${at}: ${value} is not ${schema.const}`];
  if (schema.enum && !schema.enum.includes(value)) return [`${at}: ${value} is none of ${schema.enum}`];
  if (schema.type && ![schema.type].flat().includes(typeOf(value)))
    return [`${at}: ${typeOf(value)} instead of ${schema.type}`];
  if (typeof value === 'string') return stringProblems(schema, value, at);
  if (typeof value === 'number')
    return value < (schema.minimum ?? value) || value > (schema.maximum ?? value)
      ? [`${at}: ${value} is out of range`]
      : [];
  if (Array.isArray(value)) return arrayProblems(schema, value, at);
  if (typeof value === 'object' && value !== null)
    return objectProblems(schema, value as Record<string, unknown>, at);
  return [];
}

function resolve(ref: string): Schema {
  return description!.components.schemas[ref.split('/').at(-1)!]!;
}

/** Of several forms that are all wrong, the one that is least so tells most. */
function best(outcomes: readonly string[][]): string[] {
  return outcomes.toSorted((a, b) => a.length - b.length)[0] ?? [];
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
}

function stringProblems(schema: Schema, value: string, at: string): string[] {
  const length = [...value].length;
  if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? length))
    return [`${at}: ${length} characters`];
  return schema.pattern && !new RegExp(schema.pattern, 'u').test(value)
    ? [`${at}: not of the form ${schema.pattern}`]
    : [];
}

function arrayProblems(schema: Schema, value: readonly unknown[], at: string): string[] {
  const { minItems = 0, maxItems = value.length, items, uniqueItems } = schema;
  if (value.length < minItems || value.length > maxItems) return [`${at}: ${value.length} items`];
  if (uniqueItems && new Set(value).size < value.length) return [`${at}: the same item twice`];
  return items ? value.flatMap((item, index) => problems(items, item, `${at}[${index}]`)) : [];
}

function objectProblems(schema: Schema, value: Readonly<Record<string, unknown>>, at: string): string[] {
  const { properties = {}, required = [], additionalProperties } = schema;
  const missing = required.filter((name) => !(name in value)).map((name) => `${at}: no ${name}`);
  const wrong = Object.entries(value).flatMap(([name, field]) => {
    if (properties[name]) return problems(properties[name], field, `${at}.${name}`);
    if (typeof additionalProperties === 'object')
      return problems(additionalProperties, field, `${at}.${name}`);
    return additionalProperties ? [] : [`${at}.${name} is not described`];
  });
  return [...missing, ...wrong];
}
