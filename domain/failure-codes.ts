/**
 * The codes by which Windows Update says that something failed: spellings brought to one, and a table of those that administrators meet, with their
 * names in Microsoft's headers and what usually comes next. Words for them are the window's.
 */

/** What one usually does next about a failure. */
export type NextStep =
  /** Free space on the disk, then try again. */
  | 'free-space'
  /** Wait for the restart, or restart the host. */
  | 'restart'
  /** Something else installs: wait, then try again. */
  | 'wait'
  /** Network, name, proxy or time-out: look at the way, then try again. */
  | 'network'
  /** Repair the component store of Windows on the host (DISM, SFC). */
  | 'repair'
  /** Reset the state of Windows Update on the host. */
  | 'reset'
  /** The service or its policy is turned off. */
  | 'service'
  /** Rights or another program (often an antivirus) stand in the way. */
  | 'access'
  /** The file on the server or on the host is not whole: fetch it again. */
  | 'refetch'
  /** The update is not meant for the host, or is there already: scan again. */
  | 'rescan'
  /** The log on the host says more. */
  | 'look'
  /** Give memory back: restart or add. */
  | 'memory';

interface CodeFacts {
  readonly name: string;
  readonly next: NextStep;
}

/** Known codes, `0x` and eight hexadecimal digits in lower case. Names are those of wuerror.h and winerror.h. */
export const FAILURE_CODES = {
  '0x80240001': { name: 'WU_E_NO_SERVICE', next: 'service' },
  '0x80240004': { name: 'WU_E_NOT_INITIALIZED', next: 'reset' },
  '0x80240007': { name: 'WU_E_INVALIDINDEX', next: 'rescan' },
  '0x80240008': { name: 'WU_E_ITEMNOTFOUND', next: 'rescan' },
  '0x80240009': { name: 'WU_E_OPERATIONINPROGRESS', next: 'wait' },
  '0x8024000b': { name: 'WU_E_CALL_CANCELLED', next: 'rescan' },
  '0x8024000c': { name: 'WU_E_NOOP', next: 'rescan' },
  '0x8024000e': { name: 'WU_E_XML_INVALID', next: 'reset' },
  '0x80240010': { name: 'WU_E_CYCLE_DETECTED', next: 'rescan' },
  '0x80240013': { name: 'WU_E_DUPLICATE_ITEM', next: 'reset' },
  '0x80240016': { name: 'WU_E_INSTALL_NOT_ALLOWED', next: 'wait' },
  '0x80240017': { name: 'WU_E_NOT_APPLICABLE', next: 'rescan' },
  '0x8024001b': { name: 'WU_E_SELFUPDATE_IN_PROGRESS', next: 'wait' },
  '0x8024001d': { name: 'WU_E_INVALID_UPDATE', next: 'refetch' },
  '0x8024001e': { name: 'WU_E_SERVICE_STOP', next: 'wait' },
  '0x8024001f': { name: 'WU_E_NO_CONNECTION', next: 'network' },
  '0x80240020': { name: 'WU_E_NO_INTERACTIVE_USER', next: 'look' },
  '0x80240021': { name: 'WU_E_TIME_OUT', next: 'wait' },
  '0x80240022': { name: 'WU_E_ALL_UPDATES_FAILED', next: 'look' },
  '0x80240023': { name: 'WU_E_EULAS_DECLINED', next: 'look' },
  '0x80240024': { name: 'WU_E_NO_UPDATE', next: 'rescan' },
  '0x80240025': { name: 'WU_E_USER_ACCESS_DISABLED', next: 'service' },
  '0x8024002c': { name: 'WU_E_BIN_SOURCE_ABSENT', next: 'look' },
  '0x8024002d': { name: 'WU_E_SOURCE_ABSENT', next: 'look' },
  '0x8024002e': { name: 'WU_E_WU_DISABLED', next: 'service' },
  '0x80240034': { name: 'WU_E_DOWNLOAD_FAILED', next: 'refetch' },
  '0x80240035': { name: 'WU_E_UPDATE_NOT_PROCESSED', next: 'rescan' },
  '0x80240037': { name: 'WU_E_NOT_SUPPORTED', next: 'look' },
  '0x80240041': { name: 'WU_E_SYSPREP_IN_PROGRESS', next: 'wait' },
  '0x80240042': { name: 'WU_E_UNKNOWN_SERVICE', next: 'reset' },
  '0x80240044': { name: 'WU_E_PER_MACHINE_UPDATE_ACCESS_DENIED', next: 'access' },
  '0x80240fff': { name: 'WU_E_UNEXPECTED', next: 'look' },
  '0x80242006': { name: 'WU_E_UH_INVALIDMETADATA', next: 'refetch' },
  '0x8024200b': { name: 'WU_E_UH_INSTALLERFAILURE', next: 'look' },
  '0x8024200d': { name: 'WU_E_UH_NEEDANOTHERDOWNLOAD', next: 'refetch' },
  '0x80242014': { name: 'WU_E_UH_POSTREBOOTSTILLPENDING', next: 'restart' },
  '0x80242015': { name: 'WU_E_UH_POSTREBOOTRESULTUNKNOWN', next: 'rescan' },
  '0x80242016': { name: 'WU_E_UH_POSTREBOOTUNEXPECTEDSTATE', next: 'rescan' },
  '0x80242017': { name: 'WU_E_UH_NEW_SERVICING_STACK_REQUIRED', next: 'look' },
  '0x80244010': { name: 'WU_E_PT_EXCEEDED_MAX_SERVER_TRIPS', next: 'rescan' },
  '0x80244017': { name: 'WU_E_PT_HTTP_STATUS_DENIED', next: 'network' },
  '0x80244018': { name: 'WU_E_PT_HTTP_STATUS_FORBIDDEN', next: 'network' },
  '0x80244019': { name: 'WU_E_PT_HTTP_STATUS_NOT_FOUND', next: 'refetch' },
  '0x8024401b': { name: 'WU_E_PT_HTTP_STATUS_PROXY_AUTH_REQ', next: 'network' },
  '0x8024401c': { name: 'WU_E_PT_HTTP_STATUS_REQUEST_TIMEOUT', next: 'network' },
  '0x8024401f': { name: 'WU_E_PT_HTTP_STATUS_SERVER_ERROR', next: 'network' },
  '0x80244021': { name: 'WU_E_PT_HTTP_STATUS_BAD_GATEWAY', next: 'network' },
  '0x80244022': { name: 'WU_E_PT_HTTP_STATUS_SERVICE_UNAVAIL', next: 'network' },
  '0x8024402c': { name: 'WU_E_PT_WINHTTP_NAME_NOT_RESOLVED', next: 'network' },
  '0x8024402f': { name: 'WU_E_PT_ECP_SUCCEEDED_WITH_ERRORS', next: 'network' },
  '0x8024500c': { name: 'WU_E_REDIRECTOR_CONNECT_POLICY', next: 'service' },
  '0x80246007': { name: 'WU_E_DM_NOTDOWNLOADED', next: 'refetch' },
  '0x80246008': { name: 'WU_E_DM_FAILTOCONNECTTOBITS', next: 'service' },
  '0x80248007': { name: 'WU_E_DS_NODATA', next: 'reset' },
  '0x80248014': { name: 'WU_E_DS_UNKNOWNSERVICE', next: 'reset' },
  '0x8024a005': { name: 'WU_E_AU_NO_REGISTERED_SERVICE', next: 'service' },
  '0x8024d009': { name: 'WU_E_SETUP_SKIP_UPDATE', next: 'look' },
  '0x80070002': { name: 'ERROR_FILE_NOT_FOUND', next: 'reset' },
  '0x80070003': { name: 'ERROR_PATH_NOT_FOUND', next: 'reset' },
  '0x80070005': { name: 'ERROR_ACCESS_DENIED', next: 'access' },
  '0x8007000d': { name: 'ERROR_INVALID_DATA', next: 'repair' },
  '0x8007000e': { name: 'ERROR_OUTOFMEMORY', next: 'memory' },
  '0x80070020': { name: 'ERROR_SHARING_VIOLATION', next: 'access' },
  '0x80070027': { name: 'ERROR_HANDLE_DISK_FULL', next: 'free-space' },
  '0x80070057': { name: 'ERROR_INVALID_PARAMETER', next: 'repair' },
  '0x80070070': { name: 'ERROR_DISK_FULL', next: 'free-space' },
  '0x800700c1': { name: 'ERROR_BAD_EXE_FORMAT', next: 'refetch' },
  '0x80070216': { name: 'ERROR_ARITHMETIC_OVERFLOW', next: 'look' },
  '0x800703e3': { name: 'ERROR_OPERATION_ABORTED', next: 'wait' },
  '0x800703f1': { name: 'ERROR_BADDB', next: 'repair' },
  '0x80070422': { name: 'ERROR_SERVICE_DISABLED', next: 'service' },
  '0x80070424': { name: 'ERROR_SERVICE_DOES_NOT_EXIST', next: 'service' },
  '0x8007045b': { name: 'ERROR_SHUTDOWN_IN_PROGRESS', next: 'restart' },
  '0x80070490': { name: 'ERROR_NOT_FOUND', next: 'repair' },
  '0x800705aa': { name: 'ERROR_NO_SYSTEM_RESOURCES', next: 'memory' },
  '0x800705af': { name: 'ERROR_COMMITMENT_LIMIT', next: 'memory' },
  '0x800705b4': { name: 'ERROR_TIMEOUT', next: 'wait' },
  '0x800705b9': { name: 'ERROR_XML_PARSE_ERROR', next: 'repair' },
  '0x80070643': { name: 'ERROR_INSTALL_FAILURE', next: 'look' },
  '0x80070652': { name: 'ERROR_INSTALL_ALREADY_RUNNING', next: 'wait' },
  '0x80070663': { name: 'ERROR_PATCH_PACKAGE_OPEN_FAILED', next: 'look' },
  '0x80070bc2': { name: 'ERROR_SUCCESS_REBOOT_REQUIRED', next: 'restart' },
  '0x80070bc9': { name: 'ERROR_FAIL_REBOOT_REQUIRED', next: 'restart' },
  '0x80071a91': { name: 'ERROR_RM_NOT_ACTIVE', next: 'repair' },
  '0x80072ee2': { name: 'ERROR_INTERNET_TIMEOUT', next: 'network' },
  '0x80072ee7': { name: 'ERROR_INTERNET_NAME_NOT_RESOLVED', next: 'network' },
  '0x80072efd': { name: 'ERROR_INTERNET_CANNOT_CONNECT', next: 'network' },
  '0x80072efe': { name: 'ERROR_INTERNET_CONNECTION_ABORTED', next: 'network' },
  '0x80072f8f': { name: 'ERROR_INTERNET_SECURE_FAILURE', next: 'network' },
  '0x80073701': { name: 'ERROR_SXS_ASSEMBLY_MISSING', next: 'repair' },
  '0x80073712': { name: 'ERROR_SXS_COMPONENT_STORE_CORRUPT', next: 'repair' },
  '0x80080005': { name: 'CO_E_SERVER_EXEC_FAILURE', next: 'restart' },
  '0x80004002': { name: 'E_NOINTERFACE', next: 'reset' },
  '0x80004004': { name: 'E_ABORT', next: 'rescan' },
  '0x80004005': { name: 'E_FAIL', next: 'look' },
  '0x8000ffff': { name: 'E_UNEXPECTED', next: 'look' },
  '0x80092003': { name: 'CRYPT_E_FILE_ERROR', next: 'refetch' },
  '0x80092004': { name: 'CRYPT_E_NOT_FOUND', next: 'refetch' },
  '0x80096004': { name: 'TRUST_E_CERT_SIGNATURE', next: 'refetch' },
  '0x800b0100': { name: 'TRUST_E_NOSIGNATURE', next: 'repair' },
  '0x800b0109': { name: 'CERT_E_UNTRUSTEDROOT', next: 'look' },
  '0x800f081f': { name: 'CBS_E_SOURCE_MISSING', next: 'repair' },
  '0x800f0805': { name: 'CBS_E_INVALID_PACKAGE', next: 'repair' },
  '0x800f0823': { name: 'CBS_E_NEW_SERVICING_STACK_REQUIRED', next: 'look' },
  '0x800f082f': { name: 'CBS_E_SESSION_CORRUPT', next: 'repair' },
  '0x800f0831': { name: 'CBS_E_STORE_CORRUPTION', next: 'repair' },
  '0x800f0900': { name: 'CBS_E_XML_PARSER_FAILURE', next: 'repair' },
  '0x800f0906': { name: 'CBS_E_DOWNLOAD_FAILURE', next: 'network' },
  '0x800f0920': { name: 'CBS_E_HANG_DETECTED', next: 'restart' },
  '0x800f0922': { name: 'CBS_E_INSTALLERS_FAILED', next: 'look' },
  '0x800f0982': { name: 'PSFX_E_MATCHING_COMPONENT_NOT_FOUND', next: 'repair' },
  '0x800f0986': { name: 'PSFX_E_APPLY_FORWARD_DELTA_FAILED', next: 'repair' },
  '0x800f0988': { name: 'PSFX_E_INVALID_DELTA_COMBINATION', next: 'repair' },
  '0x80d02002': { name: 'DO_E_DOWNLOAD_NO_PROGRESS', next: 'network' },
  '0xc190020e': { name: 'MOSETUP_E_INSTALLDISKSPACE_BLOCK', next: 'free-space' },
  '0xc1900208': { name: 'MOSETUP_E_COMPAT_INSTALLREQ_BLOCK', next: 'look' },
} as const satisfies Readonly<Record<string, CodeFacts>>;

