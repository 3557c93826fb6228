import { beforeEach, describe, expect, it } from 'vitest';
import { language } from '../../commands/language.ts';
import { readArguments } from '../../src/chat/arguments.ts';
import { canonicalArgs } from '../../src/chat/canonical-args.ts';
import type { Tools } from '../../src/chat/command.ts';
import { UserError } from '../../src/chat/errors.ts';
import type { Invocation } from '../../src/chat/invocation.ts';
import { languageOf } from '../../src/chat/language-of.ts';
import { Wording } from '../../src/messages/wording.ts';
import { memoryPreferences } from '../fixtures/memory-views.ts';

let preferences = memoryPreferences();
beforeEach(() => {
  preferences = memoryPreferences();
});

type From = Partial<Pick<Invocation, 'asker' | 'chat' | 'locale'>>;
const alone: From = { asker: 'telegram:1', chat: { kind: 'private', key: 'telegram:1' }, locale: 'en' };
const group: From = { asker: 'telegram:1', chat: { kind: 'group', key: 'telegram:-9' }, locale: 'en' };

async function ask(text: string, from: From) {
  const spoken = await languageOf({ preferences }, from);
  const args = readArguments(language, canonicalArgs(language, { language: text }, spoken));
  const tools = { preferences, invocation: { ...from, ask: { kind: 'text', text } }, language: spoken };
  const reply = await language.run(args, tools as unknown as Tools);
  const words = new Wording(reply.language ?? spoken);
  return reply.blocks
    .flatMap((block) => (block.kind === 'text' ? block.lines : []))
    .map((line) => words.text(line))
    .join('\n');
}

describe('/language', () => {
  it.each(['es', 'ES', 'es-MX', 'spanish', 'Español', 'espanol'])(
    'understands a code and a name in any of the languages, and says so in it: %s',
    async (text) => {
      expect(await ask(text, alone)).toBe('A partir de ahora te respondo en español.');
      expect(await languageOf({ preferences }, alone)).toBe('es');
    },
  );

  it.each(['automático', 'automatic', '自動', 'auto'])(
    'goes back to the language of the app: %s',
    async (text) => {
      await ask('es', alone);
      expect(await ask(text, alone)).toMatch(/^From now on I answer you in the language your app/u);
      expect(await languageOf({ preferences }, alone)).toBe('en');
    },
  );

  it('in a group is for who asks, and for those whose own language is none of ours', async () => {
    await ask('es', group);
    const { chat } = group;
    expect(await languageOf({ preferences }, group)).toBe('es');
    expect(await languageOf({ preferences }, { ...group, asker: 'telegram:2', locale: 'pl' })).toBe('es');
    expect(await languageOf({ preferences }, { ...group, asker: 'telegram:2', locale: 'en' })).toBe('en');
    expect(await languageOf({ preferences }, { chat: chat! })).toBe('es');
  });

  it('names the languages there are where it does not know one', async () => {
    await expect(ask('Klingon', alone)).rejects.toSatisfy(
      (error) =>
        error instanceof UserError &&
        new Wording().text(error.shown).startsWith('I do not answer in “Klingon” yet. I speak English'),
    );
  });

  it('alone offers every language as a button', async () => {
    const reply = await language.run({}, {} as Tools);
    const [, buttons] = reply.blocks;
    const labels =
      buttons?.kind === 'buttons' ? buttons.buttons.map(({ label }) => new Wording().text(label)) : [];
    expect(labels).toEqual(expect.arrayContaining(['automatic', 'English', 'Español']));
  });
});
