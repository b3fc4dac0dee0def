import { Check, Copy, Download, FolderOpen, Link, Pause, Play, TriangleAlert } from 'lucide-react';
import { useStore } from 'zustand';
import type { Take } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatSeconds } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import { copyDetails, copyLink, copyPath, downloadTake } from '../history/take-away.ts';
import styles from './take-detail.module.css';
import { TakeFacts } from './take-facts.tsx';
import { TakePlaces } from './take-places.tsx';
import { TakeWave } from './take-wave.tsx';

const Siblings = ({
  take,
  siblings,
  onHear,
}: {
  readonly take: Take;
  readonly siblings: readonly Take[];
  readonly onHear: (take: Take) => void;
}) => {
  const t = wordsOf('history');
  return (
    <section className={styles.siblings} aria-label={t('takesOfLine')}>
      <h3>
        {t('takesOfLine')} <kbd>J</kbd> <kbd>K</kbd>
      </h3>
      <ul>
        {siblings.map((sibling) => (
          <li key={sibling.id}>
            <button
              type="button"
              aria-current={sibling.id === take.id ? 'true' : undefined}
              className={cx(styles.sibling, sibling.id === take.id && styles.current)}
              onClick={() => onHear(sibling)}
            >
              {t('takeNo', { no: String(sibling.takeNo) })}
              {sibling.suspect !== null && (
                <TriangleAlert role="img" aria-label={sibling.suspect} className={styles.odd} />
              )}
              <span>{formatSeconds(sibling.durationMs / 1000)}</span>
              {sibling.selected && <Check role="img" aria-label={t('isSelected')} />}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
};

/** Everything about one take, and what can be done with it. */
export const TakeDetail = ({
  take,
  onHear,
}: {
  readonly take: Take;
  readonly onHear: (take: Take) => Promise<void>;
}) => {
  const studio = useStudio();
  const { takes, player } = studio;
  const siblings = useStore(takes, (state) => state.siblings);
  const entry = useStore(takes, (state) => (state.entry?.takeId === take.id ? state.entry : null));
  const places = useStore(takes, (state) => state.places);
  const isPlaying = useStore(player, (state) => state.program?.id === take.id && state.phase !== 'stopped');
  const t = wordsOf('history');
  const c = wordsOf('common');
  return (
    <article className={styles.detail}>
      <p className={styles.voice}>
        {entry?.voiceName ?? take.voice} · {t('takeNo', { no: String(take.takeNo) })}
      </p>
      <h3 className={styles.text} dir="auto">
        {take.text}
      </h3>
      {take.suspect !== null && (
        <p className={styles.suspect}>
          <TriangleAlert aria-hidden /> {take.suspect}
        </p>
      )}
      <TakeWave takeId={take.id} durationMs={take.durationMs} height={112} onStart={() => onHear(take)} />
      <div className={styles.actions}>
        <Button
          look="primary"
          icon={isPlaying ? <Pause aria-hidden /> : <Play aria-hidden />}
          onPress={() => (isPlaying ? player.pause() : void onHear(take))}
        >
          {isPlaying ? c('pause') : c('play')} <kbd>Space</kbd>
        </Button>
        {take.selected ? (
          <span className={styles.chosen}>
            <Check aria-hidden /> {t('isSelected')}
          </span>
        ) : (
          <Button icon={<Check aria-hidden />} onPress={() => void takes.select(take.id)}>
            {t('select')} <kbd>Enter</kbd>
          </Button>
        )}
        <span className={styles.gap} />
        <IconButton label={t('download')} keys="D" onPress={() => void downloadTake(studio, take.id)}>
          <Download aria-hidden />
        </IconButton>
        <IconButton label={t('copyPath')} onPress={() => void copyPath(studio, take.id)}>
          <FolderOpen aria-hidden />
        </IconButton>
        <IconButton label={t('copyLink')} keys="L" onPress={() => void copyLink(studio, take.id)}>
          <Link aria-hidden />
        </IconButton>
        {entry !== null && (
          <IconButton label={t('copyDetails')} keys="C" onPress={() => void copyDetails(studio, entry)}>
            <Copy aria-hidden />
          </IconButton>
        )}
      </div>
      {siblings.length > 1 && <Siblings take={take} siblings={siblings} onHear={(one) => void onHear(one)} />}
      <TakePlaces places={places} isSelected={take.selected} />
      <TakeFacts take={take} entry={entry} />
    </article>
  );
};
