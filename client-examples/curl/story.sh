#!/usr/bin/env bash
# The main job from a practice found to a copy in the lineage, told step by step, with curl and jq only.
#
#   client-examples/curl/story.sh [HUB_URL]      a demo hub (make demo), http://127.0.0.1:8080 by default
#
# Two people act: the coordinator of the Ambito di Nardò, who wants to copy, and the one of the Comune di Bitonto, who
# owns In.Con.Tra. Each signs in with the code that the demo's mailbox shows.
set -euo pipefail

hub=${1:-http://127.0.0.1:8080}
hub=${hub%/}
nardo=coordinamento.nardo@example.invalid
bitonto=coordinamento.bitonto@example.invalid
cookies=$(mktemp -d)
trap 'rm -rf "$cookies"' EXIT

say() { printf '\n\033[1m%s\033[0m\n' "$*"; }
tell() { printf '   %s\n' "$*"; }
stop() { printf '\nLa storia si ferma qui: %s\n' "$*" >&2; exit 1; }
day() { jq -nr --argjson days "$1" 'now + $days * 86400 | strftime("%Y-%m-%d")'; }

# ask WHO QUERY [VARIABLES]: prints `data`; stops at an error, and at a userError, with its sentence.
ask() {
  local answer wrong
  answer=$(jq -n --arg query "$2" --argjson variables "${3:-null}" '{query: $query, variables: $variables}' |
    curl --silent --show-error --cookie "$cookies/$1" --cookie-jar "$cookies/$1" \
      --header 'content-type: application/json' --data-binary @- "$hub/graphql") || stop "il server non risponde su $hub"
  wrong=$(jq -r '[.errors // [] | .[].message] + [.data // {} | .[]? | objects | .userErrors // [] | .[] | "\(.code): \(.message)"] | join("; ")' <<<"$answer")
  [[ -z $wrong ]] || stop "$wrong"
  jq '.data' <<<"$answer"
}

# mail TO PATTERN SEEN: waits for a mail to TO whose subject matches, beyond the SEEN that were there before.
mails() { curl --silent --fail "$hub/dev/mailbox.json" | jq --arg to "$1" --arg pattern "$2" '[.[] | select((.to | contains($to)) and (.subject | test($pattern)))]'; }
count() { mails "$1" "$2" | jq length; }
mail() {
  local found
  for _ in $(seq 150); do
    found=$(mails "$1" "$2")
    if (($(jq length <<<"$found") > $3)); then jq '.[0]' <<<"$found"; return; fi
    sleep 0.2
  done
  stop "nessuna lettera a $1 con oggetto ~ $2"
}

sign_in() {
  local before letter code
  before=$(count "$2" '[Cc]odice|[Cc]ode')
  ask "$1" 'mutation($e: String!) { requestSignInCode(input: { email: $e }) { userErrors { code message } } }' "$(jq -n --arg e "$2" '{e: $e}')" >/dev/null
  letter=$(mail "$2" '[Cc]odice|[Cc]ode' "$before")
  code=$(jq -r .subject <<<"$letter" | tr -d ' ' | grep -oE '[0-9]{6}' | head -n 1)
  ask "$1" 'mutation($c: String!) { signIn(input: { code: $c }) { viewer { person { name } } userErrors { code message } } }' "$(jq -n --arg c "$code" '{c: $c}')" |
    jq -r '"   Entra \(.signIn.viewer.person.name) con il codice ricevuto per posta."'
}

curl --silent --fail --output /dev/null "$hub/healthz" || stop "nessun hub su $hub: avviatelo con make demo"

say '1. A Nardò si cerca chi ha già lavorato con le frazioni: le buone pratiche socio-educative pubblicate.'
ask nardo 'query($field: [String!]) { practices(filter: { fields: $field }, first: 50) { totalCount nodes { slug title badge owner { fullName } } } }' '{"field": ["SOCIO_EDU"]}' |
  jq -r '.practices | "   \(.totalCount) pratiche, tra cui:", (.nodes[:4][] | "   · \(.title) – \(.owner.fullName)\(if .badge then " [\(.badge)]" else "" end)")'

practice=$(ask nardo '{ practice(by: { slug: "incontra-bitonto" }) { id title abstract budgetEur owner { id fullName }
  supportOffer { isOpen capacity openRequests levels } coreElements contacts { id role viewerCanSeeAddress } } }' | jq .practice)
