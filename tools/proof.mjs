// `npm run proof`: the tests about money again, with their full matrices; arguments go to vitest.

import { onGoodNode } from './check-node.mjs';

onGoodNode(function () {
  return import('./testing/run-proof.mjs');
});
