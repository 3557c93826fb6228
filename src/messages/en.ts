import { GENRES } from '../catalogue/genres.ts';

/**
 * Every word that people see. `<b>`, `<i>` and `<code>` are styles; values in `{{…}}` are never read as markup.
 * Plural forms end in `_one`, `_other`, … and are chosen by `count`.
 */
export const en = {
  ...(Object.fromEntries(Object.entries(GENRES).map(([slug, name]) => [`genre.${slug}`, name])) as {
    [S in keyof typeof GENRES as `genre.${S}`]: string;
  }),

  'kind.movie': 'movie',
  'kind.show': 'series',
  'kind.any': 'movies and series',
  'popularity.low': 'hidden gems',
  'franchise.include': 'with its series',

  'similar.summary': 'Films like one you love',
  'similar.match': 'Because you like <b>{{title}}</b> ({{year}}):',
  'similar.matchNoYear': 'Because you like <b>{{title}}</b>:',
  'similar.blend': 'Between {{titles, list}}:',
  'similar.blendAway': 'Like {{titles, list}}, and less like {{away, list}}:',
  'similar.yearOff': 'You wrote {{typed}}; it is from {{year}}.',
  'similar.notIt': 'Not it?',
  'similar.none': 'I know nothing that is like <b>{{title}}</b> yet.',
  'similar.noneFiltered': 'Nothing like <b>{{title}}</b> passes these filters: {{filters, list}}.',
  'similar.noPage': 'There is no page {{page}}: this list ends at page {{pages}}.',
  'similar.withoutFilters': 'Without filters',

  'choose.question': 'Which one do you mean?',
  'choose.more': 'Several films fit “{{title}}”. Which one do you mean?',
  'none.found': 'I found no film called “{{title}}”.',
  'none.nearest': 'I found no film called “{{title}}”. Did you mean one of these?',

  'plot.summary': 'Films whose story is like your words',
  'plot.heading': 'Films whose story is like “{{text}}”:',
  'plot.none': 'I know no film whose story is like “{{text}}”.',
  'plot.noneFiltered': 'No film whose story is like “{{text}}” passes these filters: {{filters, list}}.',
  'plot.offer': 'Search the stories for these words',

  'movie.summary': 'What I know about a film',
  'help.summary': 'What I can do, with examples',

  'help.what': 'Tell me a film you loved and I answer with films like it, and why.',
  'help.commands': 'What I understand:',
  'help.command': '<code>{{usage}}</code> {{summary}}',
  'help.examplesTitle': 'For example:',
  'help.example': '<code>{{example}}</code>',
  'help.filters': 'Narrow a list with {{filters, list}}, as in <code>{{example}}</code>.',
  'help.titles': 'Typos are fine. Add a year when films share a name, or paste an IMDb or TMDB address.',
  'help.doesNotKnow': 'I do not know where a film can be watched.',
  'help.local': 'What you type stays on the machine this bot runs on.',

  'arg.title': 'The film: its name (typos are fine), with the year if you like, or an IMDb or TMDB link',
  'arg.text': 'What happens in it, in your own words',
  'arg.page': 'Which page of the list',
  'arg.genre': 'Only these genres; a minus leaves one out: horror,-comedy',
  'arg.from': 'From this year on',
  'arg.to': 'Up to this year',
  'arg.decade': 'From this decade: 90s',
  'arg.runtime': 'At most so many minutes, or a range: 90-120',
  'arg.language': 'Spoken language: French, ja',
  'arg.country': 'Country: Japan, FR',
  'arg.kind': 'Movies, series, or both',
  'arg.votes': 'With at least so many votes',
  'arg.popularity': 'Only hidden gems',
  'arg.franchise': 'Also show the films of its own series',
  'arg.private': 'Answer only to me',

  'filter.genre': '{{genre}}',
  'filter.withoutGenre': 'no {{genre}}',
  'filter.from': 'from {{year}}',
  'filter.to': 'up to {{year}}',
  'filter.years': '{{from}}–{{to}}',
  'filter.runtimeMax': 'at most {{max}} min',
  'filter.runtimeMin': 'at least {{min}} min',
  'filter.runtimeRange': '{{min}}–{{max}} min',
  'filter.language': 'in {{language}}',
  'filter.country': 'from {{country}}',
  'filter.votes': 'at least {{votes, number}} votes',
  'filter.inEffect': 'Filters: {{filters, list}}',

  'note.thinSeed': 'Little is known about {{title}}, so this list goes by genre, year and people.',
  'note.notIndexed': '{{title}} is not indexed yet, so this list goes by genre, year and people.',
  'note.weak': 'These matches are weak: nothing in my catalogue is really close.',
  'note.unknownField_one': '{{count}} close film was left out because what you filter by is not known of it.',
  'note.unknownField_other':
    '{{count}} close films were left out because what you filter by is not known of them.',

  'note.wordsOnly':
    'I do not know these words well, so I only looked for the words themselves. With a Gemini key (GEMINI_API_KEY) I understand more languages.',

  'reason.theme': 'Both: {{values, list}}',
  'reason.director': 'Also by {{values, list}}',
  'reason.cast': 'Also with {{values, list}}',
  'reason.genre': 'Same mix: {{values, list}}',
  'reason.franchise': 'Same series: {{values, list}}',
  'reason.plot': '“{{values, list}}”',
  'reason.themeAsked': 'About {{values, list}}',
  'reason.close': 'A story told in similar words',

  'tells.director': 'by {{names, list}}',
  'tells.cast': 'with {{names, list}}',
  'tells.original': '“{{title}}”',

  'result.title': '{{title}}',
  'result.titleYear': '{{title}} ({{year}})',
  'result.match': '{{percent}} %',
  'result.runtime': '{{minutes}} min',
  'result.page': 'Page {{page}} of {{pages}}',

  'button.more': 'More',
  'button.previous': 'Back',
  'button.similar': 'Similar',
  'button.similarTo': 'Similar to {{title}}',
  'button.similarPlaceholder': 'Similar to one of these…',
  'button.pickPlaceholder': 'Which one?',
  'button.movie': 'About it',
  'button.notYours':
    'This button belongs to somebody else’s question. Ask your own with <code>{{command}}</code>.',
  'button.damaged': 'This button no longer works. Ask again with <code>{{command}}</code>.',
  'button.newer': 'This button is from a newer version of me. Ask again with <code>{{command}}</code>.',

  'poster.alt': 'Poster of {{title}}',

  'card.original': 'Original title: {{title}}',
  'card.directors': 'Directed by {{names, list}}',
  'card.cast': 'With {{names, list}}',
  'card.rating': '{{rating}} of 10 ({{source}})',
  'card.credit': 'Text: {{source}}',
  'card.link': '{{site}}',
  'card.noOverview': 'No description yet.',

  'terminal.welcome': 'Type a film you love; /help shows what else I can do. Ctrl-D ends the chat.',
  'terminal.pick': 'Type a number to pick.',
  'terminal.noPick': 'There is no {{number}} in the list. Type 1 to {{max}}, or a film.',
  'terminal.actions': 'Type {{choices, list(type: disjunction)}}.',
  'terminal.similarTo': '{{first}}–{{last}} for films like that one',

  'telegram.about':
    'Tell me a film you loved and I answer with films like it, and why. Type its name, or @ and my name and a film in any chat.',
  'telegram.aboutShort': 'Films like one you loved, and why.',
  'telegram.numbers': 'Press a number for films like that one.',
  'telegram.inlineNone': 'No such film. What I can do',

  'slow.working': 'One moment…',
  'slow.gaveUp': 'That took too long, so I stopped. Please try again.',

  'error.ours':
    'Sorry, something went wrong on my side. Please try again; if it happens again, quote {{reference}}.',
  'error.unavailable': 'I cannot reach my index right now. Please try again in a minute.',
  'error.unknownCommand': 'I do not know {{command}}. <code>/help</code> shows what I can do.',
  'error.unknownArgument':
    '{{command}} has no option called {{name}}. <code>/help</code> shows which there are.',
  'error.missing': 'Please say which {{name}}: <code>{{command}} Inception</code>',
  'error.emptyTitle': 'Please type the name of a film.',
  'error.tooLong': 'That is too long for me: please use at most {{max, number}} characters.',
  'error.number': '“{{text}}” is no number that works for {{name}}: give one from {{min}} to {{max}}.',
  'error.choice': '“{{text}}” does not work for {{name}}: use {{choices, list(type: disjunction)}}.',
  'error.genre': 'I do not know the genre “{{text}}”. I know {{genres, list}}.',
  'error.decade': '“{{text}}” is no decade: write it like 90s or 1990s.',
  'error.runtime': '“{{text}}” is no running time: write minutes, like 120 or 90-120.',
  'error.language':
    'I do not know the language “{{text}}”: write its name or two letters, like French or fr.',
  'error.country': 'I do not know the country “{{text}}”: write its name or two letters, like Japan or JP.',
  'error.fromAfterTo': 'From {{from}} to {{to}} leaves nothing: the first must not be after the second.',
  'error.gone': 'That film is no longer in my catalogue.',
} as const;
