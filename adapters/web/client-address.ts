import { getConnInfo } from '@hono/node-server/conninfo';
import type { Context } from 'hono';

/**
 * The address to count requests by. Behind a proxy it is the one that the proxy itself added, the last of
 * `X-Forwarded-For`: everything before it is the client's own word. An IPv6 customer has a whole /64.
 */
export function clientAddress(context: Context, trustProxy: boolean): string {
  const forwarded = trustProxy && context.req.header('x-forwarded-for')?.split(',').at(-1)?.trim();
  return subnet(forwarded || connected(context) || 'unknown');
}

function connected(context: Context): string | undefined {
  // Without a server, in tests, there is no connection.
  return context.env && 'incoming' in context.env ? getConnInfo(context).remote.address : undefined;
}

function subnet(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/iu, '').slice(0, 45);
  if (!plain.includes(':')) return plain;
  const [head = '', tail] = plain.split('::');
  const groups = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const whole =
    tail === undefined
      ? groups
      : [...groups, ...Array(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after];
  return `${whole.slice(0, 4).join(':')}::/64`;
}
