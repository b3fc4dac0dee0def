import type { ReactNode } from 'react';
import type { Take } from '#contract/entities.ts';
import type { HistoryDetails } from '#contract/history.ts';
import { formatBytes, formatDecimal, formatSeconds } from '../../components/format.ts';
import { wordsOf } from '../../words/words.ts';
import { SettingsFacts } from '../history/settings-facts.tsx';
import { formatFull } from '../history/when.ts';
import styles from './take-detail.module.css';

/** What was sent, what came, what it cost and who ordered it. */
export const TakeFacts = ({ take, entry }: { readonly take: Take; readonly entry: HistoryDetails | null }) => {
  const t = wordsOf('history');
  const c = wordsOf('common');
  const credits = entry?.credits ?? take.chargedCredits;
  const format = [
    take.format.toUpperCase(),
    take.sampleRate === null ? null : `${take.sampleRate / 1000} kHz`,
    take.channels === 1 ? t('mono') : take.channels === 2 ? t('stereo') : null,
    formatBytes(take.bytes),
  ];
  const facts: readonly (readonly [string, ReactNode])[] = [
    [t('factLength'), formatSeconds(take.durationMs / 1000)],
    [t('factLoudness'), take.loudnessLufs === null ? t('tooShort') : `${formatDecimal(take.loudnessLufs)} LUFS`],
    [t('factPeak'), take.truePeakDb === null ? '–' : `${formatDecimal(take.truePeakDb)} dBTP`],
    [t('factCost'), credits === null ? t('costUnknown') : credits === 0 ? c('free') : c('credits', { count: credits })],
    [t('colPerson'), entry?.person ?? t('personUnknown')],
    [t('factMade'), formatFull(take.createdAt)],
    [t('colProject'), entry?.project ?? '–'],
    [t('colWorkspace'), entry === null ? (take.provider ?? t('joined')) : `${entry.workspaceName} · ${entry.provider}`],
    [t('colModel'), entry?.model ?? '–'],
    [t('factAudio'), format.filter((part) => part !== null).join(', ')],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      {entry !== null && <SettingsFacts details={entry} />}
      <div>
        <dt>{t('factRecipe')}</dt>
        <dd className={styles.hash} title={take.recipeHash}>
          {take.recipeHash.slice(0, 16)}…
        </dd>
      </div>
      <div>
        <dt>{t('factContent')}</dt>
        <dd className={styles.hash} title={take.sha256}>
          {take.sha256.slice(0, 16)}…
        </dd>
      </div>
    </dl>
  );
};
