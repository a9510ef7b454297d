import type { Builder, Dataquery } from '@grafana/grafana-foundation-sdk/cog';
import * as common from '@grafana/grafana-foundation-sdk/common';
import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import * as heatmap from '@grafana/grafana-foundation-sdk/heatmap';
import * as prometheus from '@grafana/grafana-foundation-sdk/prometheus';
import * as stat from '@grafana/grafana-foundation-sdk/stat';
import * as statetimeline from '@grafana/grafana-foundation-sdk/statetimeline';
import * as timeseries from '@grafana/grafana-foundation-sdk/timeseries';
import type { PanelSpec } from './spec.ts';

export const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };

const DEFAULT_HEIGHT = 8;

/** The SDK's builder of a panel, with everything set that the SDK leaves out. */
export function panelBuilder(spec: PanelSpec): Builder<dashboard.Panel> {
  if (spec.kind === 'stat') return withCommon(statPanel(spec), spec);
  if (spec.kind === 'heatmap') return withCommon(heatmapPanel(spec), spec);
  if (spec.kind === 'timeline') return withCommon(timelinePanel(spec), spec);
  return withCommon(timeseriesPanel(spec), spec);
}

/** What the four kinds of panel builders have in common; the SDK has no type for it. */
type AnyPanelBuilder = Builder<dashboard.Panel> & {
  title(title: string): unknown;
  description(description: string): unknown;
  datasource(ref: common.DataSourceRef): unknown;
  unit(unit: string): unknown;
  height(h: number): unknown;
  span(w: number): unknown;
  min(min: number): unknown;
  max(max: number): unknown;
  noValue(text: string): unknown;
  links(links: Builder<dashboard.DashboardLink>[]): unknown;
  withTarget(target: Builder<Dataquery>): unknown;
  thresholds(thresholds: Builder<dashboard.ThresholdsConfig>): unknown;
};

function withCommon<B extends AnyPanelBuilder>(builder: B, spec: PanelSpec): B {
  builder.title(spec.title);
  builder.description(spec.description);
  builder.datasource(DATASOURCE);
  builder.unit(spec.unit);
  builder.height(spec.height ?? DEFAULT_HEIGHT);
  builder.span(spec.width);
  builder.links([pageLink(spec.page)]);
  if (spec.min !== undefined) builder.min(spec.min);
  if (spec.max !== undefined) builder.max(spec.max);
  if (spec.noValue !== undefined) builder.noValue(spec.noValue);
  builder.thresholds(thresholds(spec));
  spec.queries.forEach((query, index) => builder.withTarget(target(spec, query, index)));
  return builder;
}

function target(spec: PanelSpec, query: { expr: string; legend: string }, index: number): prometheus.DataqueryBuilder {
  const builder = new prometheus.DataqueryBuilder()
    .refId(String.fromCharCode('A'.charCodeAt(0) + index))
    .datasource(DATASOURCE)
    .expr(query.expr)
    .legendFormat(query.legend)
    .range();
  return spec.kind === 'heatmap' ? builder.format(prometheus.PromQueryFormat.Heatmap) : builder;
}

function thresholds(spec: PanelSpec): dashboard.ThresholdsConfigBuilder {
  const steps = spec.thresholds?.map(({ from, colour }, index) => ({
    value: index === 0 ? null : from,
    color: colour,
  }));
  return new dashboard.ThresholdsConfigBuilder()
    .mode(dashboard.ThresholdsMode.Absolute)
    .steps(steps ?? [{ value: null, color: 'blue' }]);
}

function pageLink(page: PanelSpec['page']): dashboard.DashboardLinkBuilder {
  return new dashboard.DashboardLinkBuilder(`Taskdeck: ${page}`)
    .type(dashboard.DashboardLinkType.Link)
    .url(`\${taskdeck}/${page}`)
    .targetBlank(true);
}

function legend(spec: PanelSpec): common.VizLegendOptionsBuilder {
  return new common.VizLegendOptionsBuilder()
    .showLegend(spec.width > 3)
    .displayMode(common.LegendDisplayMode.List)
    .placement(common.LegendPlacement.Bottom);
}

function tooltip(): common.VizTooltipOptionsBuilder {
  return new common.VizTooltipOptionsBuilder().mode(common.TooltipDisplayMode.Multi).sort(common.SortOrder.Descending);
}

function timeseriesPanel(spec: PanelSpec): timeseries.PanelBuilder {
  const builder = new timeseries.PanelBuilder()
    .drawStyle(common.GraphDrawStyle.Line)
    .lineWidth(1)
    .fillOpacity(spec.stacked ? 40 : 10)
    .showPoints(common.VisibilityMode.Never)
    .legend(legend(spec))
    .tooltip(tooltip());
  if (spec.stacked) builder.stacking(new common.StackingConfigBuilder().mode(common.StackingMode.Normal).group('A'));
  if (spec.thresholds) {
    builder.thresholdsStyle(
      new common.GraphThresholdsStyleConfigBuilder().mode(common.GraphThresholdsStyleMode.Dashed),
    );
  }
  return builder;
}

function statPanel(spec: PanelSpec): stat.PanelBuilder {
  return new stat.PanelBuilder()
    .graphMode(common.BigValueGraphMode.Area)
    .colorMode(spec.thresholds ? common.BigValueColorMode.Value : common.BigValueColorMode.None)
    .justifyMode(common.BigValueJustifyMode.Auto)
    .textMode(common.BigValueTextMode.Value)
    .reduceOptions(new common.ReduceDataOptionsBuilder().calcs(['lastNotNull']).values(false).fields(''));
}

function heatmapPanel(spec: PanelSpec): heatmap.PanelBuilder {
  return new heatmap.PanelBuilder()
    .calculate(false)
    .cellGap(1)
    .color(
      new heatmap.HeatmapColorOptionsBuilder()
        .mode(heatmap.HeatmapColorMode.Scheme)
        .scheme('Oranges')
        .scale(heatmap.HeatmapColorScale.Exponential)
        .exponent(0.5)
        .steps(64),
    )
    .filterValues(new heatmap.FilterValueRangeBuilder().le(1e-9))
    .rowsFrame(new heatmap.RowsHeatmapOptionsBuilder().layout(common.HeatmapCellLayout.Auto))
    .yAxis(new heatmap.YAxisConfigBuilder().unit(spec.unit))
    .tooltip(new heatmap.HeatmapTooltipBuilder().mode(common.TooltipDisplayMode.Single).yHistogram(true))
    .showLegend();
}

function timelinePanel(spec: PanelSpec): statetimeline.PanelBuilder {
  const states = {
    '0': { text: 'open', color: 'green', index: 0 },
    '1': { text: 'paused', color: 'orange', index: 1 },
  };
  return new statetimeline.PanelBuilder()
    .mergeValues(true)
    .fillOpacity(70)
    .lineWidth(0)
    .mappings([{ type: dashboard.MappingType.ValueToText, options: states }])
    .legend(legend(spec))
    .tooltip(tooltip());
}
