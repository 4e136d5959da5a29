import type { App } from 'cdktf';
import type { Finding } from '../check';
import type { PlatformSpec } from '../model';
import type { Edge } from './edge-stack';

/** All that is wrong with zone and names of a platform; makes nothing. */
export function inspectDns(_platform: PlatformSpec): Finding[] {
  return [];
}

/** The public zone, before anything that has a name in it. */
export function buildZone(_app: App, _platform: PlatformSpec): void {}

/** Names that lead to one of several regions, after the doors of all. */
export function buildFailover(_app: App, _platform: PlatformSpec, _edges: ReadonlyMap<string, Edge>): void {}
