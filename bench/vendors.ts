/**
 * Exactly once, per vendor and fault: lines lost and lines billed twice after the vendor's own books. For ElevenLabs ours
 * stands beside what people use there. Ours looks for lost calls for minutes; the next scenario runs meanwhile.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workspace } from '#contract/entities.ts';
import { proofTexts } from '#test/builders/proof.ts';
import { faultMixes as chosenMixes } from '#hosts/demo/vendors/chosen/options.ts';
import { faultMixes as elevenLabsMixes } from '#hosts/demo/vendors/elevenlabs/mixes.ts';
import { accountVoices } from '#hosts/demo/vendors/elevenlabs/voices.ts';
import { faultMixes as supertoneMixes } from '#hosts/demo/vendors/supertone/mixes.ts';
import { presetsOf } from '#hosts/demo/vendors/supertone/voices.ts';
import type { ClientName } from './setup/bundle.ts';
import { type Fakes, startClient, startVendor, type VendorName } from './setup/children.ts';
import type { Used } from './setup/client-side.ts';
import type { Bench, Report } from './setup/figures.ts';
import { installPeers, peersFolder, peerVersions, type SpeechPeer, speechPeers } from './setup/peers.ts';

const serviceMs = 200;
const concurrency = 10;
/** For everybody: the product's own 240 s, and the SDK's, would make each hanging call the whole figure. */
const answerTimeoutSeconds = 2;
const format = 'mp3_44100_128';
const model = 'eleven_multilingual_v2';
const warmUp = 'One line first, so that everything is warm.';
const share = 0.05;
/** Our last look for a lost call comes 150 s after it, and with every fault at once the first pass takes minutes. */
const deadlineMs = 900_000;

type Row = Pick<Fakes[VendorName]['row'], 'text' | 'chargedCredits' | 'refundedCredits'>;
interface Answer extends Used {
  readonly stored: readonly string[];
  readonly asked: readonly string[];
}
interface Outcome {
  /** Neither with audio nor asked about. */
  readonly lost: number;
  /** Lines that the vendor was paid for more than once. */
  readonly twice: number;
  /** Left to a person, and how many of those the vendor was paid for. */
  readonly asked: number;
  readonly askedBilled: number;
  readonly ms: number;
  /** Until all that was open were lost calls that are being looked for; a peer's is its end. */
  readonly firstPassMs: number;
  readonly faults: number;
}

const judge = (answer: Answer, texts: readonly string[], rows: readonly Row[]) => {
  const settled = new Set([...answer.stored, ...answer.asked]);
  const paid = new Map<string, number>();
  for (const { text, chargedCredits, refundedCredits } of rows)
    if (chargedCredits > refundedCredits) paid.set(text, (paid.get(text) ?? 0) + 1);
  return {
    lost: texts.filter((text) => !settled.has(text)).length,
    twice: texts.filter((text) => (paid.get(text) ?? 0) > 1).length,
    asked: answer.asked.length,
    askedBilled: answer.asked.filter((text) => paid.has(text)).length,
  };
};
const faultsIn = (counts: Readonly<Record<string, number>>): number =>
  Object.entries(counts).reduce((sum, [name, times]) => (name.startsWith('fault.') ? sum + times : sum), 0);

interface Scenario<Name extends VendorName> {
  readonly what: string;
  readonly faults: NonNullable<Fakes[Name]['options']['faults']>;
}
interface Subject<Name extends VendorName> {
  readonly name: Name;
  readonly title: string;
  readonly options: Fakes[Name]['options'];
  readonly voice: string;
  readonly settings: Workspace['settings'];
  readonly scenarios: (lines: number) => readonly Scenario<Name>[];
}
const words = {
  clean: 'without faults',
  unbilled: '5 % answered with an undocumented 500, unbilled',
  billed: '5 % billed, then answered with such a 500',
  cut: '5 % billed, then cut without headers',
  cutAudio: '5 % billed, headers seen, then cut',
  busy: '5 % answered with 429',
  everything: 'everything, with calls that hang and a port that is closed for 3 s',
};
const outageAt = (lines: number) => ({ outage: { afterPosts: Math.round(lines / 2), forMs: 3000 } });

