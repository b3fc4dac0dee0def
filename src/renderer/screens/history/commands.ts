import type { TakeId } from '#contract/entities.ts';
import type { Command } from '../../app/command.ts';
import type { Studio } from '../../stores/studio.ts';
import { wordsOf } from '../../words/words.ts';
import { toggleActive } from './play-entry.ts';
import { copyDetails, copyLink, downloadTake } from './take-away.ts';

const takeOf = ({ history }: Studio): TakeId | null => history.activeEntry()?.takeId ?? null;
/** Nothing lies over the room, not even a small list of choices: letters are typed there. */
const isReachable = (): boolean => document.querySelector('[data-room="history"]')?.closest('[inert]') === null;
const hasEntry = ({ history }: Studio): boolean => history.activeEntry() !== undefined && isReachable();
const hasTake = (studio: Studio): boolean => takeOf(studio) !== null && isReachable();
const withTake =
  (run: (studio: Studio, takeId: TakeId) => unknown) =>
  (studio: Studio): unknown => {
    const takeId = takeOf(studio);
    return takeId === null ? undefined : run(studio, takeId);
  };
/** A part of the room that a key brings the person to. */
const focus = (selector: string): void => document.querySelector<HTMLElement>(selector)?.focus();

const t = (key: Parameters<ReturnType<typeof wordsOf<'history'>>>[0]) => (): string => wordsOf('history')(key);

export const historyCommands: readonly Command[] = [
  {
    id: 'history.play',
    title: t('commandPlay'),
    keys: ['Space', 'Enter'],
    where: 'history',
    isEnabled: hasEntry,
    run: toggleActive,
  },
  {
    id: 'history.find',
    title: t('commandFind'),
    keys: ['/', 'Mod+F'],
    where: 'history',
    run: () => focus('[data-room="history"] input[type="search"]'),
  },
  {
    id: 'history.openTake',
    title: t('openTake'),
    keys: ['O'],
    where: 'history',
    isEnabled: hasTake,
    run: withTake(({ navigation }, takeId) => navigation.openTake(takeId)),
  },
  {
    id: 'history.download',
    title: t('download'),
    keys: ['D'],
    where: 'history',
    isEnabled: hasTake,
    run: withTake(downloadTake),
  },
  {
    id: 'history.copyLink',
    title: t('copyLink'),
    keys: ['L'],
    where: 'history',
    isEnabled: hasTake,
    run: withTake(copyLink),
  },
  {
    id: 'history.copyDetails',
    title: t('copyDetails'),
    keys: ['C'],
    where: 'history',
    isEnabled: hasEntry,
    run: (studio) => {
      const entry = studio.history.activeEntry();
      return entry === undefined ? undefined : copyDetails(studio, entry);
    },
  },
  {
    id: 'history.note',
    title: t('commandNote'),
    keys: ['N'],
    where: 'history',
    isEnabled: hasEntry,
    run: () => focus('[data-room="history"] textarea'),
  },
  {
    id: 'history.file',
    title: t('fileUnder'),
    keys: ['P'],
    where: 'history',
    isEnabled: hasEntry,
    run: () => document.querySelector<HTMLElement>('[data-command="history.file"]')?.click(),
  },
  { id: 'history.clear', title: t('clearAll'), keys: [], where: 'history', run: ({ history }) => history.only({}) },
];
