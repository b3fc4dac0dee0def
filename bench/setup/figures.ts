/** How figures are taken and printed: medians, ratios to a peer of the same run, and the goal beside each. */

export const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
};

/** Three digits that mean something, whatever the size. */
export const short = (value: number): string => {
  const size = Math.abs(value);
  if (size >= 1000) return Math.round(value).toLocaleString('en-US').replaceAll(',', ' ');
  return value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2);
};

export type Goal = { readonly atMost: number } | { readonly atLeast: number };
export interface Tally {
  met: number;
  missed: string[];
}
export interface Report {
  heading(text: string): void;
  note(text: string): void;
  /** Ours over the peer's, round by round: the median of the ratios, and both medians in their own unit. */
  ratio(figure: {
    readonly what: string;
    readonly ours: readonly number[];
    readonly peer: readonly number[];
    readonly peerName: string;
    readonly unit: string;
    readonly goal?: Goal;
  }): void;
  /** A figure that is a goal in itself, such as lines lost. */
  value(figure: {
    readonly what: string;
    readonly value: number;
    readonly unit: string;
    readonly goal?: Goal;
    readonly beside?: string;
  }): void;
}

const decimals = (value: number): string => value.toFixed(Math.abs(value) >= 10 ? 1 : 3);

export const createReport = (tally: Tally): Report => {
  let heading = '';
  const verdict = (what: string, value: number, goal: Goal | undefined): string => {
    if (goal === undefined) return '';
    const isMet = 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
    if (isMet) tally.met += 1;
    else tally.missed.push(`${heading}: ${what}`);
    return `  goal ${'atMost' in goal ? `<= ${goal.atMost}` : `>= ${goal.atLeast}`}: ${isMet ? 'met' : 'MISSED'}`;
  };
  return {
    heading: (text) => {
      heading = text;
      say(`\n${text}`);
    },
    note: (text) => say(`  ${text}`),
    ratio: ({ what, ours, peer, peerName, unit, goal }) => {
      const ratios = ours.map((own, round) => own / (peer[round] ?? Number.NaN));
      const middle = median(ratios);
      const spread = ratios.length > 1 ? ` [${decimals(Math.min(...ratios))}-${decimals(Math.max(...ratios))}]` : '';
      say(
        `  ${what.padEnd(46)} ${decimals(middle).padStart(6)} x${spread}${verdict(what, middle, goal)}   (ours ${short(median(ours))} ${unit}, ${peerName} ${short(median(peer))} ${unit})`,
      );
    },
    value: ({ what, value, unit, goal, beside }) => {
      say(
        `  ${what.padEnd(46)} ${short(value).padStart(6)} ${unit}${verdict(what, value, goal)}${beside === undefined ? '' : `   (${beside})`}`,
      );
    },
  };
};

/** What a subject gets. `quick` is for trying out: fewer rounds and smaller orders, so its ratios say little. */
export interface Bench {
  readonly report: Report;
  readonly quick: boolean;
}
