/** /v1/flows/text-to-speech: speech as a job, and its content on the vendor's other host. */
import { createHmac } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { z } from 'zod';
import { cut, cutAfterFlush, send } from '../common/answer.ts';
import { fraction } from '../common/dice.ts';
import { contentTypeOf } from './audio.ts';
import type { Call } from './ledger.ts';
import { checkBody, checkQuery, FlowBody, wholeText } from './misfits.ts';
import { brokenSilently, isComplaint, type Service } from './service.ts';
import { vendorId } from './voices.ts';
import { complain, mayGo, refuse, type World } from './world.ts';

const ListQuery = z.object({
  cursor: z.string().optional(),
  page_size: wholeText.pipe(z.number().min(1).max(100)).default(30),
  status: z.enum(['pending', 'generating', 'completed', 'failed']).optional(),
  model_id: z.string().optional(),
});
const endings = ['errorAfter', 'cutAfter', 'headersThenCut', 'hang'] as const;
const reasons = ['timeout', 'model_error', 'dependency_failed', 'internal_error'] as const;

export const createFlowsRoute = (
  world: World,
  service: Service,
  troubled: (res: ServerResponse, subject: string) => boolean,
) => {
  const { dice, ledger, clock } = world;
  const dead = new Set<string>();
  let issued = 0;
  let flows = 0;
  const sign = (id: string, expires: string, serial: string): string =>
    createHmac('sha256', `seed ${world.options().seed}`)
      .update(`${id}:${expires}:${serial}`)
      .digest('hex')
      .slice(0, 32);

  /** A new address with each call. */
  const contentUrl = (flowId: string): string => {
    issued += 1;
    const expires = String(Math.round(clock.now() + world.options().urlLifetimeMs));
    const signature = sign(flowId, expires, String(issued));
    return `${world.otherOrigin()}/flows/${flowId}?expires=${expires}&serial=${issued}&signature=${signature}`;
  };
  const statusOf = (call: Call): 'pending' | 'generating' | 'completed' | 'failed' => {
    if (call.state === 'done') return 'completed';
    if (call.state === 'failed') return 'failed';
    return clock.now() - call.createdAt < world.options().serviceTimeMs / 4 ? 'pending' : 'generating';
  };
  const view = (call: Call): unknown => {
    const id = call.flowId ?? '';
    const status = statusOf(call);
    if (status === 'completed')
      return { id, status, content_url: contentUrl(id), content_mime_type: contentTypeOf(call.format) };
    if (status !== 'failed') return { id, status };
    return { id, status, failure_reason: call.failure?.reason, error_message: call.failure?.message };
  };

  const create = (req: IncomingMessage, res: ServerResponse, body: string): void => {
    const parsed = checkBody(FlowBody, body);
    if (parsed.misfits !== null) return refuse(res, parsed.misfits);
    if (!mayGo(world, req, res, 'text_to_speech')) return;
    const subject = `flow\n${body}`;
    if (!service.survivesFaults(req, res, subject)) return;
    const { value } = parsed;
    const order = {
      text: value.text,
      voiceId: value.voice,
      modelId: value.model_id,
      format: value.output_format,
      language: 'language_code' in value ? (value.language_code ?? null) : null,
      isLogged: true,
      locators: value.pronunciation_dictionary_locators?.length ?? 0,
      previousIds: [],
      nextIds: [],
    };
    const admitted = service.admit(order);
    if (isComplaint(admitted)) return complain(world, res, admitted, subject);
    flows += 1;
    const flowId = vendorId(`flow ${flows} ${subject} ${clock.now()}`);
    const failure = (): Call['failure'] =>
      dice.strikes('flowFailed', subject)
        ? {
            reason: reasons[Math.floor(fraction(`reason ${subject}`) * reasons.length)] ?? 'internal_error',
            message: 'The generation failed. You were not charged.',
          }
        : null;
    const settings = value.voice_settings ?? null;
    service.start(order, admitted, { flowId, body, settings, source: 'Flows' }, subject, failure);
    const ending = endings.find((fault) => dice.strikes(fault, subject));
    if (ending === 'errorAfter') return complain(world, res, brokenSilently, subject, true);
    if (ending === 'cutAfter') return cut(res);
    if (ending === 'hang') return;
    const answer = { id: flowId, status: 'pending' };
    if (ending !== 'headersThenCut') return send(res, 200, answer);
    const text = JSON.stringify(answer);
    res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
    res.write(text.slice(0, 6));
    cutAfterFlush(res);
  };

  const status = (req: IncomingMessage, res: ServerResponse, flowId: string): void => {
    world.count('polls');
    if (!mayGo(world, req, res, 'text_to_speech')) return;
    const call = ledger.findFlow(flowId);
    if (call === undefined)
      return complain(
        world,
        res,
        { http: 404, type: 'not_found', code: 'generation_not_found', message: 'No such generation.' },
        flowId,
      );
    if (!troubled(res, `flow ${call.text}`)) send(res, 200, view(call));
  };

  const list = (req: IncomingMessage, res: ServerResponse, url: URL): void => {
    world.count('lists');
    const query = checkQuery(ListQuery, url.searchParams);
    if (query.misfits !== null) return refuse(res, query.misfits);
    if (!mayGo(world, req, res, 'text_to_speech')) return;
    if (troubled(res, `flows ${url.search}`)) return;
    const { cursor, page_size: size, status: wanted, model_id: model } = query.value;
    const newest = ledger
      .all()
      .filter((call) => call.flowId !== null && (model === undefined || call.model === model))
      .filter((call) => wanted === undefined || statusOf(call) === wanted)
      .toReversed();
    const after = cursor === undefined ? null : Buffer.from(cursor, 'base64url').toString('utf8');
    const from = after === null ? 0 : newest.findIndex(({ flowId }) => flowId === after) + 1;
    if (after !== null && from === 0)
      return complain(
        world,
        res,
        { http: 400, type: 'validation_error', code: 'invalid_cursor', message: 'The cursor is not valid.' },
        cursor ?? '',
      );
    const page = newest.slice(from, from + size);
    const hasMore = from + size < newest.length;
    const last = page.at(-1)?.flowId ?? '';
    send(res, 200, {
      generations: page.map(view),
      next_cursor: hasMore ? Buffer.from(last, 'utf8').toString('base64url') : null,
      has_more: hasMore,
    });
  };

  /** On the other host: no key is asked for, the signature is enough. */
  const content = (res: ServerResponse, url: URL, flowId: string): void => {
    world.count('downloads');
    const call = ledger.findFlow(flowId);
    const expires = url.searchParams.get('expires') ?? '';
    const signature = url.searchParams.get('signature') ?? '';
    if (call === undefined || signature !== sign(flowId, expires, url.searchParams.get('serial') ?? ''))
      return send(res, 403, { error: 'AccessDenied' });
    if (dice.strikes('flowAudioExpired', `flow\n${call.body}`)) dead.add(signature);
    if (dead.has(signature) || clock.now() > Number(expires)) return send(res, 403, { error: 'ExpiredToken' });
    const tone = world.audio.of(call.text, call.voice, call.format);
    res.writeHead(200, { 'content-type': contentTypeOf(call.format), 'content-length': tone.bytes });
    for (const chunk of tone.chunks) res.write(chunk);
    res.end();
  };
  return { create, status, list, content };
};
