// `npm test`: every check and every test, ending with the line `N passed, N failed`.

import { onGoodNode } from './check-node.mjs';

onGoodNode(function () {
  return import('./testing/run-all.mjs');
});
