/**
 * The fake as its own process: `node src/hosts/demo/vendors/elevenlabs/main.ts --port 0 --json-options '{"seed":3}'`.
 * Prints `{"port":n,...}` on one line when it listens; `GET /__ledger` answers its books; SIGTERM or SIGINT ends it.
 * `--mix name` takes the faults from the named mix. With `--until-stdin-ends` it ends with whoever holds the other end
 * of its stdin, also when that one was killed.
 */
import { parseArgs } from 'node:util';
import { faultMixes } from './mixes.ts';
import type { Faults, ElevenLabsServerOptions } from './options.ts';
import { startElevenLabsServer } from './server.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    'json-options': { type: 'string', default: '{}' },
    mix: { type: 'string' },
    'until-stdin-ends': { type: 'boolean', default: false },
  },
});
const mixes: Readonly<Record<string, Faults>> = faultMixes;
const faults = values.mix === undefined ? undefined : mixes[values.mix];
if (values.mix !== undefined && faults === undefined)
  throw new Error(`No mix "${values.mix}". There are: ${Object.keys(mixes).join(', ')}.`);

const options = JSON.parse(values['json-options']) as Partial<ElevenLabsServerOptions>;
const server = await startElevenLabsServer({
  ...options,
  ...(faults === undefined ? {} : { faults }),
  port: Number(values.port),
});
process.stdout.write(
  `${JSON.stringify({ port: server.port, baseUrl: server.baseUrl, otherOrigin: server.otherOrigin, apiKey: server.apiKey })}\n`,
);

const stop = (): void => {
  void server.close();
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
if (values['until-stdin-ends']) {
  process.stdin.resume();
  process.stdin.once('end', stop);
}
