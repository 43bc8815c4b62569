// The page for trying the API. It decides nothing: GraphiQL, our endpoint, and the example queries of `examples/`.
import "./workers.js";
import "graphiql/style.css";
import "./page.css";

import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createRoot } from "react-dom/client";

// One tab a file, in the order of their names.
const examples = Object.entries(import.meta.glob("../examples/*.graphql", { query: "?raw", import: "default", eager: true }))
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([, query]) => ({ query: query.trimEnd() }));

// Relative to this page, so that a hub served below a prefix works too: /graphiql/ → /graphql.
const endpoint = new URL("../graphql", location.href);
const socket = new URL(endpoint);
socket.protocol = endpoint.protocol === "https:" ? "wss:" : "ws:";

const fetcher = createGraphiQLFetcher({
  url: endpoint.href,
  subscriptionUrl: socket.href,
  fetch: (url, options) => fetch(url, { ...options, credentials: "same-origin" }),
  enableIncrementalDelivery: false, // the hub knows neither @defer nor @stream
});

createRoot(document.getElementById("graphiql")).render(
  <GraphiQL fetcher={fetcher} defaultTabs={examples} defaultEditorToolsVisibility={false}>
    <GraphiQL.Logo>
      <a className="back" href="../" title="Torna al portale · Back to the portal">
        ← Innesto
      </a>
    </GraphiQL.Logo>
  </GraphiQL>,
);
