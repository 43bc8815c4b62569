"""Opens the network's files as other programs do, and says where they differ from its sheets: GraphML and GEXF by networkx,
GEXF also by gexfpy, whose classes were made from GEXF's own schema and take nothing that it does not know. Reads
{"graphml": …, "gexf": …, "edges": […], "places": […]} from stdin and prints what
is wrong."""

import io
import json
import math
import sys

import networkx as nx
from gexfpy import parse_string

told = json.load(sys.stdin)
wrong = []
places = {place["slug"]: place for place in told["places"]}
edges = {(edge["from_slug"], edge["to_slug"]): edge for edge in told["edges"]}
graphs = {
    "GraphML": nx.read_graphml(io.BytesIO(told["graphml"].encode())),
    "GEXF": nx.read_gexf(io.BytesIO(told["gexf"].encode())),
}


def same(one, other):
    # The last bit of a number may get lost on its way through text.
    return math.isclose(one, other, rel_tol=1e-12) if isinstance(other, float) else one == other


for name, graph in graphs.items():
    if not graph.is_directed() or set(graph) != set(places) or set(graph.edges) != set(edges):
        wrong.append(f"{name} is another network")
        continue
    for what, rows, data in [("node", places, graph.nodes), ("edge", edges, graph.edges)]:
        for key, row in rows.items():
            for column in set(row) - {"licence", "attribution"}:
                if row[column] is not None and not same(data[key].get(column), row[column]):
                    wrong.append(f"{name}: {column} of {what} {key} is {data[key].get(column)}, in the sheet {row[column]}")
# gexfpy looks for the places in GEXF's own namespace, where nobody writes them.
document = parse_string(told["gexf"].replace("viz:position", "position"))
if not document.meta or "CC BY 4.0" not in repr(document.meta):
    wrong.append("GEXF: its meta names no licence")
if "CC BY 4.0" not in told["graphml"]:
    wrong.append("GraphML names no licence")
print("\n".join(wrong))
sys.exit(1 if wrong else 0)
