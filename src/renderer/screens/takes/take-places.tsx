import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import type { TakePlaces as Places } from '../../stores/take-store.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './take-detail.module.css';

/** The lines that say it, each a way to its script. */
export const TakePlaces = ({
  places,
  isSelected,
}: {
  readonly places: Places | null;
  readonly isSelected: boolean;
}) => {
  const { navigation } = useStudio();
  const t = wordsOf('history');
  return (
    <section className={styles.places} aria-label={t('usedIn')}>
      <h3>{t('usedIn')}</h3>
      {places === null ? (
        <p>{t('lookingForPlaces')}</p>
      ) : places.length === 0 ? (
        <p>{t('usedNowhere')}</p>
      ) : (
        <>
          {!isSelected && <p>{t('anotherIsHeard')}</p>}
          <ul>
            {places.map(({ scriptId, lineId, title, linePosition, variants, firstVariant }) => (
              <li key={`${scriptId} ${lineId}`}>
                <Button look="quiet" size="small" onPress={() => navigation.openScript(scriptId, 'script')}>
                  {title}
                </Button>
                <span>
                  {t('lineNo', { line: String(linePosition) })} ·{' '}
                  {variants === 1 ? firstVariant : wordsOf('common')('variants', { count: variants })}
                </span>
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
};
