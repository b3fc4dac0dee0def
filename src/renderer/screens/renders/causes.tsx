import type { Render } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatCount } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './causes.module.css';
import { applyRemedy, remedyOf } from './remedies.ts';

/** What went wrong, cause by cause, each with the one action that helps all of its lines. */
export const Causes = ({ render }: { readonly render: Render }) => {
  const studio = useStudio();
  const t = wordsOf('renders');
  if (render.errors.length === 0) return null;
  return (
    <ul className={styles.causes} aria-label={t('errorsTitle')}>
      {render.errors.map((cause) => {
        const { code, message, count, failed } = cause;
        const remedy = remedyOf(cause);
        const waiting = count - failed;
        return (
          <li key={code} className={cx(styles.cause, failed === 0 && styles.passing)}>
            <b className={styles.count}>{formatCount(count)}×</b>
            <div className={styles.words}>
              <p>{message}</p>
              <p className={styles.soft}>
                {[
                  failed > 0 ? t('causeFailed', { count: failed }) : null,
                  waiting > 0 && remedy !== 'decide' ? t('causeWaiting', { count: waiting }) : null,
                ]
                  .filter((part) => part !== null)
                  .join(' · ')}
              </p>
            </div>
            {remedy !== 'retry' && (failed > 0 || remedy === 'decide') && (
              <Button size="small" onPress={() => applyRemedy(studio, remedy, render, cause)}>
                {t(`remedy_${remedy}`)}
              </Button>
            )}
            {failed > 0 && (
              <Button size="small" onPress={() => applyRemedy(studio, 'retry', render, cause)}>
                {t('retryCount', { count: failed })}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
};
