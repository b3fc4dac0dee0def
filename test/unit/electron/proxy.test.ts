import { expect, it } from 'vitest';
import { createSystemProxy, proxyUrlOf } from '#electron/main/proxy.ts';

it.each([
  ['DIRECT', null],
  ['', null],
  ['PROXY proxy.example:8080', 'http://proxy.example:8080'],
  ['HTTPS proxy.example:443; DIRECT', 'https://proxy.example:443'],
  ['SOCKS5 socks.example:1080; PROXY proxy.example:8080', 'http://proxy.example:8080'],
  ['DIRECT; PROXY proxy.example:8080', null],
])('reads %j as %j', (answer, url) => {
  expect(proxyUrlOf(answer)).toBe(url);
});

it('asks for each origin', async () => {
  const proxy = createSystemProxy({ resolveProxy: async (url) => (url.includes('vendor') ? 'PROXY p:1' : 'DIRECT') });
  expect([await proxy('https://vendor.example'), await proxy('https://other.example')]).toEqual(['http://p:1', null]);
});
