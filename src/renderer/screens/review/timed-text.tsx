import { useLayoutEffect, useRef, useState } from 'react';
import { cx } from '../../components/cx.ts';
import { wordsOf } from '../../words/words.ts';
import styles from './timed-text.module.css';
import { type TimedWord, wordAt } from './timed-words.ts';

/** Narrower, words would lie over each other at their places. */
const leastPixelsPerLetter = 9;

/** The words under their sound; a long take's words run on as a text instead. The one that is heard is lit, a click goes to it. */
export const TimedText = ({
  words,
  seconds,
  totalSeconds,
  onSeek,
}: {
  readonly words: readonly TimedWord[];
  readonly seconds: number;
  readonly totalSeconds: number;
  readonly onSeek: (seconds: number) => void;
}) => {
  const t = wordsOf('review');
  const place = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const watch = new ResizeObserver(() => setWidth(element.clientWidth));
    watch.observe(element);
    setWidth(element.clientWidth);
    return () => watch.disconnect();
  }, []);
  const letters = words.reduce((sum, { text }) => sum + text.length + 1, 0);
  const fits = width > 0 && totalSeconds > 0 && width / letters >= leastPixelsPerLetter;
  const heard = seconds > 0 ? wordAt(words, seconds) : -1;
  return (
    <div ref={place} role="group" aria-label={t('wordsName')} className={cx(styles.words, fits && styles.placed)}>
      {words.map((word, index) => (
        <button
          key={`${index} ${word.text}`}
          type="button"
          tabIndex={-1}
          aria-label={t('goToWord', { word: word.text })}
          aria-current={index === heard ? 'true' : undefined}
          className={cx(styles.word, index === heard && styles.heard)}
          style={fits ? { left: `${(100 * word.startSeconds) / totalSeconds}%` } : undefined}
          onClick={() => onSeek(word.startSeconds)}
        >
          {word.text}
        </button>
      ))}
    </div>
  );
};
