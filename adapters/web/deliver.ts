import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import { MIN_COMPRESSED } from './limits.ts';

const compressed = { br: promisify(brotliCompress), gzip: promisify(gzip) } as const;

/** Quick enough to be done for every answer; what is made once is compressed harder (see `assets.ts`). */
const BROTLI = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

export type Encoding = keyof typeof compressed;

/** The encoding to answer in, by `Accept-Encoding`. */
export function encodingFor(accepted: string | undefined): Encoding | undefined {
  const offered = (accepted ?? '').split(',').map((each) => each.trim().toLowerCase());
  return (['br', 'gzip'] as const).find((encoding) =>
    offered.some((each) => each.split(';')[0] === encoding && !/;\s*q=0(?:\.0*)?$/u.test(each)),
  );
}

/** Gives whole answers an `ETag`, answers 304 where the client has them, and compresses the others. */
export const deliver: MiddlewareHandler = async (context, next) => {
  await next();
  const { res, req } = context;
  if (res.status !== 200 || res.headers.has('etag') || res.headers.get('content-encoding')) return;
  const body = Buffer.from(await res.arrayBuffer());
  const headers = new Headers(res.headers);
  headers.append('vary', 'Accept-Encoding');
  if (req.method === 'GET') {
    // Weak, since the same answer may be sent compressed or not.
    const etag = `W/"${createHash('sha1').update(body).digest('base64url')}"`;
    headers.set('etag', etag);
    if (req.header('if-none-match')?.includes(etag)) {
      headers.delete('content-type');
      context.res = undefined;
      context.res = new Response(null, { status: 304, headers });
      return;
    }
  }
  const encoding = body.length < MIN_COMPRESSED ? undefined : encodingFor(req.header('accept-encoding'));
  if (encoding) headers.set('content-encoding', encoding);
  const sent = encoding ? await compressed[encoding](body, encoding === 'br' ? BROTLI : {}) : body;
  context.res = undefined;
  context.res = new Response(new Uint8Array(sent), { headers });
};
