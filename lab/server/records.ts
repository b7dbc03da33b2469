/** One row of WsusUpdates (protocol 4.2). */
export type UpdateRecord = {
  readonly update_id: string;
  readonly title: string | null;
  readonly update_type: string | null;
  readonly kbids: readonly string[] | null;
  readonly severity: string | null;
  readonly changetime: string | null;
  readonly product: string | null;
  readonly classification: string | null;
  readonly download_urls: readonly string[] | null;
  readonly min_download_size: number | null;
  readonly max_download_size: number | null;
  readonly superseded_update_ids: readonly string[] | null;
  readonly security_bulletin_ids: readonly string[] | null;
  readonly is_mandatory: boolean | null;
  readonly reboot_behaviour: string | null;
  readonly can_request_user_input: string | null;
  readonly requires_network_connectivity: boolean | null;
  readonly is_beta: boolean | null;
  readonly is_uninstallable: boolean | null;
  readonly installation_impact: string | null;
  readonly uninstallation_impact: string | null;
  readonly support_url: string | null;
  readonly release_notes: string | null;
  readonly uninstallation_notes: string | null;
  readonly languages: readonly string[] | null;
  readonly downloaded_on: string | null;
  readonly created_on: string | null;
  readonly updated_on: string | null;
  readonly created_by: string | null;
  readonly updated_by: string | null;
};

/** Orders updates by their last change, the oldest first and those without a date before them. */
export const byChange = (a: UpdateRecord, b: UpdateRecord): number => {
  const [left, right] = [`${a.changetime ?? ''} ${a.update_id}`, `${b.changetime ?? ''} ${b.update_id}`];
  return left < right ? -1 : left > right ? 1 : 0;
};

/** What an agent tells of an update: the server adds the stamps and the presence of the files. */
export type ReportedUpdate = Omit<
  UpdateRecord,
  'downloaded_on' | 'created_on' | 'updated_on' | 'created_by' | 'updated_by'
>;

/** One entry of the log that Windows keeps of an update (protocol 2.4). */
export type HistoryEntry = {
  readonly date: string;
  readonly operation: string;
  readonly result_code: string;
  readonly categories: readonly string[];
  readonly application_id: string;
  readonly title: string;
  readonly description: string;
  readonly update_id: string;
};

/** The status of one update on one host as the agent pushes it (protocol 4.3). */
export type LocalStatus = {
  readonly update_id: string;
  readonly status: string;
  readonly allowed: boolean;
  readonly installed: boolean;
  readonly present: boolean;
  readonly hidden: boolean;
  readonly delayed: boolean;
  readonly downloaded: boolean;
  readonly install_date: string | null;
  readonly history: readonly HistoryEntry[];
};

/** One row of HostWsus: the pushed status and its number. */
export type LocalStatusRow = LocalStatus & { readonly id: number };

/** One row of WsusDownloadTasks (protocol 4.4). */
export type DownloadTask = {
  readonly id: number;
  readonly task_id: string;
  readonly kind: string;
  readonly url: string;
  readonly target_size: number | null;
  readonly local_filename: string | null;
  readonly file_date: string | null;
  readonly file_size: number | null;
  readonly status: string;
  readonly started_on: string | null;
  readonly finished_on: string | null;
  readonly msg: string | null;
  readonly forced: boolean;
  readonly skipped: boolean;
  readonly error: string | null;
  readonly created_on: string;
  readonly updated_on: string;
  readonly created_by: string | null;
  readonly updated_by: string | null;
};

/** One row of HostPackagesStatus (protocol 2.5). */
export type HostPackage = {
  readonly id: number;
  readonly host: string;
  readonly package_uuid: string | null;
  readonly name: string | null;
  readonly package: string;
  readonly version: string;
  readonly architecture: string | null;
  readonly locale: string | null;
  readonly maturity: string | null;
  readonly section: string | null;
  readonly priority: string | null;
  readonly signer: string | null;
  readonly signer_fingerprint: string | null;
  readonly signature_date: string | null;
  readonly description: string | null;
  readonly impacted_process: readonly string[] | null;
  readonly install_status: string;
  readonly install_date: string | null;
  readonly install_output: string | null;
  readonly install_params: unknown;
  readonly uninstall_key: readonly string[] | null;
  readonly explicit_by: string | null;
  readonly repo_url: string | null;
  readonly depends: readonly string[] | null;
  readonly conflicts: readonly string[] | null;
  readonly last_audit_status: string | null;
  readonly last_audit_on: string | null;
  readonly last_audit_output: string | null;
  readonly next_audit_on: string | null;
  readonly created_on: string;
  readonly updated_on: string | null;
  readonly created_by: string | null;
  readonly updated_by: string | null;
};

/** One row of Hosts: every column of protocol 2.2, by name. */
export type HostRecord = { readonly uuid: string } & { readonly [column: string]: unknown };

/** The columns of Hosts, in no order (protocol 2.2). */
export const hostColumns = [
  'uuid',
  'computer_fqdn',
  'computer_name',
  'description',
  'dnsdomain',
  'computer_type',
  'computer_architecture',
  'manufacturer',
  'productname',
  'serialnr',
  'os_name',
  'os_version',
  'os_architecture',
  'platform',
  'connected_users',
  'connected_ips',
  'mac_addresses',
  'gateways',
  'networks',
  'last_logged_on_user',
  'computer_ad_site',
  'computer_ad_ou',
  'computer_ad_groups',
  'host_certificate',
  'registration_auth_user',
  'authorized_certificates_sha256',
  'reachable',
  'server_uuid',
  'listening_protocol',
  'listening_address',
  'listening_port',
  'listening_timestamp',
  'repositories',
  'host_status',
  'audit_status',
  'last_seen_on',
  'wapt_version',
  'wapt_status',
  'last_update_status',
  'host_info',
  'host_capabilities',
  'host_metrics',
  'dmi',
  'wmi',
  'wuauserv_status',
  'waptwua_status',
  'waptwua_rules',
  'status_hashes',
  'created_on',
  'updated_on',
  'created_by',
  'updated_by',
] as const;
