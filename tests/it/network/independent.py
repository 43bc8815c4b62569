"""Works the network out anew from the requests themselves, by other people's programs (networkx, pandas), and compares it
with what the hub says. Reads {"requests": […], "copies": […], "nodes": […], "network": …, "statistics": […]} from stdin and
prints each difference; the exit code is 1 where there is one."""

import json
import math
import sys

import networkx as nx
import pandas as pd

told = json.load(sys.stdin)
wrong = []


def same(what, ours, theirs):
    both = isinstance(ours, (int, float)) and isinstance(theirs, (int, float))
    if not (math.isclose(ours, theirs, rel_tol=1e-6, abs_tol=1e-8) if both else ours == theirs):
        wrong.append(f"{what}: the hub says {ours}, by hand it is {theirs}")


def day(column):
    return pd.to_datetime(column, utc=True).dt.tz_convert("Europe/Rome").dt.normalize().dt.tz_localize(None)


requests = pd.DataFrame(told["requests"])
requests["waited"] = (day(requests.answered) - day(requests.sent)).dt.days
requests["month"] = day(requests.sent).dt.strftime("%Y-%m")
copies = pd.DataFrame(told["copies"], columns=["from", "to"])

by_hand = nx.DiGraph()
by_hand.add_nodes_from(told["nodes"])
by_hand.add_edges_from(requests[["from", "to"]].itertuples(index=False))
by_hand.add_edges_from(copies.itertuples(index=False))

network = told["network"]
nodes = {node["territory"]["slug"]: node for node in network["nodes"]}
edges = {(edge["from"]["slug"], edge["to"]["slug"]): edge for edge in network["edges"]}
same("nodes", sorted(nodes), sorted(by_hand.nodes))
same("edges", sorted(edges), sorted(by_hand.edges))

places = list(nodes)
for ends, edge in edges.items():
    same(f"{ends} by place", (places[edge["source"]], places[edge["target"]]), ends)
    of = requests[(requests["from"] == ends[0]) & (requests["to"] == ends[1])]
    states = of.state.value_counts().to_dict()
    counted = {state: n for state, n in edge["requests"].items() if state != "total" and n}
    same(f"{ends} states", counted, states)
    same(f"{ends} total", edge["requests"]["total"], len(of))
    same(f"{ends} messages", edge["messages"], int(of.messages.sum()))
    brought = int(of.copied.sum()) + int(((copies["from"] == ends[0]) & (copies["to"] == ends[1])).sum())
    same(f"{ends} copies", edge["replications"], brought)
    median = of.waited.median()
    same(f"{ends} median", edge["medianDaysToAnswer"], None if pd.isna(median) else median)

rank = nx.pagerank(by_hand, alpha=0.85, weight=None, tol=1e-12, max_iter=1000)
through = nx.betweenness_centrality(by_hand)
communities = {}
for slug, node in nodes.items():
    same(f"{slug} in", node["inDegree"], by_hand.in_degree(slug))
    same(f"{slug} out", node["outDegree"], by_hand.out_degree(slug))
    same(f"{slug} rank", node["pageRank"], rank[slug])
    same(f"{slug} betweenness", node["betweenness"], through[slug])
    communities.setdefault(node["community"], set()).add(slug)
parts = sorted((len(part) for part in nx.weakly_connected_components(by_hand)), reverse=True)
metrics = network["metrics"]
same("components", metrics["components"], len(parts))
same("largest component", metrics["largestComponent"], parts[0] if parts else 0)
same("density", metrics["density"], nx.density(by_hand) if len(nodes) > 1 else None)
same("reciprocity", metrics["reciprocity"], nx.overall_reciprocity(by_hand) if edges else None)
for name, share in [("lowerQuartileDays", 0.25), ("medianDays", 0.5), ("upperQuartileDays", 0.75)]:
    by_pandas = requests.waited.quantile(share)
    same(name, metrics["waiting"][name], None if pd.isna(by_pandas) else by_pandas)

# Nobody's communities are the only right ones: ours are as good as those of networkx.
together = nx.Graph()
together.add_nodes_from(by_hand)
for (a, b), edge in edges.items():
    weight = max(edge["requests"]["total"], edge["replications"])
    together.add_edge(a, b, weight=weight + together.get_edge_data(a, b, {"weight": 0})["weight"])
if edges:
    found = nx.community.louvain_communities(together, seed=1)
    ours, theirs = (nx.community.modularity(together, parts) for parts in (communities.values(), found))
    if ours < theirs - 0.05:
        wrong.append(f"communities: modularity {ours}, networkx has {theirs}")

months = {point["from"]: point for point in told["statistics"]}
for month, of in requests.groupby("month"):
    same(f"{month} requests", months[month]["requests"]["total"], len(of))
    median = of.waited.median()
    same(f"{month} median", months[month]["waiting"]["medianDays"], None if pd.isna(median) else median)
same("all months", sum(point["requests"]["total"] for point in months.values()), len(requests))

print("\n".join(wrong))
sys.exit(1 if wrong else 0)
