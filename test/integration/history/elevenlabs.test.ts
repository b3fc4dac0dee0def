/** The history over the ElevenLabs adapter and the fake vendor on a real port. */
import { afterEach, describe, expect, it } from 'vitest';
import { startElevenLabsServer } from '#hosts/demo/vendors/elevenlabs/server.ts';
import { later } from '#test/builders/endings.ts';
import { startStudio } from '../queue/setup.ts';
import { endAll } from './setup.ts';

afterEach(endAll);
