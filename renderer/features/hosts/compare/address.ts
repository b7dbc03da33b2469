/** The address parameter that names the hosts to compare, one each. */
export const COMPARE = 'compare';

/** The address of the comparison of some hosts. */
export const compareAddress = (uuids: readonly string[]): string =>
  `/hosts?${new URLSearchParams(uuids.map((uuid) => [COMPARE, uuid])).toString()}`;
