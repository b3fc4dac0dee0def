/** The two channels between a page and the main process, and the address that pages have. */
export const requestChannel = 'cuebooth:request';
export const pushChannel = 'cuebooth:push';

export const appScheme = 'cuebooth';
export const appHost = 'app';
export const appUrl = `${appScheme}://${appHost}/`;

/** By protocol and host: Node calls the origin of a scheme it does not know `null`. */
export const isAppUrl = (url: string): boolean => {
  const parsed = URL.parse(url);
  return parsed !== null && parsed.protocol === `${appScheme}:` && parsed.host === appHost;
};
