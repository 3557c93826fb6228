import { DefaultRestOptions, type REST, RESTEvents, type RESTOptions } from 'discord.js';
import type { DiscordConfig } from '../../src/config.ts';
import { countOutside } from '../../src/metrics.ts';

/** Milliseconds. Discord itself waits 3 s for us; discord.js would wait 15 s for Discord, four times. */
const TIMEOUT = 4000;
const RETRIES = 2;

/**
 * For every client of the REST API. When `signal` fires, whatever is in flight ends, also what discord.js takes no
 * signal for (its question for the gateway's address), and whatever comes later fails at once.
 */
export function restOptions(
  config: DiscordConfig,
  signal: AbortSignal,
): Pick<RESTOptions, 'api' | 'timeout' | 'retries' | 'makeRequest'> {
  return {
    api: config.apiUrl,
    timeout: TIMEOUT,
    retries: RETRIES,
    makeRequest: (url, init) =>
      DefaultRestOptions.makeRequest(url, {
        ...init,
        signal: init.signal ? AbortSignal.any([init.signal, signal]) : signal,
      }),
  };
}

/** Counts what Discord answered with a fault or turned away; discord.js itself tries those again. */
export function countTrouble(rest: REST): void {
  rest.on(RESTEvents.Response, ({ retries }, { status }) => {
    if (status === 429 || (status >= 500 && retries < RETRIES)) countOutside('discord', 'retried');
    else if (status >= 500) countOutside('discord', 'failed');
  });
}
