import { Check, Pause, Play, TriangleAlert } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { Take } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import type { DrawnPeaks } from '../../audio/peaks.ts';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { formatBytes, formatCredits, formatDecimal, formatMoment, formatSeconds } from '../../components/format.ts';
import { Waveform } from '../../components/waveform.tsx';
import { programOfTake } from '../../stores/player-store.ts';
import styles from './take-detail.module.css';

const TakeWave = ({ take }: { readonly take: Take }) => {
  const { player, appearance, messages } = useStudio();
  const theme = useStore(appearance, (state) => state.theme);
  const seconds = useStore(player, (state) => (state.program?.id === take.id ? state.seconds : 0));
  const [outline, setOutline] = useState<DrawnPeaks | null>(null);
  useEffect(() => {
    let gone = false;
    setOutline(null);
    player.outline(programOfTake(take)).then((drawn) => {
      if (!gone) setOutline(drawn);
    }, messages.fail);
    return () => {
      gone = true;
    };
  }, [take, player, messages]);
  const seek = (to: number): void => {
    if (player.getState().program?.id === take.id) player.seek(to);
    else void player.startTake(take).then(() => player.seek(to));
  };
  return (
    <div className={styles.wave}>
      {outline !== null && (
        <Waveform
          outline={outline}
          totalSeconds={take.durationMs / 1000}
          seconds={seconds}
          height={84}
          theme={theme}
          onSeek={seek}
        />
      )}
    </div>
  );
};

const Facts = ({ take }: { readonly take: Take }) => {
  const facts: readonly (readonly [string, string])[] = [
    ['Length', formatSeconds(take.durationMs / 1000)],
    ['Loudness', take.loudnessLufs === null ? 'too short to measure' : `${formatDecimal(take.loudnessLufs)} LUFS`],
    ['True peak', take.truePeakDb === null ? '–' : `${formatDecimal(take.truePeakDb)} dBTP`],
    [
      'Cost',
      take.chargedCredits === null
        ? 'not known'
        : take.chargedCredits === 0
          ? 'free'
          : `${formatCredits(take.chargedCredits)} credits`,
    ],
    [
      'Format',
      [
        take.format.toUpperCase(),
        take.sampleRate === null ? null : `${take.sampleRate / 1000} kHz`,
        take.channels === 1 ? 'mono' : null,
      ]
        .filter(Boolean)
        .join(', '),
    ],
    ['Size', formatBytes(take.bytes)],
    ['Made', formatMoment(take.createdAt)],
    ['Provider', take.provider ?? 'joined from parts'],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
      <div>
        <dt>Recipe</dt>
        <dd className={styles.hash} title={take.recipeHash}>
          {take.recipeHash.slice(0, 16)}…
        </dd>
      </div>
      <div>
        <dt>Audio</dt>
        <dd className={styles.hash} title={take.sha256}>
          {take.sha256.slice(0, 16)}…
        </dd>
      </div>
    </dl>
  );
};

export const TakeDetail = ({
  take,
  siblings,
  onHear,
}: {
  readonly take: Take;
  readonly siblings: readonly Take[];
  readonly onHear: (take: Take) => void;
}) => {
  const { takes, player } = useStudio();
  const playing = useStore(player, (state) => state.program?.id === take.id && state.phase !== 'stopped');
  return (
    <article className={styles.detail}>
      <p className={styles.voice}>
        {take.voice} · take {take.takeNo}
      </p>
      <h2 className={styles.text}>{take.text}</h2>
      {take.suspect !== null && (
        <p className={styles.suspect}>
          <TriangleAlert aria-hidden /> {take.suspect}
        </p>
      )}
      <TakeWave take={take} />
      <div className={styles.actions}>
        <Button
          icon={playing ? <Pause aria-hidden /> : <Play aria-hidden />}
          onPress={() => (playing ? player.pause() : onHear(take))}
        >
          {playing ? 'Pause' : 'Play'}
        </Button>
        {take.selected ? (
          <Button look="good" icon={<Check aria-hidden />} isDisabled className={styles.chosen}>
            Selected
          </Button>
        ) : (
          <Button icon={<Check aria-hidden />} onPress={() => void takes.select(take.id)}>
            Select for the spot
          </Button>
        )}
      </div>
      {siblings.length > 1 && (
        <section className={styles.siblings} aria-label="Takes of this line">
          <h3>Takes of this line</h3>
          <ul>
            {siblings.map((sibling) => (
              <li key={sibling.id}>
                <button
                  type="button"
                  aria-current={sibling.id === take.id ? 'true' : undefined}
                  className={cx(styles.sibling, sibling.id === take.id && styles.current)}
                  onClick={() => onHear(sibling)}
                >
                  Take {sibling.takeNo}
                  <span>{formatSeconds(sibling.durationMs / 1000)}</span>
                  {sibling.selected && <Check role="img" aria-label="selected" />}
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Facts take={take} />
    </article>
  );
};
