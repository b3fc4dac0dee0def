// `npm run check`: types, lint, format and the fast tests, in under a minute.

import { onGoodNode } from './check-node.mjs';

onGoodNode(function () {
  return import('./testing/run-quick.mjs');
});
