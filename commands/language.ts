import type { PreferenceStore } from '../src/catalogue/catalogue.ts';
import type { Arg } from '../src/chat/args.ts';
import { quote } from '../src/chat/args.ts';
import { defineCommand } from '../src/chat/command.ts';
import { UserError } from '../src/chat/errors.ts';
import { languageOf } from '../src/chat/language-of.ts';
import { oneOf } from '../src/chat/packing.ts';
import type { Action, Reply } from '../src/chat/reply.ts';
import { LANGUAGES, type Language, languageFor } from '../src/messages/languages.ts';
import { type MessageKey, say } from '../src/messages/message.ts';
import { codeIn, namedIn } from '../src/messages/names.ts';

type Wish = Language | 'automatic';

const WISHES: readonly Wish[] = ['automatic', ...LANGUAGES];

/** A language that we answer in, by its name in any of them or its code, or "automatic" in any of them. */
const wish: Arg<Wish> = {
  code: 40,
  summary: 'arg.answerLanguage',
  shape: { kind: 'choice', choices: WISHES.map((value) => ({ value, label: labelOf(value) })) },
  packing: oneOf(WISHES),
  parse(text) {
    const automatic = LANGUAGES.some((language) => namedIn(language, 'choice', text, ['automatic']));
    if (automatic || text.toLowerCase() === 'auto') return 'automatic';
    // A code before any name; a region after it says nothing: pt-BR, es_419.
    const codes = [text, ...LANGUAGES.map((language) => codeIn(language, 'language', text))];
    const found = codes.map((code) => languageFor(code)).find((language) => language !== undefined);
    if (found) return found;
    const languages = LANGUAGES.map((language) => say(`language.${language}`));
    throw new UserError(say('error.answerLanguage', { text: quote(text), languages }));
  },
};

export const language = defineCommand({
  name: 'language',
  code: 21,
  summary: 'language.summary',
  args: { language: wish },
  async run(args, tools) {
    if (args.language === undefined) return question();
    const { asker, chat } = tools.invocation;
    const inGroup = chat?.kind === 'group' && chat.key !== undefined;
    const owners = [asker, inGroup ? chat.key : undefined].filter((owner) => owner !== undefined);
    if (owners.length === 0) throw new UserError(say('error.noOwner'));
    await remember(tools.preferences, owners, args.language);
    if (args.language === 'automatic')
      return answer('language.setAutomatic', await languageOf(tools, tools.invocation));
    return answer(inGroup ? 'language.setHere' : 'language.set', args.language);
  },
});

/** In a group it is what the group is answered in too, where somebody's own language is none of ours. */
async function remember(
  preferences: PreferenceStore,
  owners: readonly string[],
  wanted: Wish,
): Promise<void> {
  const stored = wanted === 'automatic' ? undefined : wanted;
  for (const owner of owners) await preferences.setLanguage(owner, stored);
}

function answer(key: MessageKey, inLanguage: Language): Reply {
  return { blocks: [{ kind: 'text', lines: [say(key)] }], language: inLanguage };
}

function question(): Reply {
  const buttons = WISHES.map(
    (value): Action => ({
      label: say(labelOf(value)),
      run: { command: 'language', args: { language: value } },
      for: 'asker',
      opens: 'here',
    }),
  );
  return {
    blocks: [
      { kind: 'text', lines: [say('language.now')] },
      { kind: 'buttons', buttons },
    ],
  };
}

function labelOf(value: Wish): MessageKey {
  return value === 'automatic' ? 'choice.automatic' : `language.${value}`;
}