const elevenLabs: Subject<'elevenlabs'> = {
  name: 'elevenlabs',
  title: 'ElevenLabs',
  options: { tier: 'pro', concurrencyCap: concurrency, audioBytes: 50_000 },
  voice: accountVoices(0)[0]?.voiceId ?? '',
  settings: { format, model },
  scenarios: (lines) => [
    { what: words.clean, faults: {} },
    { what: words.unbilled, faults: { errorBefore: share } },
    { what: words.billed, faults: { errorAfter: share } },
    { what: words.cut, faults: { cutAfter: share } },
    { what: words.cutAudio, faults: { headersThenCut: share } },
    { what: words.busy, faults: { rateLimitBusy: share } },
    { what: words.everything, faults: { ...elevenLabsMixes.everything, ...outageAt(lines) } },
  ],
};
const supertone: Subject<'supertone'> = {
  name: 'supertone',
  title: 'Supertone',
  options: { requestsPerMinute: 6000, audioBytes: 50_000 },
  voice: presetsOf('', 0)[0]?.voice_id ?? '',
  settings: { requestsPerMinute: 6000 },
  scenarios: (lines) => [
    { what: words.clean, faults: {} },
    { what: words.unbilled, faults: { errorBefore: share } },
    { what: words.billed, faults: { errorAfter: share } },
    { what: words.cut, faults: { cutAfter: share } },
    { what: words.cutAudio, faults: { headersThenCut: share } },
    { what: words.busy, faults: { rateLimit: share } },
    { what: words.everything, faults: { ...supertoneMixes.everything, ...outageAt(lines) } },
  ],
};
const chosen: Subject<'chosen'> = {
  name: 'chosen',
  title: 'Chosen',
  options: { plan: 'enterprise', audioBytes: 50_000 },
  voice: 'Ava',
  settings: {},
  scenarios: (lines) => [
    { what: words.clean, faults: {} },
    { what: words.unbilled, faults: { errorBefore: share } },
    { what: words.billed, faults: { errorAfter: share } },
    { what: words.cut, faults: { cutAfter: share } },
    { what: words.cutAudio, faults: { cutAnswer: share } },
    { what: words.busy, faults: { rateLimitSilent: share } },
    { what: words.everything, faults: { ...chosenMixes.everything, ...outageAt(lines) } },
  ],
};

type Bundled = (name: ClientName) => string;
interface Running {
  /** Resolves when the client has no more than lost calls to look for. */
  readonly quiet: Promise<void>;
  readonly outcome: Promise<Outcome>;
}
const start = async <Name extends VendorName>(
  bundled: Bundled,
  { name, options, voice, settings }: Subject<Name>,
  { faults }: Scenario<Name>,
  texts: readonly string[],
  peer: SpeechPeer | null,
): Promise<Running> => {
  const folder = mkdtempSync(join(tmpdir(), 'cuebooth-bench-'));
  const vendor = await startVendor<Name>({ serviceTimeMs: serviceMs, ...options, faults, seed: 2 }, name);
  const common = { folder, baseUrl: vendor.baseUrl, apiKey: vendor.apiKey, texts, warmUp, concurrency };
  const client = startClient<Answer>(
    bundled,
    peer === null ? 'engine' : 'speech-peer',
    peer === null
      ? {
          ...common,
          decode: 'workers',
          resume: false,
          vendor: { provider: name, voice, settings: { ...settings, answerTimeoutSeconds } },
        }
      : { ...common, peer, peers: peersFolder, voice, model, format, answerTimeoutSeconds },
    { deadlineMs },
  );
  const firstPass = Promise.all([client.said('clock'), client.said('quiet')]).then(([from, to]) => to - from);
  const finish = async (): Promise<Outcome> => {
    try {
      const answer = await client.answer;
      const { generations, counts } = await vendor.books();
      const firstPassMs = await firstPass.catch(() => answer.ms);
      return { ...judge(answer, texts, generations), ms: answer.ms, firstPassMs, faults: faultsIn(counts) };
    } finally {
      await vendor.close();
      rmSync(folder, { recursive: true, force: true });
    }
  };
  const outcome = finish();
  // Whoever started it hears of its end when the scenario is printed.
  outcome.catch(() => undefined);
  const quiet = firstPass.then(
    () => undefined,
    () => undefined,
  );
  return { quiet, outcome };
};

