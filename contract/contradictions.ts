/** Why what a host reports is not what the published rules say, the likeliest first. */
export const CONTRADICTION_REASONS = [
  'signer-not-trusted',
  'maturity-not-taken',
  'package-not-installed-yet',
  'scan-older-than-rules',
  'delay-passed',
  'unexplained',
] as const;

/** One such reason. */
export type ContradictionReason = (typeof CONTRADICTION_REASONS)[number];
