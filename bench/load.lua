-- wrk's side of a load. The one argument is a Lua file with `headers`, `reads` and `writes` (bodies) and `every`: each
-- so-many-th request is a write. `@UUID@` and `@NUMBER@` in a write are new for each. Prints one line of JSON at the end.
local threads = {}

function setup(thread)
  table.insert(threads, thread)
end

function init(args)
  plan = dofile(args[1])
  number, written = 0, 0
  for at, body in ipairs(plan.reads) do
    plan.reads[at] = wrk.format("POST", nil, plan.headers, body)
  end
end

function request()
  number = number + 1
  if plan.every > 0 and number % plan.every == 0 then
    written = written + 1
    local body = plan.writes[written % #plan.writes + 1]
    local n = plan.first + written
    body = body:gsub("@NUMBER@", tostring(n)):gsub("@UUID@", string.format("00000000-0000-4000-8000-%012d", n))
    return wrk.format("POST", nil, plan.headers, body)
  end
  return plan.reads[number % #plan.reads + 1]
end

function done(summary, latency)
  local failed = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status
    + summary.errors.timeout
  print(string.format(
    'LOAD {"requests":%d,"micros":%d,"bytes":%d,"failed":%d,"written":%d,"p50":%d,"p99":%d}',
    summary.requests, summary.duration, summary.bytes, failed, threads[1]:get("written"),
    latency:percentile(50), latency:percentile(99)))
end
