import type { App } from 'cdktf';
import type { Finding } from '../check';
import type { PlatformSpec } from '../model';

/** All that is wrong with the accounts of a platform; makes nothing. */
export function inspectAccounts(_platform: PlatformSpec): Finding[] {
  return [];
}

/** A stack for each account, before any environment in it. */
export function buildAccounts(_app: App, _platform: PlatformSpec): void {}
