import { TooLarge } from './invocation.ts';

/**
 * The bytes at an address, at most `max`: counted as they come, and no redirect is followed. Rejects with
 * {@link TooLarge}, and where the answer is no success.
 */
export async function download(url: URL, max: number, signal?: AbortSignal): Promise<Uint8Array> {
  const response = await fetch(url, { redirect: 'error', ...(signal && { signal }) });
  // The address may hold a secret, so it is not told.
  if (!response.ok) throw new Error(`the file host answered ${response.status}`);
  return collect(response.body ?? [], max);
}

/** All chunks as one, at most `max` bytes. */
export async function collect(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  max: number,
): Promise<Uint8Array> {
  const kept: Uint8Array[] = [];
  let left = max;
  for await (const chunk of chunks) {
    left -= chunk.length;
    if (left < 0) throw new TooLarge(`more than ${max} bytes`);
    kept.push(chunk);
  }
  return Buffer.concat(kept);
}
