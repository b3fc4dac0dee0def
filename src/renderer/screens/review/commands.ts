import type { Command } from '../../app/command.ts';
import type { Studio } from '../../stores/studio.ts';
import { type WordKey, wordsOf } from '../../words/words.ts';

const command = (
  id: string,
  title: WordKey<'review'>,
  keys: readonly string[],
  run: Command['run'],
  isEnabled?: Command['isEnabled'],
): Command => ({
  id: `review.${id}`,
  title: () => wordsOf('review')(title),
  keys,
  where: 'review',
  run,
  ...(isEnabled === undefined ? {} : { isEnabled }),
});
const isComparing = ({ review }: Studio): boolean => review.getState().comparison !== null;

export const reviewCommands: readonly Command[] = [
  command('play', 'cmdToggle', ['Space'], ({ review }) => review.toggle()),
  command('next', 'cmdNext', ['J'], ({ review }) => review.step(1)),
  command('previous', 'cmdPrevious', ['K'], ({ review }) => review.step(-1)),
  command('back', 'cmdBack', ['ArrowLeft'], ({ player }) => player.seek(player.getState().seconds - 1)),
  command('forward', 'cmdForward', ['ArrowRight'], ({ player }) => player.seek(player.getState().seconds + 1)),
  // In a comparison they are about the one that is heard.
  command('approve', 'approve', ['A'], ({ review }) => {
    const heard = review.heardTake();
    return heard === null ? review.approve() : review.approveTake(heard);
  }),
  command('reject', 'reject', ['X'], ({ review }) => {
    const heard = review.heardTake();
    return heard === null ? review.reject() : review.rejectTake(heard);
  }),
  command('reopen', 'reopen', ['Backspace'], ({ review }) => review.reopen()),
  command('retake', 'retake', ['R'], ({ review }) => review.retake()),
  command('comment', 'addComment', ['C'], ({ review }) => review.write()),
  command('compare', 'cmdSwitch', ['B'], ({ review }) => {
    // Once blind, the plain key switches as well: it must not give the names away.
    const { comparison } = review.getState();
    return review.compare(comparison?.mode ?? 'open');
  }),
  command('blind', 'cmdBlind', ['Shift+B'], ({ review }) => review.compare('blind')),
  command('reveal', 'reveal', ['V'], ({ review }) => review.reveal(), isComparing),
  command('endCompare', 'endCompare', ['Escape'], ({ review }) => review.endCompare(), isComparing),
  command('assignMe', 'cmdAssignMe', ['M'], ({ review }) => {
    const me = review.me();
    return review.assign(review.getState().active?.assignee === me ? null : (me ?? null));
  }),
  command('unheard', 'cmdUnheard', ['U'], ({ review }) =>
    review.choose({ unheardByMe: !review.getState().filter.unheardByMe }),
  ),
  command('openOnly', 'cmdOpenOnly', ['O'], ({ review }) =>
    review.choose({ verdict: review.getState().filter.verdict === 'open' ? null : 'open' }),
  ),
  command('edit', 'editLine', ['E'], ({ review, navigation }) => {
    const { active, scriptId } = review.getState();
    if (active === null || scriptId === null) return;
    navigation.go({ room: 'scripts', scriptId, tab: 'script', query: { line: String(active.linePosition) } });
  }),
  command('autoplay', 'autoplay', ['N'], ({ review }) => review.setAutoplay(!review.getState().autoplay)),
  command('approveHeard', 'approveHeard', ['Shift+A'], ({ review }) => review.approveHeard()),
  command('approveIdentical', 'approveIdentical', ['Shift+I'], ({ review }) => review.approveIdentical()),
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9].map(
    (number): Command => ({
      id: `review.take${number}`,
      title: () => wordsOf('review')('cmdShowTake', { number }),
      keys: [String(number)],
      where: 'review',
      run: ({ review }) => {
        const found = review.getState().takes[number - 1];
        if (found !== undefined) review.showTake(found.take.id);
      },
    }),
  ),
];
