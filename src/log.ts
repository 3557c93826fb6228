import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from './log-level.ts';
import { createRedactor, safeError } from './redact.ts';

export interface LogOptions {
  readonly level: LogLevel;
  readonly secrets: readonly string[];
  /** Where the records go; standard error by default, so that they never mix into answers. */
  readonly destination?: DestinationStream;
}

/** The one log. Every record leaves through the redactor, whatever was put into it. */
export function createLog(options: LogOptions): Logger {
  const redact = createRedactor(options.secrets);
  return pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      serializers: { err: safeError },
      formatters: { level: (label) => ({ level: label }) },
      hooks: { streamWrite: redact },
    },
    options.destination ?? pino.destination({ fd: 2, sync: true }),
  );
}
