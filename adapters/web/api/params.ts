import { z } from '@hono/zod-openapi';
import { type Arg, integerArg } from '../../../src/chat/args.ts';
import type { Args, Values } from '../../../src/chat/command.ts';
import { UserError } from '../../../src/chat/errors.ts';
import { filterArgs, pageArg, privateArg } from '../../../src/chat/filter-args.ts';
import { say } from '../../../src/messages/message.ts';
import { Wording } from '../../../src/messages/wording.ts';

const english = new Wording();

/**
 * A query parameter that reads as an argument of a command does: the same words are accepted, the same mistakes
 * explained, and what the documentation says comes from the same declaration. Given twice, it adds to a list. In a
 * JSON body it may be a number, a boolean or a list as well.
 */
export function param<T>(arg: Arg<T>) {
  return z
    .union([z.string(), z.number(), z.boolean(), z.array(z.string())])
    .optional()
    .transform((given, context): T | undefined => {
      const text = Array.isArray(given) ? given.join(',') : String(given ?? '').trim();
      if (!text) return undefined;
      try {
        return arg.parse(text);
      } catch (error) {
        if (!(error instanceof UserError)) throw error;
        context.addIssue({ code: 'custom', message: error.shown.key, params: { shown: error.shown } });
        return z.NEVER;
      }
    })
    .openapi({ ...documented(arg), description: english.text(say(arg.summary)), 'x-message': arg.summary });
}

function documented({ shape }: Arg<unknown>) {
  switch (shape.kind) {
    case 'integer':
      return { type: 'integer', minimum: shape.min, maximum: shape.max } as const;
    case 'choice':
      return { type: 'string', enum: shape.choices.map((choice) => choice.value) } as const;
    case 'flag':
      return { type: 'boolean' } as const;
    case 'file': // no route takes one
      return { type: 'string' } as const;
    case 'text':
      return { type: 'string', maxLength: shape.maxLength } as const;
  }
}

type Params<A extends Args> = { [Name in keyof A]: ReturnType<typeof param<ValueIn<A[Name]>>> };
type ValueIn<A> = A extends Arg<infer T> ? T : never;

export function params<A extends Args>(args: A): Params<A> {
  return Object.fromEntries(Object.entries(args).map(([name, arg]) => [name, param(arg)])) as Params<A>;
}

/** What every list can be narrowed and paged by. `private` is taken and changes nothing: nobody else reads along. */
export const listParams = {
  ...params({ ...filterArgs, page: pageArg, private: privateArg }),
  limit: param(integerArg({ code: 1, name: 'limit', summary: 'page.docs.limit', min: 1, max: 50 })),
};

export const DEFAULT_LIMIT = 10;

/** Read parameters as the chat's own values: what was not given is not there. */
export function given<A extends Args>(read: { [Name in keyof A]?: ValueIn<A[Name]> | undefined }): Values<A> {
  return Object.fromEntries(
    Object.entries(read).filter(([, value]) => value !== undefined),
  ) as unknown as Values<A>;
}
