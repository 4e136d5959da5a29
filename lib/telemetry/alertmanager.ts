import { type HelmValues, yamlText } from '../config';
import { type HeartbeatTarget, RECEIVER_KEYS, RECEIVER_SECRET, type ReceiversSpec } from '../model';
import { type AlertRoute, type AlertRouting, alertRouting, MESSAGES, matcherText, type ReceiverName } from './routing';

/** Where the operator mounts Secrets that Alertmanager is given. */
const SECRETS = '/etc/alertmanager/secrets';

const route = ({ receiver, matchers, wait, interval, repeat, goesOn }: AlertRoute) => ({
  receiver,
  matchers: matchers.map(matcherText),
  group_wait: wait,
  ...(interval !== undefined && { group_interval: interval }),
  repeat_interval: repeat,
  continue: goesOn,
});

function receiver(name: ReceiverName, spec: ReceiversSpec, heartbeat: HeartbeatTarget | undefined) {
  const { slackChannel, email, secretName = RECEIVER_SECRET } = spec;
  const file = (key: keyof typeof RECEIVER_KEYS): string => `${SECRETS}/${secretName}/${RECEIVER_KEYS[key]}`;
  switch (name) {
    case 'pager':
      return {
        name,
        pagerduty_configs: [
          {
            routing_key_file: file('pagerDuty'),
            description: MESSAGES.title,
            severity: '{{ or .CommonLabels.severity "critical" }}',
            details: { text: MESSAGES.text },
          },
        ],
      };
    case 'chat':
      return {
        name,
        slack_configs: [
          {
            api_url_file: file('slack'),
            channel: slackChannel,
            send_resolved: true,
            title: MESSAGES.title,
            text: MESSAGES.text,
          },
        ],
      };
    case 'mail':
      return {
        name,
        email_configs: [
          {
            to: email.to,
            from: email.from,
            smarthost: email.smarthost,
            auth_username: email.username,
            auth_password_file: file('email'),
            require_tls: true,
            headers: { Subject: MESSAGES.title },
          },
        ],
      };
    case 'heartbeat':
      return {
        name,
        sns_configs: heartbeat
          ? [
              {
                topic_arn: heartbeat.topicArn,
                sigv4: { region: heartbeat.region },
                send_resolved: false,
                subject: 'heartbeat',
                message: MESSAGES.title,
              },
            ]
          : [],
      };
    default: {
      const unknown: never = name;
      return unknown;
    }
  }
}

/**
 * Configuration of Alertmanager. Secrets are files that it reads; none stands here.
 *
 * @param heartbeat Where an alert that always holds goes; undefined where none does.
 */
export function alertmanagerConfig(spec: ReceiversSpec, heartbeat?: HeartbeatTarget): HelmValues {
  const routing: AlertRouting = alertRouting(spec, heartbeat !== undefined);
  return {
    route: {
      receiver: routing.rest.receiver,
      group_by: routing.groupBy,
      group_wait: routing.rest.wait,
      group_interval: routing.interval,
      repeat_interval: routing.rest.repeat,
      routes: routing.routes.map(route),
    },
    inhibit_rules: routing.inhibitions.map(({ source, target, equal }) => ({
      source_matchers: source.map(matcherText),
      target_matchers: target.map(matcherText),
      equal,
    })),
    receivers: routing.receivers.map((name) => receiver(name, spec, heartbeat)),
  };
}

/** The same as a file. */
export const alertmanagerYaml = (spec: ReceiversSpec, heartbeat?: HeartbeatTarget): string =>
  yamlText(alertmanagerConfig(spec, heartbeat));
