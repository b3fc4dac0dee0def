import { RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Radio, RadioGroup } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatCount, formatMoment } from '../../components/format.ts';
import { Sheet } from '../../components/sheet.tsx';
import type { Revision } from '../../stores/revision-store.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './revisions-sheet.module.css';

/** Two texts, with what came and what went. CodeMirror arrives as its own chunk. */
const Difference = ({ from, to }: { readonly from: string; readonly to: string }) => {
  const { messages } = useStudio();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let gone = false;
    let end: (() => void) | undefined;
    import('./text-difference.ts').then(({ showDifference }) => {
      if (!gone && place.current !== null) end = showDifference(place.current, from, to);
    }, messages.fail);
    return () => {
      gone = true;
      end?.();
    };
  }, [from, to, messages]);
  return <div ref={place} className={styles.difference} />;
};

const Entry = ({
  revision,
  before,
  isNewest,
}: {
  readonly revision: Revision;
  readonly before: Revision | undefined;
  readonly isNewest: boolean;
}) => {
  const t = wordsOf('scripts');
  const grown = revision.characters - (before?.characters ?? 0);
  return (
    <Radio value={String(revision.revision)} className={cx(styles.entry)}>
      <span className={styles.line}>
        <span className={styles.number}>{t('revision', { revision: String(revision.revision) })}</span>
        <span className={styles.soft}>{isNewest ? t('nowRevision') : formatMoment(revision.at)}</span>
      </span>
      <span className={styles.line}>
        <span className={styles.soft}>{revision.person || t('unknownPerson')}</span>
        <span className={styles.grown} data-figures>
          {grown === 0
            ? '±0'
            : grown > 0
              ? t('moreCharacters', { count: formatCount(grown) })
              : t('fewerCharacters', { count: formatCount(-grown) })}
        </span>
      </span>
    </Radio>
  );
};

/** Every text the script ever had, what changed in each, and the way back. */
export const RevisionsSheet = () => {
  const { revisions: store, script, navigation } = useStudio();
  const title = useStore(script, (state) => state.script?.title ?? '');
  const scriptId = useStore(script, (state) => state.script?.id);
  const revisions = useStore(store, (state) => state.revisions);
  const chosen = useStore(store, (state) => state.chosen);
  const source = useStore(store, (state) => state.source);
  const before = useStore(store, (state) => state.before);
  const current = useStore(script, (state) => state.script?.source ?? '');
  const [against, setAgainst] = useState<'now' | 'before'>('before');
  useEffect(() => {
    if (scriptId !== undefined) void store.open();
  }, [store, scriptId]);
  const t = wordsOf('scripts');
  const newest = revisions[0]?.revision;
  const [from, to] = against === 'now' ? [source, current] : [before, source];
  return (
    <Sheet
      title={t('revisionsTitle', { title })}
      width="full"
      onClose={() => navigation.show(null)}
      footer={
        <Button
          look="primary"
          icon={<RotateCcw aria-hidden />}
          isDisabled={chosen === null || chosen === newest}
          onPress={() => {
            navigation.show(null);
            void store.revert();
          }}
        >
          {t('restore')}
        </Button>
      }
    >
      {revisions.length === 1 ? (
        <p className={styles.help}>{t('oneRevision')}</p>
      ) : (
        <div className={styles.columns}>
          <RadioGroup
            aria-label={t('revisionList')}
            value={String(chosen)}
            onChange={(value) => void store.choose(Number(value))}
            className={cx(styles.list)}
          >
            {revisions.map((revision, at) => (
              <Entry key={revision.revision} revision={revision} before={revisions[at + 1]} isNewest={at === 0} />
            ))}
          </RadioGroup>
          <div className={styles.main}>
            <RadioGroup
              aria-label={t('compare')}
              orientation="horizontal"
              value={against}
              onChange={(value) => setAgainst(value === 'now' ? 'now' : 'before')}
              className={cx(styles.against)}
            >
              <Radio value="before" className={cx(styles.side)}>
                {t('compareBefore')}
              </Radio>
              <Radio value="now" className={cx(styles.side)}>
                {t('compareNow')}
              </Radio>
            </RadioGroup>
            {from === to && from !== null ? (
              <p className={styles.help}>{t('noDifference')}</p>
            ) : (
              from !== null && to !== null && <Difference from={from} to={to} />
            )}
          </div>
        </div>
      )}
    </Sheet>
  );
};
