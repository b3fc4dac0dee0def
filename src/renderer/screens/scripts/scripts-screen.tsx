import { FilePlus2, ScrollText } from 'lucide-react';
import { Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { useStore } from 'zustand';
import { useStudio } from '../../app/studio-context.ts';
import { Badge } from '../../components/badge.tsx';
import { Button } from '../../components/button.tsx';
import { cx } from '../../components/cx.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { formatCount } from '../../components/format.ts';
import type { ScriptTab } from '../../stores/navigation-store.ts';
import { CastTab } from './cast-tab.tsx';
import { Inspector } from './inspector.tsx';
import { LexiconTab } from './lexicon-tab.tsx';
import { RenderButton } from './render-button.tsx';
import { SaveState } from './save-state.tsx';
import { ScriptEditor } from './script-editor.tsx';
import { ScriptList } from './script-list.tsx';
import styles from './scripts-screen.module.css';
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
  return (
    <section className={styles.open} aria-label="Script">
      <header className={styles.head}>
        <div className={styles.heading}>
          <h1 className={styles.title}>{title}</h1>
          <SaveState />
        </div>
        <RenderButton />
      </header>
      <Tabs
        selectedKey={tab}
        onSelectionChange={(key) => navigation.go({ tab: key as ScriptTab })}
        className={cx(styles.tabs)}
      >
        <TabList aria-label="Parts of the script" className={cx(styles.tabList)}>
          <Tab id="script" className={cx(styles.tab)}>
            Script {problems > 0 && <Badge tone="danger">{problems}</Badge>}
          </Tab>
          <Tab id="variants" className={cx(styles.tab)}>
            Variants {rows > 0 && <Badge>{formatCount(rows)}</Badge>}
          </Tab>
          <Tab id="cast" className={cx(styles.tab)}>
            Cast {castSize > 0 && <Badge>{castSize}</Badge>}
          </Tab>
          <Tab id="lexicon" className={cx(styles.tab)}>
            Lexicon {words > 0 && <Badge>{words}</Badge>}
          </Tab>
        </TabList>
        <TabPanel id="script" className={cx(styles.panel)}>
          <ScriptEditor />
        </TabPanel>
        <TabPanel id="variants" className={cx(styles.panel)}>
          <VariantsTab />
        </TabPanel>
        <TabPanel id="cast" className={cx(styles.panel)}>
          <CastTab />
        </TabPanel>
        <TabPanel id="lexicon" className={cx(styles.panel)}>
          <LexiconTab />
        </TabPanel>
      </Tabs>
    </section>
  );
};

export const ScriptsScreen = () => {
  const { projects, script, navigation } = useStudio();
  const status = useStore(projects, (state) => state.status);
  const isOpen = useStore(script, (state) => state.script !== null);
  const empty = useStore(projects, (state) => state.status === 'ready' && state.scripts.length === 0);
  if (empty) {
    return (
      <EmptyState
        icon={<ScrollText aria-hidden />}
        title="No scripts yet"
        action={
          <Button look="primary" icon={<FilePlus2 aria-hidden />} onPress={() => navigation.show('new-script')}>
            New script
          </Button>
        }
      >
        A script is plain text: who speaks, what they say, and variables like {'{{city}}'} that a CSV fills in. Start
        one, or import a file.
      </EmptyState>
    );
  }
  return (
    <div className={styles.screen}>
      <ScriptList />
      {isOpen ? (
        <OpenScript />
      ) : (
        <section className={styles.open} aria-label="Script" aria-busy={status === 'loading'} />
      )}
      {isOpen && <Inspector />}
    </div>
  );
};
