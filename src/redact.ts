/** What an error may tell a log. Clients hang requests, payloads and people's ids onto theirs: those stay out. */
interface LoggedError {
  readonly name: string;
  readonly message: string;
  readonly code?: string | number;
  readonly status?: number;
  readonly stack?: string;
  readonly cause?: LoggedError;
}

const MAX_CAUSES = 5;

/** The fields of an error that are safe and useful, its causes included. Takes anything that can be thrown. */
export function safeError(thrown: unknown, depth = 0): LoggedError {
  if (!(thrown instanceof Error))
    return { name: 'Thrown', message: typeof thrown === 'string' ? thrown : typeof thrown };
  const { code, status } = thrown as { code?: unknown; status?: unknown };
  const cause = thrown.cause ?? (thrown as { error?: unknown }).error;
  return {
    name: thrown.name,
    message: thrown.message,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    ...(typeof status === 'number' && { status }),
    ...(thrown.stack && { stack: thrown.stack }),
    ...(cause !== undefined && depth < MAX_CAUSES && { cause: safeError(cause, depth + 1) }),
  };
}

/**
 * Patterns of what must never be read in a log, whoever wrote it there: tokens in addresses, keys in query strings
 * and headers, the ids that platforms give to people, chats and interactions.
 */
const PATTERNS: readonly [RegExp, string][] = [
  // A number that is itself the value of a JSON key, not part of a text (there the quote would be escaped): what
  // stands instead must be a JSON value too.
  [/((?:user|chat|from|member|author|guild|channel|asker)(?:_?id)?":)-?\d{4,}(?=[,}\]])/giu, '$1"[id]"'],
  [/(\w":)-?\d{15,21}(?=[,}\]])/gu, '$1"[id]"'],
  [/\/bot\d+:[\w-]+/gu, '/bot[token]'],
  [/\b\d{6,12}:[\w-]{30,}/gu, '[token]'],
  [/(\/(?:webhooks|interactions)\/)[^\s"\\]+/gu, '$1[secret]'],
  [/\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}/gu, '[token]'],
  [/(\/history\/)[\w-]{20,}/gu, '$1[secret]'],
  [/([?&](?:key|token|api_key|access_token)=)[^&\s"\\]+/giu, '$1[secret]'],
  [/((?:bearer|bot)\s+)[\w.~+/=-]{16,}/giu, '$1[secret]'],
  [/\b(?:telegram|discord|web|terminal):-?\d+/gu, '[person]'],
  [
    /((?:user|chat|from|member|author|guild|channel|asker)(?:_?id)?\\?["']?\s*[:=]\s*\\?["']?)-?\d{4,}/giu,
    '$1[id]',
  ],
  [/(?<![\w.])-?\d{15,21}(?![\w.])/gu, '[id]'],
];

/** A function that takes secrets and people's ids out of a serialised record. */
export function createRedactor(secrets: readonly string[]): (record: string) => string {
  // The longest first: one secret may be part of another.
  const known = secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])
    .filter((secret) => secret.length >= 4)
    .sort((a, b) => b.length - a.length);
  return (record) => {
    let clean = record;
    for (const secret of known) clean = clean.replaceAll(secret, '[secret]');
    for (const [pattern, instead] of PATTERNS) clean = clean.replaceAll(pattern, instead);
    return clean;
  };
}
