/** The lists of voices with their pages and searches, and the clones of the account. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { send } from '../common/answer.ts';
import type { OwnVoice, Preset } from './voices.ts';
import { authorized, bare } from './world.ts';
import type { Complain, World } from './world.ts';

const largestUpload = 3 * 1024 * 1024;

const words = (query: URLSearchParams, name: string): readonly string[] =>
  (query.get(name) ?? '')
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');

/** A comma means either; of styles a semicolon means both. Null for a mixture of the two. */
const searched = (presets: readonly Preset[], query: URLSearchParams): readonly Preset[] | null => {
  const style = query.get('style') ?? '';
  if (style.includes(',') && style.includes(';')) return null;
  const all = style.split(';').filter((one) => one !== '');
  const any = (name: string, values: readonly string[]): boolean => {
    const wanted = words(query, name);
    return wanted.length === 0 || wanted.some((word) => values.some((value) => value.toLowerCase().includes(word)));
  };
  return presets.filter(
    (voice) =>
      any('name', [voice.name]) &&
      any('description', [voice.description]) &&
      any('language', voice.language) &&
      any('gender', [voice.gender]) &&
      any('age', [voice.age]) &&
      any('use_case', [voice.use_case]) &&
      any('use_cases', voice.use_cases) &&
      any('model', voice.models) &&
      (style.includes(';') ? all.every((one) => voice.styles.includes(one)) : any('style', voice.styles)),
  );
};

export const createVoicesRoute = (world: World, complain: Complain) => {
  const { own, options } = world;

  const send1 = (res: ServerResponse, voice: Preset | OwnVoice | undefined): void =>
    voice === undefined ? complain(res, 404, 'Voice not found') : send(res, 200, voice);

  /** `opaque`: presets have a token nobody can guess at, clones a count. */
  const paged = <Item>(res: ServerResponse, items: readonly Item[], query: URLSearchParams, opaque: boolean): void => {
    const size = Number(query.get('page_size') ?? 20);
    if (!(size >= 10 && size <= 100)) return complain(res, 400, 'page_size must be from 10 to 100');
    const token = query.get('next_page_token') ?? '';
    const skip = opaque ? Number(Buffer.from(token, 'base64url').toString().replace('after:', '')) : Number(token);
    const end = skip + size;
    const next = end < items.length ? (opaque ? Buffer.from(`after:${end}`).toString('base64url') : String(end)) : null;
    send(res, 200, { items: items.slice(skip, end), total: items.length, next_page_token: next });
  };

  const clone = (res: ServerResponse, req: IncomingMessage, body: string): void => {
    if (options().plan === 'free') return complain(res, 403, 'Voice cloning needs the Starter plan');
    if (!(req.headers['content-type'] ?? '').startsWith('multipart/form-data'))
      return complain(res, 415, 'Send the files as a form');
    if (body.length > largestUpload) return complain(res, 413, 'Files may have 3 MB at most');
    const name = /name="name"\r\n\r\n([^\r]*)/.exec(body)?.[1] ?? '';
    if (name === '' || !body.includes('name="files"')) return complain(res, 400, 'files and name are required');
    const voice_id = `demo${randomUUID()}`;
    own.set(voice_id, { voice_id, name, description: /name="description"\r\n\r\n([^\r]*)/.exec(body)?.[1] ?? null });
    send(res, 200, { voice_id });
  };

  const ownVoice = (req: IncomingMessage, res: ServerResponse, id: string, body: string): void => {
    const voice = own.get(id);
    if (voice === undefined || req.method === 'GET') return send1(res, voice);
    if (req.method === 'DELETE') {
      own.delete(id);
      res.writeHead(204);
      res.end();
      return;
    }
    const change = JSON.parse(body) as { readonly name?: string; readonly description?: string };
    voice.name = change.name ?? voice.name;
    voice.description = change.description ?? voice.description;
    send(res, 200, voice);
  };

  return (req: IncomingMessage, res: ServerResponse, url: URL, body: string): void => {
    world.count('lists');
    const { pathname: path, searchParams: query } = url;
    const isOwn = path.startsWith('/v1/custom-voices');
    // The presets' lists declare their errors without a body.
    if (!authorized(req, options().apiKey)) return isOwn ? complain(res, 401, 'Invalid API Key') : bare(res, 401);
    if (path === '/v1/voices') return paged(res, world.presets(), query, true);
    if (path === '/v1/voices/search') {
      const found = searched(world.presets(), query);
      return found === null ? bare(res, 400) : paged(res, found, query, true);
    }
    if (path === '/v1/custom-voices/cloned-voice' && req.method === 'POST') return clone(res, req, body);
    if (path === '/v1/custom-voices') return paged(res, [...own.values()], query, false);
    if (path === '/v1/custom-voices/search') {
      const wanted = (query.get('name') ?? '').toLowerCase();
      const about = (query.get('description') ?? '').toLowerCase().split(' ');
      const found = [...own.values()].filter(
        ({ name, description }) =>
          name.toLowerCase().includes(wanted) &&
          about.every((word) => (description ?? '').toLowerCase().includes(word)),
      );
      return paged(res, found, query, false);
    }
    const id = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
    if (isOwn) return ownVoice(req, res, id, body);
    send1(
      res,
      world.presets().find(({ voice_id }) => voice_id === id),
    );
  };
};
