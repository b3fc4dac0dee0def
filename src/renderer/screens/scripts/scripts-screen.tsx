import { FilePlus2, FileUp, ScrollText } from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { FileTrigger, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { FileDrop } from '../../components/file-drop.tsx';
import { formatCount } from '../../components/format.ts';
import type { ScriptTab } from '../../stores/navigation-store.ts';
import { Split } from '../../components/split.tsx';
import type { PreferenceState } from '../../stores/preference-store.ts';
import { wordsOf } from '../../words/words.ts';
import { CastTab } from './cast-tab.tsx';
import { Inspector } from './inspector.tsx';
import { LexiconTab } from './lexicon-tab.tsx';
import { type EditorPlace, OpenEditor } from './open-editor.ts';
import { RenderButton } from './render-button.tsx';
import { SaveState } from './save-state.tsx';
import { ScriptEditor } from './script-editor.tsx';
import { ScriptList } from './script-list.tsx';
import styles from './scripts-screen.module.css';
import { useTakeFiles } from './take-files.ts';
import { VariantsTab } from './variants-tab.tsx';

const OpenScript = () => {
  const { script, navigation, variants, lexicon } = useStudio();
  const title = useStore(script, (state) => state.checked?.title || state.script?.title);
  const problems = useStore(
    script,
    (state) => state.checked?.problems.filter(({ severity }) => severity !== 'notice').length ?? 0,
  );
  const castSize = useStore(script, (state) => state.checked?.cast.length ?? 0);
  const rows = useStore(variants, (state) => state.table?.variants.length ?? 0);
  const words = useStore(lexicon, (state) => state.entries.length);
  const tab = useStore(navigation, (state) => state.tab);
  const t = wordsOf('scripts');
  const count = (value: number, tone?: 'danger') =>
    value > 0 && <Badge {...(tone === undefined ? {} : { tone })}>{formatCount(value)}</Badge>;
  const tabs = [
    { id: 'script', name: t('tabScript'), badge: count(problems, 'danger'), content: <ScriptEditor /> },
    { id: 'variants', name: t('tabVariants'), badge: count(rows), content: <VariantsTab /> },
    { id: 'cast', name: t('tabCast'), badge: count(castSize), content: <CastTab /> },
    { id: 'lexicon', name: t('tabLexicon'), badge: count(words), content: <LexiconTab /> },
  ] as const satisfies readonly { readonly id: ScriptTab; readonly [more: string]: unknown }[];
  return (
    <section className={styles.open} aria-label={t('script')}>
      <header className={styles.head}>
        <div className={styles.heading}>
          <h1 className={styles.title} dir="auto">
            {title}
          </h1>
          <SaveState />
        </div>
        <RenderButton />
      </header>
      <Tabs
        selectedKey={tab}
        onSelectionChange={(key) => navigation.go({ tab: key as ScriptTab })}
        className={cx(styles.tabs)}
      >
        <TabList aria-label={t('parts')} className={cx(styles.tabList)}>
          {tabs.map(({ id, name, badge }) => (
            <Tab key={id} id={id} className={cx(styles.tab)}>
              {name} {badge}
            </Tab>
          ))}
        </TabList>
        {tabs.map(({ id, content }) => (
          <TabPanel key={id} id={id} className={cx(styles.panel)}>
            {content}
          </TabPanel>
        ))}
      </Tabs>
    </section>
  );
};

const Empty = () => {
  const { navigation } = useStudio();
  const take = useTakeFiles();
  const t = wordsOf('scripts');
  return (
    <EmptyState
      icon={<ScrollText aria-hidden />}
      title={t('emptyTitle')}
      action={
        <div className={styles.actions}>
          <Button look="primary" icon={<FilePlus2 aria-hidden />} onPress={() => navigation.show('new-script')}>
            {t('newScript')}
          </Button>
          <FileTrigger allowsMultiple onSelect={(files) => take([...(files ?? [])])}>
            <Button icon={<FileUp aria-hidden />}>{t('import')}</Button>
          </FileTrigger>
        </div>
      }
    >
      {t('emptyText', { variable: '{{city}}' })}
    </EmptyState>
  );
};

/** The list, the script and what it comes to, at the widths this person gave them. */
const Panes = ({
  start,
  middle,
  end,
}: {
  readonly start: ReactNode;
  readonly middle: ReactNode;
  readonly end: ReactNode;
}) => {
  const { preferences } = useStudio();
  const widthOf = (name: string) => (state: PreferenceState) => {
    const width = state.layout[name];
    return typeof width === 'number' ? width : undefined;
  };
  const list = useStore(preferences, widthOf('scriptsList'));
  const aside = useStore(preferences, widthOf('scriptsAside'));
  const wide = window.innerWidth >= 1700;
  const t = wordsOf('shell');
  return (
    <Split
      label={t('widthOfList')}
      side="start"
      width={list}
      min={160}
      max={420}
      usual={wide ? 260 : 212}
      onWidth={(width) => void preferences.setLayout('scriptsList', width)}
      pane={start}
    >
      {end === false ? (
        middle
      ) : (
        <Split
          label={t('widthOfAside')}
          side="end"
          width={aside}
          min={220}
          max={520}
          usual={wide ? 330 : 272}
          onWidth={(width) => void preferences.setLayout('scriptsAside', width)}
          pane={end}
        >
          {middle}
        </Split>
      )}
    </Split>
  );
};

/** Campaigns, the open script and what it comes to; files dropped anywhere here are taken in. */
export const ScriptsScreen = () => {
  const { projects, script } = useStudio();
  const status = useStore(projects, (state) => state.status);
  const isOpen = useStore(script, (state) => state.script !== null);
  const empty = useStore(projects, (state) => state.status === 'ready' && state.scripts.length === 0);
  const editor = useRef<EditorPlace>({ current: null });
  const take = useTakeFiles();
  const t = wordsOf('scripts');
  return (
    <OpenEditor value={editor.current}>
      <FileDrop label={t('dropHere')} onFiles={take} className={styles.drop}>
        {empty ? (
          <Empty />
        ) : (
          <Panes
            start={<ScriptList />}
            end={isOpen && <Inspector />}
            middle={
              isOpen ? (
                <OpenScript />
              ) : (
                <section className={styles.open} aria-label={t('script')} aria-busy={status === 'loading'} />
              )
            }
          />
        )}
      </FileDrop>
    </OpenEditor>
  );
};
