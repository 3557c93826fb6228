import type { Command } from '../src/chat/command.ts';
import { forgetme } from './forgetme.ts';
import { foryou } from './foryou.ts';
import { help } from './help.ts';
import { history } from './history.ts';
import { language } from './language.ts';
import { movie } from './movie.ts';
import { movienight } from './movienight.ts';
import { mydata } from './mydata.ts';
import { plot } from './plot.ts';
import { rate } from './rate.ts';
import { series } from './series.ts';
import { similar } from './similar.ts';

/** Every command, in the order in which help shows them. A new one is a file here and a line in this list. */
export const commands: readonly Command[] = [
  similar,
  plot,
  movie,
  series,
  rate,
  foryou,
  history,
  movienight,
  language,
  mydata,
  forgetme,
  help,
];
