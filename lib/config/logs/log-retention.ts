import type { Duration } from '../../units';
import { LOG_FIELDS } from './fluent-bit-conf';

/** What a data stream keeps, and for how long. */
export interface LogRetention {
  /** Name of the data stream, and of its policy and template. */
  readonly stream: string;
  /** How long lines are kept after the index that holds them has ended, which is after a day at the latest. */
  readonly retention: Duration;
  /** Copies of each index beside itself. */
  readonly copies: number;
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

/** Policy of the life of indices. Source: Elasticsearch reference, "Index lifecycle actions". */
const policy = ({ retention }: LogRetention): string =>
  json({
    policy: {
      phases: {
        hot: { min_age: '0ms', actions: { rollover: { max_age: '1d', max_primary_shard_size: '25gb' } } },
        delete: { min_age: `${retention.toDays()}d`, actions: { delete: {} } },
      },
    },
  });

/**
 * What new indices of the stream are like. Fields that programs write are one field, so that two programs may call different
 * things by one name without either losing its lines.
 */
const template = ({ stream, copies }: LogRetention): string =>
  json({
    index_patterns: [stream],
    data_stream: {},
    priority: 500,
    template: {
      settings: {
        'index.lifecycle.name': stream,
        'index.number_of_shards': 1,
        'index.number_of_replicas': copies,
        'index.codec': 'best_compression',
      },
      mappings: {
        dynamic: false,
        properties: {
          '@timestamp': { type: 'date' },
          log: { type: 'match_only_text' },
          stream: { type: 'keyword' },
          cluster: { type: 'keyword' },
          [LOG_FIELDS]: { type: 'flattened', ignore_above: 1024 },
          kubernetes: {
            properties: {
              namespace_name: { type: 'keyword' },
              pod_name: { type: 'keyword' },
              container_name: { type: 'keyword' },
              host: { type: 'keyword' },
              labels: { type: 'flattened', ignore_above: 256 },
            },
          },
        },
      },
    },
  });

/**
 * Puts policy and template in place, then the stream, which nobody else may make: no line is kept without an end. What is
 * there already is brought up to date. It waits for Elasticsearch, and can be run again.
 */
const SCRIPT = `set -eu

ask() {
  printf 'user = "%s:%s"\\n' "$(cat "$USER_FOLDER/username")" "$(cat "$USER_FOLDER/password")" |
    curl --config - --silent --show-error --max-time 30 --cacert "$AUTHORITY_FILE" "$@"
}

put() {
  ask --fail-with-body --request PUT --header 'Content-Type: application/json' "$@"
  echo
}

tries=0
until ask --fail --output /dev/null "$LOG_STORE_URL/_cluster/health?wait_for_status=yellow&timeout=20s"; do
  tries=$((tries + 1))
  if [ "$tries" -ge "\${MAX_TRIES:-60}" ]; then
    echo "Elasticsearch does not answer" >&2
    exit 1
  fi
  sleep "\${PAUSE_SECONDS:-10}"
done

put --data-binary @"$FOLDER/policy.json" "$LOG_STORE_URL/_ilm/policy/$LOG_STREAM"
put --data-binary @"$FOLDER/template.json" "$LOG_STORE_URL/_index_template/$LOG_STREAM"
if ask --fail --output /dev/null "$LOG_STORE_URL/_data_stream/$LOG_STREAM"; then
  echo "$LOG_STREAM is there"
else
  put "$LOG_STORE_URL/_data_stream/$LOG_STREAM"
fi
`;

/** The files of a run, by name. */
export const logRetentionFiles = (retention: LogRetention) => ({
  'keep.sh': SCRIPT,
  'policy.json': policy(retention),
  'template.json': template(retention),
});
