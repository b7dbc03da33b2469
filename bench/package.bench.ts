import { constants, createPrivateKey, createPublicKey, randomUUID, sign, verify } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { buildPackage, formatRulesFile, RULES_PATHS, readPackage, readSigner, verifyPackage } from '../wapt/index.ts';
import { ratioLine } from './measure.ts';
import { finish } from './report.ts';

const IDS = 10_000;
const vector = (name: string): string => readFileSync(new URL(`../wapt/vectors/${name}`, import.meta.url), 'utf8');

const certificatePem = vector('cert.crt');
const keyPem = vector('key.pem');
const signer = readSigner({ certificatePem, keyPem });
const control = {
  package: 'bench-rules',
  version: '1',
  section: 'wsus',
  architecture: 'all',
  min_wapt_version: '1.7.3',
};
const ids = Array.from({ length: IDS }, () => `${randomUUID()}_200`);
const now = new Date('2027-01-01T00:00:00Z');

const publish = async (): Promise<Buffer> => {
  const rules = Buffer.from(formatRulesFile({ allowed_updates: ids }), 'utf8');
  const files = new Map(RULES_PATHS.map((path) => [path, rules]));
  const { bytes } = await buildPackage({ control, files, signer });
  const verified = await verifyPackage(bytes, { trusted: [certificatePem], now });
  if (!verified.ok) throw new Error(`the package is refused: ${verified.error.code}`);
  return bytes;
};

// The baseline does what no implementation can leave out: it deflates the bytes of each member once, and makes and checks
// the two signatures. Reading, hashing, inflating and the archive itself are what the bar leaves room for.
const members = Array.from((await readPackage(await publish())).files.values());
const key = { key: createPrivateKey(keyPem), padding: constants.RSA_PKCS1_PADDING };
const publicKey = { key: createPublicKey(certificatePem), padding: constants.RSA_PKCS1_PADDING };
const signed = members.filter((bytes) => bytes.length < 10_000).slice(0, 2);
const baseline = (): void => {
  for (const bytes of members) deflateRawSync(bytes);
  for (const bytes of signed) {
    if (!verify('sha256', bytes, publicKey, sign('sha256', bytes, key))) throw new Error('a signature does not hold');
  }
};

finish(`A rule package with ${IDS.toLocaleString('en')} ids against RSA + deflate of the same bytes`, [
  await ratioLine({ what: 'build, sign and verify', bar: 2, baseline, subject: publish }),
]);
