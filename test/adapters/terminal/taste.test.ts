import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createTerminalAdapter } from '../../../adapters/terminal/index.ts';
import { LETTERBOXD_ZIP } from '../../fixtures/exports.ts';
import { aTasteBot } from '../../fixtures/taste-bot.ts';

const ME = 'terminal:me';

/** What is answered to these lines, one after another. */
async function chat(bot: Awaited<ReturnType<typeof aTasteBot>>['bot'], ...lines: string[]): Promise<string> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const terminal = createTerminalAdapter({ input, output, interactive: false, colours: false });
  await terminal.start(bot);
  input.end(`${lines.join('\n')}\n`);
  await terminal.ended;
  output.end();
  return text(output);
}

describe('taste in the terminal', () => {
  it('is rated by a sign and a number of the list', async () => {
    const { bot, opinions, movie } = await aTasteBot();
    const answers = await chat(bot, '/rate alien 5', '/foryou', '+2', '!3', '=1', '*1');
    expect(answers).toContain('Rate with its number: +1 good, -1 bad, =1 seen, !1 not this, *1 stars.');
    expect(answers).toContain('Noted: you liked Heat.');
    expect(await opinions.on(ME, movie('Heat').number)).toMatchObject({ stars: 4.5 });
    expect(await opinions.on(ME, movie('Toy Story').number)).toMatchObject({ dismissed: true });
    expect(await opinions.on(ME, movie('Apollo 13').number)).toMatchObject({ seen: true });
    expect(answers).toContain('What did you think of Apollo 13 (1995)?');
  });

  it('shows all that is held as JSON that can be read back', async () => {
    const { bot } = await aTasteBot();
    const answers = await chat(bot, '/rate alien 4.5', '/mydata');
    expect(JSON.parse(answers.slice(answers.indexOf('{'), answers.lastIndexOf('}') + 1))).toMatchObject({
      account: ME,
      opinions: [{ title: 'Alien', stars: 4.5 }],
    });
  });

  it('takes a history from a path, and says where there is none', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kindred-history-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const path = join(folder, 'my letterboxd.zip');
    await writeFile(path, LETTERBOXD_ZIP);
    const { bot, opinions } = await aTasteBot();
    const answers = await chat(
      bot,
      `/history ${path}.no`,
      `/history ${folder}`,
      '/history',
      `/history ${path}`,
    );
    expect(answers.match(/I cannot read the file/gu)).toHaveLength(2);
    expect(answers).toContain('Send me your export as a file');
    expect(answers).toContain('3 films that I know, 2 with stars');
    expect(await opinions.count(ME)).toBe(3);
  });
});