[[ $practice != null ]] || stop 'In.Con.Tra non è caricata: serve un hub dimostrativo'
jq -r '"   Trovata: \(.title)", "   di \(.owner.fullName), \(.budgetEur) €; aperta a nuove richieste: \(.supportOffer.isOpen), in corso \(.supportOffer.openRequests) su \(.supportOffer.capacity)"' <<<"$practice"

say '2. La coordinatrice di Nardò entra e scrive la richiesta.'
sign_in nardo "$nardo"
me=$(ask nardo '{ viewer { memberships { role territory { id fullName } } } }')
requester=$(jq -r '.viewer.memberships[0].territory.id' <<<"$me")
draft=$(ask nardo 'mutation($input: DraftReplicationRequestInput!) { draftReplicationRequest(input: $input) { replicationRequest { id number state version viewerActions } userErrors { code message } } }' \
  "$(jq -n --argjson p "$practice" --arg r "$requester" --arg start "$(day 90)" '{input: {practice: $p.id, requester: $r, supportLevel: "MENTORING", wishedStart: $start,
    need: "Due frazioni con pochi servizi e molte famiglie giovani. Vorremmo partire dall’ascolto, come avete fatto a Palombaio e Mariotto, e capire come avete scelto le associazioni."}}')" | jq .draftReplicationRequest.replicationRequest)
number=$(jq -r .number <<<"$draft")
id=$(jq -r .id <<<"$draft")
tell "Bozza $number, si può: $(jq -r '.viewerActions | join(", ")' <<<"$draft")"

# step WHO MUTATION INPUT_TYPE [MORE INPUT]: takes one step of the request and prints where it stands.
step() {
  ask "$1" "mutation(\$input: $3!) { $2(input: \$input) { replicationRequest { number state awaiting } userErrors { code message } } }" \
    "$(jq -n --arg id "$id" --argjson more "${4:-null}" '{input: ({id: $id} + ($more // {}))}')" |
    jq -r '.[].replicationRequest | "   \(.number) è ora \(.state), tocca a: \(.awaiting)"'
}

step nardo sendReplicationRequest SendReplicationRequestInput

say '3. A Bitonto arriva la posta.'
letter=$(mail bitonto "$number" 0)
jq -r '"   A: \(.to)", "   Oggetto: \(.subject)"' <<<"$letter"
tell "Collegamento: $(jq -r .text <<<"$letter" | grep -oE 'https?://[^ >)]+' | head -n 1)"
sign_in bitonto "$bitonto"
ask bitonto 'query($n: String!) { replicationRequest(by: { number: $n }) { need requester { fullName } deadlines { kind dueAt } viewerActions } }' "$(jq -n --arg n "$number" '{n: $n}')" |
  jq -r '.replicationRequest | "   \(.requester.fullName) scrive: «\(.need)»", "   Si può: \(.viewerActions | join(", "))"'
step bitonto acknowledgeReplicationRequest AcknowledgeReplicationRequestInput

