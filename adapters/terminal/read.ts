import type { Ask } from '../../src/chat/invocation.ts';
import type { Drawn } from './render.ts';

/** What a typed line asks for, given what is on the screen; undefined for an empty line. */
export function readLine(
  line: string,
  screen: Pick<Drawn, 'picks' | 'shortcuts'> | undefined,
): Ask | { outOfRange: number } | undefined {
  const text = line.trim();
  if (!text) return undefined;
  const shortcut = screen?.shortcuts.get(text.toLowerCase());
  if (shortcut) return { kind: 'button', id: shortcut };
  if (screen && screen.picks.length > 0 && /^\d{1,3}$/u.test(text)) {
    const id = screen.picks[Number(text) - 1];
    return id ? { kind: 'button', id } : { outOfRange: screen.picks.length };
  }
  return { kind: 'text', text };
}
