import { RefreshCw, TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { IconButton } from '../../components/button.tsx';
import { formatCount, formatMoment } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './catalogues.module.css';

/** How old each workspace's list is, and why it is no newer. */
export const Catalogues = () => {
  const { voices } = useStudio();
  const t = wordsOf('voices');
  const catalogues = useStore(voices, (state) => state.catalogues);
  const reading = useStore(voices, (state) => state.reading);
  return (
    <ul className={styles.list} aria-label={t('catalogues')}>
      {catalogues.map(({ workspaceId, workspaceName, voices: count, readAt, message }) => (
        <li key={workspaceId} className={styles.catalogue}>
          <span className={styles.line}>
            <span className={styles.name}>{workspaceName}</span>
            <span
              className={styles.soft}
              title={readAt === null ? t('neverRead') : t('readAt', { moment: formatMoment(readAt) })}
            >
              {formatCount(count)} · {readAt === null ? t('neverRead') : formatMoment(readAt)}
            </span>
            <IconButton
              size="small"
              label={t('readNow', { name: workspaceName })}
              isDisabled={reading}
              onPress={() => void voices.readNow(workspaceId)}
            >
              <RefreshCw aria-hidden />
            </IconButton>
          </span>
          {message !== null && (
            <span className={styles.trouble}>
              <TriangleAlert aria-hidden /> {message}
            </span>
          )}
        </li>
      ))}
    </ul>
  );
};
