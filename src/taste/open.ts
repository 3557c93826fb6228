import { type FollowedTaste, type FollowTasteOptions, followTaste } from './follow-file.ts';
import { type KeepFreshOptions, keepTasteFresh } from './keep-fresh.ts';

export type OpenTasteOptions = Omit<FollowTasteOptions, 'file'> & Omit<KeepFreshOptions, 'taste'>;

/** What was learned of taste, for a process that answers people: true to its file, and learned anew in time. */
export async function openTaste(
  options: OpenTasteOptions,
): Promise<Pick<FollowedTaste, 'current' | 'moved' | 'stop'>> {
  const taste = await followTaste({ ...options, file: options.files.taste });
  const fresh = keepTasteFresh({ ...options, taste });
  void fresh.check();
  return {
    current: taste.current,
    moved: taste.moved,
    async stop() {
      await fresh.stop();
      await taste.stop();
    },
  };
}
