/**
 * Is a folder on another machine? SQLite's locks and its shared index cannot be trusted there, so a library is refused.
 * Only what is surely a network is called one: a wrong refusal would lock people out of their own disk.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, realpathSync, statfsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

export type FolderPlace =
  | { readonly kind: 'local' }
  | { readonly kind: 'network'; readonly system: string }
  /** A file system in user space or a shared folder of a virtual machine: may be either. */
  | { readonly kind: 'unsure'; readonly system: string };

/** What the system says about a path; gathered by `inspectFolder`, judged by `judgeFolder`. */
export interface FolderFacts {
  readonly platform: NodeJS.Platform;
  /** Absolute, links resolved, mapped drives too. */
  readonly path: string;
  /** `statfs` type (Linux). */
  readonly type?: number;
  /** `/proc/self/mountinfo` (Linux) or the output of `mount` (macOS). */
  readonly mounts?: string;
}

/** Magic numbers of linux/magic.h and of the file systems' own headers. */
const networkTypes: Readonly<Record<number, string>> = {
  0x6969: 'NFS',
  0x517b: 'SMB',
  0xff534d42: 'SMB',
  0xfe534d42: 'SMB',
  0x564c: 'NetWare',
  0x5346414f: 'AFS',
  0x6b414653: 'AFS',
  0x73757245: 'Coda',
  0x00c36400: 'Ceph',
  0x0bd00bd0: 'Lustre',
};
const unsureTypes: Readonly<Record<number, string>> = {
  0x65735546: 'FUSE',
  0x01021997: '9P',
  0x786f4256: 'VirtualBox shared folder',
};
const networkFuse =
  /^fuse\.(sshfs|rclone|davfs2?|gvfsd-fuse|s3fs|goofys|gcsfuse|glusterfs|smbnetfs|curlftpfs|cifs|mfs)$/;
const networkMac = new Set(['smbfs', 'nfs', 'afpfs', 'webdav', 'ftp', 'cifs']);

const isWithin = (path: string, mountPoint: string): boolean =>
  mountPoint === '/' || path === mountPoint || path.startsWith(`${mountPoint}/`);

const deepest = (path: string, mounts: readonly { readonly point: string; readonly type: string }[]): string | null => {
  let found: { readonly point: string; readonly type: string } | null = null;
  for (const mount of mounts) {
    if (isWithin(path, mount.point) && (found === null || mount.point.length >= found.point.length)) found = mount;
  }
  return found?.type ?? null;
};

const unescapeMount = (text: string): string =>
  text.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

const linuxMountType = (path: string, mountinfo: string): string | null =>
  deepest(
    path,
    mountinfo.split('\n').flatMap((line) => {
      const [before, behind] = line.split(' - ');
      const point = before?.split(' ')[4];
      const type = behind?.split(' ')[0];
      return point === undefined || type === undefined ? [] : [{ point: unescapeMount(point), type }];
    }),
  );

const macMountType = (path: string, mounts: string): string | null =>
  deepest(
    path,
    mounts.split('\n').flatMap((line) => {
      const match = /^.+? on (\/.*) \(([^,)]+)/.exec(line);
      return match?.[1] === undefined || match[2] === undefined ? [] : [{ point: match[1], type: match[2] }];
    }),
  );

/** Pure: from the facts to the verdict. */
export const judgeFolder = (facts: FolderFacts): FolderPlace => {
  if (facts.platform === 'win32') {
    const path = facts.path.replaceAll('/', '\\');
    const isShare = /^\\\\\?\\UNC\\/i.test(path) || /^\\\\[^?.\\][^\\]*\\/.test(path);
    return isShare ? { kind: 'network', system: 'a Windows share' } : { kind: 'local' };
  }
  if (facts.platform === 'darwin') {
    const type = macMountType(facts.path, facts.mounts ?? '');
    return type !== null && networkMac.has(type) ? { kind: 'network', system: type } : { kind: 'local' };
  }
  const type = (facts.type ?? 0) >>> 0;
  const known = networkTypes[type];
  if (known !== undefined) return { kind: 'network', system: known };
  const unsure = unsureTypes[type];
  if (unsure === undefined) return { kind: 'local' };
  const mounted = linuxMountType(facts.path, facts.mounts ?? '');
  if (mounted !== null && networkFuse.test(mounted)) return { kind: 'network', system: mounted.slice('fuse.'.length) };
  return { kind: 'unsure', system: mounted ?? unsure };
};

const nearestExisting = (path: string): string => {
  let here = resolve(path);
  while (!existsSync(here) && dirname(here) !== here) here = dirname(here);
  return here;
};

/** Looks at the folder, or at the nearest one above it that exists. What cannot be found out counts as local. */
export const inspectFolder = (folder: string): FolderPlace => {
  const platform = process.platform;
  const existing = nearestExisting(folder);
  try {
    // On Windows this also turns a mapped drive letter into the share behind it.
    const path = realpathSync.native(existing);
    if (platform === 'win32') return judgeFolder({ platform, path });
    if (platform === 'darwin')
      return judgeFolder({ platform, path, mounts: execFileSync('/sbin/mount', { encoding: 'utf8', timeout: 5_000 }) });
    const type = statfsSync(path).type;
    const mounts = type >>> 0 in unsureTypes ? readFileSync('/proc/self/mountinfo', 'utf8') : '';
    return judgeFolder({ platform, path, type, mounts });
  } catch {
    return judgeFolder({ platform, path: existing });
  }
};
