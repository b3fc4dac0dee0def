/// <reference types="vite/client" />
import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import '#renderer/styles/base.css';
import '#renderer/styles/tokens.css';
import { createClient } from '#client/index.ts';
import { mountStudio } from '#renderer/app/mount.tsx';
import { createFakeTransport } from './transport.ts';
import { createWorld, type Scene } from './world.ts';

const scene = (new URLSearchParams(location.search).get('scene') ?? 'full') as Scene;
const client = createClient(createFakeTransport(createWorld(scene)));
mountStudio(client, document.getElementById('studio') as HTMLElement);
