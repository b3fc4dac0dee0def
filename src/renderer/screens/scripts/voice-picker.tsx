import { ChevronLeft, ChevronRight, Columns3 } from 'lucide-react';
import { type KeyboardEvent, memo, useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Voice } from '#contract/voices.ts';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { IconButton } from '../../components/button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { SearchField, SwitchField } from '../../components/field.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { type Column, VirtualTable } from '../../components/virtual-table.tsx';
import { everyVoice, findVoices, speaksTongue, type VoiceFilter } from '../../stores/voice-search.ts';
import { wordsOf } from '../../words/words.ts';
import { ChosenFacets } from '../voices/chosen-facets.tsx';
import { RowButton } from '../voices/row-button.tsx';
import { Shelves } from '../voices/shelves.tsx';
import { playOnMoveName, usePlayOnMove } from '../voices/use-play-on-move.ts';
import { keyOfVoice, voiceColumns } from '../voices/voice-columns.tsx';
import { VoiceFacets } from '../voices/voice-facets.tsx';
import { Compare } from './compare.tsx';
import { castingOf, readable, type Role, speechOf } from './roles.ts';
import styles from './voice-picker.module.css';

const isTyping = (target: EventTarget): boolean => target instanceof HTMLInputElement && target.type !== 'checkbox';

/** The voice that is cast, then those of the script's language, among them what people like and know; else as the vendors list them. */
const byNearness = (
  voices: readonly Voice[],
  language: string | null,
  current: string | undefined,
): readonly Voice[] => {
  const rank = (voice: Voice): number =>
    (voice.reference === current ? -10 : 0) +
    (language === null || speaksTongue(voice, language) ? 0 : 4) +
    (voice.favourite ? 0 : 2) +
    (voice.lastUsedAt === null ? 1 : 0);
  const ranks = new Map(voices.map((voice) => [voice, rank(voice)]));
  return voices.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
};

const useFound = (filter: VoiceFilter, language: string | null, current: string | undefined) => {
  const { voices } = useStudio();
  const all = useStore(voices, (state) => state.voices);
  const palette = useStore(voices, (state) => state.palette?.voices);
  const wanted = useDeferredValue(filter);
  return useMemo(() => {
    const references = (palette ?? []).map(({ reference }) => reference);
    const found = findVoices(all, wanted, references);
    const isOrdered = wanted.shelf === 'palette' || wanted.shelf === 'recent';
    return isOrdered ? found : { ...found, voices: byNearness(found.voices, language, current) };
  }, [all, wanted, palette, language, current]);
};

/** Apart, so that typing draws the search field alone until the list has caught up. */
const Results = memo(
  ({
    label,
    columns,
    voices,
    active,
    onMove,
    onChoose,
  }: {
    readonly label: string;
    readonly columns: readonly Column<Voice>[];
    readonly voices: readonly Voice[];
    readonly active: string | null;
    readonly onMove: (voice: Voice) => void;
    readonly onChoose: (voice: Voice) => void;
  }) =>
    voices.length === 0 ? (
      <EmptyState title={wordsOf('voices')('noMatch')}>{wordsOf('voices')('noMatchHint')}</EmptyState>
    ) : (
      <VirtualTable
        label={label}
        columns={columns}
        rows={voices}
        rowKey={keyOfVoice}
        activeKey={active}
        onActive={onMove}
        onEnter={onChoose}
        minWidth={640}
      />
    ),
);
Results.displayName = 'Results';

