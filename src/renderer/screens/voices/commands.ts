import type { Voice } from '#contract/voices.ts';
import type { Command } from '../../app/command.ts';
import type { Studio } from '../../stores/studio.ts';
import { wordsOf } from '../../words/words.ts';

const activeVoice = ({ voices }: Studio): Voice | undefined => {
  const { active, voices: all } = voices.getState();
  return all.find(({ reference }) => reference === active);
};
const withVoice =
  (run: (voice: Voice, studio: Studio) => unknown) =>
  (studio: Studio): unknown => {
    const voice = activeVoice(studio);
    return voice === undefined ? undefined : run(voice, studio);
  };
const hasVoice = (studio: Studio): boolean => activeVoice(studio) !== undefined;

export const voiceCommands: readonly Command[] = [
  {
    id: 'voices.find',
    title: () => wordsOf('voices')('find'),
    keys: ['/'],
    where: 'voices',
    run: ({ voices }) => voices.focusSearch(),
  },
  {
    id: 'voices.preview',
    title: () => wordsOf('voices')('previewCommand'),
    keys: ['P'],
    where: 'voices',
    isEnabled: hasVoice,
    run: withVoice((voice, { sound, voices }) => sound.inPlace(voice, { text: voices.getState().sample })),
  },
  {
    id: 'voices.hear',
    title: () => wordsOf('voices')('hearCommand'),
    keys: ['H'],
    where: 'voices',
    isEnabled: hasVoice,
    run: withVoice((voice, { sound, voices }) => sound.hear(voice, { text: voices.getState().sample })),
  },
  {
    id: 'voices.favourite',
    title: () => wordsOf('voices')('favouriteCommand'),
    keys: ['F'],
    where: 'voices',
    isEnabled: hasVoice,
    run: withVoice((voice, { voices }) => voices.favour(voice)),
  },
  {
    id: 'voices.palette',
    title: () => wordsOf('voices')('paletteCommand'),
    keys: ['L'],
    where: 'voices',
    isEnabled: hasVoice,
    run: withVoice((voice, { voices, projects }) => {
      const id = voices.getState().palette?.projectId;
      const project = projects.getState().projects.find((one) => one.id === id);
      return project === undefined ? undefined : voices.inPalette(voice, project.name);
    }),
  },
  {
    id: 'voices.read',
    title: () => wordsOf('voices')('readCommand'),
    keys: [],
    where: 'voices',
    run: ({ voices }) => voices.readNow(),
  },
];
