import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import type { TakeId } from '#contract/entities.ts';
import { useStudio } from '../../app/studio-context.ts';
import type { DrawnPeaks } from '../../audio/peaks.ts';
import { Waveform } from '../../components/waveform.tsx';
import styles from './take-detail.module.css';

/** The stored outline of a take, which follows what plays and seeks where it is pressed. */
export const TakeWave = ({
  takeId,
  durationMs,
  height,
  onStart,
}: {
  readonly takeId: TakeId;
  readonly durationMs: number;
  readonly height: number;
  /** Something else plays, or nothing: starts this. */
  readonly onStart: () => Promise<void>;
}) => {
  const { player, appearance, messages } = useStudio();
  const theme = useStore(appearance, (state) => state.theme);
  const seconds = useStore(player, (state) => (state.program?.id === takeId ? state.seconds : 0));
  const [outline, setOutline] = useState<DrawnPeaks | null>(null);
  useEffect(() => {
    let gone = false;
    setOutline(null);
    const steps = [{ takeId, title: '', text: '', leadingMs: 0, trailingMs: 0, durationMs }];
    player.outline({ id: takeId, title: '', subtitle: '', steps, slotSeconds: null }).then((drawn) => {
      if (!gone) setOutline(drawn);
    }, messages.fail);
    return () => {
      gone = true;
    };
  }, [takeId, durationMs, player, messages]);
  const seek = (to: number): void => {
    if (player.getState().program?.id === takeId) player.seek(to);
    else void onStart().then(() => player.seek(to));
  };
  return (
    <div className={styles.wave} style={{ height: height + 22 }}>
      {outline !== null && (
        <Waveform
          outline={outline}
          totalSeconds={durationMs / 1000}
          seconds={seconds}
          height={height}
          theme={theme}
          onSeek={seek}
        />
      )}
    </div>
  );
};
