/**
 * The locale of whoever sits at the terminal, by the variables that every program reads: `LC_ALL`, `LC_MESSAGES`,
 * `LANG`, the first that is set. Undefined where none is.
 */
export function terminalLocale(env: Readonly<Record<string, string | undefined>>): string | undefined {
  return env.LC_ALL || env.LC_MESSAGES || env.LANG || undefined;
}
