import type { JobState, Render } from '#contract/entities.ts';
import { Badge, type Tone } from '../../components/badge.tsx';
import { wordsOf } from '../../words/words.ts';
import { renderStateWords, waitsForPerson } from './portions.ts';

const renderTones: Readonly<Record<Render['state'], Tone>> = {
  preparing: 'plain',
  active: 'accent',
  paused: 'warning',
  over_budget: 'warning',
  done: 'plain',
  cancelled: 'plain',
};

export const RenderBadge = ({ render }: { readonly render: Render }) => {
  const failed = render.state === 'done' && render.progress.failed > 0;
  const tone = waitsForPerson(render) ? 'warning' : failed ? 'danger' : renderTones[render.state];
  return <Badge tone={tone}>{renderStateWords(render)}</Badge>;
};

const jobTones: Readonly<Record<JobState, Tone>> = {
  queued: 'plain',
  running: 'accent',
  uncertain: 'warning',
  succeeded: 'plain',
  failed: 'danger',
  cancelled: 'plain',
};

export const JobBadge = ({ state, title }: { readonly state: JobState; readonly title?: string }) => (
  <Badge tone={jobTones[state]} {...(title === undefined ? {} : { title })}>
    {wordsOf('renders')(`job_${state}`)}
  </Badge>
);
