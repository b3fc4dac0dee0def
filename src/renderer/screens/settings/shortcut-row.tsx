import { RotateCcw, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Command } from '../../app/command.ts';
import { chordOf, keyCaps, keysOf, type OwnShortcuts } from '../../app/commands.ts';
import { Keys } from '../../app/keys.tsx';
import { bind, isModifierOnly, judgeChord, type Verdict } from '../../app/shortcut-edits.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { wordsOf } from '../../words/words.ts';
import styles from './shortcut-section.module.css';

/** Waits for one press of keys, and keeps it from everything else. */
const KeyCatcher = ({
  command,
  onChord,
  onLeave,
}: {
  readonly command: Command;
  readonly onChord: (chord: string) => void;
  readonly onLeave: () => void;
}) => {
  const field = useRef<HTMLDivElement>(null);
  const t = wordsOf('settings');
  useEffect(() => field.current?.focus(), []);
  // In the capture phase, before any other listener of the page hears of the keys.
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat || isModifierOnly(event.key)) return;
      if (event.key === 'Escape') onLeave();
      else onChord(chordOf(event));
    };
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [onChord, onLeave]);
  return (
    <div
      ref={field}
      role="textbox"
      tabIndex={0}
      aria-readonly
      aria-label={t('pressKeysFor', { command: command.title() })}
      className={styles.catcher}
      onBlur={onLeave}
    >
      {t('pressKeys')}
    </div>
  );
};

const VerdictWords = ({
  command,
  chord,
  verdict,
}: {
  readonly command: Command;
  readonly chord: string;
  readonly verdict: Verdict;
}) => {
  const t = wordsOf('settings');
  const keys = keyCaps(chord).join('+');
  switch (verdict.kind) {
    case 'free':
      return null;
    case 'reserved':
      return t('reserved', { keys });
    case 'taken':
      return t('taken', { keys, command: verdict.by.title() });
    case 'beside':
      return command.where === 'anywhere'
        ? t('covered', {
            room: wordsOf('shell')(verdict.other.where),
            command: verdict.other.title(),
          })
        : t('covers', { command: verdict.other.title() });
  }
};

export const ShortcutRow = ({
  command,
  own,
  changing,
  onChanging,
}: {
  readonly command: Command;
  readonly own: OwnShortcuts;
  readonly changing: boolean;
  readonly onChanging: (on: boolean) => void;
}) => {
  const studio = useStudio();
  const [wanted, setWanted] = useState<{ readonly chord: string; readonly verdict: Verdict } | null>(null);
  const t = wordsOf('settings');
  const title = command.title();
  const keys = keysOf(command, own);
  const isOwn = Object.hasOwn(own, command.id);

  const take = (chord: string): void => {
    const verdict = judgeChord(command, chord, own);
    onChanging(false);
    setWanted(verdict.kind === 'free' ? null : { chord, verdict });
    if (verdict.kind === 'free' || verdict.kind === 'beside') void bind(studio, command, [chord]);
  };
  return (
    <li className={styles.row} aria-label={title}>
      <span className={styles.command}>{title}</span>
      {changing ? (
        <KeyCatcher command={command} onChord={take} onLeave={() => onChanging(false)} />
      ) : (
        <>
          <span className={styles.keys}>
            {keys.length === 0 ? (
              <span className={styles.none}>{t('noKeys')}</span>
            ) : (
              keys.map((chord) => <Keys key={chord} chord={chord} />)
            )}
          </span>
          {isOwn && (
            <IconButton
              size="small"
              label={t('resetOf', { command: title })}
              onPress={() => {
                setWanted(null);
                void bind(studio, command, null);
              }}
            >
              <RotateCcw aria-hidden />
            </IconButton>
          )}
          {keys.length > 0 && (
            <IconButton
              size="small"
              label={t('clearOf', { command: title })}
              onPress={() => {
                setWanted(null);
                void bind(studio, command, []);
              }}
            >
              <X aria-hidden />
            </IconButton>
          )}
          <Button
            size="small"
            aria-label={t('changeOf', { command: title })}
            onPress={() => {
              setWanted(null);
              onChanging(true);
            }}
          >
            {t('change')}
          </Button>
        </>
      )}
      {wanted !== null && (
        <div role="status" className={styles.verdict}>
          <p>
            <VerdictWords command={command} {...wanted} />
          </p>
          {wanted.verdict.kind === 'taken' && (
            <>
              <Button
                size="small"
                onPress={() => {
                  setWanted(null);
                  void bind(studio, command, [wanted.chord]);
                }}
              >
                {t('takeAnyway')}
              </Button>
              <Button size="small" look="quiet" onPress={() => setWanted(null)}>
                {t('leaveIt')}
              </Button>
            </>
          )}
        </div>
      )}
    </li>
  );
};
