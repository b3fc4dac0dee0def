import type { Handlers } from '../router.ts';
import type { EngineContext } from './context.ts';
import { unbuilt } from './unbuilt.ts';

export const voiceQuoteHandlers = (_context: EngineContext): Pick<Handlers, 'voice.quote'> => unbuilt('voice.quote');
