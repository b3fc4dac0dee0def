import { AudioLines, Play } from 'lucide-react';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { lineAtRow } from '../../stores/preview-store.ts';
import { wordsOf } from '../../words/words.ts';
import { canHear, costWords, dotOf, lengthWords, stateWords } from './line-cells.ts';
import styles from './line-section.module.css';
import { useKeys } from './use-keys.ts';

/** The line under the cursor, as the variant shown says it: the column beside the text in words, for every reader. */
export const LineSection = () => {
  const { preview, navigation, voices } = useStudio();
  const line = useStore(preview, (state) => lineAtRow(state.preview, state.cursorRow));
  const variants = useStore(preview, (state) => state.preview?.variants ?? 1);
  const making = useStore(preview, (state) => state.making);
  const voice = useStore(voices, (state) => state.voices.find(({ reference }) => reference === line?.voice));
  const keys = useKeys('script.playLine');
  const t = wordsOf('scripts');
  if (line === undefined) return null;
  const { takeId } = line;
  const facts = [
    [t('lineState'), stateWords(line)],
    [t('lineLength'), lengthWords(line)],
    ...(line.takeId === null ? [[t('lineCost'), costWords(line)]] : []),
    [t('lineVoice'), voice === undefined ? (line.voice ?? t('noVoice')) : `${voice.name} · ${voice.workspaceName}`],
    ...(variants > 1 ? [[t('lineShared'), t('variantOf', { place: line.sharedBy, all: variants })]] : []),
  ] as const;
  return (
    <section className={styles.section} aria-label={t('lineSection')}>
      <h2 className={styles.title}>
        <span className={styles.dot} data-state={dotOf(line)} aria-hidden />
        {t('lineHere', { line: line.linePosition })} <span className={styles.who}>{line.character}</span>
      </h2>
      <p className={styles.spoken} dir="auto">
        {line.spoken}
      </p>
      <dl className={styles.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.actions}>
        <Button
          size="small"
          icon={<Play aria-hidden />}
          busy={making !== null && making === line.recipeHash}
          isDisabled={!canHear(line)}
          onPress={() => void preview.hear(line)}
        >
          {takeId === null && canHear(line) ? t('hearFree') : t('hear')}
          {keys !== '' && <kbd>{keys}</kbd>}
        </Button>
        {takeId !== null && (
          <Button
            size="small"
            look="quiet"
            icon={<AudioLines aria-hidden />}
            onPress={() => navigation.openTake(takeId)}
          >
            {t('openTake')}
          </Button>
        )}
      </div>
    </section>
  );
};
