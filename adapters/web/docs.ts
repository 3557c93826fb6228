import { Hono } from 'hono';
import { html } from 'hono/html';
import type { HttpConfig } from '../../src/config.ts';
import { type MessageKey, say } from '../../src/messages/message.ts';
import { Wording } from '../../src/messages/wording.ts';
import type { Api } from './api/routes.ts';
import { type Drawing, document, t } from './page/layout.ts';
import type { Markup } from './page/tile.ts';
import { readerOf } from './reader.ts';

type Document = ReturnType<Api['getOpenAPI31Document']>;
type Operation = NonNullable<NonNullable<Document['paths']>[string]['get']>;

const METHODS = ['get', 'post'] as const;

/** What to try each route with. */
const EXAMPLES: Readonly<Record<string, string>> = {
  '/api/v1/titles': '?q=incep',
  '/api/v1/similar': '?title=Inception&genre=-action&limit=5',
  '/api/v1/plot': '?text=a+heist+inside+dreams',
  '/api/v1/movies/{id}': 'tt1375666',
  '/api/v1/movies/{id}/vector': 'tt1375666',
  '/api/v1/similarity': '?a=tt1375666&b=The+Matrix',
  '/api/v1/map': '?id=tt1375666&limit=20',
};

/** The OpenAPI document, and a page made from it that needs nothing from outside. */
export function createDocs(api: Api, { publicUrl }: HttpConfig): Hono {
  const app = new Hono();
  const english = new Wording();
  const made = api.getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: english.text(say('page.docs.title')),
      version: '1',
      description: english.text(say('page.docs.lead')),
    },
    servers: [{ url: publicUrl ?? '/' }],
  });
  const prefixed = Object.entries(made.paths ?? {}).map(([path, item]) => [`/api/v1${path}`, item] as const);
  const openapi: Document = { ...made, paths: Object.fromEntries(prefixed) };
  app.get('/openapi.json', (context) => {
    context.header('access-control-allow-origin', '*');
    context.header('cache-control', 'public, max-age=300');
    return context.json(openapi);
  });
  app.get('/docs', (context) => {
    const drawing: Drawing = { ...readerOf(context, 1000), posters: false, invitations: [] };
    context.header('cache-control', 'no-cache');
    return context.html(docsPage(drawing, openapi));
  });
  return app;
}

function docsPage(drawing: Drawing, { paths = {}, components }: Document): Markup {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => (item[method] ? [{ path, method, operation: item[method] }] : [])),
  );
  const schemas = Object.entries(components?.schemas ?? {});
  return document(drawing, {
    title: say('page.title', { title: t(drawing, 'page.docs.title') }),
    kind: 'plain',
    main: html`<article class="docs"><h1>${t(drawing, 'page.docs.title')}</h1>
<p class="lead">${t(drawing, 'page.docs.lead')} <a href="/openapi.json">${t(drawing, 'page.docs.document')}</a></p>
${operations.map(({ path, method, operation }) => route(drawing, path, method, operation))}
${schemas.map(
  ([name, schema]) =>
    html`<details id="${name}"><summary>${name}</summary><pre tabindex="0">${JSON.stringify(schema, undefined, 2)}</pre></details>`,
)}</article>`,
  });
}

function route(drawing: Drawing, path: string, method: string, operation: Operation): Markup {
  const parameters = (operation.parameters ?? []).flatMap((each) => ('name' in each ? [each] : []));
  const example = EXAMPLES[path];
  const address = example && (path.includes('{id}') ? path.replace('{id}', example) : `${path}${example}`);
  const name = `${method}-${path}`.replaceAll(/[^a-z0-9]+/gu, '-');
  return html`<section class="route" aria-labelledby="${name}">
<h2 id="${name}"><code><b>${method.toUpperCase()}</b> ${path}</code></h2>
<p lang="en">${operation.summary ?? ''}</p>
${
  parameters.length > 0
    ? table(
        [t(drawing, 'page.docs.name'), t(drawing, 'page.docs.meaning')],
        parameters.map((each) => [
          html`<code>${each.name}</code>${each.required ? html` <small>${t(drawing, 'page.docs.required')}</small>` : ''}`,
          html`${describe(drawing, each.schema)}`,
        ]),
      )
    : ''
}
${table(
  [t(drawing, 'page.docs.status'), t(drawing, 'page.docs.answers')],
  Object.entries(operation.responses ?? {}).map(([status, response]) => [
    html`<code>${status}</code>`,
    html`<span lang="en">${coded((response as { description?: string }).description ?? '')}</span> ${schemaLinks(response)}`,
  ]),
)}
${method === 'get' && address ? html`<p><a class="button" href="${address}">${t(drawing, 'page.docs.try')}</a> <code>${address}</code></p>` : ''}
</section>`;
}

function table(head: readonly string[], rows: readonly (readonly Markup[])[]): Markup {
  return html`<table><thead><tr>${head.map((cell) => html`<th scope="col">${cell}</th>`)}</tr></thead><tbody>${rows.map(
    (row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`,
  )}</tbody></table>`;
}

/** Text in which backticks mark code. */
function coded(text: string): Markup[] {
  return text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : html`${part}`));
}

interface Described {
  readonly description?: string;
  /** The key of the description's message, where it has one: the reader's language may have it too. */
  readonly 'x-message'?: MessageKey;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
}

function describe(drawing: Drawing, schema: unknown): string {
  const { description, 'x-message': key, enum: choices, minimum, maximum } = (schema ?? {}) as Described;
  const range = choices?.join(', ') ?? (minimum === undefined ? '' : `${minimum}–${maximum ?? ''}`);
  return [key ? t(drawing, key) : description, range && `(${range})`].filter(Boolean).join(' ');
}

/** Links to the named schemas that an answer is made of. */
function schemaLinks(response: unknown): Markup[] {
  const names = new Set(
    [...JSON.stringify(response).matchAll(/#\/components\/schemas\/(\w+)/gu)].map(([, name]) => name!),
  );
  return [...names].map((name) => html`<a href="#${name}">${name}</a> `);
}
