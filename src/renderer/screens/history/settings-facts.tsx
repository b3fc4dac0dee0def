import type { HistoryDetails } from '#contract/history.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './history-screen.module.css';

/** What was sent beside the text, and the names that the vendor knows it by. */
export const SettingsFacts = ({ details }: { readonly details: HistoryDetails }) => {
  const t = wordsOf('history');
  const names: readonly (readonly [string, string | null])[] = [
    [t('factFormat'), details.format],
    [t('factVendorId'), details.vendorItemId],
    [t('factRequestId'), details.requestId],
    [t('factTakeId'), details.takeId],
  ];
  return (
    <>
      {Object.entries(details.settings).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{String(value)}</dd>
        </div>
      ))}
      {names.map(([name, value]) =>
        value === null ? null : (
          <div key={name}>
            <dt>{name}</dt>
            <dd className={styles.code} title={value}>
              {value}
            </dd>
          </div>
        ),
      )}
    </>
  );
};
