/** Who is killed where: small orders by group, so that each named point is met at least three times, at different lines. */
import type { Chain, Step } from './chain.ts';
import type { ScenarioName } from './scenarios.ts';

export interface Group {
  /** What must come through, as the rest of a test's name. */
  readonly name: string;
  readonly chains: readonly Chain[];
}

const around = (...names: readonly string[]): string[] =>
  names.flatMap((name) => [`${name}.committing`, `${name}.committed`]);
const inOrder = (points: readonly string[], nth: number): Step[] =>
  points.map((point) => ({ point, nth, during: 'order' }));
/** Each point at each of the given passings. */
const each = (points: readonly string[], nths: readonly number[]): Step[] =>
  nths.flatMap((nth) => inOrder(points, nth));
/** A kill in an order, then another one while the next life brings that order to its end. */
const twice = (first: string, nth: number, points: readonly string[]): Step[] =>
  points.flatMap((point): Step[] => [
    { point: first, nth, during: 'order' },
    { point, nth: 1, during: 'recovery' },
  ]);
const own = (steps: readonly Step[]): Step[][] => steps.map((step) => [step]);

const sending = ['submit.before', 'submit.after', ...around('accepted')];
const storing = [
  'body.opening',
  'body.opened',
  'body.received',
  'body.flushed',
  'body.naming',
  'body.named',
  'body.measured',
];
const placing = ['sidecar.writing', 'sidecar.written', 'audio.placed', ...around('take'), 'body.cleared'];
const ordering = ['order.begun', ...around('order-chunk'), 'order.ready', ...around('render-done')];

const groupsOf = (seed: number): Group[] => {
  const chain = (scenario: ScenarioName, steps: readonly Step[]): Chain => ({ scenario, seed, steps });
  /** Another line with every seed; each order has at least five. */
  const at = (nth: number): number => ((nth + seed - 2) % 5) + 1;
  return [
    {
      name: 'a line that is being sent, stored and placed',
      chains: [
        chain('plain', [...inOrder(around('claim'), 2), ...inOrder(sending, at(2))]),
        chain('plain', inOrder(storing, at(3))),
        chain('plain', inOrder(placing, at(4))),
      ],
    },
    {
      name: 'a line that is polled for, with a vendor that stumbles',
      chains: [
        chain('polled', [...inOrder(around('claim'), 4), ...inOrder([...sending, ...storing], at(4))]),
        chain('rough', [...inOrder([...placing, ...sending], at(1)), ...inOrder(around('claim'), 1)]),
      ],
    },
    {
      name: 'parts, joins and free lines',
      chains: [
        chain('mixed', inOrder([...storing, ...placing], 7)),
        chain('mixed', each(around('submitted'), [1, 2, 2])),
        chain('join-failing', each(around('join-failed'), [1, 1, 1])),
      ],
    },
    {
      name: 'an order that is being written down or ends',
      chains: [
        chain('plain', inOrder(ordering.slice(0, 4), 1)),
        chain('mixed', inOrder(around('order-chunk'), 2)),
        chain('rough', inOrder(ordering, 1)),
        chain('plain', [...inOrder(ordering, 1), ...inOrder(around('order-chunk', 'render-done'), 1)]),
      ],
    },
    {
      name: 'the first line, before its price is known, and the holds that follow it',
      chains: [
        ...own(each(around('learned', 'holds'), [1])).map((steps) => chain('unpriced', steps)),
        chain('cancelling', each(around('holds', 'learned'), [1, 1])),
      ],
    },
    {
      name: 'a vendor that asks to wait, fails with a refund, or rejects a text',
      chains: [
        chain('refusing', each(around('refused'), [1, 3, 5])),
        chain('refunding', each(around('refunded'), [1, 2, 5])),
        chain('rejecting', [...each(around('rejected'), [1, 1, 2]), ...each(around('jobs-retried'), [1, 1, 1])]),
      ],
    },
    {
      name: 'answers that are lost',
      chains: [
        chain('losing', each(around('answer-lost'), [1, 2, 4])),
        chain('losing-then-refusing', each(around('resend-refused'), [1, 1, 2])),
        chain('asking', each(around('jobs-resolved'), [1, 1, 1])),
      ],
    },
    {
      name: 'answers that are lost where there are no keys',
      chains: [
        chain('seeking', each(around('looked', 'found'), [1, 1, 2])),
        chain('seeking', inOrder(['submit.before', ...around('submitted', 'answer-lost')], at(2) > 3 ? 1 : at(2))),
        chain('seeking-in-trouble', each(around('look-later'), [1, 2, 3])),
        chain('cut-bodies', [
          ...inOrder(['submit.after', ...around('accepted')], at(1) > 4 ? 1 : at(1)),
          ...inOrder(storing, 2),
        ]),
        chain('recognising', each(around('adopted'), [1, 1, 1])),
        chain('given-up', each(around('late-found'), [1, 1, 1])),
      ],
    },
    {
      name: 'a vendor that is silent for longer than anyone waits',
      chains: [
        chain('patient', each(around('asked'), [1, 1, 1])),
        chain('late', each(around('late-closed'), [1, 1, 1])),
      ],
    },
    {
      name: 'audio that cannot be played, a debit told later, and steps that stumble',
      chains: [
        chain('faulty', each(around('put-down'), [1, 1, 1])),
        chain('unplayable', each(['aside.moving', 'aside.moved', ...around('aside')], [1, 1, 1])),
        chain('scratch-body-lost', each(around('body-lost'), [1, 2, 1])),
        chain('scratch-failing', each(around('attempt-failed'), [1, 1, 1])),
        chain(
          'debit-later',
          [1, 1, 1].flatMap((nth) =>
            around('late-charged').flatMap((point): Step[] => ['unhurt', { point, nth, during: 'recovery' }]),
          ),
        ),
      ],
    },
    {
      name: 'a render that is paused, resumed or cancelled',
      chains: [
        chain('pausing', each(around('render-paused', 'jobs-moved', 'given-back', 'render-resumed'), [1])),
        chain('pausing', each(around('render-paused', 'jobs-moved', 'given-back', 'render-resumed'), [1, 1])),
        chain('hurrying', each(around('render-prioritised'), [1, 1, 1])),
        chain('cancelling', each(around('render-cancelled', 'jobs-cancelled'), [1, 1, 1])),
      ],
    },
    {
      name: 'a second kill while the first is recovered from',
      chains: [
        chain(
          'polled',
          [1, 2, 3].flatMap((nth) => twice('accepted.committed', nth, around('recovered-running'))),
        ),
        chain(
          'plain',
          [1, 2, 3].flatMap((nth) => twice('submit.after', nth, around('recovered-uncertain'))),
        ),
        chain(
          'mixed',
          [1, 2, 1].flatMap((nth) => twice('submitted.committing', nth, around('recovered-queued'))),
        ),
        chain(
          'plain',
          [1, 2, 3].flatMap((nth) => twice('take.committed', nth, ['incoming.sweeping', 'incoming.swept'])),
        ),
        chain('plain', [
          ...twice('body.measured', 2, [
            'sidecar.written',
            'take.committing',
            'take.committed',
            ...around('recovered-stranded'),
          ]),
          ...twice('order-chunk.committed', 2, [
            ...around('render-cancelled', 'jobs-cancelled'),
            ...around('recovered-stranded'),
          ]),
          ...twice('claim.committed', 1, around('recovered-stranded')),
        ]),
      ],
    },
  ];
};

/** In `npm run proof` the same again with other vendors' dice and other lines. */
export const plan = (seeds: number): Group[] => Array.from({ length: seeds }, (_, index) => groupsOf(index + 1)).flat();
