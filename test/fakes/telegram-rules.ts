import { existsSync, readFileSync } from 'node:fs';

/** What the Bot API would find wrong with a call; empty where it would take it. */
export function violationsOf(method: string, payload: Record<string, unknown>): string[] {
  const found = [...againstSpec(method, payload), ...againstLimits(payload)];
  return found.map((problem) => `${method}: ${problem}`);
}

/** The text of an HTML message after entity parsing. Throws on what Telegram would not parse. */
export function parseHtml(html: string): { text: string; entities: number } {
  const open: string[] = [];
  let entities = 0;
  const text = html.replaceAll(
    /<(\/?)([a-z]*)([^<>]*)>|[<>]|&(\w+);|&/gu,
    (match, slash, tag, rest, entity) => {
      if (entity)
        return { amp: '&', lt: '<', gt: '>', quot: '"' }[entity as string] ?? fail(`unknown &${entity};`);
      if (tag === undefined) return fail(`unescaped ${match}`);
      if (slash) {
        if (open.pop() !== tag) fail(`</${tag}> closes nothing`);
        return '';
      }
      if (!['b', 'i', 'code', 'a'].includes(tag)) fail(`unsupported tag ${match}`);
      if (tag === 'a' ? !/^ href="[^"]+"$/u.test(rest) : rest !== '') fail(`bad attributes in ${match}`);
      open.push(tag);
      entities++;
      return '';
    },
  );
  if (open.length > 0) fail(`<${open[0]}> is never closed`);
  return { text: text.trim(), entities };
}

function fail(problem: string): never {
  throw new SyntaxError(`can't parse entities: ${problem}`);
}

function againstLimits(payload: Record<string, unknown>): string[] {
  const problems: string[] = [];
  walk(payload, (key, value, parent) => {
    if (typeof value === 'string' && !value.isWellFormed()) problems.push(`${key} is not UTF-8`);
    if ((key === 'text' || key === 'message_text') && 'parse_mode' in parent)
      problems.push(...messageText(String(value)));
    if (key === 'text' && 'callback_query_id' in parent && String(value).length > 200)
      problems.push('the note is too long');
    if (key === 'callback_data' && !within(Buffer.byteLength(String(value)), 1, 64))
      problems.push('callback_data');
    if (key === 'text' && ('callback_data' in parent || 'url' in parent) && !String(value).trim())
      problems.push('a button without text');
    if (key === 'inline_keyboard') problems.push(...keyboard(value as unknown[][]));
    if (key === 'commands') problems.push(...menu(value as { command: string; description: string }[]));
    if (key === 'results') problems.push(...results(value as { id: string }[]));
    if (key === 'question' && !within(String(value).length, 1, 300)) problems.push('question');
    if (key === 'options')
      for (const { text } of value as { text: string }[])
        if (!within(text.length, 1, 100)) problems.push(`option ${text}`);
    if (key === 'start_parameter' && !/^[\w-]{1,64}$/u.test(String(value))) problems.push('start_parameter');
    if (key === 'description' && 'description' === Object.keys(parent)[0] && String(value).length > 512)
      problems.push('description');
    if (key === 'short_description' && String(value).length > 120) problems.push('short_description');
    if (key === 'secret_token' && !/^[\w-]{1,256}$/u.test(String(value))) problems.push('secret_token');
  });
  return problems;
}

function messageText(html: string): string[] {
  try {
    const { text, entities } = parseHtml(html);
    if (!/[^\s\p{C}]/u.test(text)) return ['message text is empty'];
    if (text.length > 4096) return [`message is too long: ${text.length}`];
    return entities > 100 ? [`${entities} entities`] : [];
  } catch (error) {
    return [(error as Error).message];
  }
}

function keyboard(rows: unknown[][]): string[] {
  const problems = rows
    .filter((row) => !within(row.length, 1, 8))
    .map((row) => `${row.length} buttons in a row`);
  return within(rows.flat().length, 1, 100) ? problems : [...problems, `${rows.flat().length} buttons`];
}

function menu(commands: { command: string; description: string }[]): string[] {
  return commands
    .filter((each) => !/^[a-z0-9_]{1,32}$/u.test(each.command) || !within(each.description.length, 1, 256))
    .map((each) => `bad command ${each.command}`);
}

function results(all: { id: string }[]): string[] {
  if (all.length > 50) return [`${all.length} results`];
  if (new Set(all.map((each) => each.id)).size < all.length) return ['two results with one id'];
  return all
    .filter((each) => !within(Buffer.byteLength(each.id), 1, 64))
    .map((each) => `result id ${each.id}`);
}

function within(value: number, min: number, max: number): boolean {
  return value >= min && value <= max;
}

type Parent = Readonly<Record<string, unknown>>;

function walk(value: unknown, visit: (key: string, value: unknown, parent: Parent) => void): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    visit(key, each, value as Parent);
    walk(each, visit);
  }
}

interface Field {
  readonly name: string;
  readonly types: readonly string[];
  readonly required: boolean;
}

interface Shape {
  readonly fields?: readonly Field[];
  readonly subtypes?: readonly string[];
}

interface Spec {
  readonly methods: Readonly<Record<string, Shape>>;
  readonly types: Readonly<Record<string, Shape>>;
}

/** The official description, where it lies beside the project. */
const SPEC_FILE = new URL('../../../shared/specs/telegram-bot-api.json', import.meta.url);
const spec: Spec | undefined = existsSync(SPEC_FILE)
  ? JSON.parse(readFileSync(SPEC_FILE, 'utf8'))
  : undefined;

function againstSpec(method: string, payload: Record<string, unknown>): string[] {
  if (!spec) return [];
  const shape = spec.methods[method];
  return shape ? fieldProblems(shape, payload, method) : ['no such method'];
}

function fieldProblems(shape: Shape, value: Record<string, unknown>, path: string): string[] {
  const fields = shape.fields ?? [];
  const unknown = Object.keys(value).filter((key) => !fields.some((field) => field.name === key));
  return [
    ...unknown.map((key) => `${path} has no field ${key}`),
    ...fields.flatMap((field) => {
      const given = value[field.name];
      const at = `${path}.${field.name}`;
      if (given === undefined) return field.required ? [`${at} is missing`] : [];
      return bestOf(field.types, given, at);
    }),
  ];
}

/** Nothing where one of the types fits, else what the nearest of them finds. */
function bestOf(types: readonly string[], value: unknown, path: string): string[] {
  const tried = types.map((type) => typeProblems(type, value, path));
  return tried.sort((a, b) => a.length - b.length)[0] ?? [];
}

function typeProblems(type: string, value: unknown, path: string): string[] {
  const list = /^Array of (.+)$/u.exec(type);
  if (list) {
    if (!Array.isArray(value)) return [`${path} is no array`];
    return value.flatMap((each, index) => typeProblems(list[1]!, each, `${path}[${index}]`));
  }
  const primitive = {
    Integer: Number.isSafeInteger(value),
    String: typeof value === 'string',
    Boolean: typeof value === 'boolean',
  };
  if (type in primitive) return primitive[type as keyof typeof primitive] ? [] : [`${path} is no ${type}`];
  const shape = spec?.types[type];
  if (!shape || typeof value !== 'object' || value === null) return [`${path} is no ${type}`];
  if (shape.subtypes) return bestOf(shape.subtypes, value, path);
  return fieldProblems(shape, value as Record<string, unknown>, path);
}
