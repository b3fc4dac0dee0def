/** Taking a take out of the studio: as a file, a path, a link or a text. */
import type { TakeId } from '#contract/entities.ts';
import type { HistoryEntry } from '#contract/history.ts';
import type { Studio } from '../../stores/studio.ts';
import { wordsOf } from '../../words/words.ts';
import { formatFull } from './when.ts';

const copy = async ({ messages }: Studio, text: string, said: string): Promise<void> => {
  try {
    await navigator.clipboard.writeText(text);
    messages.show('notice', said);
  } catch {
    messages.show('warning', wordsOf('history')('notCopied', { text }));
  }
};

export const downloadTake = async ({ takes }: Studio, takeId: TakeId): Promise<void> => {
  const file = await takes.file(takeId);
  if (file === undefined) return;
  const link = document.createElement('a');
  link.href = takes.urlOf(takeId);
  link.download = file.fileName;
  link.click();
};
export const copyPath = async (studio: Studio, takeId: TakeId): Promise<void> => {
  const file = await studio.takes.file(takeId);
  if (file !== undefined) await copy(studio, file.path, wordsOf('history')('pathCopied'));
};
/** An address that opens the take's sheet, over the room that is open now. */
export const copyLink = async (studio: Studio, takeId: TakeId): Promise<void> => {
  const { origin, pathname } = window.location;
  const link = `${origin}${pathname}#/history?take=${encodeURIComponent(takeId)}`;
  await copy(studio, link, wordsOf('history')('linkCopied'));
};

export const detailsText = (entry: HistoryEntry): string => {
  const t = wordsOf('history');
  const lines: readonly (readonly [string, string | number | null])[] = [
    [t('colWhen'), formatFull(entry.at)],
    [t('colVoice'), `${entry.voiceName} (${entry.voiceId})`],
    [t('colModel'), entry.model],
    [t('colWorkspace'), entry.workspaceName],
    [t('colCredits'), entry.credits],
    [t('colProject'), entry.project],
    [t('colScript'), entry.script],
    [t('colPerson'), entry.person],
    [t('colNote'), entry.note === '' ? null : entry.note],
    [t('factVendorId'), entry.vendorItemId],
    [t('factTakeId'), entry.takeId],
  ];
  const facts = lines.flatMap(([name, value]) => (value === null ? [] : [`${name}: ${value}`]));
  return [entry.text, '', ...facts].join('\n');
};
export const copyDetails = (studio: Studio, entry: HistoryEntry): Promise<void> =>
  copy(studio, detailsText(entry), wordsOf('history')('detailsCopied'));