/** A code of the table. */
export type KnownCode = keyof typeof FAILURE_CODES;

/** Whether a code stands in the table. */
export const isKnownCode = (code: string): code is KnownCode => Object.hasOwn(FAILURE_CODES, code);

/** What the table has of a code, null where the code is not known here. */
export const factsOfCode = (code: string): CodeFacts | null => (isKnownCode(code) ? FAILURE_CODES[code] : null);

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/** The top bit says that the number is a failure. */
const isFailing = (value: number): boolean => value >= 0x80000000 && value <= 0xffffffff;

/**
 * The code that a text spells, as `0x` and eight digits in lower case: `0x80240022`, `80240022`, `-2145124318` (signed) or `2149842978` (unsigned); null where
 * it spells none, or one that says success.
 */
export function readCode(text: string): string | null {
  const spelt = text.trim();
  const digits = /^(?:0x)?([89a-f][0-9a-f]{7})(?:l|ul)?$/i.exec(spelt)?.[1];
  if (digits !== undefined) return `0x${digits.toLowerCase()}`;
  if (/^-\d{1,10}$/.test(spelt)) {
    const value = Number(spelt);
    return value >= -0x80000000 && value < 0 ? hex(value + 0x100000000) : null;
  }
  if (/^\d{10}$/.test(spelt)) return isFailing(Number(spelt)) ? hex(Number(spelt)) : null;
  return null;
}

/** The first code in a sentence, as hosts write `last_error` and tasks their summaries; null where there is none. */
export function findCode(sentence: string): string | null {
  for (const [word] of sentence.matchAll(/(?<![\w.-])(?:0x[0-9a-f]{8}|-\d{9,10}|\d{10}|8[0-9a-f]{7})(?![\w-])/gi)) {
    const code = readCode(word);
    if (code !== null) return code;
  }
  return null;
}

/** The codes that say that a disk is full. */
export const DISK_CODES: ReadonlySet<string> = new Set(
  Object.entries(FAILURE_CODES).flatMap(([code, { next }]) => (next === 'free-space' ? [code] : [])),
);

/** The two decimal spellings of a code, beside its hexadecimal one: what logs and search pages may have. */
export function otherSpellings(code: string): readonly string[] {
  if (!/^0x[0-9a-f]{8}$/.test(code)) return [];
  const value = Number(code);
  return isFailing(value) ? [String(value - 0x100000000), String(value)] : [String(value)];
}
