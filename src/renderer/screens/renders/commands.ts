import type { Command } from '../../app/command.ts';
import { questionsOf } from '../../stores/queue-store.ts';
import type { Studio } from '../../stores/studio.ts';
import { wordsOf } from '../../words/words.ts';

const openRender = ({ renders }: Studio) => {
  const { openId, renders: list } = renders.getState();
  return list.find(({ id }) => id === openId);
};
const canRetry = (studio: Studio): boolean => {
  const { failed = 0, cancelled = 0 } = openRender(studio)?.progress ?? {};
  return failed + cancelled > 0;
};

export const renderCommands: readonly Command[] = [
  {
    id: 'renders.openNewest',
    title: () => wordsOf('renders')('openNewestCommand'),
    keys: ['Mod+Shift+2'],
    where: 'anywhere',
    isEnabled: ({ renders }) => renders.getState().renders.length > 0,
    run: ({ renders, navigation }) => {
      const [newest] = renders.getState().renders;
      if (newest === undefined) return;
      renders.open(newest.id);
      navigation.go({ room: 'renders' });
    },
  },
  {
    id: 'renders.decideNext',
    title: () => wordsOf('renders')('decideNextCommand'),
    keys: ['D'],
    where: 'renders',
    isEnabled: ({ queue }) => questionsOf(queue.getState()).length > 0,
    run: ({ queue }) => queue.turnQuestion(1),
  },
  {
    id: 'renders.decide',
    title: () => wordsOf('renders')('decideNextCommand'),
    keys: [],
    where: 'anywhere',
    isEnabled: ({ queue, navigation }) =>
      navigation.getState().room !== 'renders' && questionsOf(queue.getState()).length > 0,
    run: ({ navigation }) => navigation.go({ room: 'renders' }),
  },
  {
    id: 'renders.retryAll',
    title: () => wordsOf('renders')('retryAllCommand'),
    keys: ['Shift+R'],
    where: 'renders',
    isEnabled: canRetry,
    run: (studio) => {
      const render = openRender(studio);
      return render === undefined ? undefined : studio.renders.askRetry(render.id);
    },
  },
  {
    id: 'renders.pauseAll',
    title: () => wordsOf('renders')('pauseAllCommand'),
    keys: [],
    where: 'anywhere',
    isEnabled: ({ queue }) => queue.getState().lanes.some(({ state }) => state !== 'paused'),
    run: ({ queue }) => queue.pause(),
  },
  {
    id: 'renders.resumeAll',
    title: () => wordsOf('renders')('resumeAllCommand'),
    keys: [],
    where: 'anywhere',
    isEnabled: ({ queue }) => queue.getState().lanes.some(({ state }) => state === 'paused'),
    run: ({ queue }) => queue.resume(),
  },
];
