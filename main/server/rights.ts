/** Which right opens a route, where a refusal names none (protocol 1.7). `admin` opens everything and is not repeated. */
const RIGHTS: readonly (readonly [route: RegExp, right: string])[] = [
  [/\/trigger_host_action$/, 'trigger_host_action'],
  [/\/(trigger_cancel_task|trigger_wakeonlan)$/, 'trigger_host_action'],
  [/\/upload_packages$/, 'edit_wua_package'],
  [/\/upload_hosts?$/, 'edit_host_package'],
  // edit_wua_package does not open this one.
  [/\/packages_delete$/, 'edit_base_package'],
  [/\/hosts_delete$/, 'unregister_host'],
  [/\/(hosts|host_data|host_tasks_status|packages|known_packages|hosts_for_package|groups|waptagent_version)$/, 'view'],
  // The routes of 4.8 are not public: reading is taken for `view`, changing for `admin`.
  [/\/(windows_updates|windows_products|windows_updates_classifications|wsusscan2_status)$/, 'view'],
];

/** The right that a user lacks when `route` answers 403: the narrowest one that would do, or null where any signed-in user may. */
export function missingRight(method: string, route: string): string | null {
  if (route.endsWith('/packages_for_hosts')) return null;
  if (route.endsWith('/wsusscan2_history') && method !== 'DELETE') return 'view';
  return RIGHTS.find(([pattern]) => pattern.test(route))?.[1] ?? 'admin';
}
