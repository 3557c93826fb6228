import { createHash } from 'node:crypto';
import type { ViewStore } from '../catalogue/catalogue.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import type { Command } from './command.ts';
import type { Call } from './invocation.ts';
import type { Action } from './reply.ts';

/**
 * Button ids: a whole call in at most 64 characters of base64url, so that a button works after any restart.
 *
 * Version 1, in bytes: version, two bytes of checksum over all that follows, command code, flags, four bytes that
 * stand for the asker (only where the button is theirs), then for each argument its code and its packed value. A
 * call that does not fit is stored as a view, and the ten characters of its hash take the place of the arguments.
 *
 * An id is untrusted: it grants nothing, and what it decodes to is validated like anything typed. Decoders of every
 * released version stay.
 */
export const BUTTON_ID_LENGTH = 64;
const MAX_BYTES = 48;
const VERSION = 1;
const VIEW_HASH_LENGTH = 10;
const FLAG = { anyone: 1, opensNew: 2, view: 4 } as const;

export interface DecodedButton {
  readonly call: Call;
  readonly opens: Action['opens'];
  /** Whether this person may press it: always where it is for anyone. */
  mayPress(asker: string | undefined): boolean;
}

export type DecodeOutcome = DecodedButton | { readonly problem: 'damaged' | 'newer' };

export class ButtonIds {
  readonly #byName: ReadonlyMap<string, Command>;
  readonly #byCode: ReadonlyMap<number, Command>;
  readonly #views: ViewStore;

  constructor(commands: readonly Command[], views: ViewStore) {
    this.#byName = new Map(commands.map((command) => [command.name, command]));
    this.#byCode = new Map(commands.map((command) => [command.code, command]));
    this.#views = views;
  }

  /** The id for an action; `asker` is who asked the question that it answers. */
  async encode(action: Action, asker: string | undefined): Promise<string> {
    const command = this.#byName.get(action.run.command);
    if (!command) throw new Error(`a button runs an unknown command: ${action.run.command}`);
    const anyone = action.for === 'anyone' || asker === undefined;
    const flags = (anyone ? FLAG.anyone : 0) | (action.opens === 'here' ? 0 : FLAG.opensNew);
    const head = (extra: number) => {
      const to = new ByteWriter();
      to.byte(command.code);
      to.byte(flags | extra);
      if (!anyone) to.append(tagOf(asker));
      return to;
    };
    const packed = head(0);
    if (writeArgs(command, action.run.args, packed)) {
      const bytes = framed(packed.done());
      if (bytes.length <= MAX_BYTES) return toText(bytes);
    }
    const stored = head(FLAG.view);
    stored.ascii(await this.#views.put(JSON.stringify(action.run.args)));
    return toText(framed(stored.done()));
  }

  async decode(id: string): Promise<DecodeOutcome> {
    if (id.length > BUTTON_ID_LENGTH || !/^[\w-]+$/u.test(id)) return { problem: 'damaged' };
    const bytes = Uint8Array.from(Buffer.from(id, 'base64url'));
    if ((bytes[0] ?? 0) > VERSION) return { problem: 'newer' };
    if (bytes[0] !== VERSION) return { problem: 'damaged' };
    try {
      return (await this.#decodeVersion1(bytes)) ?? { problem: 'damaged' };
    } catch (error) {
      if (error instanceof RangeError) return { problem: 'damaged' };
      throw error;
    }
  }

  async #decodeVersion1(bytes: Uint8Array): Promise<DecodedButton | undefined> {
    const from = new ByteReader(bytes.subarray(3));
    if (checksum(bytes.subarray(3)) !== (bytes[1]! << 8) + bytes[2]!) return undefined;
    const command = this.#byCode.get(from.byte());
    const flags = from.byte();
    if (!command || flags > 7) return undefined;
    const tag = flags & FLAG.anyone ? undefined : from.take(4);
    const args = flags & FLAG.view ? await this.#storedArgs(from) : readArgs(command, from);
    if (!args) return undefined;
    return {
      call: { command: command.name, args },
      opens: flags & FLAG.opensNew ? 'new' : 'here',
      mayPress: (asker) => !tag || (asker !== undefined && Buffer.compare(tagOf(asker), tag) === 0),
    };
  }

  async #storedArgs(from: ByteReader): Promise<Record<string, string> | undefined> {
    const body = await this.#views.get(from.ascii(VIEW_HASH_LENGTH));
    return body === undefined || from.left > 0 ? undefined : JSON.parse(body);
  }
}

function writeArgs(command: Command, args: Call['args'], to: ByteWriter): boolean {
  for (const [name, text] of Object.entries(args)) {
    const arg = command.args[name];
    if (!arg) throw new Error(`a button gives ${command.name} an unknown argument: ${name}`);
    to.byte(arg.code);
    if (!arg.packing.write(text, to)) return false;
  }
  return true;
}

function readArgs(command: Command, from: ByteReader): Record<string, string> | undefined {
  const args: Record<string, string> = {};
  while (from.left > 0) {
    const code = from.byte();
    const found = Object.entries(command.args).find(([, arg]) => arg.code === code);
    if (!found || Object.hasOwn(args, found[0])) return undefined;
    args[found[0]] = found[1].packing.read(from);
  }
  return args;
}

/** Four bytes that tell one asker from another and give nobody away. */
function tagOf(asker: string): Uint8Array {
  return createHash('sha256').update(`asker ${asker}`).digest().subarray(0, 4);
}

function framed(body: Uint8Array): Uint8Array {
  const sum = checksum(body);
  return Uint8Array.from([VERSION, sum >> 8, sum & 0xff, ...body]);
}

/** Fletcher-16: tells a damaged id from a whole one. It is no signature, and nothing rests on it. */
function checksum(bytes: Uint8Array): number {
  let low = 0;
  let high = 0;
  for (const byte of bytes) {
    low = (low + byte) % 255;
    high = (high + low) % 255;
  }
  return (high << 8) | low;
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
