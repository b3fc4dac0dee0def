import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { acquireLock } from '#node/lock.ts';
import { judgeFolder } from '#node/network-folder.ts';
import { nobody, startChild } from './child.ts';
import { useTempFolders } from './temp-folder.ts';

const tempFolder = useTempFolders();
const holder = (folder: string, url: string | null) =>
  startChild(
    `import { acquireLock } from '#node/lock.ts';
     const lock = acquireLock(${JSON.stringify(folder)});
     lock.note(${JSON.stringify(url)});
     console.log(process.pid);
     setInterval(() => undefined, 1000);`,
  );

describe('the engine lock', () => {
  it('is held by one, and free again after release', () => {
    const folder = tempFolder();
    const first = acquireLock(folder);
    expect(first.foundStale).toBe(false);
    expect(() => acquireLock(folder)).toThrow(
      expect.objectContaining({ code: 'library_busy', message: expect.stringContaining(`(process ${process.pid})`) }),
    );
    first.release();
    first.release();
    expect(existsSync(join(folder, 'lock.json'))).toBe(false);
    const second = acquireLock(folder);
    expect(second.foundStale).toBe(false);
    second.release();
  });

  it('tells a second process who holds it and where, and frees itself on kill -9', async () => {
    const folder = tempFolder();
    const child = holder(folder, 'http://127.0.0.1:4567');
    const pid = await child.line();
    expect(() => acquireLock(folder)).toThrow(
      expect.objectContaining({
        code: 'library_busy',
        message: expect.stringMatching(
          `^Cuebooth already has this library open \\(process ${String(pid)}\\), at http://127.0.0.1:4567\\.`,
        ),
        details: { pid, url: 'http://127.0.0.1:4567' },
      }),
    );
    child.process.kill('SIGKILL');
    await child.ended();
    const mine = acquireLock(folder);
    expect(mine.foundStale).toBe(true);
    mine.release();
  });

  it('is not dropped when a second try fails', async () => {
    const folder = tempFolder();
    const lock = acquireLock(folder);
    expect(() => acquireLock(folder)).toThrow();
    const child = startChild(
      `import { acquireLock } from '#node/lock.ts';
       try { acquireLock(${JSON.stringify(folder)}); console.log('"taken"'); } catch (error) { console.log(JSON.stringify(error.code)); }`,
    );
    expect(await child.line()).toBe('library_busy');
    await child.ended();
    lock.release();
  });

  it('says that a folder cannot be written', async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o555);
    const child = startChild(
      `import { acquireLock } from '#node/lock.ts';
       try { acquireLock(${JSON.stringify(folder)}); console.log('"taken"'); } catch (error) { console.log(JSON.stringify(error.code)); }`,
      nobody,
    );
    expect(await child.line()).toBe('library_read_only');
    await child.ended();
    chmodSync(folder, 0o755);
  });
});

describe('where a folder lies', () => {
  const linux = (type: number, mounts = '') =>
    judgeFolder({ platform: 'linux', path: '/home/a/library', type, mounts }).kind;
  const mountinfo = (type: string) =>
    `22 1 8:1 / / rw - ext4 /dev/sda1 rw\n40 22 0:55 / /home/a rw,nosuid - ${type} server rw\n41 22 0:56 / /home/ab rw - fuse.sshfs x rw`;

  it('knows network file systems by their type on Linux', () => {
    expect([0x6969, 0x517b, 0xff534d42, 0xfe534d42, -11317950, 0x00c36400].map((type) => linux(type))).toEqual(
      Array(6).fill('network'),
    );
    expect([0xef53, 0x9123683e, 0x58465342, 0x01021994, 0x794c7630].map((type) => linux(type))).toEqual(
      Array(5).fill('local'),
    );
  });

  it('looks at the mount of a user-space file system, and only warns where it cannot tell', () => {
    expect(linux(0x65735546, mountinfo('fuse.sshfs'))).toBe('network');
    expect(linux(0x65735546, mountinfo('fuseblk'))).toBe('unsure');
    expect(linux(0x01021997, mountinfo('9p'))).toBe('unsure');
  });

  it('reads mount points with spaces', () => {
    const mounts = '40 22 0:55 / /home/a/my\\040share rw - fuse.rclone remote rw';
    expect(judgeFolder({ platform: 'linux', path: '/home/a/my share/lib', type: 0x65735546, mounts }).kind).toBe(
      'network',
    );
  });

  it('knows Windows shares, and leaves drives and device paths alone', () => {
    const windows = (path: string) => judgeFolder({ platform: 'win32', path }).kind;
    expect(
      ['\\\\server\\share\\x', '//server/share/x', '\\\\?\\UNC\\server\\share', '\\\\wsl.localhost\\Debian\\home'].map(
        windows,
      ),
    ).toEqual(Array(4).fill('network'));
    expect(['C:\\Users\\a', '\\\\?\\C:\\Users\\a', '\\\\.\\C:\\x'].map(windows)).toEqual(Array(3).fill('local'));
  });

  it('knows network volumes on macOS by the deepest mount', () => {
    const mounts =
      '/dev/disk3s1 on / (apfs, sealed, local)\n//ann@nas/media on /Volumes/media (smbfs, nodev, nosuid)\n/dev/disk4s1 on /Volumes/media/usb (apfs, local)';
    const mac = (path: string) => judgeFolder({ platform: 'darwin', path, mounts }).kind;
    expect([mac('/Users/ann/x'), mac('/Volumes/media/x'), mac('/Volumes/media/usb/x'), mac('/Volumes/media2')]).toEqual(
      ['local', 'network', 'local', 'local'],
    );
  });
});
