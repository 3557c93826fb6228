import type { MiddlewareHandler } from 'hono';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import type { HttpConfig } from '../../src/config.ts';
import { clientAddress } from './client-address.ts';
import { Problem } from './problem.ts';

/** Nothing is run, framed or fetched but our own; posters come from wherever their source has them. */
export function securityHeaders({ posters, publicUrl }: HttpConfig): MiddlewareHandler {
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    `img-src 'self'${posters ? ' https:' : ''}`,
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
  const headers: Record<string, string> = {
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=()',
    ...(publicUrl?.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
  };
  return async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(headers)) context.res.headers.set(name, value);
  };
}

/** So many requests a minute from one address; then 429 until the minute is over. */
export function rateLimit(perMinute: number, trustProxy: boolean): MiddlewareHandler {
  const limiter = new RateLimiterMemory({ points: perMinute, duration: 60 });
  return async (context, next) => {
    try {
      await limiter.consume(clientAddress(context, trustProxy));
    } catch (refused) {
      const wait = String(Math.ceil(((refused as RateLimiterRes).msBeforeNext ?? 1000) / 1000));
      throw new Problem(429, { headers: { 'retry-after': wait } });
    }
    await next();
  };
}
