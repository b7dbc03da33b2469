import { z } from 'zod';
import { type CertificateView, line, opaqueId } from './common.ts';

/** How a profile decides whether the server is the right one (design, security). */
export type Trust =
  | { readonly kind: 'system' }
  | { readonly kind: 'ca'; readonly name: string; readonly fingerprint: string }
  | { readonly kind: 'pin'; readonly fingerprint: string };

/** Which Windows Update routes are used; `auto` probes at sign-in. */
export const dialectChoice = z.enum(['auto', 'v3', 'v2', 'derived', 'configured']);

/** A proxy between the console and the server. */
const proxyUrl = z.union([
  z.literal(''),
  z.string().regex(/^https?:\/\/(?:\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?\/?$/i),
]);

/** What one tells of a server. */
export const profileInput = z.strictObject({
  id: opaqueId.nullable(),
  name: line,
  /** `srvwapt.example`, `https://srvwapt.example:8443` or with a path; https only. */
  address: z.string().min(1).max(300),
  user: line,
  proxy: proxyUrl.default(''),
  dialect: dialectChoice.default('auto'),
  /** Opaque ids of a client certificate and its key from `files.list`, where the server asks for one. */
  clientCertificate: opaqueId.nullable().default(null),
  /** Days after which a host's scan counts as stale. */
  staleDays: z.number().int().min(1).max(365).default(14),
});

/** A server that the console knows. */
export interface Profile {
  readonly id: string;
  readonly name: string;
  /** Origin, and the path under which the server is mounted, if any: `https://srvwapt.example`. */
  readonly address: string;
  readonly user: string;
  readonly proxy: string;
  readonly dialect: z.infer<typeof dialectChoice>;
  readonly clientCertificate: string | null;
  readonly staleDays: number;
  readonly trust: Trust | null;
  /** The built-in lab: its CA and signer are accepted here and nowhere else. */
  readonly isLab: boolean;
  /** Whether the password is in the platform's secret store. */
  readonly hasPassword: boolean;
  readonly lastSignIn: string | null;
}

export const profileRef = z.strictObject({ profileId: opaqueId });

/** First contact: a bare TLS handshake with no HTTP byte. */
export interface ServerContact {
  readonly host: string;
  readonly port: number;
  /** Leaf first. */
  readonly chain: readonly CertificateView[];
  /** Whether what the profile trusts (or the system, for a new profile) accepts the chain, and if not why. */
  readonly verdict:
    | 'trusted'
    | 'tls-untrusted'
    | 'tls-expired'
    | 'tls-not-yet-valid'
    | 'tls-wrong-name'
    | 'tls-changed';
  /** The certificate that was pinned before, when it changed. */
  readonly expected: string | null;
}

/** What one decided after comparing. The fingerprint says which certificate was on screen. */
export const trustRequest = z.strictObject({
  profileId: opaqueId,
  trust: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('system') }),
    z.strictObject({ kind: z.literal('ca'), fileId: opaqueId }),
    z.strictObject({ kind: z.literal('pin'), fingerprint: z.string().regex(/^[0-9a-f]{64}$/) }),
  ]),
});

export const signInRequest = z.strictObject({
  profileId: opaqueId,
  /** Null takes the one in the secret store. */
  password: z.string().max(1_000).nullable(),
  user: line.min(1),
  keepPassword: z.boolean(),
});

/** What a server can do of the Windows Update subject, and if not why. */
export type Capability =
  | { readonly available: true }
  | { readonly available: false; readonly reason: 'absent' | 'forbidden' | 'not-configured' };

/** The operations that differ between dialects (protocol 4.8). */
export const OPERATIONS = [
  'list-updates',
  'index-state',
  'list-downloads',
  'forget-downloads',
  'download-index',
  'download-missing',
  'download-updates',
  'delete-files',
  'wake-hosts',
] as const;

/** One of these operations. */
export type Operation = (typeof OPERATIONS)[number];

/** What the server is, as shown after sign-in. */
export interface ServerInfo {
  readonly version: string;
  readonly edition: string;
  readonly uuid: string | null;
  readonly dialect: 'v3' | 'v2' | 'configured' | 'derived';
  readonly user: string;
  /** ACL names of protocol 1.7 on any perimeter; null when the server does not say. */
  readonly rights: readonly string[] | null;
  /** Server's clock minus ours, in seconds; null when unknown. */
  readonly clockDifference: number | null;
  readonly capabilities: Readonly<Record<Operation, Capability>>;
  readonly hostCount: number | null;
}

/** Where one stands. `expired` keeps the screen and asks for the password again. */
export type SessionState =
  | { readonly kind: 'none' }
  /** A profile is open on what the store has; nobody is signed in. */
  | { readonly kind: 'offline'; readonly profile: Profile; readonly code: string | null }
  | { readonly kind: 'open'; readonly profile: Profile; readonly server: ServerInfo }
  | { readonly kind: 'expired'; readonly profile: Profile; readonly server: ServerInfo };