/** Finds a voice for one character: heard with one of its own lines, priced before the click, compared on that line. */
export const VoicePicker = ({
  role,
  current,
  onClose,
}: {
  readonly role: Role;
  readonly current: Voice | undefined;
  readonly onClose: () => void;
}) => {
  const { cast, sound, script, voices, preferences, player } = useStudio();
  const t = wordsOf('cast');
  const projectId = useStore(script, (state) => state.script?.projectId);
  const language = useStore(script, (state) => state.checked?.language ?? null);
  const pins = useStore(cast, (state) => state.pins);
  const [filter, setFilter] = useState<VoiceFilter>(everyVoice);
  const [active, setActive] = useState<string | null>(current?.reference ?? null);
  const [lineAt, setLineAt] = useState(0);
  const { voices: found, counts } = useFound(filter, language, current?.reference);
  const { on: plays, rest } = usePlayOnMove();
  const table = useRef<HTMLDivElement>(null);
  const { character, lines } = role;
  const line = lines[Math.min(lineAt, lines.length - 1)];
  const search = useRef<HTMLDivElement>(null);
  useEffect(() => {
    search.current?.querySelector('input')?.focus();
    return sound.forget;
  }, [sound]);

  const speak = useMemo(() => {
    const said = line ?? { text: '', direction: null, settings: {} };
    return (voice: Voice) => speechOf(role, said, { projectId, language }, voice);
  }, [role, line, projectId, language]);
  useEffect(() => cast.say(speak), [cast, speak]);

  const choose = async (voice: Voice): Promise<void> => {
    if (voice.reference !== current?.reference) {
      const what = t('editCast', { character, name: voice.name });
      if (!(await cast.change(what, castingOf(role, voice, current)))) return;
    }
    onClose();
  };
  const pin = (voice: Voice): void => cast.pin({ voice, speech: speak(voice) });
  const columns = useMemo(
    (): readonly Column<Voice>[] => [
      ...voiceColumns(speak, t('thisLine')).filter(({ id }) => id !== 'workspace'),
      {
        id: 'choose',
        title: t('choose'),
        titleHidden: true,
        width: '128px',
        align: 'end',
        cell: (voice) => (
          <span className={styles.actions}>
            <RowButton
              label={t(pins.some((one) => one.voice.reference === voice.reference) ? 'unpin' : 'pin', {
                name: voice.name,
              })}
              pressed={pins.some((one) => one.voice.reference === voice.reference)}
              onPress={() => pin(voice)}
            >
              <Columns3 aria-hidden />
            </RowButton>
            {voice.reference === current?.reference ? (
              <Badge tone="good">{t('isCast')}</Badge>
            ) : (
              <RowButton look="plain" label={`${t('choose')} ${voice.name}`} onPress={() => void choose(voice)}>
                {t('choose')}
              </RowButton>
            )}
          </span>
        ),
      },
    ],
    // The functions are made of these.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [speak, pins, current],
  );

  const move = (voice: Voice): void => {
    setActive(voice.reference);
    rest(voice, speak(voice));
  };
  // The table keeps these two; what they do follows what is shown.
  const latest = useRef({ move, choose });
  latest.current = { move, choose };
  const onMove = useCallback((voice: Voice) => latest.current.move(voice), []);
  const onChoose = useCallback((voice: Voice) => void latest.current.choose(voice), []);
  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    const at = found.findIndex(({ reference }) => reference === active);
    const voice = found[at];
    const done = (): void => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (isTyping(event.target)) {
      if (event.key !== 'ArrowDown' || found.length === 0) return;
      done();
      table.current?.querySelector<HTMLElement>('[role=grid]')?.focus();
      const first = voice ?? found[0];
      return first === undefined ? undefined : move(first);
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const digit = '1234'.indexOf(event.key);
    if (digit >= 0 && event.key.length === 1) {
      done();
      cast.playPin(digit);
      return;
    }
    if ((event.target as HTMLElement).closest('button, summary, [role=option]') !== null) return;
    const key = event.key.toLowerCase();
    if (key === ' ') {
      done();
      player.toggle();
    } else if (key === '/') {
      done();
      search.current?.querySelector('input')?.focus();
    } else if (voice !== undefined && key === 'c') {
      done();
      pin(voice);
    } else if (voice !== undefined && key === 'h') {
      done();
      void sound.hear(voice, speak(voice));
    } else if (voice !== undefined && key === 'f') {
      done();
      void voices.favour(voice);
    }
  };
  return (
    <Sheet title={t('castTitle', { character })} width="full" onClose={onClose}>
      <div className={styles.picker} onKeyDown={onKeyDown}>
        <aside className={styles.side}>
          <Shelves shelf={filter.shelf} onChange={(shelf) => setFilter({ ...filter, shelf })} />
          <VoiceFacets counts={counts} facets={filter.facets} onChange={(facets) => setFilter({ ...filter, facets })} />
        </aside>
        <div className={styles.main}>
          <div className={styles.line}>
            <span className={styles.lineTitle}>{t('onThisLine')}</span>
            <p className={styles.said}>{line === undefined ? t('saysNothing') : readable(line.text)}</p>
            {lines.length > 1 && (
              <span className={styles.turn}>
                <IconButton
                  size="small"
                  label={t('lineBefore')}
                  isDisabled={lineAt === 0}
                  onPress={() => setLineAt(lineAt - 1)}
                >
                  <ChevronLeft aria-hidden />
                </IconButton>
                <span data-figures>{t('lineOf', { count: lineAt + 1, all: lines.length })}</span>
                <IconButton
                  size="small"
                  label={t('lineAfter')}
                  isDisabled={lineAt >= lines.length - 1}
                  onPress={() => setLineAt(lineAt + 1)}
                >
                  <ChevronRight aria-hidden />
                </IconButton>
              </span>
            )}
          </div>
          <div className={styles.find}>
            <div ref={search}>
              <SearchField
                label={wordsOf('voices')('find')}
                value={filter.search}
                onChange={(words) => setFilter({ ...filter, search: words })}
              />
            </div>
            <p className={styles.count} role="status">
              {wordsOf('common')('voices', { count: found.length })}
            </p>
            <SwitchField
              label={wordsOf('voices')('playOnMove')}
              isSelected={plays}
              onChange={(on) => void preferences.setLayout(playOnMoveName, on)}
            />
            <div className={styles.chips}>
              <ChosenFacets filter={filter} onChange={(part) => setFilter({ ...filter, ...part })} />
            </div>
          </div>
          <div ref={table} className={styles.table}>
            <Results
              label={t('voicesFor', { character })}
              columns={columns}
              voices={found}
              active={active}
              onMove={onMove}
              onChoose={onChoose}
            />
          </div>
          <p className={styles.keys}>{t('pickerKeys')}</p>
          <Compare current={current} onChoose={(voice) => void choose(voice)} />
        </div>
      </div>
    </Sheet>
  );
};
