import { useEffect, useRef } from 'react';
import WaveSurfer from 'wavesurfer.js';
import type { DrawnPeaks } from '../audio/peaks.ts';
import styles from './waveform.module.css';

const colour = (element: HTMLElement, name: string): string => getComputedStyle(element).getPropertyValue(name).trim();

/** Draws an outline that the engine measured; it never decodes audio. Clicks and drags seek. */
export const Waveform = ({
  outline,
  totalSeconds,
  seconds,
  height,
  theme,
  onSeek,
}: {
  readonly outline: DrawnPeaks;
  readonly totalSeconds: number;
  readonly seconds: number;
  readonly height: number;
  /** Redraws in the colours of the new theme when it changes. */
  readonly theme: string;
  readonly onSeek: (seconds: number) => void;
}) => {
  const place = useRef<HTMLDivElement>(null);
  const wave = useRef<WaveSurfer>(null);
  const seek = useRef(onSeek);
  seek.current = onSeek;

  useEffect(() => {
    const container = place.current;
    if (container === null || totalSeconds <= 0) return undefined;
    const drawn = WaveSurfer.create({
      container,
      height,
      peaks: [outline[0], outline[1]],
      duration: totalSeconds,
      normalize: true,
      barWidth: 2,
      barGap: 1,
      barRadius: 1,
      barMinHeight: 1,
      cursorWidth: 1,
      waveColor: colour(container, '--wave'),
      progressColor: colour(container, '--wave-played'),
      cursorColor: colour(container, '--text'),
      dragToSeek: true,
      hideScrollbar: true,
    });
    drawn.on('interaction', (at) => seek.current(at));
    wave.current = drawn;
    return () => {
      wave.current = null;
      drawn.destroy();
    };
  }, [outline, totalSeconds, height, theme]);
  useEffect(() => {
    wave.current?.setTime(seconds);
  }, [seconds, outline, theme]);

  return <div ref={place} aria-hidden className={styles.wave} style={{ height }} />;
};
