import type { Memory } from '../../units';

/** Folder of the node that Fluent Bit writes to. */
export const FLUENT_BIT_STATE = '/var/lib/fluent-bit';

/** Field that holds what a program wrote as JSON. */
export const LOG_FIELDS = 'data';

/** Longest time between two attempts (seconds), and attempts: for about a day, after which it is the lines that are at fault. */
const LONGEST_WAIT = 300;
const RETRIES = 288;

/** Where lines go, and how they get there. */
export interface FluentBitSettings {
  /** Host of Elasticsearch, by which its certificate names it. */
  readonly host: string;
  readonly port: number;
  readonly user: string;
  /** Variable of the container that holds the user's password. */
  readonly passwordVariable: string;
  /** File with the authority that vouches for the certificate. */
  readonly authorityFile: string;
  /** Data stream that takes the lines. */
  readonly index: string;
  /** What lines say they come from. */
  readonly cluster: string;
  /** What may wait on a node when Elasticsearch takes nothing. Older lines go first. */
  readonly waiting: Memory;
}

const section = (name: string, settings: readonly (readonly [key: string, value: string])[]): string =>
  `[${name}]\n${settings.map(([key, value]) => `    ${key} ${value}`).join('\n')}\n`;

/**
 * The parts of Fluent Bit's file, as its chart joins them. A line is read once, also over a restart, waits on disk until it
 * is taken, and is sent for as long as there is room. What cannot be read as JSON stays text.
 * Source: Fluent Bit manual, "Tail", "Kubernetes", "Elasticsearch", "Buffering and storage".
 */
export function fluentBitConfig(settings: FluentBitSettings) {
  const { host, port, user, passwordVariable, authorityFile, index, cluster, waiting } = settings;
  return {
    service: section('SERVICE', [
      ['Daemon', 'Off'],
      ['Flush', '5'],
      ['Grace', '30'],
      ['Log_Level', 'warn'],
      ['Parsers_File', '/fluent-bit/etc/parsers.conf'],
      ['HTTP_Server', 'On'],
      ['HTTP_Listen', '0.0.0.0'],
      ['HTTP_Port', '2020'],
      ['Health_Check', 'On'],
      ['storage.path', `${FLUENT_BIT_STATE}/buffers`],
      ['storage.metrics', 'On'],
      ['storage.backlog.mem_limit', '16M'],
      ['scheduler.base', '5'],
      ['scheduler.cap', `${LONGEST_WAIT}`],
    ]),
    inputs: section('INPUT', [
      ['Name', 'tail'],
      ['Tag', 'kube.*'],
      ['Path', '/var/log/containers/*.log'],
      ['Exclude_Path', '/var/log/containers/fluent-bit-*_log-agents_*.log'],
      ['multiline.parser', 'docker, cri'],
      ['DB', `${FLUENT_BIT_STATE}/tail.db`],
      ['DB.locking', 'On'],
      ['Skip_Long_Lines', 'On'],
      ['Mem_Buf_Limit', '32M'],
      ['storage.type', 'filesystem'],
    ]),
    filters: [
      section('FILTER', [
        ['Name', 'kubernetes'],
        ['Match', 'kube.*'],
        ['Merge_Log', 'On'],
        ['Merge_Log_Key', LOG_FIELDS],
        ['Keep_Log', 'On'],
        ['Annotations', 'Off'],
        ['K8S-Logging.Parser', 'On'],
        ['K8S-Logging.Exclude', 'On'],
        ['Buffer_Size', '256k'],
      ]),
      section('FILTER', [
        ['Name', 'modify'],
        ['Match', 'kube.*'],
        ['Add', `cluster ${cluster}`],
      ]),
    ].join('\n'),
    outputs: section('OUTPUT', [
      ['Name', 'es'],
      ['Match', 'kube.*'],
      ['Host', host],
      ['Port', `${port}`],
      ['HTTP_User', user],
      ['HTTP_Passwd', `\${${passwordVariable}}`],
      ['tls', 'On'],
      ['tls.verify', 'On'],
      ['tls.ca_file', authorityFile],
      ['Index', index],
      ['Write_Operation', 'create'],
      ['Suppress_Type_Name', 'On'],
      ['Replace_Dots', 'On'],
      ['Trace_Error', 'On'],
      ['Retry_Limit', `${RETRIES}`],
      ['storage.total_limit_size', `${waiting.toMib()}M`],
    ]),
  };
}
