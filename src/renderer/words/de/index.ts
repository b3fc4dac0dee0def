import { common } from './common.ts';
import { shell } from './shell.ts';
import { scripts } from './scripts.ts';
import { variants } from './variants.ts';
import { lexicon } from './lexicon.ts';
import { cast } from './cast.ts';
import { renders } from './renders.ts';
import { review } from './review.ts';
import { history } from './history.ts';
import { voices } from './voices.ts';
import { usage } from './usage.ts';
import { account } from './account.ts';
import { settings } from './settings.ts';
import { tour } from './tour.ts';
import { errors } from './errors.ts';

export const de = {
  common,
  shell,
  scripts,
  variants,
  lexicon,
  cast,
  renders,
  review,
  history,
  voices,
  usage,
  account,
  settings,
  tour,
  errors,
} as const;
