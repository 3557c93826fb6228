import { download } from '../../src/chat/download.ts';
import type { Attachment } from '../../src/chat/invocation.ts';
import type { SentFile } from './read.ts';

/** Where Discord keeps what people send. */
const HOSTS = ['https://cdn.discordapp.com', 'https://media.discordapp.net'];

/** A sent file, to be fetched from Discord's own host or the configured one and from nowhere else. */
export function attachmentOf({ name, size, url }: SentFile, apiUrl: string): Attachment {
  return {
    name,
    size,
    async fetch(max, signal) {
      const address = new URL(url);
      const hosts = [...HOSTS, new URL(apiUrl).origin];
      if (!hosts.includes(address.origin)) throw new Error('a file is not on the host of the platform');
      return download(address, max, signal);
    },
  };
}
