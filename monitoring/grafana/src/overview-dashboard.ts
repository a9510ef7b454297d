import * as dashboard from '@grafana/grafana-foundation-sdk/dashboard';
import { complete } from './complete.ts';
import { DATASOURCE, panelBuilder } from './panel.ts';
import { select } from './promql.ts';
import { dataPlane } from './rows/data-plane.ts';
import { overview } from './rows/overview.ts';
import { queues } from './rows/queues.ts';
import { red } from './rows/red.ts';
import { workers } from './rows/workers.ts';

/** The first page to look at: is it well, and if not, where. */
export function overviewDashboard(): dashboard.Dashboard {
  const builder = new dashboard.DashboardBuilder('Taskdeck overview')
    .uid('taskdeck-overview')
    .description('Is the task system well? Symptoms on top, causes below.')
    .tags(['taskdeck'])
    .readonly()
    .time({ from: 'now-1h', to: 'now' })
    .refresh('30s')
    .timezone('browser')
    .tooltip(dashboard.DashboardCursorSync.Crosshair)
    .variables(variables())
    .annotations([builtInAnnotations(), deployments(), firingAlerts()])
    .link(
      new dashboard.DashboardLinkBuilder('Taskdeck')
        .type(dashboard.DashboardLinkType.Link)
        .url('${taskdeck}')
        .targetBlank(true),
    );
  for (const row of [overview, red, queues, workers, dataPlane]) {
    builder.withRow(new dashboard.RowBuilder(row.title));
    for (const panel of row.panels) builder.withPanel(panelBuilder(panel));
  }
  return complete(builder.build());
}

function variables() {
  return [
    new dashboard.DatasourceVariableBuilder('datasource')
      .label('Data source')
      .type('prometheus')
      .current({ text: 'Taskdeck Prometheus', value: 'taskdeck-prometheus' }),
    labelVariable('job', 'Job', 'label_values(taskdeck_build_info, job)'),
    labelVariable('instance', 'Instance', 'label_values(taskdeck_build_info{job=~"$job"}, instance)'),
    labelVariable('queue', 'Queue', 'label_values(taskdeck_queue_depth{job=~"$job"}, queue)'),
    labelVariable(
      'definition',
      'Definition',
      'label_values(taskdeck_attempts_started_total{job=~"$job", queue=~"$queue"}, definition)',
    ),
    new dashboard.TextBoxVariableBuilder('taskdeck')
      .label('Taskdeck')
      .description('Address of the Taskdeck web, for links')
      .defaultValue('http://localhost:3000'),
  ];
}

/** Options are read again when the time range changes; All matches every value that is not empty. */
function labelVariable(name: string, label: string, query: string): dashboard.QueryVariableBuilder {
  return new dashboard.QueryVariableBuilder(name)
    .label(label)
    .datasource(DATASOURCE)
    .query({ query, refId: `variable-${name}` })
    .definition(query)
    .refresh(dashboard.VariableRefresh.OnTimeRangeChanged)
    .sort(dashboard.VariableSort.AlphabeticalAsc)
    .multi(true)
    .includeAll(true)
    .allValue('.+')
    .current({ text: ['All'], value: ['$__all'] });
}

function builtInAnnotations(): dashboard.AnnotationQueryBuilder {
  return new dashboard.AnnotationQueryBuilder()
    .name('Annotations & Alerts')
    .builtIn(1)
    .datasource({ type: 'grafana', uid: '-- Grafana --' })
    .type('dashboard')
    .enable(true)
    .hide(true)
    .iconColor('rgba(0, 211, 255, 1)');
}

function deployments(): dashboard.AnnotationQueryBuilder {
  const now = `count by (version) (${select('taskdeck_build_info')})`;
  const before = `count by (version) (${select('taskdeck_build_info')} offset 5m)`;
  return prometheusAnnotation('Deployments', `${now} unless ${before}`, 'blue')
    .titleFormat('Version {{version}}')
    .step('60s');
}

function firingAlerts(): dashboard.AnnotationQueryBuilder {
  return prometheusAnnotation('Alerts', 'ALERTS{alertname=~"Taskdeck.+", alertstate="firing", severity!="none"}', 'red')
    .titleFormat('{{alertname}}')
    .tagKeys('severity,queue')
    .step('60s');
}

function prometheusAnnotation(name: string, expr: string, colour: string): dashboard.AnnotationQueryBuilder {
  return new dashboard.AnnotationQueryBuilder()
    .name(name)
    .datasource(DATASOURCE)
    .enable(true)
    .iconColor(colour)
    .expr(expr);
}
