/// <reference types="vite/client" />
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '#renderer/styles/base.css';
import '#renderer/styles/tokens.css';
import { createClient } from '#client/index.ts';
import { mountStudio } from '#renderer/app/mount.tsx';
import { createBurst } from './burst.ts';
import { createFakeTransport } from './transport.ts';
import { createWorld, type Scene } from './world.ts';

const scene = (new URLSearchParams(location.search).get('scene') ?? 'full') as Scene;
const world = createWorld(scene);
const transport = createFakeTransport(world);
// `?burst`: a rush that the page's own console, or a bench, starts and stops.
if (new URLSearchParams(location.search).has('burst'))
  Object.assign(window, { studioBurst: createBurst(world, transport.push) });
const client = createClient(transport);
mountStudio(client, document.getElementById('studio') as HTMLElement);
