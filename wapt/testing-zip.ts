import { crc32, deflateRawSync } from 'node:zlib';

/** A ZIP member that may lie: what is not given is told truly. */
export interface RawMember {
  readonly name: string | Buffer;
  readonly data?: Uint8Array;
  readonly method?: 0 | 8 | 14;
  readonly flags?: number;
  readonly declaredSize?: number;
  readonly declaredPacked?: number;
  readonly crc?: number;
  readonly localName?: string;
  readonly unixMode?: number;
  /** Takes the bytes of another member instead of writing its own. */
  readonly offsetOf?: number;
}

const u16 = (value: number): Buffer => {
  const buffer = Buffer.alloc(2);
  buffer.writeUInt16LE(value);
  return buffer;
};
const u32 = (value: number): Buffer => {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32LE(value);
  return buffer;
};

const bytesOf = (name: string | Buffer): Buffer => (typeof name === 'string' ? Buffer.from(name, 'utf8') : name);

/** Writes a ZIP byte by byte, so that tests can have what no library writes; `entryCount` overrides the count in the end record. */
export const rawZip = (members: readonly RawMember[], options: { readonly entryCount?: number } = {}): Buffer => {
  const chunks: Buffer[] = [];
  const directory: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const member of members) {
    const data = member.data ?? new Uint8Array();
    const method = member.method ?? 8;
    const packed = method === 8 ? deflateRawSync(data) : Buffer.from(data);
    const common = (name: Buffer): Buffer =>
      Buffer.concat([
        u16(20),
        u16(member.flags ?? 0x0800),
        u16(method),
        u32(0x21_0000),
        u32(member.crc ?? crc32(data)),
        u32(member.declaredPacked ?? packed.length),
        u32(member.declaredSize ?? data.length),
        u16(name.length),
        u16(0),
      ]);
    const name = bytesOf(member.name);
    const at = member.offsetOf === undefined ? offset : (offsets[member.offsetOf] ?? 0);
    offsets.push(at);
    if (member.offsetOf === undefined) {
      const localName = bytesOf(member.localName ?? member.name);
      const local = Buffer.concat([u32(0x04034b50), common(localName), localName, packed]);
      chunks.push(local);
      offset += local.length;
    }
    const attributes = (member.unixMode ?? 0o100644) * 0x10000;
    directory.push(
      Buffer.concat([
        u32(0x02014b50),
        u16(0x0314),
        common(name),
        u16(0),
        u16(0),
        u16(0),
        u32(attributes),
        u32(at),
        name,
      ]),
    );
  }
  const count = u16((options.entryCount ?? members.length) & 0xffff);
  const central = Buffer.concat(directory);
  const end = Buffer.concat([u32(0x06054b50), u16(0), u16(0), count, count, u32(central.length), u32(offset), u16(0)]);
  return Buffer.concat([...chunks, central, end]);
};
