import {
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
  LegendDisplayMode,
  LegendPlacement,
  VizLegendOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DatasourceVariableBuilder,
  RowBuilder,
  type Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as NumbersBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as LinesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { DashboardSpec, PanelSpec } from './panel';

/** Chosen by whoever looks: a Grafana may have several. */
const SOURCE = { type: 'prometheus', uid: '$' + '{datasource}' } as const;

const WIDTH = 12;
const HEIGHT = 8;

/** Colours in rising order, the first without a bound. */
const thresholds = ({ base = 'green', colors = [] }: PanelSpec): Threshold[] => [
  { value: null, color: base },
  ...[...colors].sort((a, b) => a.from - b.from).map(({ from, color }) => ({ value: from, color })),
];

function build(spec: PanelSpec, id: number): LinesBuilder | NumbersBuilder {
  const { title, description, unit, queries, colors = [], as = 'lines' } = spec;
  const builder = as === 'lines' ? lines(colors.length > 0) : new NumbersBuilder();
  builder
    .id(id)
    .title(title)
    .description(description)
    .unit(unit)
    .datasource(SOURCE)
    .span(WIDTH)
    .height(HEIGHT)
    .thresholds(new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(thresholds(spec)));
  for (const [index, { expr, legend }] of queries.entries()) {
    builder.withTarget(
      new DataqueryBuilder()
        .datasource(SOURCE)
        .expr(expr)
        .legendFormat(legend)
        .refId(String.fromCharCode(65 + index)),
    );
  }
  return builder;
}

function lines(hasBounds: boolean): LinesBuilder {
  const legend = new VizLegendOptionsBuilder()
    .showLegend(true)
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom);
  const builder = new LinesBuilder().legend(legend);
  if (!hasBounds) return builder;
  return builder.thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed));
}

/** The dashboard as Grafana imports it. Panels are numbered in order, so that the same declaration has the same bytes. */
export function dashboardJson({ uid, title, rows }: DashboardSpec, tags: readonly string[]): string {
  const builder = new DashboardBuilder(title)
    .uid(uid)
    .tags([...tags])
    .refresh('30s')
    .time({ from: 'now-3h', to: 'now' })
    .timezone('utc')
    .readonly()
    .withVariable(new DatasourceVariableBuilder('datasource').label('Prometheus').type('prometheus'));
  let id = 0;
  for (const row of rows) {
    id += 1;
    builder.withRow(new RowBuilder(row.title).id(id));
    for (const spec of row.panels) {
      id += 1;
      builder.withPanel(build(spec, id));
    }
  }
  return `${JSON.stringify(builder.build(), undefined, 2)}\n`;
}
