/** What free looks found out about a call whose answer was lost: for the person who decides. */
import type { Evidence, Job } from '#contract/entities.ts';
import type { Sink } from '../terminal.ts';
import { createPaint } from './paint.ts';
import { formatTable } from './table.ts';
import { oneLine } from './width.ts';
import { figure, moment } from './words.ts';

type Candidate = Evidence['candidates'][number];

const balanceWords = ({ balanceBefore, balanceNow }: Evidence): string | null => {
  if (balanceBefore === null && balanceNow === null) return null;
  const before = balanceBefore === null ? 'not known' : figure(balanceBefore);
  const now = balanceNow === null ? 'not known' : figure(balanceNow);
  const change = balanceBefore === null || balanceNow === null ? null : balanceNow - balanceBefore;
  // An account is shared: others spend from it too, so that a difference proves nothing.
  const words =
    change === null ? '' : change === 0 ? '; no change' : `; changed by ${change > 0 ? '+' : ''}${figure(change)}`;
  return `the account said ${before} before the call and says ${now} now${words}`;
};

const indented = (text: string): string => (text === '' ? '' : text.replace(/^(?=.)/gm, '      '));

const candidateTable = (candidates: readonly Candidate[], sink: Sink): string =>
  indented(
    formatTable(
      candidates,
      [
        { title: 'ITEM', value: (item) => item.vendorItemId },
        { title: 'WHEN', value: (item) => (item.at === null ? '' : moment(item.at)) },
        { title: 'VOICE', value: (item) => item.voice ?? '' },
        { title: 'CREDITS', value: (item) => (item.credits === null ? '' : figure(item.credits)), align: 'right' },
        { title: 'TEXT', value: (item) => item.text ?? '', flexible: true },
        { title: 'WHY NOT TAKEN', value: (item) => item.note, flexible: true },
      ],
      { ...sink, columns: Math.max(20, sink.columns - 6) },
    ),
  );

/** Empty for a call that nobody has looked for; ends with a newline otherwise. */
export const formatEvidence = (job: Pick<Job, 'id' | 'text' | 'generation'>, sink: Sink): string => {
  const generation = job.generation;
  if (generation === null || generation.evidence.length === 0) return '';
  const paint = createPaint(sink);
  const facts = [
    ...(generation.submittedAt === null ? [] : [`sent ${moment(generation.submittedAt)}`]),
    ...(generation.requestId === null ? [] : [`request ${oneLine(generation.requestId)}`]),
    generation.vendorId === null ? 'no vendor id' : `vendor id ${oneLine(generation.vendorId)}`,
  ];
  const looks = generation.evidence.flatMap((evidence) => {
    const balance = balanceWords(evidence);
    return [
      `    ${paint.dim(moment(evidence.at))}  ${oneLine(evidence.message)}\n`,
      ...(balance === null ? [] : [`      ${balance}\n`]),
      candidateTable(evidence.candidates, sink),
    ];
  });
  const lastCandidates = generation.evidence.at(-1)?.candidates ?? [];
  return [
    `\n${paint.bold(job.id)} ${oneLine(job.text)}\n  ${facts.join(', ')}\n`,
    ...looks,
    ...(lastCandidates.length === 0
      ? []
      : [`  Is one of them this line? cuebooth queue adopt ${job.id} ${lastCandidates[0]?.vendorItemId ?? 'ITEM'}\n`]),
  ].join('');
};
