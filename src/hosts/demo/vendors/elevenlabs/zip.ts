/** A ZIP file with its entries stored as they are. */
import { crc32 } from 'node:zlib';

interface Entry {
  readonly name: string;
  readonly bytes: Buffer;
}
const versionAndFlags = 20;

/** The fields that stand in the local and in the central header alike. */
const common = ({ name, bytes }: Entry): Buffer => {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(versionAndFlags, 0);
  head.writeUInt16LE(0x21, 8);
  head.writeUInt32LE(crc32(bytes), 10);
  head.writeUInt32LE(bytes.length, 14);
  head.writeUInt32LE(bytes.length, 18);
  head.writeUInt16LE(Buffer.byteLength(name), 22);
  return head;
};

export const storedZip = (entries: readonly Entry[]): Buffer => {
  const files: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'utf8');
    const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), common(entry), name]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.from('PK\u0001\u0002', 'latin1'), Buffer.from([versionAndFlags, 0]), common(entry), tail, name);
    files.push(local, entry.bytes);
    at += local.length + entry.bytes.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...files, directory, end]);
};
