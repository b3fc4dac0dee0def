/** A verdict in words. */
import type { Finding } from './check-exchange.ts';
import type { Verdict } from './conformance.ts';

const shown = (value: unknown): string => {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? 'nothing');
  return text.length > 160 ? `${text.slice(0, 160)}…` : text;
};

/** The same fault of many exchanges once, with how often it came. */
const grouped = (findings: readonly Finding[]): readonly string[] => {
  const groups = new Map<string, { readonly finding: Finding; times: number }>();
  for (const finding of findings) {
    const { operation, side, part, pointer, says } = finding;
    const name = [operation, side, part, pointer.replaceAll(/\/\d+(?=\/|$)/g, '/*'), says].join('\0');
    const group = groups.get(name) ?? { finding, times: 0 };
    groups.set(name, group);
    group.times += 1;
  }
  return [...groups.values()].map(({ finding, times }) => {
    const { operation, side, part, pointer, value, says, status, occasion } = finding;
    const where = side === 'answer' ? `answer ${status}` : 'request';
    return `${operation}, ${where}, ${part} ${pointer === '' ? '' : `${pointer} `}${says}; there is ${shown(value)} (${times} times, first at: ${occasion})`;
  });
};

/** What failed the run; empty where nothing did. */
export const complaintsOf = (verdict: Verdict): readonly string[] => [
  ...grouped(verdict.findings),
  ...verdict.stale.map(
    ({ operations, part, pointers, reason }) =>
      `an allowed deviation occurs no more and is to be struck off: ${operations} ${part} ${pointers} (${reason})`,
  ),
  ...verdict.complaints,
];

export const reportOf = (verdict: Verdict): string => {
  const { vendor, operations, requests, answers, shapes, elsewhere, used } = verdict;
  const { inFile, byAdapter, direct, untouched } = operations;
  const lines = [
    `${vendor}: ${byAdapter.length + direct.length} of ${inFile} operations checked (${byAdapter.length} by the adapter, ${direct.length} on the fake alone)`,
    `  ${requests} requests in ${shapes.requests} shapes, ${answers} answers in ${shapes.answers} shapes; ${elsewhere} requests to other hosts were not looked at`,
    ...(untouched.length === 0 ? [] : [`  neither asked for nor served: ${untouched.join(', ')}`]),
    ...used.map(({ deviation, times }) => `  allowed ${times} times: ${deviation.reason}`),
  ];
  const complaints = complaintsOf(verdict);
  return [...lines, ...complaints.map((complaint) => `  WRONG ${complaint}`)].join('\n');
};
