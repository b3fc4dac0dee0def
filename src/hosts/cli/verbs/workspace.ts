/** `cuebooth workspace` as it is typed. */
import { Option, type Command as Program } from 'commander';
import type { Command } from '../context.ts';
import { settingOf } from '../options.ts';
import { connect, examples, json, yes, type Run } from './verb.ts';

export const addWorkspace = (program: Program, run: Run): void => {
  const group = program.command('workspace').description('Connections to vendor accounts, and their keys.');
  const load = () => import('../commands/workspace.ts');
  const adding = () => import('../commands/workspace-add.ts');
  const noTest = (): Option => new Option('--no-test', 'leave out the free test of the key');
  const keyOptions = (verb: Program): Program =>
    verb
      .option('--key-env <VARIABLE>', 'read the API key from this environment variable')
      .addOption(new Option('--key-stdin', 'read the API key from standard input').conflicts('keyEnv'));
  examples(
    connect(
      keyOptions(group.command('add'))
        .description(
          'Adds a workspace. The key is asked for without showing it, or comes from a variable; never from the command line.',
        )
        .addArgument(
          program.createArgument('<provider>', 'the vendor').choices(['scratch', 'chosen', 'elevenlabs', 'supertone']),
        )
        .requiredOption('--name <name>', 'how scripts call it')
        .addOption(
          new Option('--region <label>', "one of the vendor's own addresses; `workspace providers` lists them"),
        )
        .addOption(new Option('--base-url <url>', "another address than the vendor's own").conflicts('region'))
        .option('--session-only', 'use the key for a test in this command and keep it nowhere')
        .addOption(noTest())
        .option('--set <key=value>', 'a setting, such as concurrency=4; may be repeated', settingOf)
        .addOption(json()),
      run,
      ['provider'],
      async () => (await adding()).addWorkspace as Command<never>,
    ),
    [
      'workspace add chosen --name agency --key-env AGENCY_KEY',
      'workspace add chosen --name agency --set concurrency=4',
      'workspace add elevenlabs --name main --region EU --key-stdin < key.txt',
      'workspace add scratch --name drafts',
    ],
  );
  examples(
    connect(
      group.command('list', { isDefault: true }).description('Lists the workspaces.').addOption(json()),
      run,
      [],
      async () => (await load()).listWorkspaces as Command<never>,
    ),
    ['workspace list --json'],
  );
  examples(
    connect(
      group
        .command('test')
        .description('Asks the vendor whether the workspace works and what its key may not do; costs nothing.')
        .argument('[name]', 'default: all')
        .addOption(json()),
      run,
      ['name'],
      async () => (await load()).testWorkspaces as Command<never>,
    ),
    ['workspace test agency'],
  );
  examples(
    connect(
      group
        .command('remove')
        .description('Removes a workspace and its key. Its takes and its ledger stay.')
        .argument('<name>')
        .addOption(yes())
        .addOption(json()),
      run,
      ['name'],
      async () => (await load()).removeWorkspace as Command<never>,
    ),
    ['workspace remove agency --yes'],
  );
  examples(
    connect(
      keyOptions(
        group.command('set-key').description('Sets or replaces the API key and tests it, free.').argument('<name>'),
      )
        .addOption(noTest())
        .addOption(json()),
      run,
      ['name'],
      async () => (await load()).setWorkspaceKey as Command<never>,
    ),
    [
      'workspace set-key agency',
      'workspace set-key agency --key-env AGENCY_KEY',
      'workspace set-key agency --key-stdin < key.txt',
    ],
  );
  examples(
    connect(
      group
        .command('remove-key')
        .description('Forgets the API key. The workspace, its takes and its ledger stay.')
        .argument('<name>')
        .addOption(yes())
        .addOption(json()),
      run,
      ['name'],
      async () => (await load()).removeWorkspaceKey as Command<never>,
    ),
    ['workspace remove-key agency --yes'],
  );
  examples(
    connect(
      group
        .command('providers')
        .description('Lists the vendors that this build can speak to, with their regions and settings.')
        .addOption(json()),
      run,
      [],
      async () => (await adding()).listProviders as Command<never>,
    ),
    ['workspace providers', 'workspace providers --json'],
  );
  examples(group, ['workspace', 'workspace add chosen --name agency --key-env AGENCY_KEY']);
};
