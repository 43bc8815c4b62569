/** The two tables of the network: its territories, and what passed between them. */
import { day, number } from '../../../lib/format';
import type { Column, Table } from '../../../parts/data/table';
import type { Group } from './groups';
import type { it } from './texts';
import type { Edge, Graph, Node } from './types';

type Texts = typeof it;
const round = (value: number, digits: number): number => Number(value.toFixed(digits));

export function territoriesOf(graph: Graph, groups: ReadonlyMap<number, Group>, t: Texts): Table<Node> {
  const h = t.nodes;
  const columns: Column<Node>[] = [
    { key: 'territory', name: h.territory, value: ({ territory }) => territory.fullName, href: ({ territory }) => `/territories/${territory.slug}` },
    { key: 'province', short: true, name: h.province, value: ({ territory }) => territory.province.code },
    { key: 'practices', name: h.practices, value: ({ practicesRun }) => practicesRun },
    { key: 'requests_sent', name: h.sent, value: ({ requestsSent }) => requestsSent.total },
    { key: 'requests_received', name: h.received, value: ({ requestsReceived }) => requestsReceived.total },
    { key: 'copies_given', name: h.given, value: ({ given }) => given },
    { key: 'copies_made', name: h.copied, value: ({ received }) => received },
    { key: 'in_degree', name: h.in, value: ({ inDegree }) => inDegree },
    { key: 'out_degree', name: h.out, value: ({ outDegree }) => outDegree },
    { key: 'pagerank', name: h.rank, value: ({ pageRank }) => round(pageRank, 6), show: ({ pageRank }) => t.percent(pageRank) },
    { key: 'betweenness', name: h.bridge, value: ({ betweenness }) => round(betweenness, 6), show: ({ betweenness }) => t.percent(betweenness) },
    { key: 'group', short: true, name: h.group, value: ({ community }) => groups.get(community)?.letter ?? null },
  ];
  return { file: 'territories', name: t.territories, columns, rows: graph.nodes };
}

export function exchangesOf(graph: Graph, t: Texts): Table<Edge> {
  const h = t.edges;
  const of = (at: number) => graph.nodes[at]?.territory;
  const link = (at: number) => (of(at) ? `/territories/${of(at)?.slug}` : null);
  const columns: Column<Edge>[] = [
    { key: 'from', name: h.from, value: ({ source }) => of(source)?.fullName ?? null, href: ({ source }) => link(source) },
    { key: 'to', name: h.to, value: ({ target }) => of(target)?.fullName ?? null, href: ({ target }) => link(target) },
    { key: 'requests', name: h.requests, value: ({ requests }) => requests.total },
    { key: 'open', name: h.open, value: ({ requests: r }) => r.sent + r.acknowledged + r.accepted + r.inProgress },
    { key: 'completed', name: h.completed, value: ({ requests }) => requests.completed },
    { key: 'declined_or_expired', name: h.declined, value: ({ requests }) => requests.declined + requests.expired },
    { key: 'copies', name: h.copies, value: ({ replications }) => replications },
    { key: 'messages', name: h.messages, value: ({ messages }) => messages },
    { key: 'median_days_to_answer', name: h.days, value: ({ medianDaysToAnswer: days }) => days, show: ({ medianDaysToAnswer: days }) => (days === null ? '–' : number(days)) },
    { key: 'last_activity', short: true, name: h.last, value: ({ lastActivity }) => lastActivity, show: ({ lastActivity }) => day(lastActivity) },
    { key: 'illustrative', name: h.illustrative, value: ({ illustrative }) => illustrative },
  ];
  return { file: 'exchanges', name: t.exchanges, columns, rows: graph.edges };
}
