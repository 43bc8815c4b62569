"""The network of Innesto as data: asks the hub who copies from whom, works the measures out again with networkx, draws
the network and writes a report.

    python network.py [HUB_URL] [--language it|en] [--level ROLLED_UP|ALL|AMBITO|COMUNE] [--out FOLDER]

It is cut into cells (`# %%`), which VS Code, Spyder and Jupyter (with jupytext) run one by one. Nothing asked for here
needs a token; where INNESTO_TOKEN is set, it is sent.
"""

# %% What is wanted
import argparse
import math
import os
import sys
from pathlib import Path

import matplotlib
import networkx as nx
import pandas as pd
from gql import Client, gql
from gql.transport.exceptions import TransportError, TransportQueryError
from gql.transport.httpx import HTTPXTransport

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402 (after the choice of where to draw)

arguments = argparse.ArgumentParser(description="The network of an Innesto hub: a picture and a report.")
arguments.add_argument("hub", nargs="?", default="http://127.0.0.1:8080", help="address of the hub")
arguments.add_argument("--language", choices=["it", "en"], default="it", help="of the report")
arguments.add_argument("--level", choices=["ALL", "AMBITO", "COMUNE", "ROLLED_UP"], default="ROLLED_UP")
arguments.add_argument("--out", type=Path, default=Path("."), help="folder for network.png and report.md")
wanted = arguments.parse_args()
italian = wanted.language == "it"


def say(it: str, en: str) -> str:
    return it if italian else en


# %% Ask: one question for the network and its months
QUESTION = gql("""
query Network($filter: NetworkFilter) {
  network(filter: $filter) {
    asOf isCut
    nodes {
      territory { id name fullName province { code } ... on Comune { ambito { id } } }
      practicesRun given received inDegree outDegree pageRank betweenness community x y
    }
    edges { source target replications messages requests { total } medianDaysToAnswer }
    metrics {
      reach ambiti density reciprocity components largestComponent illustrative replications busiestShare
      busiest { fullName } requests { total } waiting { answered lowerQuartileDays medianDays upperQuartileDays }
      gaps { fields { label } unansweredNeeds { id } }
    }
  }
  statistics(filter: $filter) { from replications requests { total completed declined } waiting { medianDays } }
}
""")

headers = {"Accept-Language": wanted.language}
if token := os.environ.get("INNESTO_TOKEN"):
    headers["Authorization"] = f"Bearer {token}"
transport = HTTPXTransport(url=f"{wanted.hub.rstrip('/')}/graphql", headers=headers, timeout=30)
try:
    QUESTION.variable_values = {"filter": {"level": wanted.level}}
    answer = Client(transport=transport).execute(QUESTION)
except TransportQueryError as refused:
    sys.exit("; ".join(error["message"] for error in refused.errors or []))
except (TransportError, OSError) as failed:
    sys.exit(f"{wanted.hub}: {failed or type(failed).__name__}")
network, metrics = answer["network"], answer["network"]["metrics"]

# %% Tables: a row for each territory, each exchange, each month
nodes = pd.json_normalize(network["nodes"]).rename(columns=lambda name: name.removeprefix("territory."))
edges = pd.json_normalize(network["edges"])
if edges.empty:
    edges = pd.DataFrame(columns=["source", "target", "replications", "messages", "requests.total"])
months = pd.json_normalize(answer["statistics"]).set_index("from")

# %% The same measures, by networkx
graph = nx.DiGraph()
graph.add_nodes_from(range(len(nodes)))
graph.add_edges_from(edges[["source", "target"]].astype(int).itertuples(index=False))

agreement = []


def compare(measure: str, hub, ours) -> None:
    """Notes whether two numbers, or two columns of them, are the same but for rounding."""
    pairs = list(zip(hub, ours)) if hasattr(hub, "__iter__") else [(hub, ours)]
    apart = [abs(a - b) for a, b in pairs if a is not None and b is not None]
    same = all(a == b or (None not in (a, b) and math.isclose(a, b, rel_tol=1e-6, abs_tol=1e-8)) for a, b in pairs)
    agreement.append({"measure": measure, "same": same, "apart": max(apart, default=0.0)})


def of_each(measure) -> list:
    """The values of a measure in the order of the nodes."""
    return [dict(measure)[node] for node in graph]


