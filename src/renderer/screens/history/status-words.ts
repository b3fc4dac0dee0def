import type { HistoryEntry } from '#contract/history.ts';
import type { Translate } from '../../words/words.ts';

/** Whether it can be heard, and how: here, at the vendor, or not at all. */
export const soundOf = ({ takeId, status }: Pick<HistoryEntry, 'takeId' | 'status'>): 'here' | 'there' | 'none' =>
  takeId !== null ? 'here' : status === 'remote' ? 'there' : 'none';

/** States that only the vendor knows are shown as it says them. */
export const statusWords = (t: Translate<'history'>, status: string): string => {
  switch (status) {
    case 'stored':
      return t('statusStored');
    case 'remote':
      return t('statusRemote');
    case 'failed':
      return t('statusFailed');
    case 'lost':
      return t('statusLost');
    default:
      return status;
  }
};
