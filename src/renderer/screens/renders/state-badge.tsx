import type { JobState, Render } from '#contract/entities.ts';
import { Badge, type Tone } from '../../components/badge.tsx';
import { waitsForPerson } from './portions.ts';

const renderStates: Readonly<Record<Render['state'], { readonly words: string; readonly tone: Tone }>> = {
  preparing: { words: 'Preparing', tone: 'plain' },
  active: { words: 'Rendering', tone: 'accent' },
  paused: { words: 'Paused', tone: 'warning' },
  over_budget: { words: 'Budget reached', tone: 'warning' },
  done: { words: 'Done', tone: 'plain' },
  cancelled: { words: 'Cancelled', tone: 'plain' },
};

export const RenderBadge = ({ render }: { readonly render: Render }) => {
  if (waitsForPerson(render)) return <Badge tone="warning">Waiting for you</Badge>;
  const failed = render.state === 'done' && render.progress.failed > 0;
  const { words, tone } = renderStates[render.state];
  return <Badge tone={failed ? 'danger' : tone}>{failed ? `Done, ${render.progress.failed} failed` : words}</Badge>;
};

const jobStates: Readonly<Record<JobState, { readonly words: string; readonly tone: Tone }>> = {
  queued: { words: 'queued', tone: 'plain' },
  running: { words: 'rendering', tone: 'accent' },
  uncertain: { words: 'uncertain', tone: 'warning' },
  succeeded: { words: 'ready', tone: 'plain' },
  failed: { words: 'failed', tone: 'danger' },
  cancelled: { words: 'cancelled', tone: 'plain' },
};

export const JobBadge = ({ state, title }: { readonly state: JobState; readonly title?: string }) => (
  <Badge tone={jobStates[state].tone} {...(title === undefined ? {} : { title })}>
    {jobStates[state].words}
  </Badge>
);
