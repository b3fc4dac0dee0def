/** The built renderer as a closed list of files: what is not on the list does not exist, so no path can lead out of the folder. */
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.wasm': 'application/wasm',
  '.txt': 'text/plain; charset=utf-8',
};

export interface StaticFiles {
  /** The file of this URL path; index.html for a page address inside the app; null for anything else. */
  respond(pathname: string): Promise<Response | null>;
}

/** `folder` holds index.html and its assets; hashed names below `assets/` are cached for good. */
export const readStaticFiles = async (folder: string): Promise<StaticFiles> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = new Map<string, { readonly path: string; readonly contentType: string }>();
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const contentType = contentTypes[extname(entry.name)];
    // A link could lead out of the folder, a source map tells nobody anything.
    if (entry.isFile() && contentType !== undefined) {
      files.set(`/${relative(folder, path).split(sep).join('/')}`, { path, contentType });
    }
  }

  return {
    respond: async (pathname) => {
      const isPage = pathname === '/' || /^(\/[a-z0-9_-]+)+\/?$/i.test(pathname);
      const file = files.get(pathname) ?? (isPage ? files.get('/index.html') : undefined);
      if (file === undefined) {
        return pathname === '/'
          ? new Response('The screens are not built yet. Run `npm run build`, then reload this page.', {
              status: 503,
              headers: { 'content-type': 'text/plain; charset=utf-8' },
            })
          : null;
      }
      return new Response(new Uint8Array(await readFile(file.path)), {
        headers: {
          'content-type': file.contentType,
          'cache-control': pathname.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        },
      });
    },
  };
};
