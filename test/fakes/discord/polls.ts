/** A message in a channel, as it arrived and with the votes that were cast. */
interface Standing {
  // biome-ignore lint/suspicious/noExplicitAny: tests look into the JSON that left
  readonly body: any;
  votes: readonly number[];
  ended: boolean;
}

type Outcome = { readonly status: number; readonly body: object };

const MISSING_ACCESS: Outcome = { status: 403, body: { code: 50001, message: 'Missing Access' } };
const UNKNOWN_MESSAGE: Outcome = { status: 404, body: { code: 10008, message: 'Unknown Message' } };
const POLL_EXPIRED: Outcome = { status: 400, body: { code: 520001, message: 'Poll expired' } };

/** What stands in channels beyond the answers to interactions: posts, and messages with polls. */
export class FakeChannels {
  /** Channels that the bot may not see. */
  readonly closed = new Set<string>();
  /** What the bot posted by itself, by channel. */
  readonly posts: { readonly channel: string; readonly body: Standing['body'] }[] = [];
  readonly #messages = new Map<string, Standing>();

  post(channel: string, body: Standing['body']): Outcome {
    if (this.closed.has(channel)) return MISSING_ACCESS;
    this.posts.push({ channel, body });
    return { status: 200, body: this.add(channel, body) };
  }

  /** The message that something became. */
  add(channel: string, body: Standing['body']): object {
    const id = String(710_000_000_000_000_000n + BigInt(this.#messages.size));
    this.#messages.set(`${channel}/${id}`, { body, votes: [], ended: false });
    return this.message(`${channel}/${id}`);
  }

  /** Names of the messages with polls, oldest first. */
  get polls(): string[] {
    return [...this.#messages].flatMap(([name, { body }]) => (body.poll ? [name] : []));
  }

  vote(name: string, votes: readonly number[]): void {
    this.#messages.get(name)!.votes = votes;
  }

  /** A poll's own time is over. */
  runOut(name: string): void {
    this.#messages.get(name)!.ended = true;
  }

  expire(name: string): Outcome {
    const found = this.#find(name);
    if ('status' in found) return found;
    if (found.ended) return POLL_EXPIRED;
    found.ended = true;
    return { status: 200, body: this.message(name) };
  }

  read(name: string): Outcome {
    const found = this.#find(name);
    return 'status' in found ? found : { status: 200, body: this.message(name) };
  }

  /** As the API gives it back, and as it comes with a press. */
  message(name: string): object {
    const [channel_id, id] = name.split('/');
    const { body, votes, ended } = this.#messages.get(name)!;
    const answers = body.poll?.answers.map((answer: object, at: number) => ({
      answer_id: at + 1,
      ...answer,
    }));
    const counts = votes.map((count, at) => ({ id: at + 1, count, me_voted: false }));
    return {
      id,
      channel_id,
      flags: body.flags ?? 0,
      ...(body.poll && {
        poll: {
          ...body.poll,
          answers,
          expiry: '2026-01-01T00:00:00Z',
          layout_type: 1,
          // Only what has votes is counted.
          results: { answer_counts: counts.filter(({ count }) => count > 0), is_finalized: ended },
        },
      }),
    };
  }

  #find(name: string): Standing | Outcome {
    if (this.closed.has(name.split('/')[0]!)) return MISSING_ACCESS;
    return this.#messages.get(name) ?? UNKNOWN_MESSAGE;
  }
}

/** What Discord would answer 400 to in a message with a poll. */
// biome-ignore lint/suspicious/noExplicitAny: nothing is known about it yet
export function pollProblems(body: any): string[] {
  const { poll, flags = 0, components = [], allowed_mentions } = body;
  const problems: string[] = [];
  const check = (fine: boolean, problem: string) => void (fine || problems.push(problem));
  check((flags & ((1 << 15) | (1 << 6))) === 0, 'a poll in Components V2, or where one person alone sees it');
  check(allowed_mentions?.parse?.length === 0, 'mentions are not switched off');
  check(within(poll.question.text, 300), 'question');
  check(poll.answers.length >= 1 && poll.answers.length <= 10, `${poll.answers.length} answers`);
  for (const { poll_media } of poll.answers) check(within(poll_media.text, 55), `answer ${poll_media.text}`);
  check(Number.isInteger(poll.duration) && poll.duration >= 1 && poll.duration <= 768, 'duration');
  for (const row of components) {
    check(row.type === 1 && row.components.length >= 1 && row.components.length <= 5, 'row');
    for (const button of row.components)
      check(within(button.custom_id, 100) && within(button.label, 80), 'button');
  }
  return problems;
}

function within(text: string, max: number): boolean {
  return text.trim().length >= 1 && text.length <= max;
}
