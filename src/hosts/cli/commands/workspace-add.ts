/** `cuebooth workspace add` and `providers`: which vendors there are, and a connection to one. */
import type { ProviderId, Workspace } from '#contract/entities.ts';
import type { MethodOutput } from '#contract/methods/index.ts';
import { AppError } from '#contract/errors.ts';
import { environmentName } from '#node/vault/environment.ts';
import { say, withSession, type Command, type CommandContext } from '../context.ts';
import { exitCodes } from '../exit-codes.ts';
import { readKey, type KeyOptions } from '../key.ts';
import { writeJson } from '../output/json.ts';
import { formatTable } from '../output/table.ts';
import { formatTest } from '../output/test.ts';
import type { Session } from '../session.ts';
import { tryWorkspace, warnOfFailures } from './workspace-try.ts';

type Offer = MethodOutput<'workspace.providers'>[number];

export interface AddOptions extends KeyOptions {
  readonly provider: ProviderId;
  readonly name: string;
  readonly baseUrl?: string;
  readonly region?: string;
  readonly sessionOnly?: boolean;
  /** False: `--no-test`. */
  readonly test?: boolean;
  readonly set?: Readonly<Record<string, string | number | boolean>>;
  readonly json?: boolean;
}

const findOffer = async (session: Session, provider: ProviderId): Promise<Offer> => {
  const offer = (await session.client.call('workspace.providers', {})).find((entry) => entry.provider === provider);
  if (offer !== undefined) return offer;
  throw new AppError('invalid_input', `This build cannot speak to ${provider}. Nothing was added.`);
};

const hostLabels = (offer: Offer): string => offer.hosts.map(({ label }) => JSON.stringify(label)).join(', ');

/** The address of a region by its label, or by a part of one that no other has. Throws `invalid_input`. */
const regionUrl = (offer: Offer, region: string): string => {
  const wanted = region.toLowerCase();
  const near = offer.hosts.filter(({ label }) => label.toLowerCase().includes(wanted));
  const found =
    offer.hosts.find(({ label }) => label.toLowerCase() === wanted) ?? (near.length === 1 ? near[0] : undefined);
  if (found !== undefined) return found.baseUrl;
  throw new AppError(
    'invalid_input',
    `${offer.title} offers no region ${JSON.stringify(region)}. Nothing was added. ${offer.hosts.length === 0 ? 'It has no regions; --base-url sets an address.' : `There are: ${hostLabels(offer)}.`}`,
  );
};

const sayKeyState = (context: CommandContext, workspace: Workspace, sessionOnly: boolean): void => {
  if (!workspace.abilities.needsKey) return;
  const variable = environmentName(workspace.name);
  const orVariable = variable === null ? '' : `, or put it into the variable ${variable}`;
  const setKey = `\`cuebooth workspace set-key ${JSON.stringify(workspace.name)}\``;
  if (sessionOnly)
    say(
      context.terminal,
      `The key was used for this command and kept nowhere. For the next one use ${setKey}${orVariable}.`,
    );
  else if (!workspace.key.configured) say(context.terminal, `It has no key yet: ${setKey} asks for it${orVariable}.`);
};

/** Without a key store the way on is a workspace without a stored key and a variable that holds it. */
const explainVault =
  (name: string) =>
  (error: unknown): never => {
    if (!(error instanceof AppError) || error.code !== 'vault_unavailable') throw error;
    const variable = environmentName(name);
    throw new AppError(
      error.code,
      `${error.message} The workspace was not added: add it without a key${variable === null ? '' : `, and set the variable ${variable}`}.`,
      { cause: error },
    );
  };

export const addWorkspace: Command<AddOptions> = async (context, options) => {
  const sessionOnly = options.sessionOnly ?? false;
  const need = options.provider === 'scratch' ? 'none' : sessionOnly ? 'required' : 'optional';
  const key = await readKey(context.terminal, options, need);
  return withSession(context, 'edit', async (session) => {
    const { client } = session;
    const { out } = context.terminal;
    const offer = await findOffer(session, options.provider);
    const place = options.region === undefined ? (options.baseUrl ?? null) : regionUrl(offer, options.region);
    if (offer.notice !== null) say(context.terminal, offer.notice);
    const workspace = await client
      .call('workspace.add', {
        provider: options.provider,
        name: options.name,
        baseUrl: place,
        settings: { ...options.set },
        sessionOnly,
        ...(key === null ? {} : { key }),
      })
      .catch(explainVault(options.name));
    // A key of this process only has one use: to see whether it works.
    const test = sessionOnly
      ? await client.call('workspace.test', { workspaceId: workspace.id })
      : await tryWorkspace(context, session, workspace, options.test ?? true);
    if (options.json === true)
      writeJson(out, {
        ...workspace,
        ...(sessionOnly ? { test } : {}),
        ...(test === null ? {} : { checks: test.checks }),
      });
    else {
      out.write(`Added ${workspace.name} (${workspace.provider}).\n`);
      if (sessionOnly && test !== null) out.write(formatTest(workspace.name, test, out));
    }
    if (!sessionOnly) warnOfFailures(context, workspace, test);
    if (place === null && offer.hosts.length > 1)
      say(context.terminal, `It uses ${offer.hosts[0]?.label}; --region chooses another: ${hostLabels(offer)}.`);
    sayKeyState(context, workspace, sessionOnly);
    return exitCodes.done;
  });
};

export const listProviders: Command<{ readonly json?: boolean }> = (context, options) =>
  withSession(context, 'read', async ({ client }) => {
    const { terminal } = context;
    const offers = await client.call('workspace.providers', {});
    if (options.json === true) {
      writeJson(terminal.out, offers);
      return exitCodes.done;
    }
    terminal.out.write(
      formatTable(
        offers,
        [
          { title: 'PROVIDER', value: (offer) => offer.provider },
          { title: 'VENDOR', value: (offer) => offer.title },
          {
            title: 'BILLED IN',
            value: (offer) => (offer.abilities.costUnit === 'free' ? 'free' : offer.abilities.costUnit),
          },
          { title: 'KEY', value: (offer) => (offer.abilities.needsKey ? 'needed' : 'none needed') },
          { title: 'REGIONS', value: (offer) => offer.hosts.map(({ label }) => label).join(', '), flexible: true },
          { title: 'SETTINGS', value: (offer) => offer.settings.map(({ name }) => name).join(', '), flexible: true },
        ],
        terminal.out,
      ),
    );
    for (const { title, notice } of offers) if (notice !== null) say(terminal, `${title}: ${notice}`);
    return exitCodes.done;
  });
