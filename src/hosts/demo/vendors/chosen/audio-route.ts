/** Signed, expiring audio URLs, and the audio behind them. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { cutAfterFlush } from '../common/answer.ts';
import { fraction } from '../common/dice.ts';
import type { Generation } from './ledger.ts';
import { authorized, complain } from './world.ts';
import type { World } from './world.ts';

export const createAudioRoute = (world: World) => {
  const dead = new Set<string>();
  let issued = 0;
  const sign = (id: string, expires: string, serial: string): string =>
    createHmac('sha256', `seed ${world.options().seed}`)
      .update(`${id}:${expires}:${serial}`)
      .digest('hex')
      .slice(0, 32);

  return {
    /** A new address with each call. */
    urlOf(generation: Generation): string {
      issued += 1;
      const expires = String(Math.round(world.clock.now() + world.options().urlLifetimeMs));
      const origin = world.options().audioHost === 'same' ? world.origin() : world.otherOrigin();
      const signature = sign(generation.id, expires, String(issued));
      return `${origin}/audio/${generation.id}.wav?expires=${expires}&serial=${issued}&signature=${signature}`;
    },

    serve(req: IncomingMessage, res: ServerResponse, url: URL, host: 'api' | 'other'): void {
      world.count('downloads');
      const id = /^\/audio\/([^/]+)\.wav$/.exec(url.pathname)?.[1] ?? '';
      const generation = world.ledger.find(id);
      const expires = url.searchParams.get('expires') ?? '';
      const signature = url.searchParams.get('signature') ?? '';
      if (generation === undefined || generation.status !== 'COMPLETED')
        return complain(res, 404, 'NOT_FOUND', 'No such audio.');
      if (signature !== sign(id, expires, url.searchParams.get('serial') ?? ''))
        return complain(res, 403, 'BAD_SIGNATURE', 'The signature does not match.');
      const { audioNeedsKey, apiKey } = world.options();
      if (host === 'api' && audioNeedsKey && !authorized(req.headers, apiKey))
        return complain(res, 401, 'UNAUTHORIZED', 'Audio needs the key here.');
      if (world.dice.strikes('expiredAudio', generation.body)) dead.add(signature);
      if (dead.has(signature) || world.clock.now() > Number(expires))
        return complain(res, fraction(signature) < 0.5 ? 403 : 410, 'URL_EXPIRED', 'This address has expired.');
      if (host === 'api' && world.dice.strikes('redirectAudio', generation.body)) {
        res.writeHead(302, { location: `${world.otherOrigin()}${url.pathname}${url.search}`, 'content-length': '0' });
        res.end();
        return;
      }
      const tone = world.tones.of(generation.text, generation.voice);
      res.writeHead(200, { 'content-type': 'audio/wav', 'content-length': tone.bytes });
      if (world.dice.strikes('cutAudio', generation.body)) {
        let left = Math.floor(tone.bytes / 2);
        for (const chunk of tone.chunks) {
          if (left <= 0) break;
          res.write(chunk.subarray(0, left));
          left -= chunk.length;
        }
        cutAfterFlush(res);
        return;
      }
      res.once('finish', () => {
        generation.downloads += 1;
      });
      res.cork();
      for (const chunk of tone.chunks) res.write(chunk);
      res.end();
      res.uncork();
    },
  };
};
export type AudioRoute = ReturnType<typeof createAudioRoute>;