say '4. Si parlano.'
conversation=$(ask bitonto 'query($n: String!) { replicationRequest(by: { number: $n }) { conversation { id } owner { id } } }' "$(jq -n --arg n "$number" '{n: $n}')" | jq .replicationRequest)
# post WHO TERRITORY TEXT
post() {
  ask "$1" 'mutation($input: PostMessageInput!) { postMessage(input: $input) { message { body { source } onBehalfOf { fullName } } userErrors { code message } } }' \
    "$(jq -n --argjson c "$conversation" --arg t "$2" --arg body "$3" '{input: {conversation: $c.conversation.id, onBehalfOf: $t, body: $body}}')" |
    jq -r '.postMessage.message | "   \(.onBehalfOf.fullName): \(.body.source)"'
}
before=$(count "$nardo" "$number")
post bitonto "$(jq -r .owner.id <<<"$conversation")" 'Volentieri. Quante famiglie ci sono nelle frazioni, e c’è già un ente del Terzo settore attivo?'
mail "$nardo" "$number" "$before" | jq -r '"   (a Nardò arriva: \(.subject))"'
post nardo "$requester" 'Circa quattrocento famiglie; una cooperativa e la parrocchia sono pronte a un tavolo di co-progettazione.'
ask nardo 'query($n: String!) { replicationRequest(by: { number: $n }) { awaiting conversation { unreadCount messages(first: 10) { totalCount } } } }' "$(jq -n --arg n "$number" '{n: $n}')" |
  jq -r '.replicationRequest | "   Messaggi: \(.conversation.messages.totalCount), tocca a: \(.awaiting)"'

say '5. Bitonto accetta, con una persona che accompagna.'
mentor=$(jq -r '.contacts[0].id' <<<"$practice")
step bitonto acceptReplicationRequest AcceptReplicationRequestInput "$(jq -n --arg m "$mentor" --arg d "$(day 10)" '{supportLevel: "MENTORING", mentor: $m, firstDate: $d, note: "Primo incontro in videochiamata, poi venite a Mariotto."}')"

say '6. Si lavora.'
step nardo startReplication StartReplicationInput "$(jq -n --arg d "$(day 0)" '{startedOn: $d}')"
step nardo checkInReplication CheckInReplicationInput '{"progress": "ON_TRACK", "note": "Fatte due assemblee, tavolo avviato."}'

say '7. Nardò racconta com’è andata; nasce la sua pratica, in bozza.'
done=$(ask nardo 'mutation($input: CompleteReplicationRequestInput!) { completeReplicationRequest(input: $input) { replicationRequest { state copy { id slug title status } } userErrors { code field message } } }' \
  "$(jq -n --arg id "$id" --argjson p "$practice" --arg d "$(day 0)" '{input: {id: $id, result: "ADAPTED", startedOn: $d, endedOn: $d, coreElementsKept: $p.coreElements,
    changes: "Una sola frazione all’inizio; niente campus estivo, che qui fa già la parrocchia.", hoursGiven: 12, hoursSpent: 160, setupCostEur: 18000, yearlyCostEur: 9000, indicators: [],
    obstacles: "Due mesi persi per l’avviso di co-progettazione.", lessons: "Le assemblee funzionano se la data la scelgono i residenti.", satisfaction: 5}}')" | jq .completeReplicationRequest.replicationRequest)
jq -r '"   \(.state): «\(.copy.title)» (\(.copy.status))"' <<<"$done"
step bitonto confirmOutcome ConfirmOutcomeInput '{"verdict": "CONFIRM", "note": "Confermiamo: una bella copia."}'

say '8. La discendenza di In.Con.Tra, vista da Nardò.'
ask nardo 'query($id: ID!) { lineage(practice: $id, depth: 3) { nodes { title } edges { child { title } parent { title } kind isConfirmed } } }' "$(jq -n --argjson p "$practice" '{id: $p.id}')" |
  tee "$cookies/lineage" | jq -r '.lineage.edges[] | "   \(.child.title[:60])  ←  \(.parent.title[:24])  \(.kind)\(if .isConfirmed then "" else " (da confermare)" end)"'
grep -q 'In.Centro' "$cookies/lineage" || stop 'In.Centro manca nella discendenza'
jq -e --argjson done "$done" '[.lineage.edges[].child.title] | index($done.copy.title) != null' "$cookies/lineage" >/dev/null || stop 'la nuova copia manca nella discendenza'

say "Fine: $number è arrivata in fondo."
