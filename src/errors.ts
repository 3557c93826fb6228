/** A service does not accept the token or key. Names the variable, never its value. */
export class RefusedCredential extends Error {
  override readonly name = 'RefusedCredential';
  readonly variable: string;

  constructor(variable: string, options?: ErrorOptions) {
    super(`${variable} was refused`, options);
    this.variable = variable;
  }
}

/**
 * Something that stands in the way and that a person can mend: a file that is damaged, a port that is taken. Its
 * message is the whole news; whoever runs Kindred reads it without a stack trace.
 */
export class Obstacle extends Error {
  override readonly name: string = 'Obstacle';
}

/** A service over the network answered with an error, with what is no answer, or not at all. */
export class RemoteFailure extends Obstacle {
  override readonly name = 'RemoteFailure';
  /** HTTP status; absent where there was no answer to have one. */
  readonly status?: number;
  /** How long the service asks to be left alone, in milliseconds. */
  readonly retryAfter?: number;

  constructor(message: string, options: ErrorOptions & { status?: number; retryAfter?: number } = {}) {
    super(message, options);
    if (options.status !== undefined) this.status = options.status;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
  }

  /** It may mend by itself: too many requests, the service's own fault, an answer cut short, no connection. */
  get transient(): boolean {
    return this.status === undefined || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}
