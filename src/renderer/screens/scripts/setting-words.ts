/** Vendors' settings by their own names: the known ones in the studio's language, others as the vendor's list says. */
import type { SettingRange } from '#contract/voices.ts';
import { wordsOf } from '../../words/words.ts';

const known = [
  'stability',
  'similarity_boost',
  'similarity',
  'style',
  'use_speaker_boost',
  'speed',
  'seed',
  'apply_text_normalization',
  'apply_language_text_normalization',
  'pronunciation_dictionary_locators',
  'language',
  'pitch_shift',
  'pitch_variance',
  'duration',
  'text_guidance',
  'subharmonic_amplitude_control',
  'normalized_text',
] as const;
type Known = (typeof known)[number];
const isKnown = (name: string): name is Known => known.some((one) => one === name);

export const settingLabel = ({ name, label }: SettingRange): string =>
  isKnown(name) ? wordsOf('cast')(`setting_${name}`) : label;
export const settingHint = ({ name, kind, hint }: SettingRange): string => {
  if (!isKnown(name)) return hint;
  // ElevenLabs' style is a number, Supertone's a name: what they do differs.
  return wordsOf('cast')(name === 'style' && kind === 'text' ? 'hint_style_name' : `hint_${name}`);
};
