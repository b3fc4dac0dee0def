/** What stands around the history's list: what filters can be set to, searches that are kept, how far vendors were read. */
import type { Client } from '#client/index.ts';
import type { HistoryChoices, HistoryState, SavedSearch } from '#contract/history.ts';
import type { MessageStore } from './message-store.ts';
import { createRefresher } from './refresher.ts';

export const createHistoryReads = ({
  client,
  messages,
  isOpen,
  show,
}: {
  readonly client: Pick<Client, 'call'>;
  readonly messages: MessageStore;
  readonly isOpen: () => boolean;
  readonly show: (
    part: Partial<{
      readonly choices: HistoryChoices;
      readonly saved: readonly SavedSearch[];
      readonly readings: readonly HistoryState[];
    }>,
  ) => void;
}) => {
  const readChoices = createRefresher(
    async () => {
      try {
        show({ choices: await client.call('history.choices', {}) });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 5000, pace: 'steady' },
  );
  const readSaved = createRefresher(
    async () => {
      if (!isOpen()) return;
      try {
        show({ saved: await client.call('savedSearch.list', {}) });
      } catch (error) {
        messages.fail(error);
      }
    },
    { delayMs: 30, pace: 'steady' },
  );
  const readState = async (): Promise<void> => {
    try {
      show({ readings: await client.call('history.state', {}) });
    } catch (error) {
      messages.fail(error);
    }
  };
  return { readChoices, readSaved, readState };
};
