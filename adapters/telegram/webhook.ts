import { createHash, timingSafeEqual } from 'node:crypto';
import type { Update } from '@grammyjs/types';

/** The header in which Telegram sends the secret that was given to setWebhook. */
const SECRET_HEADER = 'x-telegram-bot-api-secret-token';

/** The update in a webhook request, or the response to one that brings none: 401 without the secret. */
export async function readWebhook(request: Request, secret: string): Promise<Update | Response> {
  if (!sameSecret(request.headers.get(SECRET_HEADER) ?? '', secret))
    return new Response(null, { status: 401 });
  if (request.method !== 'POST') return new Response(null, { status: 405, headers: { allow: 'POST' } });
  const body: unknown = await request.json().catch(() => undefined);
  return isUpdate(body) ? body : new Response(null, { status: 400 });
}

/** Takes as long for every guess. */
function sameSecret(given: string, secret: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(hash(given), hash(secret));
}

function isUpdate(body: unknown): body is Update {
  return (
    typeof body === 'object' && body !== null && Number.isSafeInteger((body as Partial<Update>).update_id)
  );
}