compare(say("grado in entrata", "in-degree"), nodes["inDegree"], of_each(graph.in_degree))
compare(say("grado in uscita", "out-degree"), nodes["outDegree"], of_each(graph.out_degree))
compare("PageRank", nodes["pageRank"], of_each(nx.pagerank(graph, alpha=0.85, tol=1e-12, max_iter=1000)))
compare(say("intermediazione", "betweenness"), nodes["betweenness"], of_each(nx.betweenness_centrality(graph)))
compare(say("densità", "density"), metrics["density"], nx.density(graph) if len(graph) > 1 else None)
compare(say("reciprocità", "reciprocity"), metrics["reciprocity"], nx.overall_reciprocity(graph) if graph.size() else None)
parts = [len(part) for part in nx.weakly_connected_components(graph)]
compare(say("componenti", "components"), metrics["components"], len(parts))
compare(say("componente maggiore", "largest component"), metrics["largestComponent"], max(parts, default=0))
compare(say("richieste, sommando gli scambi", "requests, adding up the exchanges"), metrics["requests"]["total"], int(edges["requests.total"].sum()))
compare(say("repliche, sommando gli scambi", "copies, adding up the exchanges"), metrics["replications"], int(edges["replications"].sum()))
# The months know no levels, and where Comuni are rolled up those that ask their own Ambito are no exchange.
if wanted.level == "ALL" and not network["isCut"]:
    compare(say("richieste, sommando i mesi", "requests, adding up the months"), metrics["requests"]["total"], int(months["requests.total"].sum()))
# Whom the exchanges touch: an Ambito, or the Ambito of a Comune. A level that leaves some out cannot say it of all.
if wanted.level in ("ALL", "ROLLED_UP") and not network["isCut"]:
    ambito = nodes.get("ambito.id", pd.Series(index=nodes.index, dtype=object)).fillna(nodes["id"])
    touched = pd.concat([edges["source"], edges["target"]])
    compare(say("portata", "reach"), metrics["reach"], ambito[touched].nunique())

# Communities have no single right answer: ours may differ from the hub's, if they keep together as much.
together = nx.Graph()
together.add_nodes_from(graph)
for source, target, weight in zip(edges["source"], edges["target"], edges[["requests.total", "replications"]].max(axis=1)):
    before = together.get_edge_data(source, target, {"weight": 0})["weight"]
    together.add_edge(source, target, weight=before + weight)
if together.size():
    theirs = nx.community.modularity(together, [set(of.index) for _, of in nodes.groupby("community")])
    ours = nx.community.modularity(together, nx.community.louvain_communities(together, seed=1))
    agreement.append({"measure": say("modularità delle comunità", "modularity of the communities"), "same": theirs >= ours - 0.05, "apart": abs(theirs - ours)})
agreement = pd.DataFrame(agreement)

# %% The picture, where the hub says that each territory stands
wanted.out.mkdir(parents=True, exist_ok=True)
figure, axes = plt.subplots(figsize=(12, 9), layout="constrained")
place = {at: (node.x, node.y) for at, node in enumerate(nodes.itertuples())}
size = 60 + 2400 * nodes["pageRank"]
colour = [plt.get_cmap("tab20")(community % 20) for community in nodes["community"]]
nx.draw_networkx_edges(graph, place, ax=axes, node_size=size, edge_color="#5c6f82", alpha=0.6, connectionstyle="arc3,rad=0.12")
nx.draw_networkx_nodes(graph, place, ax=axes, node_size=size, node_color=colour, edgecolors="#17324d", linewidths=0.8)
nx.draw_networkx_labels(graph, {at: (x, y - 16) for at, (x, y) in place.items()}, nodes["name"].to_dict(), ax=axes, font_size=8)
axes.invert_yaxis()  # the hub counts from the top
axes.set_axis_off()
axes.set_title(say("Chi chiede a chi: la rete delle buone pratiche", "Who asks whom: the network of good practices"))
figure.savefig(wanted.out / "network.png", dpi=120)


# %% The report
def number(value, digits: int = 1) -> str:
    if value is None or pd.isna(value):
        return "–"
    told = f"{value:,.{digits}f}" if isinstance(value, float) and value != int(value) else f"{int(value):,}"
    return told.translate(str.maketrans(",.", ".,")) if italian else told