const print = (
  report: Report,
  title: string,
  idealMs: number,
  ours: Outcome,
  peers: ReadonlyMap<SpeechPeer, Outcome>,
): void => {
  report.heading(title);
  report.value({ what: 'lines lost, ours', value: ours.lost, unit: '', goal: { atMost: 0 } });
  report.value({ what: 'lines billed twice, ours', value: ours.twice, unit: '', goal: { atMost: 0 } });
  const row = (name: string, { lost, twice, ms, faults }: Outcome, more: string): void =>
    report.note(
      `${name.padEnd(18)} ${String(lost).padStart(4)} lost ${String(twice).padStart(4)} twice ${(ms / idealMs).toFixed(2).padStart(7)} x ideal, ${faults} faults${more}`,
    );
  const looking =
    ours.ms - ours.firstPassMs > 100 ? `; ${(ours.firstPassMs / idealMs).toFixed(2)} x to the first pass` : '';
  const asked = ours.asked > 0 ? `; ${ours.asked} asked, of which ${ours.askedBilled} were billed` : '';
  row('ours', ours, `${looking}${asked}`);
  for (const [name, outcome] of peers) row(name, outcome, '');
};

export const run = async ({ report, quick }: Bench, bundled: Bundled): Promise<void> => {
  const lines = quick ? 100 : 500;
  const texts = proofTexts(lines, 1);
  const idealMs = (lines / concurrency) * serviceMs;
  const missing = await installPeers();
  const peers = missing === null ? speechPeers : speechPeers.slice(0, 1);
  report.heading(`Exactly once, ${lines} lines, ${serviceMs} ms service, ${concurrency} in flight`);
  report.note(
    missing === null
      ? `beside: ${Object.entries(peerVersions())
          .map(([name, version]) => `${name} ${version}`)
          .join(', ')}`
      : `${speechPeers.slice(1).join(', ')} are skipped, because ${missing}.`,
  );
  report.note(
    `an answer is given up after ${answerTimeoutSeconds} s by all; "faults" is how many struck that contender`,
  );

  let printed: Promise<void> = Promise.resolve();
  const measure = async <Name extends VendorName>(
    subject: Subject<Name>,
    contenders: readonly SpeechPeer[],
  ): Promise<void> => {
    for (const scenario of subject.scenarios(lines)) {
      const ours = await start(bundled, subject, scenario, texts, null);
      await ours.quiet;
      const theirs = new Map<SpeechPeer, Outcome>();
      for (const peer of contenders)
        theirs.set(peer, await (await start(bundled, subject, scenario, texts, peer)).outcome);
      const before = printed;
      printed = (async () => {
        await before;
        const title = `${subject.title}, ${lines} lines, ${scenario.what}`;
        try {
          print(report, title, idealMs, await ours.outcome, theirs);
        } catch (error) {
          report.heading(title);
          report.note(error instanceof Error ? error.message : String(error));
          report.value({ what: 'lines lost, ours', value: Number.NaN, unit: '', goal: { atMost: 0 } });
        }
      })();
    }
  };
  await measure(elevenLabs, peers);
  await measure(supertone, []);
  await measure(chosen, []);
  await printed;
};
