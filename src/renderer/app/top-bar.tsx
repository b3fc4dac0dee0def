import { ChevronDown, CircleHelp, Command, FolderOpen } from 'lucide-react';
import {
  Button as AriaButton,
  Header,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Popover,
  Select,
  SelectValue,
} from 'react-aria-components';
import { useStore } from 'zustand';
import { Button, IconButton } from '../components/button.tsx';
import { cx } from '../components/cx.ts';
import { formatLeft, modKey } from '../components/format.ts';
import { TallyLight } from '../components/tally-light.tsx';
import type { ScriptId } from '#contract/entities.ts';
import { wordsOf } from '../words/words.ts';
import { NotificationBell } from './notification-bell.tsx';
import { useStudio } from './studio-context.ts';
import { TopBarCredits } from './top-bar-credits.tsx';
import styles from './top-bar.module.css';

const ScriptSwitcher = () => {
  const t = wordsOf('shell');
  const { projects, navigation } = useStudio();
  const list = useStore(projects, (state) => state.projects);
  const scripts = useStore(projects, (state) => state.scripts);
  const scriptId = useStore(navigation, (state) => state.scriptId);
  if (scripts.length === 0) return null;
  const projectOf = list.find(({ id }) => id === scripts.find((script) => script.id === scriptId)?.projectId);
  return (
    <Select
      aria-label={t('script')}
      value={scriptId}
      onChange={(key) => navigation.openScript(key as ScriptId)}
      className={cx(styles.switcher)}
    >
      <AriaButton className={cx(styles.switch)}>
        <span className={styles.project}>{projectOf?.name}</span>
        <span aria-hidden className={styles.slash}>
          /
        </span>
        <SelectValue className={cx(styles.script)} />
        <ChevronDown aria-hidden />
      </AriaButton>
      <Popover className={cx(styles.popover)} offset={4} placement="bottom start">
        <ListBox className={cx(styles.list)}>
          {list
            .filter(({ id }) => scripts.some((script) => script.projectId === id))
            .map((project) => (
              <ListBoxSection key={project.id} id={project.id}>
                <Header className={cx(styles.section)}>{project.name}</Header>
                {scripts
                  .filter((script) => script.projectId === project.id)
                  .map((script) => (
                    <ListBoxItem key={script.id} id={script.id} textValue={script.title} className={cx(styles.option)}>
                      {script.title}
                    </ListBoxItem>
                  ))}
              </ListBoxSection>
            ))}
        </ListBox>
      </Popover>
    </Select>
  );
};

const QueueState = () => {
  const { queue, renders, navigation } = useStudio();
  const { queued, running, asking } = useStore(queue, (state) => state.tally);
  const stopped = useStore(queue, (state) =>
    state.lanes.some((lane) => lane.queued > 0 && lane.state !== 'working' && lane.state !== 'idle'),
  );
  const secondsLeft = useStore(renders, (state) =>
    state.renders.reduce<number | null>((most, { state: phase, progress }) => {
      if (phase !== 'active' || progress.secondsLeft === null) return most;
      return Math.max(most ?? 0, progress.secondsLeft);
    }, null),
  );
  const lamp = running > 0 ? 'on' : asking > 0 ? 'asking' : queued > 0 ? 'waiting' : 'off';
  const t = wordsOf('shell');
  const words =
    running > 0
      ? t('rendering', { count: running })
      : queued > 0
        ? stopped
          ? t('waiting')
          : t('paused')
        : asking > 0
          ? t('needsYou')
          : t('idle');
  return (
    <AriaButton className={cx(styles.queue)} onPress={() => navigation.go({ room: 'renders' })}>
      <TallyLight state={lamp} />
      <span className={styles.queueWords}>
        <span className={styles.hidden}>{t('queue')} </span>
        {words}
      </span>
      {queued > 0 && <span className={styles.soft}>{t('queuedWaiting', { count: queued })}</span>}
      {running > 0 && secondsLeft !== null && (
        <span className={styles.soft}>{t('timeLeft', { time: formatLeft(secondsLeft) })}</span>
      )}
      {asking > 0 && <span className={styles.asking}>{t('toDecide', { count: asking })}</span>}
    </AriaButton>
  );
};

export const TopBar = () => {
  const { navigation, library } = useStudio();
  const t = wordsOf('shell');
  const path = useStore(library, (state) => state.library?.path ?? '');
  const warned = useStore(library, (state) => state.notices.some(({ level }) => level !== 'notice'));
  return (
    <header className={styles.bar}>
      <ScriptSwitcher />
      <div className={styles.space} />
      <TopBarCredits />
      <QueueState />
      <NotificationBell />
      <Button
        look="quiet"
        icon={<FolderOpen aria-hidden />}
        className={cx(styles.library, warned && styles.warned)}
        onPress={() => navigation.go({ room: 'settings' })}
      >
        <span className={styles.hidden}>{t('library')} </span>
        <span className={styles.libraryName}>{path.split(/[\\/]/).filter(Boolean).at(-1) ?? t('library')}</span>
      </Button>
      <IconButton label={t('goToAnything')} keys={`${modKey} K`} onPress={() => navigation.show('palette')}>
        <Command aria-hidden />
      </IconButton>
      <IconButton label={t('keyboard')} keys="?" onPress={() => navigation.show('shortcuts')}>
        <CircleHelp aria-hidden />
      </IconButton>
    </header>
  );
};