def table(head: list[str], rows) -> list[str]:
    return [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}", *(f"| {' | '.join(row)} |" for row in rows), ""]


waiting, busiest = metrics["waiting"], metrics["busiest"]
report = [
    say("# La rete delle buone pratiche", "# The network of good practices"),
    "",
    say(f"Hub {wanted.hub}, al {network['asOf'][:10]}. Livello: {wanted.level}.", f"Hub {wanted.hub}, as of {network['asOf'][:10]}. Level: {wanted.level}."),
    "",
]
if metrics["illustrative"]:
    report += [say(f"> Richieste e repliche illustrative, che mostrano come funziona l’hub: {number(metrics['illustrative'])}.",
                   f"> Illustrative requests and copies, which show how the hub works: {number(metrics['illustrative'])}."), ""]
if network["isCut"]:
    report += [say("> La rete è troppo grande per starci tutta: le misure sono quelle della parte mostrata.", "> The network is too large to fit: the measures are those of the part shown."), ""]
report += [
    f"![{say('La rete', 'The network')}](network.png)",
    "",
    *table([say("misura", "measure"), say("valore", "value")], [
        [say("Ambiti raggiunti", "Ambiti reached"), f"{metrics['reach']} {say('su', 'of')} {metrics['ambiti']}"],
        [say("Territori", "Territories"), number(len(nodes))],
        [say("Scambi", "Exchanges"), number(len(edges))],
        [say("Richieste", "Requests"), number(metrics["requests"]["total"])],
        [say("Repliche", "Copies"), number(metrics["replications"])],
        [say("Giorni di attesa (mediana, quartili)", "Days waited (median, quartiles)"),
         f"{number(waiting['medianDays'])} ({number(waiting['lowerQuartileDays'])}–{number(waiting['upperQuartileDays'])})"],
        [say("Il più richiesto", "Asked most"), f"{busiest['fullName']} ({number(100 * metrics['busiestShare'])} %)" if busiest else "–"],
        [say("Campi senza pratiche", "Fields without a practice"), ", ".join(field["label"] for field in metrics["gaps"]["fields"]) or "–"],
        [say("Bisogni senza risposta", "Needs without an answer"), number(len(metrics["gaps"]["unansweredNeeds"]))],
    ]),
    say("## A chi ci si rivolge", "## Whom one turns to"),
    "",
    *table(
        [say("territorio", "territory"), say("pratiche", "practices"), say("date", "given"), say("ricevute", "received"), "PageRank", say("intermediazione", "betweenness")],
        ([node.fullName, number(node.practicesRun), number(node.given), number(node.received), number(node.pageRank, 3), number(node.betweenness, 3)]
         for node in nodes.sort_values("pageRank", ascending=False, kind="stable").head(10).itertuples()),
    ),
    say("## Ultimi dodici mesi", "## The last twelve months"),
    "",
    *table(
        [say("mese", "month"), say("richieste", "requests"), say("repliche", "copies"), say("giorni di attesa (mediana)", "days waited (median)")],
        ([month, number(row["requests.total"]), number(row["replications"]), number(row["waiting.medianDays"])] for month, row in months.tail(12).iterrows()),
    ),
    say("## Verifica con networkx", "## Checked with networkx"),
    "",
    *table(
        [say("misura", "measure"), say("concorda", "agrees"), say("scarto massimo", "largest difference")],
        ([row.measure, say("sì", "yes") if row.same else "**no**", f"{row.apart:.1g}"] for row in agreement.itertuples()),
    ),
]
(wanted.out / "report.md").write_text("\n".join(report), encoding="utf-8")

# %% In short
print(say(f"Portata: {metrics['reach']} su {metrics['ambiti']} Ambiti", f"Reach: {metrics['reach']} of {metrics['ambiti']} Ambiti"))
print(say(f"{len(nodes)} territori, {len(edges)} scambi, {metrics['requests']['total']} richieste", f"{len(nodes)} territories, {len(edges)} exchanges, {metrics['requests']['total']} requests"))
differing = agreement.loc[~agreement["same"], "measure"].tolist()
print(say("networkx concorda in tutto", "networkx agrees in all") if not differing else say("Non concordano: ", "These differ: ") + ", ".join(differing))
print(wanted.out / "network.png", wanted.out / "report.md", sep="\n")
sys.exit(1 if differing else 0)
