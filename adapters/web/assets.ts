import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { type Encoding, encodingFor } from './deliver.ts';

const FOLDER = fileURLToPath(new URL('assets', import.meta.url));

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};

interface Asset {
  readonly type: string;
  readonly body: Buffer;
  readonly packed: Partial<Record<Encoding, Buffer>>;
}

/** The page's own files, read once and kept compressed. */
const assets = new Map(
  readdirSync(FOLDER, { recursive: true, encoding: 'utf8' })
    .filter((name) => extname(name) in TYPES)
    .map((name) => [name, readAsset(name)]),
);

/** Changes with any of the files: they refer to one another, so they are renewed together. */
const VERSION = createHash('sha256')
  .update(Buffer.concat([...assets.values()].map((asset) => asset.body)))
  .digest('hex')
  .slice(0, 10);

/** The address of a file, which is another one whenever the files change: clients may keep it for good. */
export function assetPath(name: string): string {
  return `/assets/${VERSION}/${name}`;
}

export function createAssets(): Hono {
  const app = new Hono();
  app.get('/:version/*', (context) => {
    const version = context.req.param('version');
    const asset = assets.get(context.req.path.split(`/${version}/`).slice(1).join('/'));
    if (!asset) return context.notFound();
    const encoding = encodingFor(context.req.header('accept-encoding'));
    const packed = encoding && asset.packed[encoding];
    return context.body(new Uint8Array(packed ?? asset.body), 200, {
      'content-type': asset.type,
      // Another version's address may be asked for while the program is being replaced: answered, but not kept.
      'cache-control': version === VERSION ? 'public, max-age=31536000, immutable' : 'no-store',
      etag: `"${VERSION}"`,
      vary: 'Accept-Encoding',
      ...(packed && encoding && { 'content-encoding': encoding }),
    });
  });
  return app;
}

function readAsset(name: string): Asset {
  const body = readFileSync(join(FOLDER, name));
  const type = TYPES[extname(name)]!;
  // Fonts are compressed already.
  const packed = type.startsWith('font/') ? {} : { br: brotliCompressSync(body), gzip: gzipSync(body) };
  return { type, body, packed };
}
