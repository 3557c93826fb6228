/**
 * Reads what Kaggle's files hold in a field: a JSON value, or one as Python prints it, with single quotes, `None` and
 * `True`. Undefined where it is neither.
 */
export function readLiteral(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const json = pythonToJson(text);
    return json === undefined ? undefined : parsed(json);
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** A Python string in either quotes, a word, or anything else that JSON writes the same way. */
const TOKEN = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"|([A-Za-z]+)|([^'"A-Za-z]+)/gsuy;

const WORDS: Readonly<Record<string, string>> = {
  None: 'null',
  nan: 'null',
  True: 'true',
  False: 'false',
  e: 'e', // of a number such as 1e-05
};

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r' };

function pythonToJson(text: string): string | undefined {
  let json = '';
  let end = 0;
  for (const [token, single, double, word, other] of text.matchAll(TOKEN)) {
    end += token.length;
    if (word !== undefined && WORDS[word] === undefined) return undefined;
    json += word !== undefined ? WORDS[word] : (other ?? JSON.stringify(unescaped(single ?? double ?? '')));
  }
  return end === text.length ? json : undefined;
}

function unescaped(text: string): string {
  return text.replaceAll(/\\(?:x([\da-f]{2})|u([\da-f]{4})|(.))/gisu, (_, hex, code, char: string) => {
    const digits: string | undefined = hex ?? code;
    return digits ? String.fromCharCode(Number.parseInt(digits, 16)) : (ESCAPES[char] ?? char);
  });
}
