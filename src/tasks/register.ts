import { registerCommands } from '../main.ts';
import { DONE, expectNoArguments, type Task, UsageError } from './task.ts';

/** Publishes Discord's commands now; at every start they are published where they changed. */
export const register: Task = async ({ config, args, say }) => {
  expectNoArguments('register', args);
  if (!config.discord) throw new UsageError('Set DISCORD_TOKEN: there is nobody to publish the commands to.');
  const outcome = await registerCommands(config.discord);
  say(outcome === 'published' ? 'The commands are published.' : 'The commands were published already.');
  return DONE;
};
