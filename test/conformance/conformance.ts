/** Drives one vendor's adapter and fake, and checks every exchange against the vendor's file. */
import { createHttp } from '#node/http.ts';
import { checkExchange } from './check-exchange.ts';
import type { Finding } from './check-exchange.ts';
import { applyDeviations } from './deviations.ts';
import type { Applied } from './deviations.ts';
import type { Drive } from './drive/drive.ts';
import { driveElevenLabs } from './drive/elevenlabs.ts';
import { driveSupertone } from './drive/supertone.ts';
import { readSpecification } from './openapi.ts';
import { recordHttp } from './recording-http.ts';
import { statedLimitsOf } from './stated-limits.ts';
import type { Vendor } from './vendors.ts';

export interface Verdict extends Applied {
  readonly vendor: Vendor;
  readonly path: string;
  /** Of the file. */
  readonly operations: {
    readonly inFile: number;
    readonly byAdapter: readonly string[];
    /** Served by the fake and called directly only. */
    readonly direct: readonly string[];
    readonly untouched: readonly string[];
  };
  readonly requests: number;
  readonly answers: number;
  /** Distinct by operation, parameters and properties. */
  readonly shapes: { readonly requests: number; readonly answers: number };
  /** Requests to other hosts, such as previews and signed audio: the file does not speak of them. */
  readonly elsewhere: number;
  /** Things that the drive itself found wrong: a promise of the adapter or the fake that did not hold on the way. */
  readonly complaints: readonly string[];
}

const drives: Readonly<Record<Vendor, Drive>> = { elevenlabs: driveElevenLabs, supertone: driveSupertone };

export const runConformance = async (vendor: Vendor, path: string): Promise<Verdict> => {
  const specification = readSpecification(path);
  const limits = statedLimitsOf(vendor);
  const http = recordHttp(createHttp({ userAgent: 'Cuebooth/test', proxy: 'none' }));
  const { origins, complaints } = await drives[vendor](http).finally(() => http.close());

  const found: Finding[] = [];
  const byAdapter = new Set<string>();
  const direct = new Set<string>();
  const shapes = { requests: new Set<string>(), answers: new Set<string>() };
  const counts = { requests: 0, answers: 0, elsewhere: 0 };
  const wrong = [...complaints];
  for (const exchange of http.exchanges) {
    if (!origins.has(new URL(exchange.url).origin)) {
      counts.elsewhere += 1;
      continue;
    }
    const checked = checkExchange(specification, exchange, limits);
    const name = checked.operation ?? `${exchange.method} ${new URL(exchange.url).pathname}`;
    const ofRequest = checked.findings.filter(({ side }) => side === 'request');
    if (exchange.intent === 'misfit') {
      // The fake refuses what the file refuses: were the request within the file, the fake would be stricter than it.
      if (ofRequest.length === 0)
        wrong.push(`${name}: the fake refused (${exchange.status}) what the file allows: ${exchange.occasion}`);
      if (exchange.status < 400)
        wrong.push(`${name}: the fake took (${exchange.status}) what the file forbids: ${exchange.occasion}`);
    } else {
      counts.requests += 1;
      shapes.requests.add(`${name} ${checked.shapes.request}`);
      found.push(...ofRequest);
    }
    if (checked.operation !== null) (exchange.intent === 'adapter' ? byAdapter : direct).add(checked.operation);
    counts.answers += 1;
    shapes.answers.add(`${name} ${checked.shapes.answer ?? exchange.status}`);
    found.push(...checked.findings.filter(({ side }) => side === 'answer'));
  }
  const names = specification.operations.map(({ name }) => name);
  return {
    vendor,
    path,
    ...applyDeviations(vendor, found),
    operations: {
      inFile: names.length,
      byAdapter: names.filter((name) => byAdapter.has(name)),
      direct: names.filter((name) => direct.has(name) && !byAdapter.has(name)),
      untouched: names.filter((name) => !byAdapter.has(name) && !direct.has(name)),
    },
    requests: counts.requests,
    answers: counts.answers,
    shapes: { requests: shapes.requests.size, answers: shapes.answers.size },
    elsewhere: counts.elsewhere,
    complaints: wrong,
  };
};
export const isGood = ({ findings, stale, complaints }: Verdict): boolean =>
  findings.length + stale.length + complaints.length === 0;
